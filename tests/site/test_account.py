"""The account page: what one can read, and until when."""

from zoneinfo import ZoneInfo

from django.utils import timezone

from masthead.billing.models import Subscription
from masthead.billing.subscriptions import cancel
from tests.billing.buying import buy
from tests.cast import Cast, client_of

LISBON = ZoneInfo("Europe/Lisbon")


def shown(cast: Cast, name: str) -> str:
    return " ".join(client_of(cast.members[name]).get("/account/").content.decode().split())


def test_a_subscription_renews_until_it_is_cancelled_and_days_of_grace_are_not_promised(cast: Cast) -> None:
    buy(client_of(cast.free), cast.prices["paid"])
    subscription = Subscription.objects.get()
    day = f"{subscription.period_ends_at.astimezone(LISBON):%-d %B %Y}"
    assert f"renews on {day}" in shown(cast, "free") and "until" not in shown(cast, "free")
    cancel(subscription, at=timezone.now())
    assert f"until {day}" in shown(cast, "free") and "renews" not in shown(cast, "free")


def test_what_was_given_is_shown_with_its_end_or_without_one(cast: Cast) -> None:
    assert "without end" in shown(cast, "paid")
    assert "until" in shown(cast, "gifted")
    assert "Posts for members." in shown(cast, "lapsed")
