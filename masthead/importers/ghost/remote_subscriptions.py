"""Subscriptions of the running site's members: they go on at Stripe, and are taken over as they stand."""

import calendar
from datetime import datetime, timedelta
from typing import Any

from masthead.access.models import Tier
from masthead.billing.models import Price, Subscription
from masthead.billing.models.price import Period
from masthead.billing.models.subscription import State
from masthead.billing.pricing import know, known_price, price_like
from masthead.billing.taking_over import STRIPE_STATES, NotTaken, take_over
from masthead.importers.ghost.counterparts import ours
from masthead.importers.ghost.run import RowError, Run
from masthead.importers.ghost.telling import tell
from masthead.importers.ghost.values import currency, moment, number
from masthead.members.models import Member

Said = dict[str, Any]
COUNT = "subscriptions"
LONGEST = timedelta(days=2 * 366)  # a year paid ahead, and one more


def bring_subscription(run: Run, member: Member, said: Said, where: str) -> bool:
    """Take one subscription over, and say whether it is settled: False, and a line in the report, if it is not."""
    status = str(said.get("status"))
    if status == "incomplete":  # never paid, and gone by itself within a day
        run.report.count(f"{COUNT} left alone (never paid)")
        return True
    try:
        is_changed = _take(run, member, said, status)
    except (RowError, NotTaken) as error:
        tell(run, f"{COUNT} failed", where, f"the subscription {said.get('id')} was not taken over: {error}")
        return False
    run.report.count(f"{COUNT} {'taken over' if is_changed else 'unchanged'}")
    if _is_second(member, said):
        tell(
            run, "members who pay twice", where, "pays for one tier twice; look at Stripe which one is to be cancelled"
        )
    return True


def _is_second(member: Member, said: Said) -> bool:
    """Whether the member pays for the same tier by another subscription too, there or here."""
    running = Subscription.objects.running().filter(member=member)
    this = running.filter(provider="stripe", provider_id=said.get("id")).first()
    return this is not None and running.filter(price__tier=this.price.tier_id).exclude(pk=this.pk).exists()


def _take(run: Run, member: Member, said: Said, status: str) -> bool:
    state, ends_at = STRIPE_STATES.get(status), moment(said.get("current_period_end"))
    if state is None:
        raise RowError(f"its state “{status[:20]}” is not known here")
    if ends_at is None:
        raise RowError("its period has no end")
    if ends_at > run.at + LONGEST:
        raise RowError(f"its period ends in {ends_at.year}, later than any that is sold")
    price = _price(run, said)
    started_at = moment(said.get("start_date")) or run.at
    return take_over(
        member,
        provider_id=str(said["id"])[:120],
        price=price,
        state=state,
        started_at=started_at,
        period_ends_at=ends_at,
        paid_until=_paid_until(state, status, started_at, ends_at, price.period),
        cancels_at_period_end=said.get("cancel_at_period_end") in (True, 1),
        at=run.at,
    )


def _paid_until(state: State, status: str, started_at: datetime, ends_at: datetime, period: str) -> datetime:
    """A period whose payment failed was not paid: what was paid ends where it begins. A trial counts as paid."""
    if state != State.PAST_DUE or status == "paused":
        return ends_at
    return max(started_at, one_before(ends_at, period))


def one_before(at: datetime, period: str) -> datetime:
    """Return the moment a month or a year earlier; on the last day where the earlier month is shorter."""
    months = at.year * 12 + at.month - 1 - (12 if period == Period.YEAR else 1)
    year, month = months // 12, months % 12 + 1
    return at.replace(year=year, month=month, day=min(at.day, calendar.monthrange(year, month)[1]))


def _price(run: Run, said: Said) -> Price:
    """Return our price: by the name that Stripe has for it, else by tier, period and amount; a new one is never offered."""
    told: Said = said.get("price") or {}
    plan: Said = said.get("plan") or {}
    name = str(told.get("price_id") or plan.get("id") or "")[:120]
    if name and (known := known_price("stripe", name)):
        return known
    period = told.get("interval") or plan.get("interval")
    units = number(told.get("amount") if told.get("amount") is not None else plan.get("amount"))
    if period not in Period.values or units is None:
        raise RowError(f"it is not by month or year but “{str(period)[:20]}”, or has no amount")
    price = price_like(
        _tier(said, told), period, units, currency(told.get("currency") or plan.get("currency")), at=run.at
    )
    if name:
        know(price, provider="stripe", provider_id=name, product_id=str((told.get("tier") or {}).get("id") or "")[:120])
    return price


def _tier(said: Said, told: Said) -> Tier:
    """Return our tier. Within a price, `id` is Stripe's name for it and `tier_id` is Ghost's."""
    id = (said.get("tier") or {}).get("id") or (told.get("tier") or {}).get("tier_id")
    tier = Tier.objects.filter(pk=ours("tier", str(id)) or 0).first() if id else None
    if tier is None:
        raise RowError("its tier was not imported")
    return tier
