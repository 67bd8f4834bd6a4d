"""The look that a publication gives its pages: its colour, logo, icon and accounts."""

from dataclasses import dataclass
from typing import Final

from masthead.content.document import Picture
from masthead.content.pictures import pictures_of
from masthead.core.models import Publication
from masthead.site.accounts import Account, accounts_of

# As in static/site/tokens.css: what stands in the accent colour stands on these.
GROUNDS: Final = {"light": ("fffdf9", "f4f0e8"), "dark": ("161514", "211f1d")}
ON_ACCENT: Final = ("ffffff", "14110f")
LEAST: Final = 4.5  # contrast of text (WCAG 2.2, 1.4.3)


@dataclass(frozen=True)
class Look:
    """What base.html shows of the publication's own."""

    accent: str  # rrggbb; '' where none is set or none can be read
    logo: Picture | None
    icon: Picture | None
    accounts: tuple[Account, ...]

    @property
    def icon_address(self) -> str:
        """The address of a picture for tabs and home screens, about 180 pixels wide; '' without one."""
        files = self.icon.of("jpeg") if self.icon else []
        return next((file.address for file in files if file.width >= 180), files[-1].address if files else "")


def look_of(publication: Publication) -> Look:
    """Return the publication's look; asks the database only where there are pictures."""
    pictures = pictures_of({token for token in (publication.logo, publication.icon) if token})
    colour = publication.accent_colour.removeprefix("#").lower()
    return Look(
        accent=colour if accent_css(colour) else "",
        logo=pictures.get(publication.logo),
        icon=pictures.get(publication.icon),
        accounts=accounts_of(publication.accounts),
    )


def accent_css(colour: str) -> str:
    """Write the style that makes `rrggbb` the accent colour, on light and on dark pages each if it can be read there.

    '' if it can be read on neither, or is no colour.
    """
    if len(colour) != 6 or set(colour) - set("0123456789abcdef"):
        return ""
    on_accent = max(ON_ACCENT, key=lambda other: contrast(colour, other))
    return "".join(
        f"@media (prefers-color-scheme: {scheme}) {{ :root {{ --accent: #{colour}; --on-accent: #{on_accent}; }} }}\n"
        for scheme, grounds in GROUNDS.items()
        if min(contrast(colour, ground) for ground in grounds) >= LEAST
    )


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
