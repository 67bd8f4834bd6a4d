"""What a run was asked to do."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """The flags of `masthead import ghost`; `key` is the staff key of the running site, kept nowhere."""

    path: Path
    members: Path | None = None
    images: Path | None = None
    site: str = ""
    key: str = ""
    routes: Path | None = None
    redirects: Path | None = None
    report: Path | None = None
    rehearse: bool = False
    overwrite: bool = False
