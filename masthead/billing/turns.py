"""Turns: one sync of a subscription at a time, from the very first one on."""

from datetime import datetime, timedelta

from django.db.models import Q

from masthead.billing.models import Turn
from masthead.core.ids import new_token

CLAIM = timedelta(seconds=60)  # a turn is taken away from a sync that is silent for longer


class Busy(Exception):
    """Another sync of the same subscription is at work; trying again in a moment is right."""


def take(name: str, provider_id: str, *, at: datetime) -> str:
    """Take the turn and return its token; raises Busy while another sync has it."""
    Turn.objects.get_or_create(provider=name, provider_id=provider_id)
    token = new_token()
    free = Turn.objects.filter(Q(until=None) | Q(until__lt=at), provider=name, provider_id=provider_id)
    if not free.update(token=token, until=at + CLAIM):
        raise Busy(provider_id)
    return token


def hold(name: str, provider_id: str, token: str) -> None:
    """Keep the turn to the end of this transaction; raises Busy if it was taken away since.

    What was fetched under a turn that was lost may be older than what stands in the row, and must not be written.
    """
    own = Turn.objects.select_for_update().filter(provider=name, provider_id=provider_id, token=token)
    if own.first() is None:
        raise Busy(provider_id)


def release(name: str, provider_id: str, token: str) -> None:
    """Give the turn back, unless another sync has it by now."""
    Turn.objects.filter(provider=name, provider_id=provider_id, token=token).update(token="", until=None)
