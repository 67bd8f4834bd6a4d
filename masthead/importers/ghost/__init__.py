"""A publication that was run with Ghost: its export, the list of its members, and what its own server still knows."""

from typing import Final

SOURCE: Final = "ghost"
