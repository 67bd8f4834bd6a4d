"""Faults that the proofs must find, each by its name."""

from collections.abc import Callable

from masthead.access.reader_key import Depends


def one_key() -> None:
    """Keep one page for all: a key without the Reader."""
    Depends.key = lambda self, reader: "a"  # type: ignore[method-assign]


FAULTS: dict[str, Callable[[], None]] = {"one key": one_key}
