"""What documents know of pictures."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rendition:
    """One file of a picture; `width` in pixels."""

    format: str  # avif, webp or jpeg
    width: int
    address: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's size in pixels and its files."""

    width: int
    height: int
    renditions: tuple[Rendition, ...]

    def of(self, format: str) -> list[Rendition]:
        """Its files of one format, the smallest first."""
        return sorted((r for r in self.renditions if r.format == format), key=lambda r: r.width)
