"""What people write survives saving, publishing and editing again, letter by letter (check 134)."""

from urllib.parse import urlencode

import pytest
from selectolax.lexbor import LexborHTMLParser

from masthead.content.models import Post
from tests.cast import Cast, client_of
from tests.hostile.looking import words_of
from tests.hostile.payloads import UNSPEAKABLE
from tests.hostile.writing import FORM, save_again, write_post

LONG = {"a word": "w" * 200_000, "lines": "line\n" * 20_000, "paragraphs": "p\n\n" * 4_000, "emoji": "🚢" * 40_000}
KEPT = {
    "emoji": "🚢👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣",
    "right to left": "שלום עולם \u202bمرحبا\u202c",
    "four bytes": "𠀀𝒜𐍈",
    "combining": "e\u0301 ñ \u0e01\u0e33 Z\u0351\u036b",
    "signs of Markdown": "*_[]()<>`~^|\\#-+=!.:&\"'{}$@/ 1. - # >",
    "blanks that show": "a\u00a0b\u2003c\u3000d",
    "invisible": "a\u200bb\u200dc\u2060d\ufeffe",
}


@pytest.mark.parametrize("name", KEPT)
def test_what_was_written_survives_saving_publishing_and_editing_again(name: str, cast: Cast) -> None:
    """Check 134: through the form, the page, the form again, and Markdown."""
    client, words = client_of(cast.editor), KEPT[name]
    text = f"x {words} y\n\n## x {words} y\n\n- x {words} y\n\n```\nx {words} y\n```"
    _, post = write_post(
        client,
        title=f"T {words} T",
        standfirst=f"S {words} S",
        text=text.replace(words, escaped(words), 3),
        slug="kept",
    )
    assert post is not None
    for _ in range(2):
        page = client.get("/kept/").content.decode()
        assert text_in(page, "h1") == f"T {words} T"
        assert [text_in(page, f".text {tag}") for tag in ("p", "h2", "li")] == [f"x {words} y"] * 3
        assert words in text_in(page, ".text code")
        before = Post.objects.get(pk=post.pk).opening
        assert save_again(client, post).status_code == 302
        assert Post.objects.get(pk=post.pk).opening == before


def text_in(page: str, selector: str) -> str:
    """The text of an element, with every blank as it is."""
    found = LexborHTMLParser(page).css_first(selector)
    return found.text() if found else ""


def escaped(words: str) -> str:
    return "".join("\\" + letter if letter in "*_[]()<>`~^|\\#-+=!.&{}" else letter for letter in words)


@pytest.mark.parametrize("name", LONG)
def test_a_very_long_text_is_kept_whole(name: str, cast: Cast) -> None:
    client = client_of(cast.editor)
    _, post = write_post(client, text=LONG[name], slug="long")
    assert post is not None
    count = LONG[name].count(LONG[name][0])
    assert words_of(client.get("/long/").content.decode(), ".text").count(LONG[name][0]) == count
    form = client.get(f"/desk/posts/{post.public_id}/").context["form"]
    assert form["text"].value().count(LONG[name][0]) == count


def test_a_text_longer_than_can_be_kept_is_not_cut_without_the_writer_having_it(cast: Cast) -> None:
    """Either all of it is kept, or the form comes back with all of it."""
    text = "a paragraph of some words that a writer wrote\n\n" * 25_000 + "THE END"
    answer, post = write_post(client_of(cast.editor), text=text, act="save")
    kept = "THE END" in str(client_of(cast.editor).get(f"/desk/posts/{post.public_id}/").content) if post else False
    assert kept or (answer.status_code in (413, 422) and "THE END" in answer.content.decode())


@pytest.mark.parametrize("text", UNSPEAKABLE, ids=["null", "controls", "surrogate", "non-characters"])
def test_signs_that_nothing_can_hold_are_replaced_or_refused_and_the_rest_is_kept(text: str, cast: Cast) -> None:
    client, sent = client_of(cast.editor), text.encode("utf-8", "surrogatepass")
    fields = FORM | dict.fromkeys(("title", "standfirst", "text", "tags", "lead_credit"), sent) | {"slug": "odd"}
    answer = client.post("/desk/posts/new/", urlencode(fields), content_type="application/x-www-form-urlencoded")
    post = Post.objects.first()
    if answer.status_code == 422:
        assert post is None and "after" in answer.content.decode()
        return
    assert post is not None
    for path in (
        post.path,
        "/rss/",
        "/atom.xml",
        "/feed.json",
        "/sitemap-news.xml",
        f"/desk/posts/{post.public_id}/",
        "/desk/",
    ):
        page = client.get(path)
        assert page.status_code == 200 and b"after" in page.content, path
