"""Imports point down, siblings do not import each other, and sealed tables stay in their package."""

import ast
from collections.abc import Iterable

import pytest

from tests.shape.sources import PACKAGE, imported, modules

LAYERS = [
    {"core"},
    {"members"},
    {"access"},
    {"content", "billing"},
    {"newsletters", "record", "search"},
    {"site", "desk", "api", "importers", "pagestore"},
    {"ops"},
    {"commands", "cli", "urls", "settings", "wsgi", "asgi", "checks", "__main__"},  # the top may use each other
]
HEIGHT = {name: height for height, layer in enumerate(LAYERS) for name in layer}
TOP = len(LAYERS) - 1
# Read by everything and importing nothing of ours.
SEALED = {"Body", "Draft", "Revision", "Schedule", "SealedBlock"}
SEALED_MODULES = {
    f"masthead.content.models.{name}" for name in ("body", "draft", "revision", "schedule", "sealed_block")
}

# Package -> modules that nobody outside it imports: the store on disk holds gated words as rendered pages.
OWN_MODULES = {"pagestore": {f"masthead.pagestore.{name}" for name in ("store", "segments", "table")}}


def part_of(module: str) -> str:
    """The package or top module that a dotted name belongs to."""
    return module.split(".")[1] if "." in module else ""


def faults_of_layers(sources: Iterable[tuple[str, ast.Module]]) -> list[str]:
    """Imports that point up or sideways."""
    return sorted({
        f"{name} imports masthead.{target}"
        for name, tree in sources
        for used in imported(tree)
        if used.startswith("masthead.") and (target := part_of(used)) in HEIGHT and not _may(part_of(name), target)
    })  # fmt: skip


def _may(importer: str, target: str) -> bool:
    if importer in ("", target):
        return True
    lower = HEIGHT[target] < HEIGHT[importer]
    return lower or HEIGHT[importer] == HEIGHT[target] == TOP


def faults_of_sealing(sources: Iterable[tuple[str, ast.Module]]) -> list[str]:
    """Imports of sealed tables from outside the content package."""
    return sorted({
        f"{name} imports {used}"
        for name, tree in sources
        for used in imported(tree)
        if part_of(name) != "content" and _is_sealed(used)
    })  # fmt: skip


def faults_of_own_modules(sources: Iterable[tuple[str, ast.Module]]) -> list[str]:
    """Imports of a package's own modules from outside it."""
    return sorted({
        f"{name} imports {used}"
        for name, tree in sources
        for used in imported(tree)
        for package, own in OWN_MODULES.items()
        if part_of(name) != package and any(used == one or used.startswith(f"{one}.") for one in own)
    })  # fmt: skip


def _is_sealed(used: str) -> bool:
    in_module = any(used == module or used.startswith(f"{module}.") for module in SEALED_MODULES)
    return in_module or (used.startswith("masthead.content") and used.rpartition(".")[2] in {*SEALED, "*"})


def test_every_part_of_the_package_has_its_layer() -> None:
    parts = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert parts - {"__init__"} <= set(HEIGHT)


def test_imports_point_down_and_siblings_do_not_import_each_other() -> None:
    assert faults_of_layers(modules()) == []


def test_sealed_tables_are_imported_in_their_own_package_only() -> None:
    assert faults_of_sealing(modules()) == []


def test_the_store_of_finished_pages_is_imported_in_its_own_package_only() -> None:
    assert faults_of_own_modules(modules()) == []


@pytest.mark.parametrize(
    "line",
    [
        "from masthead.pagestore.store import Store",
        "from masthead.pagestore import segments",
        "import masthead.pagestore.table",
    ],
)
def test_an_import_of_the_store_is_found_outside_its_package_only(line: str) -> None:
    assert faults_of_own_modules([("masthead.ops.worker", ast.parse(line))])
    assert faults_of_own_modules([("masthead.pagestore.serving", ast.parse(line))]) == []


def test_no_module_reaches_a_sealed_table_by_its_name_in_a_string() -> None:
    named = {f"content.{name}".lower() for name in SEALED}
    found = [
        f"{name}: {node.value}"
        for name, tree in modules()
        if part_of(name) != "content"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.lower() in named
    ]
    assert found == []


@pytest.mark.parametrize(
    ("importer", "line"),
    [
        ("masthead.core.money", "from masthead.members import roles"),
        ("masthead.content.reading", "import masthead.billing.sync"),
        ("masthead.billing.sync", "from masthead.content.models import Post"),
        ("masthead.site.views", "from masthead.desk.permissions import ROUTES"),
        ("masthead.members.models", "def late():\n    from masthead.access.reader import Reader"),
        ("masthead.content.reading", "from masthead import urls"),
        ("masthead.ops.worker", "from masthead.commands.web import run"),
    ],
)
def test_an_import_that_points_up_or_sideways_is_found(importer: str, line: str) -> None:
    assert faults_of_layers([(importer, ast.parse(line))])
    assert faults_of_layers([("masthead.ops.worker", ast.parse("from masthead.core import events"))]) == []


@pytest.mark.parametrize(
    "line",
    [
        "from masthead.content.models import Post, Body",
        "from masthead.content.models.draft import Draft as Anything",
        "import masthead.content.models.revision",
        "from masthead.content.models import revision",
        "from masthead.content.models import *",
        "from masthead.content.editing import Draft",
    ],
)
def test_an_import_of_a_sealed_table_is_found_outside_its_package_only(line: str) -> None:
    assert faults_of_sealing([("masthead.site.views", ast.parse(line))])
    assert faults_of_sealing([("masthead.content.reading", ast.parse(line))]) == []
