"""Every kind of page and every style sheet, as the W3C's Nu checker judges them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.checker import MISSING, Checker, checker
from tests.browser.kinds import Kind
from tests.browser.people import People
from tests.browser.showing import each_kind
from tests.shape.sources import PACKAGE, ROOT

pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING)
SHEETS = sorted(PACKAGE.rglob("static/**/*.css"))


@pytest.fixture(scope="session")
def nu() -> Iterator[Checker]:
    """The checker, started once."""
    with checker() as started:
        yield started


@each_kind
def test_the_markup_of_every_page_is_valid(kind: Kind, people: People, nu: Checker) -> None:
    assert nu.errors(kind.answer(people).text) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_style_sheet_is_valid(sheet: Path, nu: Checker) -> None:
    assert nu.errors(sheet.read_text(encoding="utf-8"), "text/css") == []


def test_the_faults_of_a_bad_page_and_a_bad_style_sheet_are_found(people: People, nu: Checker) -> None:
    page = people.visitor("anyone").open("/about/").text
    assert nu.errors(page) == []
    assert nu.errors(page.replace("</main>", "<p><div id=main></div></main>"))
    assert nu.errors("a { colour: red }", "text/css") and not nu.errors("a { color: red }", "text/css")
