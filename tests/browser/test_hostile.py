"""Every hostile text in a real browser: nothing of it runs, at the desk or for readers (check 83)."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.running import Site
from tests.browser.windows import Windows
from tests.hostile.payloads import MARK, PAYLOADS

TRAP = f"window.ran = 0; window.{MARK} = () => {{ window.ran += 1 }}; window.alert = window.{MARK}"
SLUG = "hostile-texts"


def ran(page: Page) -> int:
    """Let the page settle, touch what reacts to touching, and say how often something of a text ran."""
    page.wait_for_load_state("load")
    for element in page.locator("article a, article details, article summary, .posts a").all()[:6]:
        element.hover(timeout=500, force=True)
    return int(page.evaluate("window.ran"))


def publish(page: Page, site: Site) -> None:
    """Write every payload into every field of the desk's form, and publish it."""
    page.goto(site.at("/desk/posts/new/"))
    short = " ".join(PAYLOADS)[:280]
    for label in ("Headline", "Caption", "Credit", "What the picture shows"):
        page.get_by_label(label).fill(short)
    page.get_by_label("Standfirst").fill(" ".join(PAYLOADS))
    page.get_by_label("Text", exact=True).fill("\n\n".join(PAYLOADS))
    page.get_by_label("Tags").fill(short.replace(",", " ")[:100])
    page.get_by_label("Address").fill(SLUG)
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_url(re.compile(r"/desk/posts/(?!new)"))


def test_no_hostile_text_runs_on_any_page_where_it_stands(windows: Windows, site: Site) -> None:
    desk, reader = windows.open("editor"), windows.open()
    for page in (desk, reader):
        page.context.add_init_script(TRAP)
    publish(desk, site)
    found = {}
    for page, paths in (
        (desk, ("/desk/", desk.url.removeprefix(site.at("/").rstrip("/")))),
        (reader, (f"/{SLUG}/", "/", f"/search/?q={MARK}", "/archive/")),
    ):
        for path in paths:
            page.goto(site.at(path))
            found[path] = ran(page)
    assert MARK in reader.goto(site.at(f"/{SLUG}/")).text()  # type: ignore[union-attr]
    assert found == dict.fromkeys(found, 0)


@pytest.mark.parametrize("payload", [f"<img src=x onerror={MARK}(1)>", f"<svg onload={MARK}(1)></svg>"])
def test_the_trap_catches_a_text_that_does_run(payload: str, windows: Windows) -> None:
    page = windows.open()
    page.context.add_init_script(TRAP)
    page.goto("about:blank")
    page.set_content(f"<article>{payload}</article>")
    page.wait_for_function("window.ran > 0", timeout=5000)
