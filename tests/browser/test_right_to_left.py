"""A publication in a language that is written from right to left."""

from collections.abc import Iterator

import pytest

from tests.browser.kinds import DESK, MONEY, READING, SIGNING_IN, Kind
from tests.browser.layout import sideways
from tests.browser.people import People
from tests.browser.running import Site
from tests.browser.showing import show, window_of
from tests.browser.windows import NARROW, Windows


@pytest.fixture
def arabic(site: Site) -> Iterator[None]:
    """The demo, as if it were written in Arabic."""
    site.rows("update core_publication set language = 'ar'")
    yield
    site.rows("update core_publication set language = 'en'")


@pytest.mark.parametrize(
    "kind", [kind for kind in (*READING, *SIGNING_IN, *MONEY, *DESK) if not kind.press], ids=lambda kind: kind.name
)
@pytest.mark.usefixtures("arabic")
def test_a_language_from_right_to_left_turns_the_page_round(kind: Kind, windows: Windows, people: People) -> None:
    page = window_of(windows, kind, people, viewport=NARROW)
    show(page, kind, people)
    root = page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == ("ar", "rtl")
    assert root.evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert sideways(page) == []
