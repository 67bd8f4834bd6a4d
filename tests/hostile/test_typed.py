"""Hostile texts typed into the form of a post: Markdown, cards, tags, address and file name (check 83)."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from masthead.content.document.marks import link
from masthead.content.document.nodes import html_card
from masthead.content.models import Media
from tests.cast import Cast, client_of
from tests.hostile.looking import dangers, folded, handlers, words_of
from tests.hostile.payloads import MARK, PAYLOADS
from tests.hostile.writing import write_post
from tests.importers.bringing import picture

# Where an author can put an address or a piece of HTML, as the form takes it.
PLACES = {
    "as the text itself": "{}",
    "in an item, a quote and a cell": "- {}\n\n> {}\n\n| a | b |\n| --- | --- |\n| {} | {} |",
    "as an address": "[words]({}) [words](<{}>) <a href=\"{}\">words</a> <a href='{}'>words</a> <{}>",
    "as a picture": "![{}]({}) <img src=\"{}\" alt=\"{}\">",
    "as a reference": "[words][r]\n\n[r]: {} \"{}\"",
    "in a card": "<div class=\"html-card\">{}</div>",
    "in the attributes of a card": "<div class=\"html-card\"><p title=\"{}\" lang='{}'><a href=\"{}\">x</a><a href='{}'>y</a></p></div>",
    "in a summary": "<details><summary>{}</summary>{}</details>",
    "as code and its language": "`{}`\n\n```{}\n{}\n```",
    "in a note": "x^[{}] y[^1]\n\n[^1]: {}",
    "in a table of HTML": "<table><tr><td>{}</td></tr></table>",
    "in a heading and a pull quote": "## {}\n\n> [!pull]\n> {}",
}  # fmt: skip


def acts(page: str) -> list[str]:
    """What in the text of a post acts, or leads to an address that runs something."""
    text = LexborHTMLParser(page).css_first("div.text")
    return dangers((text.html if text else None) or "", elsewhere=True) + handlers(page)


@pytest.mark.parametrize("place", PLACES)
def test_what_is_typed_does_nothing_on_any_page(place: str, cast: Cast) -> None:
    staff, reader = client_of(cast.editor), client_of(None)
    text = "\n\n".join(PLACES[place].replace("{}", attack) for attack in PAYLOADS)
    answer, post = write_post(staff, text=text, slug="typed")
    assert answer.status_code == 302 and post is not None
    for page in ("/typed/", f"/desk/posts/{post.public_id}/preview/staff/"):
        assert acts(staff.get(page).content.decode()) == [], page
    assert handlers(staff.get(f"/desk/posts/{post.public_id}/").content.decode()) == []
    for item in reader.get("/feed.json").json()["items"]:
        assert dangers(item["content_html"], elsewhere=True) == []


def test_one_at_a_time_does_nothing_either(cast: Cast) -> None:
    """Together, one payload might close what the next would need open."""
    client = client_of(cast.editor)
    for number, attack in enumerate(PAYLOADS):
        write_post(client, text="\n\n".join(PLACES.values()).replace("{}", attack), slug=f"typed-{number}")
        assert acts(client.get(f"/typed-{number}/").content.decode()) == [], attack


@pytest.mark.parametrize("hole", ["addresses", "cards"])
def test_a_hole_is_found(hole: str, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    if hole == "addresses":
        monkeypatch.setattr(link, "is_safe_address", lambda address: True)
        text = f"<a href='javascript:{MARK}(1)'>x</a>"
    else:
        monkeypatch.setattr(html_card, "clean_card", lambda html, base="": html)
        text = f"<div class='html-card'><img src=x onerror={MARK}(1)></div>"
    write_post(client_of(cast.editor), text=text, slug="typed")
    assert acts(client_of(None).get("/typed/").content.decode()) != []


def test_tags_an_address_and_a_credit_that_are_typed_stay_words(cast: Cast) -> None:
    client = client_of(cast.editor)
    for attack in PAYLOADS[1::2]:
        answer, post = write_post(client, title=attack, tags=attack, slug=attack[:110], lead_credit=attack)
        assert answer.status_code == 302 and post is not None, attack
        assert post.path.strip("/").replace("-", "").replace("_", "").isalnum() and post.path.isascii()
        page = client.get(post.path).content.decode()
        assert handlers(page) == [] and folded(attack) in words_of(page, "h1")
        assert all(tag.slug.replace("-", "").replace("_", "").isalnum() for tag in post.subjects)


def test_the_name_of_an_uploaded_file_stays_words(cast: Cast) -> None:
    client: Client = client_of(cast.editor)
    for number, attack in enumerate(PAYLOADS[::3]):
        file = SimpleUploadedFile("x.png", picture((number, 0, 0)), content_type="image/png")
        file.name = attack.replace("/", "\u2215")
        _, post = write_post(client, picture=file, slug=f"named-{number}", lead_alt=attack, lead_caption=attack)
        assert post is not None and post.lead is not None
        assert str(post.lead.file.name).startswith("originals/") and MARK not in str(post.lead.file.name)
        for path in (f"/desk/posts/{post.public_id}/", post.path):
            assert handlers(client.get(path).content.decode()) == [], attack


def test_a_caption_inside_a_file_stays_words(cast: Cast) -> None:
    from PIL import Image

    for attack in PAYLOADS[::4]:
        exif = Image.Exif()
        exif[0x010E], exif[0x013B] = attack, attack
        out = io.BytesIO()
        Image.new("RGB", (8, 8), (len(attack), 0, 0)).save(out, "JPEG", exif=exif)
        answer = client_of(cast.editor).post("/desk/pictures/", {"file": SimpleUploadedFile("a.jpg", out.getvalue())})
        _, post = write_post(client_of(cast.editor), text=answer.json()["markdown"], slug=f"x{Media.objects.count()}")
        assert post is not None
        page = client_of(None).get(post.path).content.decode()
        assert acts(page) == [] and MARK in words_of(page, "figcaption"), attack
