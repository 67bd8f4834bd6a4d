"""Pictures at the desk: the one above the text, and those in it, with the words that their files carry."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from masthead.content.models import Media, Post
from tests.cast import Cast, client_of
from tests.content.files import ARTIST, CAPTION, drawn, exif
from tests.desk.hands import NEW, draft, path_of, send, written


def test_a_lead_picture_brings_its_caption_and_credit_unless_one_typed_others(cast: Cast) -> None:
    browser = client_of(cast.editor)
    content = drawn(exif=exif({CAPTION: "Crew on deck", ARTIST: "Ada Lens"}))
    post = written(browser, title="A ship", picture=SimpleUploadedFile("a.jpg", content))
    assert (draft(post).lead_caption, draft(post).lead_credit) == ("Crew on deck", "Ada Lens")
    send(browser, path_of(post), lead_caption="Mine", picture=SimpleUploadedFile("a.jpg", content))
    assert (draft(post).lead_caption, draft(post).lead_credit) == ("Mine", "Ada Lens")
    send(browser, path_of(post))
    assert draft(post).lead == Media.objects.get()
    send(browser, path_of(post), remove_picture="on")
    assert draft(post).lead is None


@pytest.mark.parametrize("content", [b"no picture", drawn(format="PNG", exif=b"rubbish that is no TIFF at all")])
def test_a_file_that_is_no_good_picture_costs_nobody_the_text(cast: Cast, content: bytes) -> None:
    browser = client_of(cast.editor)
    browser.raise_request_exception = False
    answer = send(browser, NEW, title="A ship", text="Typed.", picture=SimpleUploadedFile("a.png", content))
    assert answer.status_code in (302, 422)
    assert "Typed." in (
        answer.content.decode() if answer.status_code == 422 else str(draft(Post.objects.get()).document)
    )


def test_a_picture_for_the_text_comes_back_as_its_line_with_caption_and_credit(cast: Cast) -> None:
    content = drawn(exif=exif({CAPTION: "Crew | on 'deck'", ARTIST: "Ada Lens"}))
    browser = client_of(cast.contributor)
    answer = browser.post("/desk/pictures/", {"file": SimpleUploadedFile("a.jpg", content)})
    line = answer.json()["markdown"]
    post = written(browser, title="A ship", text=f"Before.\n\n{line}")
    figure = draft(post).document["content"][1]
    assert (figure["type"], figure["attrs"]["credit"]) == ("figure", "Ada Lens")
    assert "Crew | on 'deck'" in str(figure["content"])


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"file": "text"},
        {"file": SimpleUploadedFile("a.png", b"no picture")},
        {"file": SimpleUploadedFile("a.png", b"")},
    ],
)
def test_what_is_no_picture_is_refused_with_a_reason(cast: Cast, given: dict[str, object]) -> None:
    answer = client_of(cast.editor).post("/desk/pictures/", given)
    assert answer.status_code == 422 and answer.json()["error"]
    assert not Media.objects.exists()
