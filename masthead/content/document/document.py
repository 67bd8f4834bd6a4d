"""A post's text: a tree of nodes, checked and in one canonical form."""

import copy
import json
from dataclasses import dataclass
from typing import Any, Self

from masthead.content.document.canonical import canonical
from masthead.content.document.node import Json
from masthead.content.document.problems import DocumentError, Problem
from masthead.content.document.schema import SCHEMA
from masthead.content.document.upgrades import upgraded
from masthead.content.document.validation import problems_of

EMPTY: Json = {"type": "doc", "attrs": {"schema": SCHEMA}, "content": []}


@dataclass(frozen=True)
class Document:
    """A valid document. Two documents with the same text and nodes are equal."""

    _json: Json

    @classmethod
    def load(cls, value: object) -> Self:
        """Check a value from anywhere and return it as a document in canonical form.

        Raises DocumentError, naming each place, for what is no document of this or an earlier schema.
        """
        if not isinstance(value, dict):
            raise DocumentError([Problem("", "a document must be an object with a type and content")])
        value = upgraded(value)
        if problems := problems_of(value):
            raise DocumentError(problems)
        return cls(canonical(value))

    @classmethod
    def stored(cls, value: Json) -> Self:
        """Take a document from a table of ours as it is: it was checked when it was written, and reading is often.

        One of an earlier schema is upgraded and checked as by `load`.
        """
        attrs = value.get("attrs") or {}
        return cls(value) if attrs.get("schema") == SCHEMA else cls.load(value)

    @classmethod
    def empty(cls) -> Self:
        """Return a document without text."""
        return cls(copy.deepcopy(EMPTY))

    @classmethod
    def of(cls, blocks: list[Json]) -> Self:
        """Make a document of blocks; raises DocumentError as `load` does."""
        return cls.load({"type": "doc", "attrs": {"schema": SCHEMA}, "content": blocks})

    @property
    def tree(self) -> Json:
        """The tree itself, for reading only: who changes it changes the document."""
        return self._json

    @property
    def json(self) -> Json:
        """A copy of the tree, ready to be stored."""
        return copy.deepcopy(self._json)

    @property
    def is_empty(self) -> bool:
        return not self._json["content"]

    def dump(self) -> str:
        """Write the tree as JSON text."""
        return json.dumps(self._json, ensure_ascii=False)

    def __hash__(self) -> int:
        return hash(self.dump())

    def __contains__(self, text: Any) -> bool:
        return str(text) in self.dump()
