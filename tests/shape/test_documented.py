"""Every setting, command, event and field word stands in the reference."""

import ast
import re
from collections.abc import Iterable
from typing import TypeGuard

from masthead.commands import COMMANDS
from masthead.content.document.node import Mark, Node
from masthead.content.document.schema import MARKS, NODES
from masthead.core.config import SETTINGS
from tests.shape.sources import ROOT, modules

KIND = re.compile(r"[a-z]+\.[a-z]+(_[a-z]+)*")
REFERENCE = ROOT / "docs" / "reference"


def documented(page: str) -> set[str]:
    """The names in backquotes that begin a row or a heading of a reference page."""
    text = (REFERENCE / page).read_text(encoding="utf-8")
    return set(re.findall(r"^(?:\||#+)\s*`([^`]+)`", text, flags=re.MULTILINE))


def kinds_written(sources: Iterable[tuple[str, ast.Module]]) -> set[str]:
    """The kinds of event that `events.write(...)` is called with in these modules.

    Where a module hands the kind in by a name, each of its constants that could be one counts.
    """
    found: set[str] = set()
    for _, tree in sources:
        kinds = [node.args[0] for node in ast.walk(tree) if _writes_an_event(node)]
        indirect = any(isinstance(kind, ast.Name) for kind in kinds)
        found |= {text for part in ([tree] if indirect else kinds) for text in _texts(part) if KIND.fullmatch(text)}
    return found


def _texts(tree: ast.AST) -> Iterable[str]:
    return (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))


def _writes_an_event(node: ast.AST) -> TypeGuard[ast.Call]:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
        return False
    return node.func.attr == "write" and ast.unparse(node.func.value).endswith("events")


def test_every_setting_is_documented_and_no_other() -> None:
    assert documented("settings.md") == {setting.name for setting in SETTINGS}


def test_every_command_is_documented_and_no_other() -> None:
    assert documented("commands.md") == {f"masthead {name}" for name in COMMANDS}


def test_every_kind_of_event_is_documented_and_no_other() -> None:
    assert documented("events.md") == kinds_written(modules())


def test_the_scan_for_events_finds_one_that_nobody_documented() -> None:
    tree = ast.parse("def act():\n    events.write('ship.released' if x else 'ship.seized', 'ship:1', at=at)")
    assert kinds_written([("masthead.content.acts", tree)]) == {"ship.released", "ship.seized"}
    named = ast.parse("def act(kind):\n    events.write(kind, 'ship:1', at=at)\n\nact('ship.sold')")
    assert kinds_written([("masthead.content.acts", named)]) == {"ship.sold"}


def test_the_glossary_has_every_word_of_the_field() -> None:
    words = """post page author tag revision visibility cut opening body wall member tier entitlement price offer subscription payment
    refund complimentary gift newsletter issue delivery bounce staff role entity statement commitment storyline passage
    correction reader reading event reaction provider document address draft variant position segment"""
    of_several = {"page store", "Reader key", "purge log", "reader cookie"}
    assert set(words.split()) | of_several == documented("words.md")


def test_every_node_and_mark_of_the_document_is_documented_with_its_attributes() -> None:
    text = (REFERENCE / "document.md").read_text(encoding="utf-8")
    assert documented("document.md") == set(NODES) | set(MARKS)
    kinds: list[Node | Mark] = [*NODES.values(), *MARKS.values()]
    for kind in kinds:
        row = next(line for line in text.splitlines() if line.startswith(f"| `{kind.name}` |"))
        assert set(re.findall(r"`(\w+)`", row)) == {kind.name, *kind.attrs}


def test_links_between_pages_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in pages
        for link in re.findall(r"(?<!!)\[[^\]]+\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
        if "://" not in link and not (page.parent / link).exists()
    ]
    assert broken == []
