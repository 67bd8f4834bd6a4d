"""Events that are lost, late, or kept without their task (checks 52 and 60)."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from masthead.billing import receiving
from masthead.billing.models import DemoSubscription, ReceivedEvent, Subscription
from masthead.billing.overdue import FIRST_WAIT, sync_overdue
from masthead.billing.providers.base import Hint
from masthead.billing.providers.demo import paying
from masthead.ops.worker import work_off
from tests.billing.buying import PROVIDER, begin, buy, down, event, held, pay, post_event, to_payment_page
from tests.cast import Cast, client_of

MINUTE = timedelta(minutes=1)


def end_unheard(cast: Cast) -> None:
    """Let a subscription come to its end at the provider, with no word of it to us."""
    buy(client_of(cast.free), cast.prices["paid"])
    past = timezone.now() - MINUTE
    ended = {"paid_until": past, "period_ends_at": past}
    DemoSubscription.objects.update(status="ended", ended_at=past, **ended)
    Subscription.objects.update(**ended)


def test_the_clock_finds_out_about_an_end_that_was_lost(cast: Cast) -> None:
    end_unheard(cast)
    assert sync_overdue(at=timezone.now()) == 1
    assert Subscription.objects.get().state == "ended"
    assert sync_overdue(at=timezone.now()) == 0


def test_a_former_subscriber_can_subscribe_again_even_before_that(cast: Cast) -> None:
    end_unheard(cast)
    client = client_of(cast.free)
    assert buy(client, cast.prices["paid"]).status_code == 302
    assert sorted(Subscription.objects.values_list("state", flat=True)) == ["active", "ended"]


def test_a_renewal_whose_event_was_lost_opens_all_the_same(cast: Cast) -> None:
    buy(client_of(cast.free), cast.prices["paid"])
    at = held().period_ends_at
    assert sync_overdue(at=at - MINUTE) == 0
    paying.renew_due(at=at)
    assert sync_overdue(at=at) == 1
    assert Subscription.objects.get().paid_until == held().period_ends_at


def test_the_clock_asks_less_and_less_often(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    end_unheard(cast)
    asked: list[int] = []
    at = start = timezone.now()

    def no_answer(*_: Any) -> None:
        asked.append(int((at - start) / MINUTE))
        down()

    monkeypatch.setattr(f"{PROVIDER}.fetch", no_answer)
    for minute in range(24 * 60):
        at = start + minute * MINUTE
        sync_overdue(at=at)
    assert asked[:4] == [0, 1, 4, 13] and 8 <= len(asked) <= 12
    assert FIRST_WAIT == MINUTE


def test_one_that_fails_stops_no_other(cast: Cast) -> None:
    end_unheard(cast)
    buy(client_of(cast.lapsed), cast.prices["paid"])
    Subscription.objects.filter(member=cast.lapsed).update(paid_until=timezone.now() - MINUTE)
    DemoSubscription.objects.filter(status="ended").update(units=1)
    assert sync_overdue(at=timezone.now()) == 1


def test_nothing_is_looked_up_where_nothing_is_sold(cast: Cast, settings: Any) -> None:
    end_unheard(cast)
    settings.BILLING_PROVIDER = ""
    assert sync_overdue(at=timezone.now()) == 0


def test_a_waiting_event_is_queued_once_and_not_at_every_tick(cast: Cast) -> None:
    receiving.receive("demo", Hint("ev_1", "subscription.created", "su_none"), at=timezone.now())
    later = timezone.now() + 6 * MINUTE
    ticks = [receiving.retry_unfinished(at=later + timedelta(seconds=20 * tick)) for tick in range(9)]
    assert ticks == [1] + [0] * 8


def test_an_event_that_was_kept_without_its_task_is_picked_up(cast: Cast) -> None:
    """Killed between the event and its task."""
    pay(client_of(cast.free), to_payment_page(client_of(cast.free), cast.prices["paid"]))
    assert post_event(event(held().pk)) == 200
    DBTaskResult.objects.all().delete()
    work_off()
    assert not Subscription.objects.exists()
    assert receiving.retry_unfinished(at=timezone.now()) == 0
    assert receiving.retry_unfinished(at=timezone.now() + 6 * MINUTE) == 1
    work_off()
    assert Subscription.objects.exists() and ReceivedEvent.objects.get().done_at


def test_an_event_whose_task_cannot_be_queued_is_not_kept_so_that_it_is_sent_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(type(receiving.work_off), "enqueue", down)
        assert post_event(event()) == 500
    assert not ReceivedEvent.objects.exists()
    assert post_event(event()) == 200


def test_an_event_that_is_out_of_tries_is_an_error(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    receiving.receive("demo", Hint("ev_1", "subscription.created", "su_none"), at=timezone.now())
    for _ in range(receiving.MOST_ATTEMPTS):
        assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
        receiving.work_off.call(ReceivedEvent.objects.get().pk)
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == [
        "Event ev_1 failed and is not tried again: ProviderError"
    ]
    assert receiving.retry_unfinished(at=timezone.now() + timedelta(days=9)) == 0


@pytest.mark.parametrize("call", ["fetch_checkout", "expire_checkout", "start_checkout"])
def test_a_provider_that_does_not_answer_is_no_fault_of_the_page(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    client = client_of(cast.free)
    to_payment_page(client, cast.prices["paid"])
    monkeypatch.setattr(f"{PROVIDER}.{call}", down)
    answer = begin(client, cast.prices["gold"])
    assert answer.status_code == 409 and "does not answer right now" in answer.content.decode()


def test_a_subscription_that_does_not_match_is_a_clear_answer_at_every_door(cast: Cast) -> None:
    client = client_of(cast.free)
    way_back = pay(client, to_payment_page(client, cast.prices["paid"]))
    DemoSubscription.objects.update(units=1)
    assert "does not match" in begin(client, cast.prices["paid"]).content.decode()
    assert client.get(way_back).status_code == 409
    DemoSubscription.objects.update(units=800)
    client.get(way_back)
    DemoSubscription.objects.update(units=1)
    for act in ("cancel", "resume"):
        answer = client.post(f"/account/subscription/{Subscription.objects.get().public_id}/{act}/")
        assert answer.status_code == 409 and "does not match" in answer.content.decode()
