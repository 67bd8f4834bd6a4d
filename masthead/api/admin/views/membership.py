"""What members can join, and the authors: read only."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from masthead.api.admin.call import Call
from masthead.api.admin.door import door
from masthead.api.admin.public import AUTHOR_COLUMNS, LABEL_COLUMNS, LABEL_ORDERS, NAMED_ORDERS
from masthead.api.admin.shapes.authors import whole_author
from masthead.api.admin.shapes.members import told_label
from masthead.api.admin.views.lists import told_page, told_rows
from masthead.api.content.pictures import addresses_of
from masthead.api.content.public import NEWSLETTER_COLUMNS, NEWSLETTER_ORDERS
from masthead.api.content.shapes.authors import author_tokens
from masthead.api.content.shapes.newsletters import told_newsletter
from masthead.api.content.shapes.offers import told_offer
from masthead.api.content.shapes.tiers import told_tiers
from masthead.api.content.views.rows import chosen
from masthead.api.errors import NotThere
from masthead.billing.models import Offer
from masthead.content.models import Author
from masthead.core.shown_ids import public_id_of
from masthead.members.models import Label
from masthead.newsletters.models import Newsletter


def tiers(call: Call) -> dict[str, Any]:
    """Tell the tiers that are sold, unlisted ones too, and free membership."""
    rows = [told for _, told in told_tiers(call.publication, with_unlisted=True)]
    return told_rows(call, "tiers", chosen(rows, call.asked.filter))


def newsletters(call: Call) -> dict[str, Any]:
    """Tell the newsletters, archived ones too, with their senders."""
    state = Case(When(archived_at=None, then=Value("active")), default=Value("archived"), output_field=CharField())
    rows = Newsletter.objects.annotate(state=state)
    first = "sort_order asc"
    return told_page(
        call, "newsletters", rows, _newsletters, columns=NEWSLETTER_COLUMNS, orders=NEWSLETTER_ORDERS, first=first
    )


def _newsletters(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [
        told_newsletter(row)
        | {
            "status": row.state,
            "sender_name": row.sender_name or None,
            "sender_email": row.sender_address or None,
            "sender_reply_to": row.reply_to or "newsletter",
        }
        for row in rows
    ]


def offers(call: Call) -> dict[str, Any]:
    """Tell the offers that stand."""
    rows = Offer.objects.filter(archived_at=None).select_related("tier")
    return told_rows(call, "offers", [told_offer(row) for row in rows])


def labels(call: Call) -> dict[str, Any]:
    """Tell the labels of members."""
    return told_page(
        call, "labels", Label.objects.all(), _labels, columns=LABEL_COLUMNS, orders=LABEL_ORDERS, first="name asc"
    )


def _labels(rows: Iterable[Label]) -> list[dict[str, Any]]:
    return [told_label(row) for row in rows]


def _authors() -> QuerySet[Any]:
    return Author.objects.select_related("member").annotate(number_of_posts=Count("posts"))


def users(call: Call) -> dict[str, Any]:
    """Tell the authors, whom Ghost calls users."""
    return told_page(call, "users", _authors(), _users, columns=AUTHOR_COLUMNS, orders=NAMED_ORDERS, first="name asc")


def user_by_id(call: Call, shown_id: str) -> dict[str, Any]:
    """Tell one author by its id; `me` is the one of who made the key."""
    maker = call.key.made_by_id if call.key else None
    mine = Q(member__isnull=False, member=maker)
    return _user(mine if shown_id == "me" else Q(public_id=public_id_of("author", shown_id) or ""))


def user_by_slug(call: Call, slug: str) -> dict[str, Any]:
    """Tell one author by its slug."""
    return _user(Q(slug=slug))


def _user(condition: Q) -> dict[str, Any]:
    found = _users(_authors().filter(condition))
    if not found:
        raise NotThere("User not found.", "There is no such author.")
    return {"users": found}


def _users(rows: Iterable[Any]) -> list[dict[str, Any]]:
    rows = list(rows)
    pictures = addresses_of(author_tokens(rows))
    return [whole_author(row, pictures) | {"count": {"posts": row.number_of_posts}} for row in rows]


all_tiers = door(GET=tiers)
all_newsletters = door(GET=newsletters)
all_offers = door(GET=offers)
all_labels = door(GET=labels)
all_users = door(GET=users)
one_user = door(GET=user_by_id)
one_user_by_slug = door(GET=user_by_slug)
