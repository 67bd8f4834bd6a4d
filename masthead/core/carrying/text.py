"""A line as text: JSON that is the same for the same row, whatever database it comes from."""

import json
from typing import Any

from masthead.core.carrying.columns import Line
from masthead.core.carrying.problems import LineError


def dump(line: Line) -> bytes:
    """Write a line: its columns in their order, everything inside them sorted by name (a database may not keep order)."""
    text = "{" + ", ".join(f"{_json(name)}: {_json(value)}" for name, value in line.items()) + "}\n"
    return text.encode()


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True)
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a character, as only escapes can hold it
        return json.dumps(value, allow_nan=False, sort_keys=True)
    return text


def load(text: bytes) -> Line:
    """Read a line; raises LineError for what is no JSON object, has a name twice, or is nested too deep."""
    try:
        line = json.loads(text.decode("utf-8"), object_pairs_hook=_object, parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise LineError("is no UTF-8") from error
    except json.JSONDecodeError as error:
        raise LineError(f"is no JSON: {error.msg} at character {error.pos + 1}") from error
    except RecursionError as error:
        raise LineError("is nested too deep") from error
    if not isinstance(line, dict):
        raise LineError("must be an object")
    return line


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise LineError("has a name twice")
    return made


def _refuse(name: str) -> None:
    raise LineError(f"holds {name}, which is no JSON")
