"""Checking what an export says of documents and addresses; each raises ValueError for what cannot be kept."""

from typing import Any

from masthead.content.addresses import is_path
from masthead.content.attachment_types import is_known
from masthead.content.document import Document
from masthead.content.document.node import Json
from masthead.content.document.schema import NODES


def document_of(value: Any) -> Any:
    """Return a document in its one form."""
    return Document.load(value).json


def part_of(value: Any) -> Any:
    """Check what publishing made of a document; it stays as it is, for it has empty places where sealed parts stood."""
    checked = Document.load(value)
    if value.get("attrs") != checked.tree["attrs"]:
        return checked.json
    if not _is_stored(value):
        raise ValueError("holds a node without what every node of its type has")
    return value


def _is_stored(node: Json) -> bool:
    """Say whether a valid node is as tables have it: nothing in it is left to be filled in."""
    kind, attrs, inside = NODES[node["type"]], node.get("attrs") or {}, node.get("content")
    is_full = all(attrs.get(name) is not None or attr.default is None for name, attr in kind.attrs.items())
    return is_full and (inside is not None or not kind.holds) and all(map(_is_stored, inside or ()))


def path_of(value: Any) -> Any:
    """Return an address of this site, or '' for none."""
    if value and not is_path(value):
        raise ValueError(f"{value!r} is no address of a page")
    return value


def file_type_of(value: Any) -> Any:
    """Return a media type that files here may have."""
    if not is_known(value):
        raise ValueError(f"cannot be {value[:80]!r}")
    return value
