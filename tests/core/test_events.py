"""Events are written with the change they tell of, or not at all."""

import pytest
from django.db import transaction
from django.utils import timezone

from masthead.core import events
from masthead.core.models import Event
from tests.cast import NOON


@pytest.fixture
def _only_these_hooks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_hooks", [])


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused_and_inside_it_is_kept() -> None:
    with pytest.raises(events.NoTransaction, match=r"ship\.seized"):
        events.write("ship.seized", "ship:1", at=NOON)
    assert not Event.objects.exists()
    with transaction.atomic():
        events.write("ship.seized", "ship:1", at=NOON, actor_id=7, crew=18)
    event = Event.objects.get()
    assert (event.kind, event.subject, event.at, event.actor_id) == ("ship.seized", "ship:1", NOON, 7)
    assert event.facts == {"crew": 18}


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_only_these_hooks")
def test_an_event_goes_with_the_change_when_a_hook_fails() -> None:
    @events.on_write
    def fails(event: Event) -> None:
        raise OSError("the queue is full")

    with pytest.raises(OSError, match="the queue is full"), transaction.atomic():
        events.write("ship.seized", "ship:1", at=timezone.now())
    assert not Event.objects.exists()


@pytest.mark.usefixtures("_only_these_hooks", "db")
def test_a_hook_that_is_registered_twice_runs_once() -> None:
    seen: list[str] = []

    def notes(event: Event) -> None:
        seen.append(event.kind)

    events.on_write(notes)
    events.on_write(notes)
    events.write("ship.seized", "ship:1", at=timezone.now())
    assert seen == ["ship.seized"]


@pytest.mark.django_db
def test_common_facts_stand_in_every_event_that_is_written_inside_and_in_no_other() -> None:
    def facts() -> object:
        return events.write("post.started", "post:1", at=timezone.now(), revision=1).facts

    with events.with_facts(key="k", revision=0), events.with_facts(more=2):
        assert facts() == {"key": "k", "more": 2, "revision": 1}
    with pytest.raises(ZeroDivisionError), events.with_facts(key="k"):
        raise ZeroDivisionError
    assert facts() == {"revision": 1}
