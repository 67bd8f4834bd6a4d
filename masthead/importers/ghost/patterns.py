"""Patterns of JavaScript, as redirects of Ghost use them, in RE2's syntax."""

import re
from typing import Final

import re2

from masthead.content.redirecting import MEMORY

NO_RE2: Final = re.compile(r"\(\?<?[=!]|\\[1-9]|\\k<|\\c[A-Za-z]|\\u\{")
NAMED: Final = re.compile(r"\(\?<([A-Za-z_]\w*)>")
UNICODE: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
DELIMITED: Final = re.compile(r"/(.+)/(i?)", re.DOTALL)
SPECIAL: Final = re.compile(r"[\^$*+?()\[\]{}|\\]")
END: Final = "/?$"
LONGEST: Final = 500  # characters


class PatternError(ValueError):
    """A pattern that RE2 has no words for; the message says which part of it."""


def is_plain(source: str) -> bool:
    """Say whether a redirect's source is a path and no pattern; a dot alone makes none."""
    return source.startswith("/") and not SPECIAL.search(source) and not DELIMITED.fullmatch(source)


def to_re2(source: str) -> str:
    """Return a pattern for RE2 that takes what Ghost's takes: up to the end of the path, which may have a slash or none.

    Raises PatternError.
    """
    flags, text = "", source
    # "/^\/old/i" is a pattern between slashes; "/old/(.*)/" is a path.
    if (found := DELIMITED.fullmatch(source)) and (found[2] or source.startswith("/^")):
        text, flags = found[1], "(?i)" if found[2] else ""
    if refused := NO_RE2.search(text):
        raise PatternError(f"“{refused[0]}” cannot be said in our patterns")
    text = NAMED.sub(r"(?P<\1>", text.replace("\\/", "/"))
    text = UNICODE.sub(lambda sign: re.escape(chr(int(sign[1], 16))), text).replace("[^]", r"[\s\S]")
    text = text if text.endswith("$") else text.removesuffix("/") + END
    if len(text) + len(flags) > LONGEST:
        raise PatternError(f"it is longer than {LONGEST} characters")
    options = re2.Options()
    options.max_mem, options.log_errors = MEMORY, False
    try:
        re2.compile(flags + text, options)
    except (re2.error, UnicodeError) as error:
        raise PatternError(str(error)) from error
    return flags + text


def to_target(text: str) -> str:
    """Return where it leads with `\\1` for what Ghost writes as `$1`; `$$` is a dollar sign."""
    text = text.replace("\\", "\\\\")
    return re.sub(r"\$(\$|&|[1-9]\d?)", lambda found: {"$": "$", "&": r"\0"}.get(found[1], f"\\{found[1]}"), text)
