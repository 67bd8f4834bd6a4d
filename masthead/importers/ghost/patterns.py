"""Patterns of JavaScript, as redirects of Ghost use them, in RE2's syntax."""

import re
from typing import Final

NO_RE2: Final = re.compile(r"\(\?<?[=!]|\\[1-9]|\\k<|\\c[A-Za-z]|\\u\{|\(\?>|[*+?}]\+")
NAMED: Final = re.compile(r"\(\?<([A-Za-z_]\w*)>")
UNICODE: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
DELIMITED: Final = re.compile(r"/(.+)/(i?)", re.DOTALL)
SPECIAL: Final = re.compile(r"[\^$*+?()\[\]{}|\\]")
END: Final = r"/?(?:\?.*)?$"
LONGEST: Final = 450  # characters
MOST_REPEATS: Final = 1000  # RE2's own limit


class PatternError(ValueError):
    """A pattern that RE2 has no words for; the message says which part of it."""


def is_plain(source: str) -> bool:
    """Say whether a redirect's source is a path and no pattern; a dot alone makes none."""
    return source.startswith("/") and not SPECIAL.search(source) and not DELIMITED.fullmatch(source)


def to_re2(source: str) -> str:
    """Return a pattern for RE2 that takes what Ghost's takes: anywhere in the path up to its end, a slash or none.

    Ghost looks at the path alone, we at the path with its query, so the end may be followed by one. Raises PatternError.
    """
    flags, text = "", source
    # "/^\/old/i" is a pattern between slashes; "/old/(.*)/" is a path.
    if (found := DELIMITED.fullmatch(source)) and (found[2] or source.startswith("/^")):
        text, flags = found[1], "(?i)" if found[2] else ""
    if refused := NO_RE2.search(text):
        raise PatternError(f"“{refused[0]}” cannot be said in our patterns")
    text = NAMED.sub(r"(?P<\1>", text.replace("\\/", "/"))
    text = UNICODE.sub(lambda sign: re.escape(chr(int(sign[1], 16))), text).replace("[^]", r"[\s\S]")
    text = _with_end(text)
    if len(text) + len(flags) > LONGEST:
        raise PatternError(f"it is longer than {LONGEST} characters")
    if any(int(number) > MOST_REPEATS for number in re.findall(r"[{,](\d+)", text)):
        raise PatternError(f"it repeats something more than {MOST_REPEATS} times")
    try:
        re.compile(flags + text)
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternError(str(error)) from error
    return flags + text


def _with_end(text: str) -> str:
    """Let the pattern end where Ghost lets it: at the end of the path, with or without a slash."""
    if text.endswith("$") and not text.endswith("\\$"):
        return text[:-1] + END.removeprefix("/?")
    return text.removesuffix("/") + END


def to_target(text: str) -> str:
    """Return where it leads with `\\1` for what Ghost writes as `$1`; `$$` is a dollar sign."""
    text = text.replace("\\", "\\\\")
    return re.sub(r"\$(\$|&|[1-9]\d?)", lambda found: {"$": "$", "&": r"\0"}.get(found[1], f"\\{found[1]}"), text)
