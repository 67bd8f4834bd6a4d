"""A newsletter as clients see it: no address of a sender, no number of readers."""

from typing import Any

from masthead.api.content.shapes.common import moment
from masthead.core.shown_ids import shown_id, shown_uuid
from masthead.newsletters.models import Newsletter


def told_newsletter(newsletter: Newsletter) -> dict[str, Any]:
    """Return all fields of a newsletter."""
    return {
        "id": shown_id("newsletter", newsletter.public_id),
        "uuid": shown_uuid("newsletter", newsletter.public_id),
        "name": newsletter.name,
        "description": newsletter.description or None,
        "slug": newsletter.slug,
        "status": "active",
        "visibility": newsletter.visibility,
        "subscribe_on_signup": newsletter.is_taken_on_signing_up,
        "sort_order": newsletter.position,
        "created_at": moment(newsletter.added_at),
    }
