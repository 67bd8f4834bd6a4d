"""Endless words do not stretch a layout."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.layout import sideways
from tests.browser.people import People
from tests.browser.running import Site
from tests.browser.windows import NARROW, Windows

ENDLESS = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
TEXT = f"{ENDLESS}\n\n## {ENDLESS}\n\n- {ENDLESS}\n\n`{ENDLESS}`\n\n> {ENDLESS}\n\n<!--more-->\n\n{ENDLESS}\n"


@pytest.fixture(scope="module")
def stretched(people: People) -> Iterator[str]:
    """The path of a post of endless words, written by somebody with an endless name."""
    owner, path = people.visitor("owner"), "/endless/"
    owner.press(owner.open("/account/"), "Keep the name", name=ENDLESS)
    words = {"title": f"The {ENDLESS}", "standfirst": ENDLESS, "text": TEXT, "tags": f"World, {ENDLESS}"}
    people.publish("owner", visibility="paid", slug=path.strip("/"), **words)
    yield path
    # The pages that other files look at in this demo are as they were.
    people.change("owner", path, "Take down")
    people.change("owner", path, "Save", title="Taken down")
    owner.press(owner.open("/account/"), "Keep the name", name="Owner")
    people.site.rows("update content_author set name = 'Owner' where name = ?", ENDLESS)


@pytest.mark.parametrize(
    ("of", "persona"),
    [
        ("the post", "anyone"),
        ("the post", "paid"),
        ("its tag", "anyone"),
        ("its author", "anyone"),
        ("the front page", "anyone"),
        ("a search for it", "anyone"),
        ("the desk", "owner"),
        ("the form", "owner"),
        ("the preview", "owner"),
        ("the account", "owner"),
    ],
)
def test_endless_words_do_not_break_the_layout(
    windows: Windows, site: Site, people: People, stretched: str, of: str, persona: str
) -> None:
    post = people.public_id(stretched)
    paths = {
        "the post": stretched,
        "its tag": "/tag/{}/".format(site.one("select slug from content_tag where name = ?", ENDLESS)),
        "its author": "/author/{}/".format(site.one("select slug from content_author where name = ?", ENDLESS)),
        "the front page": "/",
        "a search for it": f"/search/?q={ENDLESS}",
        "the desk": "/desk/",
        "the form": f"/desk/posts/{post}/",
        "the preview": f"/desk/posts/{post}/preview/staff/",
        "the account": "/account/",
    }
    page = windows.open(persona, viewport=NARROW)
    page.goto(site.at(paths[of]))
    expect(page.get_by_text(ENDLESS).or_(page.locator(f"[value*={ENDLESS}]")).first).to_be_attached()
    assert sideways(page) == []
