"""Comparing what came in with what was there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from masthead.access.models import Entitlement
from masthead.billing.models import Customer, Subscription
from masthead.importers.ghost import comparing_members
from masthead.importers.ghost.run import Run
from masthead.members.deleting import delete_member
from masthead.members.models import Member
from masthead.newsletters.models import Choice, Suppression
from tests.importers.ghost.members.bringing import DAILY, SILVER, Ghost, member, row, says
from tests.importers.ghost.members.remote import complimentary, reader, site_of, subscription


def compared(run: Run) -> Run:
    """Compare once more without bringing anything in."""
    run.report.counts.clear()
    run.report.problems.clear()
    comparing_members.compare_list(run)
    return run


def test_what_came_in_whole_has_no_difference(ghost: Ghost) -> None:
    ghost.rows = [
        row(1), row(2, subscribed_to_emails="false"), row(3, complimentary_plan="true", tiers="Silver"),
        row(4, tiers="Gold, the best", stripe_customer_id="cus_4"), row(5, email="nobody"), row(6, gift_id="g", tiers="Silver"),
    ]  # fmt: skip
    run = ghost.bring()
    assert run.report.counts["members of the list as there"] == 5
    assert "members of the list different" not in run.report.counts


FAULTS: dict[str, Callable[[Member], Any]] = {
    "missing here": lambda who: who.delete(),
    "newsletters there": lambda who: Choice.objects.filter(member=who).delete(),
    "complimentary plan there and none": lambda who: Entitlement.objects.filter(member=who).delete(),
    "Stripe customer": lambda who: Customer.objects.all().delete(),
}


@pytest.mark.parametrize("words", FAULTS)
def test_every_difference_from_the_list_is_a_line_without_an_address(ghost: Ghost, words: str) -> None:
    """The seeded faults: each is made after the import and found by comparing."""
    ghost.rows = [row(1, complimentary_plan="true", tiers="Silver", stripe_customer_id="cus_1"), row(2)]
    run = ghost.bring()
    FAULTS[words](member(1))
    run = compared(run)
    assert says(run, "members row 1 (r…@readers.example)", words)
    assert run.report.counts["members of the list different"] == run.report.counts["members of the list as there"] == 1
    assert "reader1" not in str(run.report.problems)


def test_who_was_deleted_here_is_no_difference(ghost: Ghost) -> None:
    ghost.rows = [row(1), row(2)]
    run = ghost.bring()
    delete_member(member(1), at=timezone.now())
    assert compared(run).report.counts == {
        "members of the list deleted here": 1, "members of the list as there": 1,
    }  # fmt: skip


def test_a_rehearsal_compares_with_the_running_site_member_by_member(ghost: Ghost, settings: Any) -> None:
    suppressed = {"suppressed": True, "info": None}
    people = [
        reader(1, DAILY, tiers=[complimentary(SILVER)], subscriptions=[subscription(1)], email_suppression=suppressed),
        reader(2, tiers=[complimentary(SILVER)]),
    ]
    with site_of(ghost, settings, *people):
        run = ghost.bring(text="id,email\n", rehearse=True)
        assert run.report.counts["members of the running site as there"] == 2
        Subscription.objects.update(state="ended", period_ends_at=timezone.now())
        Choice.objects.filter(takes=True).update(takes=False)
        Suppression.objects.all().delete(), Entitlement.objects.all().delete()
        run = ghost.bring(text="id,email\n", rehearse=True)
        for words in (
            "sub_1 is active there and ended", "ends on another day", "takes “Daily” there and leaves it", "is not mailed there",
        ):  # fmt: skip
            assert says(run, "(r…@readers.example)", words), words
        assert run.report.counts["members of the running site different"] == 2
