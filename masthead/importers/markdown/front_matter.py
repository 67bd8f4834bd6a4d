"""Front matter: YAML between `---`, TOML between `+++`, JSON in braces; in any of them behind `---name`."""

import json
import re
import tomllib
from collections.abc import Callable
from typing import Any

import yaml

from masthead.importers.markdown.values import cleaned

LARGEST = 200_000  # characters of front matter
OPENING = re.compile(r"(---|\+\+\+)(?!-|\+)([^\n]*)(?:\n|\Z)")
CLOSING = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE),
}
# A brace opens JSON, but not Liquid, Nunjucks, Hugo's shortcodes or kramdown's attributes.
BRACE = re.compile(r"\{(?![%{:#<])")


class FrontMatterError(ValueError):
    """Front matter that cannot be read; the message names the line where the reader gave up."""


def split(text: str) -> tuple[dict[str, Any], str]:
    """Return (fields, text) of a file; a file without front matter has no fields.

    Raises FrontMatterError for broken or unclosed front matter, and for what only looks like it: what it says of who
    may read the post must not be lost. Nothing of the text is guessed at then.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    start = text.lstrip("\ufeff \t\n")
    if opening := OPENING.match(start):
        fence, language = opening[1], opening[2].strip().lower()
        read = READERS.get(language or fence)
        if read is None:
            raise FrontMatterError(f"it begins with {fence}, but “{language[:40]}” behind it is not understood")
        closing = CLOSING[fence].search(start, opening.end())
        if not closing:
            raise FrontMatterError(f"the front matter is not closed; end it with a line of {fence}")
        return _fields(read, start[opening.end() : closing.start()]), start[closing.end() :]
    if BRACE.match(start):
        return _json_first(start)
    return {}, text


def _fields(read: Callable[[str], Any], block: str) -> dict[str, Any]:
    if len(block) > LARGEST:
        raise FrontMatterError("the front matter is too long")
    try:
        return _named(cleaned(read(block)))
    except (yaml.YAMLError, RecursionError, OverflowError, ValueError) as error:
        if isinstance(error, FrontMatterError):
            raise
        raise FrontMatterError(f"the front matter cannot be read: {' '.join(str(error).split())}") from error


def _named(fields: Any) -> dict[str, Any]:
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise FrontMatterError("the front matter must be lines of “name: value”")
    named = {name.lower(): value for name, value in fields.items()}
    if len(named) < len(fields):
        raise FrontMatterError("a name stands in the front matter twice, in capitals and in small letters")
    return named


def _json_first(text: str) -> tuple[dict[str, Any], str]:
    try:
        fields, end = json.JSONDecoder().raw_decode(text)
        return _named(cleaned(fields)), text[end:].lstrip("\n")
    except (ValueError, RecursionError) as error:
        raise FrontMatterError(f"the front matter cannot be read: {error}") from error


class _Loader(yaml.SafeLoader):
    """YAML without aliases, which could be nested into a bomb (CHECKS.md 87), and with words kept as written.

    YAML reads a headline such as 2026-05-01 as a date and No as false; here each stays the writer's text.
    """

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in known if tag.endswith((":null", ":int", ":merge"))]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases (*name) are not read in front matter")
        return super().compose_node(parent, index)

    def number(self, node: Any) -> Any:
        """Return a number as it was written; what is too long to be one is refused."""
        self.construct_yaml_int(node)
        return self.construct_scalar(node)


_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.number)


def _yaml(block: str) -> Any:
    return yaml.load(block, Loader=_Loader)  # noqa: S506  (a SafeLoader)


READERS: dict[str, Callable[[str], Any]] = {
    "---": _yaml,
    "yaml": _yaml,
    "yml": _yaml,
    "+++": tomllib.loads,
    "toml": tomllib.loads,
    "json": json.loads,
}
