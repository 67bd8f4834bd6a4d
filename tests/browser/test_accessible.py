"""Every kind of page, light and dark, wide and narrow, as axe-core judges it by WCAG 2.2 AA."""

from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.kinds import Kind
from tests.browser.people import People
from tests.browser.running import Site
from tests.browser.showing import each_kind, show, window_of
from tests.browser.windows import DESKTOP, PHONE, Windows

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
AXE = Axe()


def faults(page: Page) -> list[str]:
    """Return what axe finds wrong, with the elements."""
    found = AXE.run(page, options=OPTIONS).response["violations"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


@each_kind
def test_axe_finds_nothing_wrong_with_any_page(kind: Kind, windows: Windows, people: People) -> None:
    page = window_of(windows, kind, people)
    show(page, kind, people)
    found = {}
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            found[scheme, size["width"]] = faults(page)
    assert not any(found.values()), found


def test_axe_finds_the_faults_of_a_bad_page(windows: Windows, site: Site) -> None:
    page = windows.open(reduced_motion="reduce")
    page.goto(site.at("/search/"))
    assert faults(page) == []
    page.evaluate("document.querySelector('main label').remove()")
    page.evaluate("document.querySelector('main h1').style.color = '#eee'")
    assert {fault.partition(":")[0] for fault in faults(page)} == {"label", "color-contrast"}
    page.emulate_media(color_scheme="dark")
    assert {fault.partition(":")[0] for fault in faults(page)} == {"label"}
