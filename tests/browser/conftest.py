"""Chromium, a demo, and windows in it; without Chromium the tests that need it skip and say so."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import running
from tests.browser.people import People
from tests.browser.running import Site
from tests.browser.windows import Windows

HERE = Path(__file__).parent
WITHOUT_BROWSER = ("test_markup.py",)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SWITCHES = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
).split()
NO_CHROMIUM = "there is no Chromium here: apt-get install chromium"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, and skip it where there is none."""
    for item in items:
        if HERE in item.path.parents and item.path.name not in WITHOUT_BROWSER:
            item.add_marker("browser")
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo, as a newcomer starts it; one for each worker."""
    with running.demo(tmp_path_factory.mktemp("demo")) as site:
        yield site


@pytest.fixture(scope="session")
def people(site: Site) -> People:
    """Those who look at its pages, one of which was written at the desk just now."""
    known = People(site)
    known.publish("editor", title="Written at the desk", text="Just now.", tags="City", slug="written-at-the-desk")
    return known


# For one file only: while Playwright runs, its event loop keeps Django from asking the database in this process.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        # The cache of pages for the back button is what readers have, so the tests have it too (check 30).
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=SWITCHES, ignore_default_args=["--disable-back-forward-cache"]
        )
        yield browser
        browser.close()


@pytest.fixture
def windows(chromium: Browser, site: Site) -> Iterator[Windows]:
    """Windows of that browser, each of somebody of their own; closed after the test."""
    opened = Windows(chromium, site)
    yield opened
    opened.close()
