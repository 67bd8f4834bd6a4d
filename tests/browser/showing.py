"""Bringing a kind of page before somebody's eyes."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.hands import Mouse
from tests.browser.kinds import KINDS, Kind
from tests.browser.people import People
from tests.browser.windows import Windows

each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def show(page: Page, kind: Kind, people: People) -> None:
    """Go to this kind of page, through its buttons."""
    page.goto(people.site.at(kind.path_on(people)))
    for button in kind.press:
        Mouse(page).press(button)


def window_of(windows: Windows, kind: Kind, people: People, **options: Any) -> Page:
    """Open a window in which the person who sees this kind of page is signed in."""
    # Without motion: a colour that is still changing has another contrast.
    return windows.open(cookies=people.visitor(kind.persona).cookies, reduced_motion="reduce", **options)
