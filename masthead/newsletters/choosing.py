"""Taking and leaving newsletters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from masthead.access.reader import Reader
from masthead.access.visibility import Visibility
from masthead.core import events
from masthead.members.models import Member
from masthead.newsletters.models import Choice, Newsletter
from masthead.newsletters.models.choice import By


@dataclass(frozen=True, slots=True)
class Offered:
    """A newsletter as one member sees it."""

    newsletter: Newsletter
    takes: bool


def may_take(newsletter: Newsletter, reader: Reader) -> bool:
    """Say whether this Reader may take the newsletter; an unknown visibility is closed."""
    if newsletter.visibility == Visibility.PAID:
        return bool(reader.tiers)
    return newsletter.visibility == Visibility.MEMBERS and reader.is_member


def is_given_at_first(newsletter: Newsletter, *, pays: bool) -> bool:
    """Say whether somebody new takes the newsletter without being asked: it is on offer, open to them, and meant so."""
    reader = Reader(is_member=True, tiers=frozenset({0}) if pays else frozenset())
    return newsletter.archived_at is None and newsletter.is_taken_on_signing_up and may_take(newsletter, reader)


def offered_to(member: Member, *, at: datetime) -> list[Offered]:
    """Return what the member takes, and what they may take, in the order of the desk; archived ones are left out."""
    reader = Reader.of(member, at=at)
    taken = set(Choice.objects.filter(member=member, takes=True).values_list("newsletter_id", flat=True))
    return [
        Offered(newsletter, newsletter.pk in taken)
        for newsletter in Newsletter.objects.offered()
        if newsletter.pk in taken or may_take(newsletter, reader)
    ]


def choose(member: Member, newsletter: Newsletter, *, takes: bool, by: By, at: datetime) -> bool:
    """Let the member take or leave a newsletter, and say whether that is a change. A no is kept as a row."""
    with transaction.atomic():
        before = Choice.objects.select_for_update().filter(member=member, newsletter=newsletter).first()
        is_change = (before is not None and before.takes) != takes
        if before is not None and not is_change and before.by == by:
            return False
        Choice.objects.update_or_create(
            member=member, newsletter=newsletter, defaults={"takes": takes, "by": by, "at": at}
        )
        if is_change:
            kind = "newsletter.taken" if takes else "newsletter.left"
            actor = member.pk if by == By.MEMBER else None
            events.write(kind, f"member:{member.pk}", at=at, actor_id=actor, newsletter=newsletter.pk)
    return is_change


def leave_all(member: Member, *, by: By, at: datetime) -> None:
    """Let the member leave every newsletter, with a no to each that is kept."""
    for newsletter in Newsletter.objects.all():
        choose(member, newsletter, takes=False, by=by, at=at)


def bring_choices(wanted: Iterable[tuple[int, int, bool]], *, at: datetime) -> int:
    """Write what an import says of (member id, newsletter id, takes), and return how many rows that changed.

    What a member or staff chose here stands, and so does what was taken on signing up here. No events are written: an
    import says what was so before.
    """
    by_pair = {(member, newsletter): takes for member, newsletter, takes in wanted}
    held = {
        (row.member_id, row.newsletter_id): row
        for row in Choice.objects.filter(member__in={member for member, _ in by_pair})
    }
    new = [
        Choice(member_id=member, newsletter_id=newsletter, takes=takes, by=By.IMPORT, at=at)
        for (member, newsletter), takes in by_pair.items()
        if (member, newsletter) not in held
    ]
    other = [row for pair, row in held.items() if row.by == By.IMPORT and by_pair.get(pair, row.takes) != row.takes]
    for row in other:
        row.takes, row.at = not row.takes, at
    with transaction.atomic():
        Choice.objects.bulk_create(new, ignore_conflicts=True)
        Choice.objects.bulk_update(other, ["takes", "at"])
    return len(new) + len(other)
