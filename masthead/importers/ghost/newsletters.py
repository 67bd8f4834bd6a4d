"""Newsletters of Ghost as ours."""

from typing import Any

from masthead.access.visibility import Visibility
from masthead.importers.ghost.merging import bring_as
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.staging import Row
from masthead.importers.ghost.values import address, moment, number
from masthead.newsletters.models import Newsletter
from masthead.newsletters.old_links import FORMER_UUID

CLOSED = "closed"  # a visibility that is none: nobody may take it until the desk says who may
# Columns that have a field here, or say nothing; every other one is the newsletter's design.
OTHER = frozenset(
    """id uuid name description slug sender_name sender_email sender_reply_to status visibility subscribe_on_signup
    sort_order created_at updated_at""".split()
)


def bring_newsletters(run: Run) -> None:
    """Bring in every newsletter, archived ones too."""
    run.each("newsletters", run.staged.rows("newsletters"), run.staged.count("newsletters"), bring_newsletter)


def bring_newsletter(run: Run, row: Row) -> str:
    """Bring in one newsletter, as the export or the running site has it."""
    told = _told(run, row)
    facts = {"uuid": row.text("uuid").lower()}
    same = Newsletter.objects.filter(slug=told["slug"])
    _, word = bring_as(run, "newsletter", row.id, told, known_as=same, facts=facts)
    return word


def _told(run: Run, row: Row) -> dict[str, Any]:
    is_archived = row.text("status") == "archived"
    added = moment(row.get("created_at")) or run.at
    return {
        "slug": row.text("slug")[:191] or row.id[:191],
        "name": row.text("name")[:191] or "Newsletter",
        "description": row.text("description"),
        "sender_name": row.text("sender_name")[:191],
        "sender_address": _sender(run, row),
        "reply_to": _reply_to(run, row),
        "visibility": _visibility(run, row),
        "is_taken_on_signing_up": "subscribe_on_signup" not in row or row.is_on("subscribe_on_signup"),
        "position": min(number(row.get("sort_order")) or 0, 32767),
        "added_at": added,
        "archived_at": (moment(row.get("updated_at")) or added) if is_archived else None,
        "design": _design(row),
    }


def _design(row: Row) -> dict[str, Any]:
    design = {name: value for name, value in sorted(row.items()) if name not in OTHER and value not in (None, "")}
    uuid = row.text("uuid").lower()
    return design | ({FORMER_UUID: uuid} if uuid else {})


def _sender(run: Run, row: Row) -> str:
    said = row.text("sender_email")
    if said and not address(said):
        run.problem(row, f"its sender “{said}” is no address, so it goes out from the site's own")
    return address(said)


def _reply_to(run: Run, row: Row) -> str:
    said = row.text("sender_reply_to")
    if said == "support":
        said = str(run.staged.settings().get("members_support_address") or "")
    return address(said)  # "newsletter" and "noreply" are none: answers go to the sender


def _visibility(run: Run, row: Row) -> str:
    said = row.text("visibility") or Visibility.MEMBERS
    if said in (Visibility.MEMBERS, Visibility.PAID):
        return said
    run.problem(row, f"its visibility “{said}” is not known here, so nobody can take it until the desk says who may")
    return CLOSED
