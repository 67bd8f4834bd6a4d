"""From the desk to the reader: writing a post, looking at it as others, publishing it, taking it down."""

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Dialog, Page, expect

from tests.browser.hands import Mouse
from tests.browser.running import Site
from tests.browser.windows import Windows

TITLE = "Dredger stuck at the harbour mouth"
STANDFIRST = "Third time this year; the port authority blames the sand."
OPENING, BODY = "The dredger Grethe sat down at low water.", "The insurer had asked for a pilot in writing."
TEXT = f"{OPENING}\n\n<!--more-->\n\n## What was asked for\n\n{BODY}\n"
CAPTION, CREDIT, SHOWN = "The Grethe on Tuesday", "Photo: A. Lund", "A ship on a sandbank"


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A small picture to upload."""
    out = io.BytesIO()
    Image.new("RGB", (900, 600), (70, 110, 140)).save(out, format="JPEG")
    path = tmp_path / "grethe.jpg"
    path.write_bytes(out.getvalue())
    return path


def write(page: Page, picture: Path) -> None:
    page.get_by_label("Headline").fill(TITLE)
    page.get_by_label("Standfirst").fill(STANDFIRST)
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.get_by_label("Picture", exact=True).set_input_files(picture)
    page.get_by_label("What the picture shows").fill(SHOWN)
    page.get_by_label("Caption").fill(CAPTION)
    page.get_by_label("Credit").fill(CREDIT)
    page.get_by_label("Tags").fill("City, Dredging")
    page.get_by_label("Who can read it to the end").select_option("paid")


def see(page: Page, *, whole: bool) -> None:
    """Check the page of the post: all of it, or its opening."""
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    for words in (STANDFIRST, OPENING, CAPTION, CREDIT):
        expect(page.get_by_role("article").get_by_text(words).first).to_be_visible()
    image = page.get_by_alt_text(SHOWN)
    expect(image).to_be_visible()
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert (BODY in page.content()) == whole


def see_the_wall(page: Page, *, stands: bool) -> None:
    expect(page.get_by_role("heading", name="This post is for paying subscribers only")).to_have_count(int(stands))


def preview(page: Page, persona: str, *, whole: bool) -> None:
    page.get_by_role("link", name=persona, exact=True).click()
    see(page, whole=whole)
    see_the_wall(page, stands=not whole)
    page.get_by_role("link", name="Back to writing").click()


def test_an_editor_publishes_a_paid_post_and_takes_it_down(windows: Windows, site: Site, picture: Path) -> None:
    desk = windows.open("editor")
    hand = Mouse(desk)
    desk.goto(site.at("/desk/"))
    desk.get_by_role("link", name="New post").click()
    write(desk, picture)
    hand.press("Save")
    expect(desk.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    preview(desk, "Anyone", whole=False)
    preview(desk, "Reader", whole=True)
    hand.press("Publish")
    path = desk.get_by_role("link", name="View", exact=True).get_attribute("href") or ""
    passer_by, payer = windows.open(), windows.open("paid")
    passer_by.goto(site.at("/"))
    passer_by.get_by_role("main").get_by_role("link", name=TITLE).first.click()
    assert passer_by.url == site.at(path)
    see(passer_by, whole=False)
    see_the_wall(passer_by, stands=True)
    payer.goto(site.at(path))
    see(payer, whole=True)
    see_the_wall(payer, stands=False)
    hand.press("Take down")
    for reader in (passer_by, payer):
        answer = reader.reload()
        assert answer is not None and answer.status == 404
        assert OPENING not in reader.content()


def test_a_draft_that_was_never_published_is_nowhere_for_readers(windows: Windows, site: Site) -> None:
    desk = windows.open("editor")
    desk.goto(site.at("/desk/posts/new/"))
    desk.get_by_label("Headline").fill("Not yet for anybody")
    desk.get_by_label("Address").fill("not-yet-for-anybody")
    Mouse(desk).press("Save")
    payer = windows.open("paid")
    answer = payer.goto(site.at("/not-yet-for-anybody/"))
    assert answer is not None and answer.status == 404
    payer.goto(site.at("/"))
    expect(payer.get_by_text("Not yet for anybody")).to_have_count(0)


def test_changes_that_are_not_saved_are_asked_about_before_the_page_is_left(windows: Windows, site: Site) -> None:
    desk = windows.open("editor")
    desk.goto(site.at("/desk/posts/new/"))
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    desk.on("dialog", agree)
    desk.get_by_label("Headline").press_sequentially("Half")
    desk.get_by_role("link", name="Posts").click()
    desk.wait_for_url(site.at("/desk/"))
    assert asked == ["beforeunload"]
    desk.get_by_role("link", name="New post").click()
    desk.get_by_role("link", name="Posts").click()
    desk.wait_for_url(site.at("/desk/"))
    assert asked == ["beforeunload"]
