"""Files of the operator in theme/templates stand before the system's own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

from tests.cast import Cast, client_of
from tests.site.visiting import GATED, a_ship

THEME = settings.CONFIG.folder / "theme" / "templates"


def forget() -> None:
    """Let the engine look at the files again, as a restart does."""
    for loader in engines["django"].engine.template_loaders:  # type: ignore[attr-defined]
        loader.reset()


@pytest.fixture
def theme() -> Iterator[Path]:
    """Return the operator's folder, in which nothing stands yet."""
    THEME.mkdir(parents=True)
    yield THEME
    shutil.rmtree(THEME.parent)
    forget()


def put(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    forget()


def test_a_file_of_the_operator_takes_the_place_of_ours(cast: Cast, theme: Path) -> None:
    a_ship(cast)
    before = client_of(None).get("/a-ship/").content.decode()
    put(theme, "site/wall.html", '<aside class="ours">Join us for {{ wall.price.money }}.</aside>')
    after = client_of(None).get("/a-ship/").content.decode()
    assert 'class="wall"' in before and 'class="wall"' not in after
    assert '<aside class="ours">Join us for €8.</aside>' in after
    (theme / "site/wall.html").unlink()
    forget()
    assert 'class="wall"' in client_of(None).get("/a-ship/").content.decode()


def test_a_file_can_go_on_from_ours(cast: Cast, theme: Path) -> None:
    a_ship(cast)
    put(
        theme,
        "site/front.html",
        "{% extends 'base.html' %}{% block content %}<h1>Ours</h1>{{ lead.title }}{% endblock %}",
    )
    body = client_of(None).get("/").content.decode()
    assert "<h1>Ours</h1>A ship" in body and "The Paper" in body and 'rel="alternate"' in body


def test_no_template_can_show_what_the_reading_does_not_hold(cast: Cast, theme: Path) -> None:
    """A theme is trusted with the look, and still gets cut posts only."""
    a_ship(cast)
    everything = (
        "{{ reading.html }}{{ reading.text }}{{ reading.markdown }}{{ reading.document.json }}{{ more }}{{ reading }}"
    )
    put(theme, "site/post.html", everything)
    assert GATED not in client_of(cast.free).get("/a-ship/").content.decode()
    assert GATED in client_of(cast.paid).get("/a-ship/").content.decode()


def test_a_broken_file_breaks_its_page_and_not_the_desk(cast: Cast, theme: Path) -> None:
    """Check 98."""
    put(theme, "site/front.html", "{% if %}")
    browser = client_of(cast.editor)
    browser.raise_request_exception = False
    assert browser.get("/").status_code == 500
    assert browser.get("/desk/").status_code == 200
