"""Taking a filter apart into tokens, in one pass over its characters."""

from dataclasses import dataclass

from masthead.api.errors import ApiError

SYMBOLS = frozenset("()[],+:")
ENDS = frozenset("()[],+:<>=~'\"")  # what ends a word beside blanks
PAIRS = frozenset({">=", "<=", "~^", "~$"})


class FilterError(ApiError):
    """A filter that cannot be read, or asks about what is not public."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a filter: `kind` is the symbol itself, or `word`, or `string` for what stood in quotes."""

    kind: str
    text: str
    place: int


def tokens(text: str) -> list[Token]:
    """Return the tokens of a filter. Each character is looked at a fixed number of times (CHECKS.md 92)."""
    if "\0" in text:
        raise FilterError("The filter cannot be read.", "There is a NUL in it.", field="filter")
    found, place = [], 0
    while place < len(text):
        sign = text[place]
        if sign.isspace():
            place += 1
            continue
        token, place = _token(text, place)
        found.append(token)
    return found


def _token(text: str, place: int) -> tuple[Token, int]:
    sign = text[place]
    if sign in SYMBOLS or sign == "-":
        return Token(sign, sign, place), place + 1
    if sign in "<>~":
        symbol = text[place : place + 2] if text[place : place + 2] in PAIRS else sign
        return Token(symbol, symbol, place), place + len(symbol)
    if sign in "'\"":
        return _string(text, place)
    if sign == "=":
        raise FilterError("The filter cannot be read.", f"There is a sign that means nothing at {place + 1}.")
    return _word(text, place)


def _string(text: str, start: int) -> tuple[Token, int]:
    signs, place = [], start + 1
    while place < len(text) and text[place] != text[start]:
        place += text[place] == "\\" and place + 1 < len(text)
        signs.append(text[place])
        place += 1
    if place >= len(text):
        raise FilterError("The filter cannot be read.", f"The quotation mark at {start + 1} is never closed.")
    return Token("string", "".join(signs), start), place + 1


def _word(text: str, start: int) -> tuple[Token, int]:
    signs, place, is_escaped = [], start, False
    while place < len(text) and text[place] not in ENDS and not text[place].isspace():
        if text[place] == "\\" and place + 1 < len(text):
            place, is_escaped = place + 1, True
        signs.append(text[place])
        place += 1
    return Token("string" if is_escaped else "word", "".join(signs), start), place
