"""How each database keeps and asks for words: SQLite's FTS5, PostgreSQL's tsvector."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Protocol

from django.db import connection

WORD = re.compile(r"[^\W_]+")
LONGEST_WORD = 100  # characters; longer runs are no words
MOST_WORDS = 40_000  # different words of one post (a tsvector holds a megabyte)


class Dialect(Protocol):
    """What the index and the queries need of a database. Words are runs of letters and digits: none is syntax."""

    placeholder: str

    def stored(self, text: str) -> str | list[str]:
        """Return the value that is written for a text, at `placeholder`."""

    def match(self, table: str, words: Sequence[str], *, in_title: bool = False) -> tuple[str, str]:
        """Return (condition, parameter) for rows that have all the words; the last one may go on."""


class Fts5:
    """SQLite: the text itself is indexed; accents and case make no difference."""

    placeholder = "%s"

    def stored(self, text: str) -> str | list[str]:
        return composed(text)

    def match(self, table: str, words: Sequence[str], *, in_title: bool = False) -> tuple[str, str]:
        query = " ".join(f'"{word}"' for word in words) + "*"
        return f"{table} MATCH %s", "{title} : (" + query + ")" if in_title else query


class TsVector:
    """PostgreSQL: the different words, without accents and case, so that both databases find the same."""

    placeholder = "array_to_tsvector(%s::text[])"

    def stored(self, text: str) -> str | list[str]:
        return sorted({folded(word) for word in WORD.findall(composed(text))} - {""})[:MOST_WORDS]

    def match(self, table: str, words: Sequence[str], *, in_title: bool = False) -> tuple[str, str]:
        query = " & ".join(f"'{folded(word)}'" for word in words) + ":*"
        return f"{'title' if in_title else 'words'} @@ %s::tsquery", query


def composed(text: str) -> str:
    """Return text with its accents in one form, however it was typed (Unicode NFC)."""
    return unicodedata.normalize("NFC", text)


def folded(word: str) -> str:
    """Return a word in small letters and without accents."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))[:LONGEST_WORD]


def dialect() -> Dialect:
    """Return the dialect of the database in use."""
    return TsVector() if connection.vendor == "postgresql" else Fts5()
