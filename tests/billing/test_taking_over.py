"""Subscriptions that another system began: they go on at a provider that is not configured here (checks 68, 69)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from masthead.access.models import Entitlement
from masthead.billing.models import DemoSubscription, Subscription
from masthead.billing.models.subscription import UNSEEN_GRACE, State
from masthead.billing.overdue import sync_overdue
from masthead.billing.subscriptions import lapse_due
from masthead.billing.taking_over import NotTaken, take_over
from masthead.billing.undoing import undo_due
from masthead.core.models import Event
from masthead.members.models import Member
from masthead.members.standing import ban
from masthead.ops.clock import tick
from masthead.ops.worker import work_off
from tests.billing.buying import begin, buy, kinds, pay, to_payment_page
from tests.cast import Cast, client_of

MONTH = timedelta(days=30)


def taken(cast: Cast, name: str = "free", **more: Any) -> bool:
    """Take a subscription of a member over: begun forty days ago, paid for another ten."""
    now = timezone.now().replace(microsecond=0)
    told: dict[str, Any] = {
        "provider_id": "sub_1", "price": cast.prices["paid"], "state": State.ACTIVE, "started_at": now - timedelta(days=40),
        "period_ends_at": now + timedelta(days=10), "paid_until": now + timedelta(days=10), "at": now,
    }  # fmt: skip
    return take_over(cast.members[name], **told | more)


def reads(cast: Cast, at: datetime) -> bool:
    return Entitlement.objects.current(at).filter(member=cast.free).exists()


def test_it_opens_what_is_paid_and_a_grace_in_which_nobody_here_can_ask(cast: Cast) -> None:
    assert taken(cast)
    row, held = Subscription.objects.get(), Entitlement.objects.get(member=cast.free)
    assert (held.source, held.why, held.ends_at) == (
        "subscription:stripe:sub_1",
        "subscription",
        row.paid_until + UNSEEN_GRACE,
    )
    assert kinds("subscription.") == ["subscription.taken_over"]


def test_taking_it_over_again_changes_one_row_and_only_what_changed(cast: Cast) -> None:
    taken(cast)
    row = Subscription.objects.get()
    same: dict[str, Any] = {
        "started_at": row.started_at,
        "period_ends_at": row.period_ends_at,
        "paid_until": row.paid_until,
    }
    assert not taken(cast, **same)
    assert taken(cast, **same | {"paid_until": row.paid_until + MONTH, "period_ends_at": row.period_ends_at + MONTH})
    assert Subscription.objects.count() == 1 and reads(cast, row.paid_until + MONTH)
    assert kinds("subscription.") == ["subscription.taken_over"]


def test_a_cancelled_one_opens_to_its_end_and_an_ended_one_nothing(cast: Cast) -> None:
    now = timezone.now()
    taken(cast, cancels_at_period_end=True)
    assert reads(cast, now + timedelta(days=9)) and not reads(cast, now + timedelta(days=11))
    assert taken(cast, state=State.ENDED) and not reads(cast, now + timedelta(minutes=1))
    row = Subscription.objects.get()
    assert row.ended_at is not None and row.ended_at <= now + timedelta(minutes=1)
    taken(cast, "gold", provider_id="sub_2", state=State.ENDED)
    assert not Entitlement.objects.filter(source="subscription:stripe:sub_2").exists()
    lapse_due(at=now + timedelta(days=1))
    assert kinds("subscription.lapsed") == ["subscription.lapsed"]  # of the first; the second was over before it came


def test_one_that_another_member_has_is_refused(cast: Cast) -> None:
    taken(cast)
    with pytest.raises(NotTaken):
        taken(cast, "gold")
    Subscription.objects.update(member=None)
    with pytest.raises(NotTaken):
        taken(cast)


def test_once_its_provider_is_configured_the_providers_word_counts(cast: Cast, settings: Any) -> None:
    taken(cast)
    settings.BILLING_PROVIDER = "stripe"
    assert not taken(cast, state=State.ENDED)
    assert Subscription.objects.get().state == State.ACTIVE


@pytest.mark.parametrize("provider", ["demo", ""])
def test_no_chore_of_the_clock_asks_or_charges_or_shuts_out(cast: Cast, settings: Any, provider: str) -> None:
    settings.BILLING_PROVIDER = provider
    taken(cast)
    paid_until = Subscription.objects.get().paid_until
    for days in (0, 1, 20, 34):
        at = paid_until + timedelta(days=days)
        tick(at)
        assert sync_overdue(at=at) == 0 and undo_due(at=at) == 0
        assert reads(cast, at)
    row = Subscription.objects.get()
    assert (row.state, row.looks, row.lapsed_at) == ("active", 0, None) and not DemoSubscription.objects.exists()
    tick(paid_until + timedelta(days=36))
    assert kinds("subscription.lapsed") == ["subscription.lapsed"]
    assert not reads(cast, paid_until + timedelta(days=36))


def test_a_cancelled_one_is_over_with_its_period_without_anybody_being_asked(cast: Cast) -> None:
    taken(cast, cancels_at_period_end=True)
    paid_until = Subscription.objects.get().paid_until
    sync_overdue(at=paid_until - timedelta(minutes=1))
    assert Subscription.objects.get().state == "active"
    sync_overdue(at=paid_until)
    assert (Subscription.objects.get().state, Subscription.objects.get().ended_at) == ("ended", paid_until)
    assert begin(client_of(cast.free), cast.prices["paid"]).status_code == 302  # and can be bought here now


def test_who_pays_there_is_not_sold_the_same_again(cast: Cast) -> None:
    taken(cast)
    assert begin(client_of(cast.free), cast.prices["paid"]).status_code == 409
    assert begin(client_of(cast.free), cast.prices["gold"]).status_code == 409


def test_its_page_says_where_it_is_paid_and_offers_no_button(cast: Cast) -> None:
    client = client_of(cast.free)
    taken(cast)
    page = client.get("/account/subscription/").content.decode()
    assert "Stripe" in page and "desk@paper.example" in page and "/cancel/" not in page
    answer = client.post(f"/account/subscription/{Subscription.objects.get().public_id}/cancel/")
    assert answer.status_code == 409 and "Write to us" in answer.content.decode()
    assert not Subscription.objects.get().cancels_at_period_end
    other = client_of(cast.lapsed)
    buy(other, cast.prices["paid"])
    assert "/cancel/" in other.get("/account/subscription/").content.decode()


@pytest.mark.parametrize("provider", ["demo", ""])
def test_who_goes_on_paying_there_cannot_be_deleted_unawares(cast: Cast, settings: Any, provider: str) -> None:
    """Check 68: deleting here would not stop the charging there."""
    settings.BILLING_PROVIDER = provider
    client = client_of(cast.free)
    taken(cast)
    answer = client.post("/account/delete/", {"word": "DELETE"})
    assert answer.status_code == 409
    assert all(word in answer.content.decode() for word in ("Stripe", "not deleted", "desk@paper.example"))
    assert Member.objects.filter(pk=cast.free.pk).exists()
    taken(cast, cancels_at_period_end=True)
    assert client.post("/account/delete/", {"word": "DELETE"}).status_code == 200
    assert not Member.objects.filter(pk=cast.free.pk).exists() and Subscription.objects.get().member is None


def test_a_ban_ends_what_can_be_ended_and_says_what_cannot(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    taken(cast)
    ban(cast.free, by=cast.owner, at=timezone.now())
    work_off()
    assert "stripe:sub_1" in caplog.text and "cancel it at the provider" in caplog.text
    assert Event.objects.filter(kind="member.banned").exists() and Client().get("/").status_code == 200


def test_of_two_the_one_that_can_be_cancelled_from_here_is_paid_back(cast: Cast) -> None:
    """The payment page was open already when the subscription was taken over."""
    client = client_of(cast.free)
    page = to_payment_page(client, cast.prices["paid"])
    taken(cast)
    client.get(pay(client, page))
    work_off()
    ours, theirs = Subscription.objects.get(provider="demo"), Subscription.objects.get(provider="stripe")
    assert (ours.state, theirs.state, theirs.undo_at) == ("ended", "active", None)
    assert ours.payments.get().refunded_at is not None


def test_one_that_began_later_there_is_never_marked_to_be_paid_back_from_here(cast: Cast) -> None:
    client = client_of(cast.free)
    page = to_payment_page(client, cast.prices["paid"])
    taken(cast, started_at=timezone.now() + timedelta(hours=1))
    client.get(pay(client, page))
    work_off()
    assert {(row.provider, row.state, row.undo_at) for row in Subscription.objects.all()} == {
        ("demo", "active", None), ("stripe", "active", None),
    }  # fmt: skip
