"""What Ghost tells search engines, social networks and themes, as our extras (core/extras.py)."""

import re
from typing import Any, Final

from django.conf import settings

from masthead.core.extras import EXTRAS, checked_extras
from masthead.importers.ghost.places import GHOST_URL
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.staging import Row

# Ghost's column -> ours, where a row is a post, a tag, an author or the settings.
COLUMNS: Final = {
    name: name
    for name in (
        "meta_title meta_description og_title og_description twitter_title twitter_description canonical_url"
        " frontmatter email_subject website location"
    ).split()
} | {
    "codeinjection_head": "head_code",
    "codeinjection_foot": "foot_code",
    "ghost_head": "head_code",  # before Ghost 2
    "ghost_foot": "foot_code",
    "custom_template": "template",
}
PICTURES: Final = {"og_image": "og_image", "twitter_image": "twitter_image"}
NETWORKS: Final = "facebook twitter threads bluesky mastodon tiktok youtube instagram linkedin".split()
COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
SHORT_COLOUR: Final = re.compile(r"#([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])")


def extras_of(run: Run, row: Row, *more: Row | None, also: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the extras that a row holds, and rows that belong to it; what is too long is cut and reported.

    A later row counts where it says something: `posts_meta` before the post itself, where Ghost 2 had it.
    """
    found: dict[str, Any] = {}
    for one in filter(None, (row, *more)):
        found |= {ours: _grounded(ours, text) for theirs, ours in COLUMNS.items() if (text := one.text(theirs))}
        for theirs, ours in PICTURES.items():
            if address := one.text(theirs):
                found[ours] = run.images.token(address) or ""
    return checked_extras(_shortened(run, row, found | (also or {})))


def _grounded(name: str, text: str) -> str:
    """Put an address of this site where Ghost's mark for its own stands: a whole one where machines read it."""
    return text.replace(GHOST_URL, settings.ADDRESS if name in ("canonical_url", "website") else "")


def pictures_in(*rows: Row | None, columns: tuple[str, ...] = ()) -> list[str]:
    """Return the addresses of the pictures that the rows name in these columns and for social networks."""
    names = (*columns, *PICTURES)
    return [address for row in rows if row for name in names if (address := row.text(name))]


def accounts_of(row: Row) -> dict[str, str]:
    """Return network -> name or address there."""
    return {name: text[:2000] for name in NETWORKS if (text := row.text(name))}


def colour_of(text: str) -> str:
    """Return a colour as #rrggbb; empty for what is none."""
    if found := SHORT_COLOUR.fullmatch(text):
        return "#" + "".join(sign * 2 for sign in found.groups()).lower()
    return text.lower() if COLOUR.fullmatch(text) else ""


def _shortened(run: Run, row: Row, values: dict[str, Any]) -> dict[str, Any]:
    out = {}
    for name, value in values.items():
        longest = EXTRAS[name][1]
        if isinstance(value, str) and longest and len(value) > longest:
            run.problem(row, f"“{name}” is longer than {longest} characters and was cut")
            value = value[:longest]
        out[name] = value
    return out
