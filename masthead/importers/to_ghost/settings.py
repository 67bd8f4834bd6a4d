"""The publication's settings as Ghost's rows, with those of Ghost's that have no place here."""

import json
from typing import Any, Final

from masthead.core.models import Publication
from masthead.importers.models import Counterpart
from masthead.importers.to_ghost.ids import made
from masthead.importers.to_ghost.people import NETWORKS, seo_of
from masthead.importers.to_ghost.spooling import Spool
from masthead.importers.to_ghost.uploads import Uploads

# Group of a setting by the beginning of its key; what is not here belongs to the site.
GROUPS: Final = {
    "default_content": "members", "members_": "members", "portal_": "portal", "email_": "email", "mailgun_": "email", "editor_": "editor",
    "comments_": "comments", "announcement": "announcement", "donations_": "donations", "recommendations_": "recommendations", "active_theme": "theme",
    "is_private": "private", "labs": "labs", "slack": "slack", "unsplash": "unsplash",
}  # fmt: skip
TYPES: Final = {bool: "boolean", int: "number", float: "number", list: "array", dict: "object"}


def write_settings(spool: Spool, uploads: Uploads) -> None:
    """Write every setting. Secrets are not among them: none was ever brought in."""
    paper = Publication.current()
    for key, value in (_left() | _told(paper, uploads)).items():
        spool.add(
            "settings",
            {
                "id": made("setting", key),
                "group": next((group for start, group in GROUPS.items() if key.startswith(start)), "site"),
                "key": key,
                "value": _text(value),
                "type": TYPES.get(type(value), "string"),
                "flags": None,
            },
        )


def _told(paper: Publication, uploads: Uploads) -> dict[str, Any]:
    visibility = paper.default_visibility
    return {
        "title": paper.name,
        "description": paper.description or paper.tagline,
        "logo": uploads.address(paper.logo),
        "icon": uploads.address(paper.icon),
        "cover_image": uploads.address(paper.cover),
        "accent_color": paper.accent_colour or None,
        "locale": paper.language,
        "timezone": paper.time_zone,
        **{network: paper.accounts.get(network) for network in NETWORKS},
        "navigation": _menu(paper.navigation),
        "secondary_navigation": _menu(paper.second_navigation),
        **{key: value for key, value in seo_of(paper.extras, uploads).items() if key != "canonical_url"},
        "default_content_visibility": visibility if visibility in ("public", "members", "paid") else "paid",
        "members_support_address": paper.contact or None,
    }


def _menu(items: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{"label": item["label"], "url": item["address"]} for item in items]


def _left() -> dict[str, Any]:
    """Return the settings of Ghost that were kept for the way out."""
    kept = Counterpart.objects.filter(source="ghost", kind="settings").first()
    left: dict[str, Any] = kept.facts.get("left", {}) if kept else {}
    return left


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
