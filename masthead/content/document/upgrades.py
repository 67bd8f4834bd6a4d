"""Upgrading documents of an earlier schema: one function per step, applied in turn."""

from collections.abc import Callable

from masthead.content.document.node import Json
from masthead.content.document.problems import DocumentError, Problem
from masthead.content.document.schema import SCHEMA

# From each schema number to the next. Schema 1 is the first.
STEPS: dict[int, Callable[[Json], Json]] = {}


def upgraded(value: Json) -> Json:
    """Return the document in today's schema; one without a number is of today's.

    Raises DocumentError for a schema of a later release.
    """
    attrs = value.get("attrs")
    number = attrs.get("schema", SCHEMA) if isinstance(attrs, dict) else SCHEMA
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= SCHEMA:
        message = f"its schema is {number!r}, this release reads 1 to {SCHEMA}; upgrade Masthead first"
        raise DocumentError([Problem("attrs.schema", message)])
    for step in range(number, SCHEMA):
        value = STEPS[step](value)
    return value | {"attrs": {"schema": SCHEMA}}
