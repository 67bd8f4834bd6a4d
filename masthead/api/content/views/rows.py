"""A filter on what stands in no table, such as free membership among the tiers."""

from typing import Any

from masthead.api.content.filtering.parsing import parse
from masthead.api.content.filtering.tokens import FilterError
from masthead.api.content.filtering.tree import Both, Comparison, Tree

TIER_COLUMNS = frozenset({"id", "name", "slug", "type", "visibility", "active", "currency"})


def chosen(rows: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """Return the rows that a filter lets through, by the public columns of a tier; FilterError for another."""
    if not text.strip():
        return rows
    tree = parse(text)
    return [row for row in rows if _fits(tree, row)]


def _fits(tree: Tree, row: dict[str, Any]) -> bool:
    if not isinstance(tree, Comparison):
        found = [_fits(part, row) for part in tree.parts]
        return all(found) if isinstance(tree, Both) else any(found)
    if tree.field not in TIER_COLUMNS or tree.operator != "=":
        context = f"Use one of {', '.join(sorted(TIER_COLUMNS))}, and compare with : alone."
        raise FilterError(f"{tree.field[:60]!r} cannot be filtered by like this.", context, field="filter")
    return (row.get(tree.field) in tree.values) is not tree.is_not
