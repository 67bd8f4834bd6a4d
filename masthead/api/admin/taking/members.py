"""The fields of a member, taken from what a program sends. A member's own choices stand whatever is sent."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from masthead.access.entitlements import end_entitlement, entitle
from masthead.access.models import Entitlement
from masthead.access.models.entitlement import Why
from masthead.api.admin.errors import invalid
from masthead.api.admin.taking.rows import by_id, is_free, tier_of
from masthead.api.admin.taking.values import items, moment, named, text
from masthead.core.shown_ids import shown_id
from masthead.members.addresses import checked_address
from masthead.members.keeping import labels_named
from masthead.members.models import Label, Member
from masthead.newsletters.choosing import choose, is_given_at_first
from masthead.newsletters.models import Choice, Newsletter
from masthead.newsletters.models.choice import By
from masthead.newsletters.suppressing import is_suppressed

MEMBER = "member"


def email_of(given: Mapping[str, Any]) -> str:
    """Return the address that is sent, as it is kept."""
    said = text(given.get("email"), MEMBER, "email", longest=191, is_needed=True)
    try:
        return checked_address(said)
    except ValidationError as error:
        raise invalid(MEMBER, "email", error.messages[0]) from error


def words_of(given: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, str]:
    """Return name and note, where they are sent with another value than we told."""
    longest = {"name": 120, "note": 2000}
    changed = [name for name in longest if name in given and given[name] != told.get(name)]
    return {name: text(given[name], MEMBER, name, longest=longest[name]) for name in changed}


def labels_of(given: Mapping[str, Any]) -> list[Label] | None:
    """Return the labels that are sent, making new ones; None if none are sent. Call it in the transaction."""
    if "labels" not in given:
        return None
    known = {shown_id("label", label.slug): label.name for label in Label.objects.all()}
    names = [_label_name(named(item, MEMBER, "labels"), known) for item in items(given["labels"], MEMBER, "labels")]
    return labels_named(dict.fromkeys(names))


def _label_name(given: dict[str, str], known: Mapping[str, str]) -> str:
    held = known.get(given.get("id", "")) or known.get(shown_id("label", given["slug"]) if "slug" in given else "")
    name = held or given.get("name") or given.get("slug")
    if not name:
        raise invalid(MEMBER, "labels", "There is no label with this id. Name it instead, and it is made.")
    return name


def give_tiers(member: Member, given: Mapping[str, Any], *, at: datetime) -> None:
    """Let the member hold these tiers without paying, until `expiry_at`, and end what staff gave of any other.

    A tier that is held for another reason, such as a subscription, is left alone in either case.
    """
    if "tiers" not in given:
        return
    sent = [item for item in items(given["tiers"], MEMBER, "tiers") if not is_free(named(item, MEMBER, "tiers"))]
    wanted = {tier_of(named(item, MEMBER, "tiers"), MEMBER): item for item in sent}
    held = list(Entitlement.objects.current(at).filter(member=member))
    given_by_staff = {row.tier_id: row for row in held if row.why == Why.COMPLIMENTARY}
    otherwise = {row.tier_id for row in held if row.why != Why.COMPLIMENTARY}
    for pk in given_by_staff.keys() - {tier.pk for tier in wanted}:
        end_entitlement(given_by_staff[pk].source, at=at)
    for tier, item in wanted.items():
        if tier.pk in otherwise:
            continue
        before = given_by_staff.get(tier.pk)
        source = before.source if before else f"api:{member.pk}:{tier.pk}"
        begun = before.starts_at if before else at
        ends_at = _expiry(item, before, at)
        entitle(member, tier, source=source, why=Why.COMPLIMENTARY, starts_at=begun, ends_at=ends_at, at=at)


def _expiry(item: Any, before: Entitlement | None, at: datetime) -> datetime | None:
    if not isinstance(item, dict) or "expiry_at" not in item:
        return before.ends_at if before else None
    ends_at = moment(item["expiry_at"], MEMBER, "tiers")
    if ends_at and ends_at <= at:
        raise invalid(MEMBER, "tiers", "expiry_at must be a moment that is still to come.")
    return ends_at


def give_newsletters(member: Member, given: Mapping[str, Any], *, is_new: bool, at: datetime) -> list[str]:
    """Let the member take these newsletters and leave the others, and say what was not done.

    An address that must not be mailed takes none, and what the member left stays left: only they take it again. A new
    member of whom nothing is said takes what is taken on signing up.
    """
    if not is_new and "newsletters" not in given and given.get("subscribed") is not False:
        return []
    wanted = _wanted(given, is_new=is_new)
    by = By.STAFF if "newsletters" in given or not is_new else By.SIGNING_UP
    left = set(Choice.objects.filter(member=member, takes=False, by=By.MEMBER).values_list("newsletter_id", flat=True))
    taken = set(Choice.objects.filter(member=member, takes=True).values_list("newsletter_id", flat=True))
    is_closed = is_suppressed(member.email)
    told = []
    for newsletter in Newsletter.objects.filter(pk__in={row.pk for row in wanted} | taken):
        takes = newsletter in wanted
        if takes and newsletter.pk not in taken and (is_closed or newsletter.pk in left):
            told.append(
                f"{newsletter.slug} was not taken: " + ("mail is switched off" if is_closed else "they left it")
            )
        elif takes != (newsletter.pk in taken):
            choose(member, newsletter, takes=takes, by=by, at=at)
    return told


def _wanted(given: Mapping[str, Any], *, is_new: bool) -> list[Newsletter]:
    if given.get("subscribed") is False and not given.get("newsletters"):
        return []
    offered = Newsletter.objects.offered()
    if "newsletters" not in given:
        return [row for row in offered if is_given_at_first(row, pays=False)] if is_new else []
    return list(_named(items(given["newsletters"], MEMBER, "newsletters")))


def _named(sent: Iterable[Any]) -> Iterable[Newsletter]:
    rows = Newsletter.objects.all()
    for item in sent:
        given = named(item, MEMBER, "newsletters")
        found = by_id(rows, "newsletter", given["id"]) if "id" in given else None
        for name in ("slug", "name"):
            found = found or (rows.filter(**{name: given[name]}).first() if name in given else None)
        if found is None:
            raise invalid(MEMBER, "newsletters", "There is no such newsletter.")
        yield found
