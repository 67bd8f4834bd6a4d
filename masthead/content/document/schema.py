"""The table of nodes and marks: every file in nodes/ and marks/, and what extensions register."""

import importlib
import pkgutil
from types import ModuleType

from masthead.content.document import marks, nodes
from masthead.content.document.node import Mark, Node

SCHEMA = 1  # rises with every change that old documents must be upgraded for (upgrades.py)

NODES: dict[str, Node] = {}
MARKS: dict[str, Mark] = {}  # in the order in which they are wrapped, the innermost last


def register(kind: type[Node] | type[Mark]) -> None:
    """Add a kind of node or mark; a name that is taken already is refused (ValueError)."""
    table: dict[str, Node] | dict[str, Mark] = NODES if issubclass(kind, Node) else MARKS
    if kind.name in table:
        raise ValueError(f"There is a {kind.name} already; choose another name.")
    table[kind.name] = kind()  # type: ignore[assignment]


def _discover(package: ModuleType, base: type[Node] | type[Mark]) -> None:
    for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda module: module.name):
        module = importlib.import_module(f"{package.__name__}.{found.name}")
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, base) and kind.__module__ == module.__name__:
                register(kind)


_discover(nodes, Node)
_discover(marks, Mark)


def may_hold(parent: Node, child: Node) -> bool:
    """Say whether the one may stand directly in the other."""
    held = child.name in parent.holds or (bool(child.group) and child.group in parent.holds)
    return held and child.name not in parent.refuses
