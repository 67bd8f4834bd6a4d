"""Filters in Ghost's query language, as far as routes.yaml and visibilities use them."""

import re
from collections.abc import Callable, Mapping
from typing import Final

Facts = Mapping[str, frozenset[str]]  # name -> the values that a post has for it
Filter = Callable[[Facts], bool]
TOKEN: Final = re.compile(
    r"\s*(?:(?P<sign>[()+,\[\]:]|>=|<=|>|<)|'(?P<quoted>(?:\\.|[^'\\])*)'|(?P<word>[^\s()+,\[\]:'<>]+))"
)
NAMES: Final = {
    "tags": "tag", "tags.slug": "tag", "tag.slug": "tag", "primary_tag.slug": "primary_tag",
    "authors": "author", "authors.slug": "author", "author.slug": "author", "primary_author.slug": "primary_author",
    "products": "product", "tiers": "product", "tier": "product", "products.slug": "product",
}  # fmt: skip
KNOWN: Final = frozenset(
    "tag primary_tag author primary_author product featured page type status visibility slug id label".split()
)
DEEPEST = 20


class NqlError(ValueError):
    """A filter that we do not understand."""


def filter_of(text: str) -> Filter:
    """Return the filter that a text describes; raises NqlError for one that asks for more than a post's own facts.

    `+` is and, `,` is or, and binds less; `-` before a value is not; `[a,b]` is any of these; `null` is none at all.
    """
    parser = _Parser(text)
    found = parser.any_of(0)
    if parser.tokens:
        raise NqlError(f"“{text[:80]}” is not understood at “{parser.tokens[0][1]}”")
    return found


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)

    def any_of(self, depth: int) -> Filter:
        parts = [self.all_of(depth)]
        while self._takes(","):
            parts.append(self.all_of(depth))
        return lambda facts: any(part(facts) for part in parts)

    def all_of(self, depth: int) -> Filter:
        parts = [self._one(depth)]
        while self._takes("+"):
            parts.append(self._one(depth))
        return lambda facts: all(part(facts) for part in parts)

    def _one(self, depth: int) -> Filter:
        if depth > DEEPEST:
            raise NqlError("it is nested too deeply")
        if self._takes("("):
            inner = self.any_of(depth + 1)
            self._expect(")")
            return inner
        return self._comparison()

    def _comparison(self) -> Filter:
        given = self._word()
        name = NAMES.get(given, given)
        if name not in KNOWN:
            raise NqlError(f"“{given}” is not asked for here")
        self._expect(":")
        is_not, wanted = self._values()
        if wanted == {"null"}:
            return lambda facts: bool(facts.get(name)) == is_not
        return lambda facts: bool(facts.get(name, frozenset()) & wanted) != is_not

    def _values(self) -> tuple[bool, frozenset[str]]:
        is_not = bool(self.tokens) and self.tokens[0] == ("word", "-")
        if is_not:
            self.tokens.pop(0)
        if self._takes("["):
            found = {self._word(quoted=True)}
            while self._takes(","):
                found.add(self._word(quoted=True))
            self._expect("]")
            return is_not, frozenset(found)
        is_quoted = bool(self.tokens) and self.tokens[0][0] == "quoted"
        word = self._word(quoted=True)
        if word.startswith("-") and not is_quoted:
            return True, frozenset({word[1:]})
        return is_not, frozenset({word})

    def _takes(self, sign: str) -> bool:
        if self.tokens and self.tokens[0] == ("sign", sign):
            self.tokens.pop(0)
            return True
        return False

    def _expect(self, sign: str) -> None:
        if not self._takes(sign):
            raise NqlError(f"“{self.text[:80]}” lacks a “{sign}”")

    def _word(self, *, quoted: bool = False) -> str:
        if not self.tokens or self.tokens[0][0] not in (("word", "quoted") if quoted else ("word",)):
            raise NqlError(f"“{self.text[:80]}” is not understood")
        return self.tokens.pop(0)[1]


def _tokens(text: str) -> list[tuple[str, str]]:
    out, place = [], 0
    text = text.rstrip()
    while place < len(text):
        found = TOKEN.match(text, place)
        if not found:
            raise NqlError(f"“{text[:80]}” is not understood")
        kind = str(found.lastgroup)
        value = found[kind]
        out.append((kind, value.replace("\\'", "'") if kind == "quoted" else value))
        place = found.end()
    return out
