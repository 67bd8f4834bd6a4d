"""The manifest of an export: what is in it, and how to see that nothing is missing or changed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from masthead import __version__
from masthead.core.carrying import OutError
from masthead.core.carrying.columns import is_safe_name

NAME = "manifest.json"
FORMAT = 1
LARGEST = 500_000_000  # bytes
FOREIGN = f"This is no export of Masthead: its {NAME} cannot be read. Name the folder that `masthead export` wrote."


@dataclass(frozen=True)
class Entry:
    """One file: its size in bytes and its SHA-256."""

    size: int
    sha256: str


@dataclass
class Manifest:
    """What an export holds: rows by table, and files by name."""

    publication: str
    counts: dict[str, int] = field(default_factory=dict)
    files: dict[str, Entry] = field(default_factory=dict)

    def dump(self, *, exported_at: str) -> bytes:
        """Write it; `exported_at` is the one thing in it that differs between two exports of the same state."""
        told = {
            "format": FORMAT,
            "masthead": __version__,
            "exported_at": exported_at,
            "publication": self.publication,
            "counts": self.counts,
            "files": {name: {"size": e.size, "sha256": e.sha256} for name, e in sorted(self.files.items())},
        }
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def read_manifest(text: bytes) -> Manifest:
    """Read a manifest; raises OutError for one that is none of ours or of a later format."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise OutError(FOREIGN) from error
    if not isinstance(told, dict) or type(told.get("format")) is not int:
        raise OutError(FOREIGN)
    if told["format"] > FORMAT:
        raise OutError(
            f"This export has format {told['format']} and was written by Masthead {str(told.get('masthead'))[:20]}; "
            f"this release reads up to format {FORMAT}. Upgrade Masthead first."
        )
    counts, files = told.get("counts"), told.get("files")
    if (
        not isinstance(counts, dict)
        or not _are_numbers(counts)
        or not isinstance(files, dict)
        or not isinstance(told.get("publication"), str)
    ):
        raise OutError(FOREIGN)
    return Manifest(told["publication"], dict(counts), {name: _entry(name, told) for name, told in files.items()})


def _are_numbers(counts: Mapping[str, Any]) -> bool:
    return all(type(number) is int for number in counts.values())


def _entry(name: str, told: Any) -> Entry:
    if not is_safe_name(name):
        raise OutError(f"{NAME} names the file {name!r}, which leads out of the export.")
    if not isinstance(told, Mapping) or type(told.get("size")) is not int or not isinstance(told.get("sha256"), str):
        raise OutError(FOREIGN)
    return Entry(told["size"], told["sha256"])
