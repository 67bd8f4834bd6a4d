"""A template of the theme that is changed is seen in every worker without a restart; a broken one takes nothing down."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template import engines

from masthead.pagestore.theme import Theme
from tests.commands.running import wait_for
from tests.pagestore.live import Live, live
from tests.pagestore.reading import Browser, readers
from tests.site.test_theme import forget, theme

__all__ = ["theme"]
WORKERS = 4
TEXT = "Openingwords stand above.\n\n<!--more-->\n\nGatedwords stand below."
OURS = Path(engines["django"].get_template("site/wall.html").origin.name)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A publication without a theme, served by four workers."""
    with live(tmp_path_factory.mktemp("live") / "paper", workers=WORKERS) as site:
        site.act("make_cast")
        yield site


def write(site: Live, name: str, text: str) -> None:
    """Write a template of the theme, as an editor does: another file in its place."""
    file = site.folder / "theme" / "templates" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.with_suffix(".new").write_text(text)
    file.with_suffix(".new").rename(file)


def all_show(browsers: list[Browser], path: str, word: str) -> bool:
    """Say whether every worker shows a word on a page that comes from its store."""
    return all(word in browser.warmed(path).text for browser in browsers)


def test_a_changed_template_is_seen_by_every_worker_and_its_former_state_by_none(site: Live) -> None:
    post = site.act("publish", title="Walled", text=TEXT, visibility="paid")
    with readers(site) as browsers, readers(site, of="free") as members:
        assert all_show([*browsers, *members], post["path"], "Subscribe to read it to the end")
        for word in ("Firstwall", "Secondwall"):
            write(site, "site/wall.html", f"<p>{word} {{{{ wall.heading }}}}</p>")
            wait_for(lambda word=word: all_show([*browsers, *members], post["path"], word), seconds=30)  # type: ignore[misc]
            assert all_show([*browsers, *members] * 3, post["path"], word)
        (site.folder / "theme" / "templates" / "site" / "wall.html").unlink()
        wait_for(lambda: all_show(browsers, post["path"], "Subscribe to read it to the end"), seconds=30)


def test_a_broken_template_changes_nothing_until_it_is_mended(site: Live) -> None:
    log = site.folder.parent / f"{site.folder.name}.log"
    post = site.act("publish", title="Mended", text=TEXT, visibility="paid")
    with readers(site) as browsers:
        write(site, "site/wall.html", "<p>Wholewall</p>")
        wait_for(lambda: all_show(browsers, post["path"], "Wholewall"), seconds=30)
        write(site, "site/wall.html", "<p>Brokenwall {% if %}</p>")
        wait_for(lambda: log.read_text().count("site/wall.html: ") >= WORKERS, seconds=30)
        site.act("edit", pk=post["pk"], title="Mended twice")  # so that it is rendered anew
        answers = [browser.get(post["path"]) for browser in browsers * 3]
        assert all(answer.status == 200 and "Wholewall" in answer.text for answer in answers)
        write(site, "site/wall.html", "<p>Mendedwall</p>")
        wait_for(lambda: all_show(browsers, post["path"], "Mendedwall"), seconds=30)


def touch(file: Path, text: str) -> None:
    """Write a file so that it differs from before in its stamp, however quickly."""
    file.parent.mkdir(parents=True, exist_ok=True)
    before = file.stat().st_mtime_ns if file.exists() else 0
    while True:
        file.write_text(text)
        if file.stat().st_mtime_ns != before:
            return
        time.sleep(0.001)


def test_a_folder_is_taken_up_once_for_each_change(theme: Path) -> None:
    held = Theme(theme)
    assert not held.take_up()
    engine = engines["django"]
    for text in ("<p>one</p>", "<p>two</p>"):
        touch(theme / "a.html", text)
        assert held.take_up() and not held.take_up()
        assert engine.get_template("a.html").render() == text
    touch(theme / "a.html", "{% endif %}")
    before = held.taken_up
    assert not held.take_up() and held.taken_up == before
    assert engine.get_template("a.html").render() == "<p>two</p>"
    (theme / "a.html").unlink()
    assert held.take_up() and held.taken_up == ""
    forget()


def test_what_is_no_template_is_not_looked_at(theme: Path) -> None:
    held = Theme(theme)
    for name in (".a.html.swp", ".hidden.html", "a.html~", "README", "picture.jpeg"):
        touch(theme / name, "{% endif %}")
    assert not held.take_up() and held.taken_up == ""
    assert not Theme(theme / "missing").take_up()


def test_a_template_that_is_kept_for_ever_is_found(theme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A seeded fault: without new loaders the old words stay."""
    held, engine = Theme(theme), engines["django"]
    touch(theme / "a.html", "old")
    assert held.take_up()
    assert engine.get_template("a.html").render() == "old"
    monkeypatch.setattr("masthead.pagestore.theme._engines", list)
    touch(theme / "a.html", "new")
    assert held.take_up()
    assert engine.get_template("a.html").render() == "old"
