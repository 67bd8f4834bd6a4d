"""Front matter: YAML between `---`, TOML between `+++`, JSON in braces."""

import json
import re
import tomllib
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from django.utils.dateparse import parse_date, parse_datetime

LARGEST = 200_000  # characters of front matter
YAML_BLOCK = re.compile(r"\A---[ \t]*\n(.*?)(?:^---|^\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
TOML_BLOCK = re.compile(r"\A\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


class FrontMatterError(ValueError):
    """Front matter that cannot be read; the message names the line where the reader gave up."""


def split(text: str) -> tuple[dict[str, Any], str]:
    """Return (fields, text) of a file; a file without front matter has no fields.

    Raises FrontMatterError for broken or unclosed front matter; nothing of the text is guessed at then.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    for opening, block, read in (("---", YAML_BLOCK, _yaml), ("+++", TOML_BLOCK, tomllib.loads)):
        if text.startswith(opening + "\n"):
            found = block.match(text)
            if not found:
                raise FrontMatterError(f"the front matter is not closed; end it with a line of {opening}")
            return _fields(read, found[1]), text[found.end() :]
    if text.startswith("{\n"):
        return _json(text)
    return {}, text


def _fields(read: Any, block: str) -> dict[str, Any]:
    if len(block) > LARGEST:
        raise FrontMatterError("the front matter is too long")
    try:
        fields = read(block)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise FrontMatterError(f"the front matter cannot be read: {' '.join(str(error).split())}") from error
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise FrontMatterError("the front matter must be lines of “name: value”")
    return {str(name).lower(): value for name, value in fields.items()}


class _Loader(yaml.SafeLoader):
    """YAML without aliases, which could be nested into a bomb (CHECKS.md 87)."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases (*name) are not read in front matter")
        return super().compose_node(parent, index)


def _yaml(block: str) -> Any:
    return yaml.load(block, Loader=_Loader)  # noqa: S506  (a SafeLoader)


def _json(text: str) -> tuple[dict[str, Any], str]:
    try:
        fields, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError) as error:
        raise FrontMatterError(f"the front matter cannot be read: {error}") from error
    return {str(name).lower(): value for name, value in fields.items()}, text[end:].lstrip("\n")


def as_moment(value: Any, zone: ZoneInfo) -> datetime | None:
    """Return a date of front matter as a moment; one without a zone is in the publication's. None if it is no date."""
    if isinstance(value, str):
        value = _parsed(value.strip())
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, date):
        return datetime.combine(value, time(0), tzinfo=zone)
    return None


def _parsed(text: str) -> datetime | date | None:
    # Jekyll writes "2026-11-03 08:00:00 +0100"; the blank before the zone is its own.
    joined = re.sub(r"\s+([+-]\d\d):?(\d\d)$", r"\1:\2", text)
    try:
        return parse_datetime(joined) or parse_date(joined)
    except ValueError:
        return None


def as_words(value: Any) -> list[str]:
    """Return a list of words from a list, or from text with commas (or, as Jekyll has it, spaces)."""
    if isinstance(value, str):
        return [word.strip() for word in (value.split(",") if "," in value else value.split()) if word.strip()]
    if isinstance(value, list):
        return [str(item).strip() for item in value if isinstance(item, str | int | float) and str(item).strip()]
    return []


def as_text(value: Any) -> str:
    """Return plain text; empty for what is none."""
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
