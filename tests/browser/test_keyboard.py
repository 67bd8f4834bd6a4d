"""What only those notice who have no mouse."""

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser.hands import MOST_TABS
from tests.browser.kinds import PAID
from tests.browser.running import Site
from tests.browser.windows import DESKTOP, NARROW, PHONE, Windows
from tests.commands.running import wait_for


@pytest.mark.parametrize(("path", "persona"), [(PAID, "anyone"), ("/desk/", "editor")])
def test_the_first_tab_offers_to_skip_what_every_page_repeats(
    windows: Windows, site: Site, path: str, persona: str
) -> None:
    page = windows.open(persona)
    page.goto(site.at(path))
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_wide_table_is_scrolled_with_the_arrow_keys(windows: Windows, site: Site) -> None:
    page = windows.open(viewport=NARROW)
    page.goto(site.at("/what-the-salt-strait-treaty-says/"))
    box = page.get_by_role("main").locator(".table").first
    box.evaluate("box => { box.querySelector('table').style.inlineSize = '60rem'; box.focus(); }")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowRight")
    wait_for(lambda: box.evaluate("box => box.scrollLeft > 0"))


# Something of the focused element must be on top where it stands (WCAG 2.2, 2.4.11).
IS_HIDDEN = """() => {
  const focused = document.activeElement;
  if (focused === document.body) return false;
  // A file field that is cut away shows its focus on the label that looks like a button.
  const element = getComputedStyle(focused).clipPath === "none" ? focused : focused.labels[0];
  const box = element.getBoundingClientRect();
  const across = [0.1, 0.5, 0.9].map((part) => box.left + box.width * part);
  const down = [0.1, 0.5, 0.9].map((part) => box.top + box.height * part);
  return !across.some((x) => down.some((y) => element.contains(document.elementFromPoint(x, y))));
}"""


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["at a desk", "on a phone"])
@pytest.mark.parametrize(("path", "persona"), [("/", "anyone"), (PAID, "paid"), ("/desk/posts/new/", "editor")])
def test_what_has_the_focus_is_never_hidden_behind_something_else(
    windows: Windows, site: Site, path: str, persona: str, size: ViewportSize
) -> None:
    page = windows.open(persona, viewport=size)
    page.goto(site.at(path))
    hidden, stops = [], 0
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement !== document.body") and stops < MOST_TABS:
        stops += 1
        if page.evaluate(IS_HIDDEN):
            hidden.append(page.evaluate("document.activeElement.outerHTML.slice(0, 150)"))
        page.keyboard.press("Tab")
    assert stops > 10
    assert hidden == []


def test_a_focus_that_is_hidden_is_found(windows: Windows, site: Site) -> None:
    page = windows.open()
    page.goto(site.at("/search/"))
    page.get_by_role("main").get_by_role("button").focus()
    assert not page.evaluate(IS_HIDDEN)
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<div id=over></div>');"
        "document.getElementById('over').style = 'position: fixed; inset: 0; background: red'"
    )
    assert page.evaluate(IS_HIDDEN)
