"""What a page says of the member who reads it: asked for once, apart from the page, and without moving anything."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, ViewportSize, expect

from tests.browser.hands import Mouse
from tests.browser.running import Site
from tests.browser.windows import DESKTOP, PHONE, Windows

ME = "/account/me.json"
PLACES = """() => [...document.querySelectorAll('.strip *, header.masthead *, main, main h1, main h2')]
    .filter(element => !element.matches('.initial'))
    .map(element => { const box = element.getBoundingClientRect(); return [box.x, box.y, box.width, box.height]; })"""


def new_tab(windows: Windows, site: Site, persona: str = "paid", **options: Any) -> Page:
    """Return a tab of a member's that knows nothing yet: signing in has shown a page in it."""
    page = windows.open(persona, **options)
    page.goto(site.at("/robots.txt"))
    page.evaluate("sessionStorage.clear()")
    return page


def asked(page: Page, site: Site) -> list[str]:
    """Note every time that the page asks who reads it."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if request.url == site.at(ME) else None)
    return found


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1280", "390"])
@pytest.mark.parametrize(("persona", "letter"), [("paid", "P"), ("free", "F")])
def test_what_comes_moves_nothing(
    windows: Windows, site: Site, persona: str, letter: str, viewport: ViewportSize
) -> None:
    """The initial, for who does not pay the button beside it, and in the demo the mark in its strip."""
    page = new_tab(windows, site, persona, viewport=viewport)
    held: list[Route] = []
    page.route(f"**{ME}", lambda route: held.append(route))
    page.goto(site.at("/"))
    page.wait_for_timeout(300)
    before: Any = page.evaluate(PLACES)
    initial = page.locator(".own .initial")
    assert held and initial.text_content() == ""
    held[0].continue_()
    expect(initial).to_have_text(letter)
    assert page.locator("[data-me=subscribe]").is_visible() is (persona == "free")
    assert page.evaluate(PLACES) == before


def test_a_button_without_a_place_of_its_own_is_seen_to_move_the_others(windows: Windows, site: Site) -> None:
    page = new_tab(windows, site, "free")
    held: list[Route] = []
    page.route(f"**{ME}", lambda route: held.append(route))
    page.goto(site.at("/"))
    page.evaluate("""() => [...document.styleSheets].find(sheet => sheet.href.includes('layout'))
        .insertRule('.account .button[hidden] { display: none !important; }')""")
    page.wait_for_timeout(300)
    before: Any = page.evaluate(PLACES)
    held[0].continue_()
    expect(page.locator(".own .initial")).to_have_text("F")
    assert page.evaluate(PLACES) != before


def test_it_is_asked_for_once_in_a_tab_and_again_when_the_member_changed(windows: Windows, site: Site) -> None:
    page = new_tab(windows, site)
    times = asked(page, site)
    for path in ("/", "/archive/", "/"):
        page.goto(site.at(path))
        expect(page.locator(".own .initial")).to_have_text("P")
    assert len(times) == 1
    page.goto(site.at("/account/"))
    page.get_by_label("Your name (if you like)").fill("Zoë")
    Mouse(page).press("Keep the name")
    page.goto(site.at("/"))
    expect(page.locator(".own .initial")).to_have_text("Z")
    page.goto(site.at("/account/"))
    page.get_by_label("Your name (if you like)").fill("Paid member")
    Mouse(page).press("Keep the name")


def test_nobody_is_asked_about_and_nothing_is_left_after_signing_out(windows: Windows, site: Site) -> None:
    page = windows.open("paid")
    page.goto(site.at("/account/"))
    Mouse(page).press("Sign out")
    page.wait_for_url(site.at("/"))
    times = asked(page, site)
    page.goto(site.at("/archive/"))
    page.wait_for_timeout(300)
    assert times == [] and page.locator(".own").count() == 0
    assert page.evaluate("sessionStorage.getItem('me')") is None
