"""Giving and ending entitlements, and the moment at which they hold."""

from datetime import timedelta

import pytest
from django.utils import timezone

from masthead.access.entitlements import end_entitlement, entitle
from masthead.access.models import Entitlement
from masthead.access.models.entitlement import Why
from masthead.access.reader import ANYONE, Reader
from masthead.core.models import Event
from tests.cast import NOON, Cast

SECOND = timedelta(microseconds=1)
DAY = timedelta(days=1)


def give(cast: Cast, source: str = "gift:1", **changed: object) -> Entitlement:
    held = {
        "tier": cast.tiers["gold"], "why": Why.GIFT, "starts_at": NOON, "ends_at": NOON + DAY, "at": NOON,
    } | changed  # fmt: skip
    return entitle(cast.free, source=source, **held)  # type: ignore[arg-type]


def changes() -> int:
    return Event.objects.filter(kind="access.changed").count()


@pytest.mark.parametrize(
    ("moment", "holds"),
    [(NOON - SECOND, False), (NOON, True), (NOON + DAY - SECOND, True), (NOON + DAY, False), (NOON + 9 * DAY, False)],
)
def test_an_entitlement_holds_from_its_beginning_until_just_before_its_end(
    cast: Cast, moment: object, holds: bool
) -> None:
    give(cast)
    reader = Reader.of(cast.free, at=moment)  # type: ignore[arg-type]
    assert reader.tiers == (frozenset({cast.tiers["gold"].pk}) if holds else frozenset())
    assert reader.is_member and not reader.is_staff


def test_an_entitlement_without_an_end_holds_until_further_notice(cast: Cast) -> None:
    give(cast, ends_at=None)
    assert Reader.of(cast.free, at=NOON + 9999 * DAY).tiers


def test_two_members_with_the_same_rights_are_the_same_reader(cast: Cast) -> None:
    give(cast, ends_at=None)
    later = timezone.now() + DAY
    assert Reader.of(cast.free, at=later) == Reader.of(cast.gold, at=later + DAY)


@pytest.mark.parametrize("name", ["banned", "nobody"])
def test_a_banned_member_and_nobody_are_anyone(cast: Cast, name: str) -> None:
    cast.banned.refresh_from_db()
    assert Reader.of(cast.members.get(name), at=timezone.now()) == ANYONE
    assert Reader.of(cast.gold, at=timezone.now()) != ANYONE


def test_the_same_source_again_changes_one_row_and_tells_of_it_once(cast: Cast) -> None:
    before = changes()
    first = give(cast)
    assert give(cast) == first and changes() == before + 1
    longer = give(cast, ends_at=NOON + 2 * DAY)
    assert (longer.pk, longer.ends_at) == (first.pk, NOON + 2 * DAY)
    assert changes() == before + 2


def test_ending_is_at_once_and_only_once(cast: Cast) -> None:
    give(cast)
    at = NOON + timedelta(hours=1)
    assert Reader.of(cast.free, at=at).tiers
    assert end_entitlement("gift:1", at=at) is True
    assert not Reader.of(cast.free, at=at).tiers
    assert end_entitlement("gift:1", at=at) is False
    assert end_entitlement("gift:unknown", at=at) is False


def test_one_that_has_not_begun_can_be_ended_too(cast: Cast) -> None:
    """A gift that is taken back before its first day must not begin."""
    give(cast, starts_at=NOON + DAY, ends_at=NOON + 9 * DAY)
    end_entitlement("gift:1", at=NOON)
    assert not Reader.of(cast.free, at=NOON + 2 * DAY).tiers


def test_one_source_ends_without_the_other(cast: Cast) -> None:
    give(cast, "gift:1")
    give(cast, "gift:2")
    end_entitlement("gift:1", at=NOON)
    assert Reader.of(cast.free, at=NOON).tiers
    end_entitlement("gift:2", at=NOON)
    assert not Reader.of(cast.free, at=NOON).tiers
