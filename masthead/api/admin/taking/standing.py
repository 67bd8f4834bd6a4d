"""Where a post shall stand: a draft, out, or out at a set time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from masthead.api.admin.errors import invalid
from masthead.api.admin.taking.values import moment, text
from masthead.content import publishing
from masthead.content.addresses import AddressError
from masthead.content.editing import freeze
from masthead.content.models import Post

STATES = ("draft", "published", "scheduled")


@dataclass(frozen=True)
class Standing:
    """A state of a post; `publish_at` is of a schedule, `first_at` the date of what comes from elsewhere."""

    state: str
    publish_at: datetime | None = None
    first_at: datetime | None = None


DRAFT = Standing("draft")


def wanted(given: Mapping[str, Any], now: Standing, resource: str, *, at: datetime) -> Standing:
    """Return where the post shall stand, which is where it stands unless something else is sent.

    What is to be published with a date to come is scheduled, so that nothing goes out early.
    """
    state = text(given.get("status"), resource, "status", longest=20) or now.state
    state = "published" if state == "sent" and now.state == "published" else state
    if state not in STATES:
        raise invalid(resource, "status", f"Use one of {', '.join(STATES)}.")
    date = moment(given.get("published_at"), resource, "published_at")
    if state == "published" and now.state != "published" and date and date > at:
        state = "scheduled"
    if state != "scheduled":
        return Standing(state, first_at=date if date and date <= at else None)
    if now.state == "published":
        raise invalid(resource, "status", "It is out. Make it a draft first, then schedule it.")
    publish_at = date or now.publish_at
    if publish_at is None or (publish_at <= at and publish_at != now.publish_at):
        raise invalid(resource, "published_at", "Give a moment that is still to come.")
    return Standing(state, publish_at=publish_at)


def settle(post: Post, now: Standing, then: Standing, resource: str, *, is_changed: bool, at: datetime) -> None:
    """Bring a post from one state to another, with what its draft says now. Call it in the transaction of the saving."""
    try:
        if then.state == "published" and (is_changed or now.state != "published"):
            publishing.publish(freeze(post, by=None, at=at), by=None, at=at, first_at=then.first_at)
        elif then.state == "scheduled" and then.publish_at and (is_changed or now != then):
            publishing.schedule(freeze(post, by=None, at=at), then.publish_at, by=None, at=at)
        elif then.state == "draft" and now.state == "published":
            publishing.unpublish(post, by=None, at=at)
        elif then.state == "draft" and now.state == "scheduled":
            publishing.unschedule(post, by=None, at=at)
    except AddressError as error:
        raise invalid(resource, "slug", str(error)) from error
