"""Reading a filter into its tree: `+` binds closer than `,`, and parentheses closer than both."""

from masthead.api.content.filtering.tokens import FilterError, Token, tokens
from masthead.api.content.filtering.tree import Both, Comparison, Either, Tree, Value

DEEPEST = 8  # parentheses within parentheses
MOST_VALUES = 100  # things compared with, in the whole filter
OPERATORS = frozenset({">", ">=", "<", "<=", "~", "~^", "~$"})
WORDS: dict[str, Value] = {"null": None, "true": True, "false": False}


def parse(text: str) -> Tree:
    """Return the tree of a filter; FilterError says where it cannot be read, or which bound it is over."""
    reading = _Parser(tokens(text))
    tree = reading.either(0)
    if reading.rest:
        raise reading.error()
    return tree


class _Parser:
    """One reading from left to right; `rest` is what is still to come, the next token last."""

    def __init__(self, found: list[Token]) -> None:
        self.rest = found[::-1]
        self.values = 0

    def error(self) -> FilterError:
        where = f"near {self.rest[-1].text!r} at {self.rest[-1].place + 1}" if self.rest else "at its end"
        return FilterError("The filter cannot be read.", f"Something is wrong {where}.", field="filter")

    def take(self, *kinds: str) -> Token | None:
        """Take the next token if it is one of these."""
        return self.rest.pop() if self.rest and self.rest[-1].kind in kinds else None

    def need(self, *kinds: str) -> Token:
        token = self.take(*kinds)
        if token is None:
            raise self.error()
        return token

    def either(self, depth: int) -> Tree:
        parts = [self.both(depth)]
        while self.take(","):
            parts.append(self.both(depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def both(self, depth: int) -> Tree:
        parts = [self.unit(depth)]
        while self.take("+"):
            parts.append(self.unit(depth))
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def unit(self, depth: int) -> Tree:
        if not self.take("("):
            return self.test()
        if depth >= DEEPEST:
            raise FilterError("The filter is too deep.", f"Use at most {DEEPEST} parentheses in one another.")
        tree = self.either(depth + 1)
        self.need(")")
        return tree

    def test(self) -> Comparison:
        field = self.need("word").text
        self.need(":")
        is_not = self.take("-") is not None
        operator = self.take(*OPERATORS)
        if operator is None and self.take("["):
            return Comparison(field, "=", is_not, self.several())
        return Comparison(field, operator.kind if operator else "=", is_not, (self.value(),))

    def several(self) -> tuple[Value, ...]:
        found = [self.value()]
        while self.take(","):
            found.append(self.value())
        self.need("]")
        return tuple(found)

    def value(self) -> Value:
        self.values += 1
        if self.values > MOST_VALUES:
            raise FilterError("The filter is too long.", f"Compare with at most {MOST_VALUES} values.")
        token = self.need("word", "string")
        return WORDS.get(token.text, token.text) if token.kind == "word" else token.text
