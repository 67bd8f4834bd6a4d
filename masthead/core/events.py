"""Events: what happened, written with the change; and what follows from it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import transaction

from masthead.core.models import Event

Hook = Callable[[Event], None]

_hooks: list[Hook] = []
_common: ContextVar[Mapping[str, Any]] = ContextVar("facts of every event", default={})  # noqa: B039  (never changed)


class NoTransaction(RuntimeError):
    """An event was written outside a transaction, so that it could be lost apart from its change."""


def on_write(hook: Hook) -> Hook:
    """Register what every event owes at once, in the same transaction; registering twice changes nothing."""
    if hook not in _hooks:
        _hooks.append(hook)
    return hook


def write(kind: str, subject: str, *, at: datetime, actor_id: int | None = None, **facts: Any) -> Event:
    """Write an event in the transaction of the change itself, with all that the hooks owe it.

    Refuses to run outside a transaction (NoTransaction). `facts` are ids and plain words, never text of a post.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NoTransaction(f"The event {kind} must be written in the transaction of the change it tells of.")
    event = Event.objects.create(kind=kind, subject=subject, at=at, actor_id=actor_id, facts={**_common.get(), **facts})
    for hook in _hooks:
        hook(event)
    return event


@contextmanager
def with_facts(**facts: Any) -> Iterator[None]:
    """Put these facts into every event that is written inside, such as the key of the program that acts."""
    before = _common.set({**_common.get(), **facts})
    try:
        yield
    finally:
        _common.reset(before)
