"""Settings of Ghost as those of the publication."""

from typing import Any, Final
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from masthead.access.visibility import Visibility
from masthead.content.changing import change_publication
from masthead.content.lexical.addresses import at_home, portal_address
from masthead.content.permalinks import check_pattern
from masthead.core.models import Publication
from masthead.importers.ghost.counterparts import find, fingerprint, remember
from masthead.importers.ghost.extras import NETWORKS, colour_of, extras_of
from masthead.importers.ghost.merging import mark_of, merge
from masthead.importers.ghost.routes import routes_of
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.staging import Row

PICTURES: Final = {"logo": "logo", "icon": "icon", "cover_image": "cover"}
TAKEN: Final = frozenset(
    """title description logo icon cover_image cover accent_color locale lang timezone active_timezone activeTimezone
    navigation secondary_navigation meta_title meta_description og_image og_title og_description twitter_image
    twitter_title twitter_description codeinjection_head codeinjection_foot ghost_head ghost_foot
    default_content_visibility members_support_address""".split()
) | frozenset(NETWORKS)
KIND, WHERE = "settings", "settings"


def bring_settings(run: Run) -> None:
    """Bring in the settings of the publication; what has no place here is remembered, and named in the report.

    A secret is never among them. Code for the head and foot of pages is kept, but not sent to readers until the desk
    allows it. What the desk changed since stays.
    """
    start_rehearsal(run)
    rows = [row for row in [Row("settings", 1, _flat(run))] if row]
    for row in rows:
        for name in (*PICTURES, "og_image", "twitter_image"):
            if address := row.text(name):
                run.images.fetch(address, WHERE)
    run.each("settings", rows, len(rows), _bring)


def start_rehearsal(run: Run) -> None:
    """Mark the publication as a rehearsal, if this run is one: nothing is mailed from it and nobody can pay."""
    if run.options.rehearse:
        change_publication({"is_rehearsal": True}, by=None, at=run.at)
    elif Publication.current().is_rehearsal:
        run.problem(
            "the publication", "is still marked as a rehearsal: nothing is mailed from it until the desk ends that"
        )


def _flat(run: Run) -> dict[str, Any]:
    found = run.staged.settings()
    old = {"cover_image": "cover", "locale": "lang", "timezone": "active_timezone"}
    found |= {new: found[before] for new, before in old.items() if before in found and not found.get(new)}
    if "activeTimezone" in found and not found.get("timezone"):
        found["timezone"] = found["activeTimezone"]
    return found


def _bring(run: Run, row: Row) -> str:
    told, left = _told(run, row), _left(row)
    state = fingerprint(told, left)
    known = find(KIND, "publication")
    if known and known.fingerprint == state and not run.options.overwrite:
        return "unchanged"
    publication = Publication.current()
    # The first time all is taken over: what stands there is what `masthead new` asked.
    takes_all = known is None or run.options.overwrite
    names = merge(publication, told, known.facts["seen"] if known and not takes_all else {}, overwrite=takes_all)
    change_publication({name: told[name] for name in names}, by=None, at=run.at)
    seen = {name: mark_of(value) for name, value in told.items()}
    remember(KIND, "publication", at=run.at, object_id=1, fingerprint=state, facts={"seen": seen, "left": left})
    if left:
        run.problem(WHERE, f"have no place here, and were kept for the way out: {', '.join(sorted(left))}")
    if {"head_code", "foot_code"} & set(told.get("extras", {})):
        run.problem(
            WHERE, "hold code for the head or foot of every page; it is kept and not run until the desk allows it"
        )
    return "updated" if names else "unchanged"


def _left(row: Row) -> dict[str, Any]:
    """What has no place here; a secret was not even staged."""
    return {key: value for key, value in row.items() if key not in TAKEN and value not in (None, "", [], {})}


def _told(run: Run, row: Row) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": row.text("title")[:120],
        "tagline": row.text("description")[:200],
        "description": row.text("description") if len(row.text("description")) > 200 else "",
        "language": row.text("locale")[:20],
        "time_zone": _time_zone(run, row),
        "accent_colour": colour_of(row.text("accent_color")),
        "default_visibility": _visibility(run, row),
        "navigation": _menu(run, row, "navigation"),
        "second_navigation": _menu(run, row, "secondary_navigation"),
        "accounts": {name: text for name in NETWORKS if (text := row.text(name))},
        "contact": _contact(row),
        "permalink": _permalink(run),
        "extras": extras_of(run, row),
    }
    told |= {ours: run.images.token(row.text(theirs)) or "" for theirs, ours in PICTURES.items()}
    return {name: value for name, value in told.items() if value not in ("", [], {})}


def _time_zone(run: Run, row: Row) -> str:
    name = row.text("timezone")
    if name and name not in available_timezones():
        run.problem(WHERE, f"have the time zone “{name[:60]}”, which is none; choose one at the desk")
        return ""
    return name


def _visibility(run: Run, row: Row) -> str:
    word = row.text("default_content_visibility")
    if word and word not in Visibility.values:
        run.problem(WHERE, f"have the default visibility “{word[:60]}”, which we do not know; choose one at the desk")
        return ""
    return word


def _permalink(run: Run) -> str:
    """Return the pattern for the addresses of new posts; posts that are brought in have theirs already."""
    try:
        check_pattern(routes_of(run).main)
    except ValidationError as error:
        run.problem("routes.yaml", f"new posts cannot follow {routes_of(run).main}: {error.messages[0]}")
        return ""
    return routes_of(run).main


def _contact(row: Row) -> str:
    try:
        validate_email(row.text("members_support_address"))
    except ValidationError:
        return ""
    return row.text("members_support_address")


def _menu(run: Run, row: Row, key: str) -> list[dict[str, str]]:
    """Return a list of links; what has no label or leads nowhere here is left out, and reported."""
    items = row.get(key)
    out = []
    for item in items if isinstance(items, list) else ():
        label = str(item.get("label") or "").strip() if isinstance(item, dict) else ""
        address = at_home(str(item.get("url") or ""), run.home) if isinstance(item, dict) else ""
        page = portal_address(address)
        address = address if page is None else page
        if label and (
            (address.startswith("/") and not address.startswith("//")) or address.startswith(("http://", "https://"))
        ):
            out.append({"label": label, "address": address})
        else:
            run.problem(WHERE, f"the {key.replace('_', ' ')} has a link that leads nowhere here: {str(item)[:120]}")
    return out
