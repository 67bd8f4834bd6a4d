"""Hands: a mouse, and a keyboard without one. Both press what is named and type into what is labelled."""

import re
from typing import Protocol

from playwright.sync_api import Locator, Page

MOST_TABS = 150


class Hand(Protocol):
    """Does to a page what a person can do."""

    page: Page

    def press(self, name: str) -> None:
        """Press the link or button whose name begins so."""

    def type(self, label: str, text: str) -> None:
        """Type into a field."""


class Mouse:
    """Clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, name: str) -> None:
        pressable(self.page, name).click()
        self.page.wait_for_load_state()

    def type(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)


class Keyboard:
    """Tab, Enter and typing; each thing that gets the focus must show that it has it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, name: str) -> None:
        self._tab_to(pressable(self.page, name))
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type(self, label: str, text: str) -> None:
        self._tab_to(self.page.get_by_label(label, exact=True))
        self.page.keyboard.type(text)

    def _tab_to(self, wanted: Locator) -> None:
        wanted.wait_for()
        for _ in range(MOST_TABS):
            if wanted.evaluate("element => element === document.activeElement"):
                assert self.page.evaluate(SHOWS_FOCUS), f"{wanted} does not show that it has the focus"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{wanted} cannot be reached with the Tab key")


# In the window, and with an outline that the stylesheet or the browser draws.
SHOWS_FOCUS = """() => {
  const element = document.activeElement, box = element.getBoundingClientRect(), style = getComputedStyle(element);
  const isSeen = box.width > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return isSeen && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""


def pressable(page: Page, name: str) -> Locator:
    """Find the first link or button of the page's own part whose name begins so."""
    # Playwright writes the pattern between slashes, so one in the name is escaped too.
    begins = re.compile("^" + re.escape(name).replace("/", r"\/"))
    main = page.get_by_role("main")
    return main.get_by_role("link", name=begins).or_(main.get_by_role("button", name=begins)).first
