"""A publication in a language that is written from right to left."""

import urllib.request
from collections.abc import Iterator

import pytest

from tests.browser.kinds import DESK, MONEY, READING, SIGNING_IN, Kind
from tests.browser.layout import sideways
from tests.browser.people import People
from tests.browser.running import Site
from tests.browser.showing import show, window_of
from tests.browser.windows import NARROW, Windows
from tests.commands.running import wait_for

PURGED = """insert into pagestore_purge (serial, tag, at, is_told)
    select coalesce(max(serial), 0) + 1, 'site', datetime('now'), 1 from pagestore_purge"""


@pytest.fixture(scope="module")
def arabic(site: Site) -> Iterator[None]:
    """The demo, as if it were written in Arabic."""
    speak(site, "ar")
    yield
    speak(site, "en")


def speak(site: Site, language: str) -> None:
    """Change the language behind the server's back, and wait until each of its workers has read that pages are stale."""
    site.rows("update core_publication set language = ?", language)
    site.rows(PURGED)
    wait_for(lambda: all(f'lang="{language}"' in front(site) for _ in range(20)), seconds=30)


def front(site: Site) -> str:
    """Return the front page, from whichever worker answers."""
    with urllib.request.urlopen(site.at("/"), timeout=10) as answer:
        text: str = answer.read().decode()
    return text


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
