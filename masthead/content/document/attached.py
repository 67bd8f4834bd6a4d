"""What documents know of files that are not pictures: recordings, films, and files to take away."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attached:
    """An uploaded file: its address on this site, its name, its size in bytes and its media type."""

    address: str
    name: str
    size: int
    type: str
