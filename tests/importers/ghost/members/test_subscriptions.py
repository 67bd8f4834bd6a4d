"""Tiers, prices, offers, and the subscriptions that the running Ghost tells of (check 69)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from masthead.access.models import Entitlement, Tier
from masthead.billing.models import Customer, KnownPrice, Offer, Payment, Price, Subscription
from masthead.billing.models.subscription import UNSEEN_GRACE
from masthead.core.models import Publication
from masthead.importers.ghost.remote_subscriptions import one_before
from tests.importers.ghost.members.bringing import DAILY, GOLD, NOW, SILVER, Ghost, member, product, row, says
from tests.importers.ghost.members.remote import complimentary, reader, site_of, subscription

APRIL = datetime(2026, 4, 1, 12, tzinfo=UTC)


def paying(number: int = 1, **more: Any) -> dict[str, Any]:
    tiers = [complimentary(SILVER)]
    return reader(number, DAILY, status="paid", tiers=tiers, subscriptions=[subscription(number, **more)])


def open_until(number: int = 1) -> datetime | None:
    current = Entitlement.objects.current(NOW).filter(member=member(number))
    return current.get().ends_at if current.exists() else None


def test_tiers_come_with_prices_benefits_and_what_is_free(ghost: Ghost) -> None:
    ghost.tables |= {
        "benefits": [{"id": "b1", "name": "All posts"}, {"id": "b2", "name": "A mug"}],
        "products_benefits": [
            {"id": "1", "product_id": SILVER, "benefit_id": "b2", "sort_order": 1},
            {"id": "2", "product_id": SILVER, "benefit_id": "b1", "sort_order": 0},
        ],
    }
    ghost.tables["products"][1] |= {
        "trial_days": 14,
        "welcome_page_url": "__GHOST_URL__/welcome/",
        "visibility": "none",
    }
    ghost.tables["products"][2] |= {"active": 0}
    ghost.bring()
    silver, gold = Tier.objects.get(slug="silver"), Tier.objects.get(slug="gold")
    assert (silver.benefits, silver.trial_days, silver.welcome_address) == (["All posts", "A mug"], 14, "/welcome/")
    assert not silver.is_listed and silver.archived_at is None and gold.is_listed and gold.archived_at
    prices = {(price.period, price.units, price.currency) for price in silver.prices.filter(archived_at=None)}
    assert prices == {("month", 500, "EUR"), ("year", 5000, "EUR")}
    assert Publication.current().free_tier["description"] == "Just read"


def test_a_price_that_changed_at_ghost_is_offered_and_the_old_one_no_more(ghost: Ghost) -> None:
    ghost.bring()
    by_the_desk = Price.objects.create(tier=Tier.objects.get(slug="silver"), period="month", units=700, currency="USD")
    ghost.tables["products"][1]["monthly_price"] = 600
    ghost.bring()
    offered = {
        (price.units, price.currency) for price in Price.objects.offered().filter(tier__slug="silver", period="month")
    }
    assert offered == {(600, "EUR"), (700, "USD")} and by_the_desk.pk
    ghost.bring()
    assert Price.objects.filter(tier__slug="silver").count() == 4


def test_prices_of_before_ghost_5_and_every_name_that_stripe_has(ghost: Ghost) -> None:
    old = product(SILVER, "Silver", currency=None, monthly_price_id="i1", yearly_price_id="i2")
    del old["type"]
    ghost.tables = {
        "products": [{"id": "free", "name": "Free", "slug": "default-product"}, old],
        "stripe_products": [{"id": "s1", "product_id": SILVER, "stripe_product_id": "prod_1"}],
        "stripe_prices": [
            stripe_price("i1", 500), stripe_price("i2", 5000, interval="year"), stripe_price("i3", 400, active=0),
            stripe_price("i4", 100, type="donation", interval=None),
        ],
    }  # fmt: skip
    ghost.bring()
    assert {(price.units, price.period, price.archived_at is None) for price in Price.objects.all()} == {
        (500, "month", True), (5000, "year", True), (400, "month", False),
    }  # fmt: skip
    assert {(one.provider_id, one.price.units) for one in KnownPrice.objects.all()} == {
        ("price_i1", 500), ("price_i2", 5000), ("price_i3", 400),
    }  # fmt: skip
    assert Tier.objects.count() == 1 and Publication.current().free_tier["name"] == "Free"


def stripe_price(id: str, amount: int, **more: Any) -> dict[str, Any]:
    plain = {"id": id, "stripe_price_id": f"price_{id}", "stripe_product_id": "prod_1", "active": 1, "currency": "eur"}
    return plain | {"amount": amount, "type": "recurring", "interval": "month"} | more


def test_offers_come_with_what_they_take_off(ghost: Ghost) -> None:
    plain = {
        "id": "o1", "active": 1, "name": "Spring", "code": "spring", "product_id": SILVER, "interval": "year",
        "discount_type": "percent", "discount_amount": 20, "duration": "repeating", "duration_in_months": 3,
        "stripe_coupon_id": "co_1", "portal_title": "Spring!", "redemption_type": "signup", "currency": None,
    }  # fmt: skip
    ghost.tables["offers"] = [
        plain,
        plain | {"id": "o2", "code": "stay", "product_id": None, "redemption_type": "retention", "active": 0},
        plain | {"id": "o3", "code": "off", "discount_type": "amount", "discount_amount": 100, "currency": "usd"},
        plain | {"id": "o4", "code": "wrong", "discount_type": "mystery"},
        plain | {"id": "o5", "code": "lost", "product_id": "none"},
    ]
    ghost.tables["offer_redemptions"] = [{"id": "r1", "offer_id": "o1", "member_id": "m", "subscription_id": "s"}]
    run = ghost.bring()
    spring, off, stay = Offer.objects.order_by("code")[2], Offer.objects.get(code="off"), Offer.objects.get(code="stay")
    spring = Offer.objects.get(code="spring")
    assert (spring.tier, spring.period, spring.discount, spring.amount, spring.lasts, spring.months) == (
        Tier.objects.get(slug="silver"), "year", "percent", 20, "repeating", 3,
    )  # fmt: skip
    assert (off.discount, off.currency, stay.tier, stay.is_for_staying) == ("amount", "USD", None, True)
    assert stay.archived_at and not spring.archived_at
    assert run.report.counts["offers failed"] == 2 and Offer.objects.count() == 3


def test_who_pays_by_the_list_alone_reads_for_a_year_and_no_longer(ghost: Ghost) -> None:
    ghost.rows = [row(1, tiers="Silver", stripe_customer_id="cus_1"), row(2, tiers="Silver,Bronze")]
    run = ghost.bring()
    assert open_until(1) == NOW + timedelta(days=366)
    assert says(run, "2 pay", "a year from now") and says(run, "row 2", "Bronze")
    ghost.rows[0] |= {"note": "changed"}
    ghost.bring(at=NOW + timedelta(days=30))
    assert open_until(1) == NOW + timedelta(days=366)
    ghost.rows[0] |= {"tiers": ""}
    ghost.bring(at=NOW + timedelta(days=31))
    assert not Entitlement.objects.current(NOW + timedelta(days=31)).filter(member=member(1)).exists()


def test_the_true_period_takes_the_place_of_the_year(ghost: Ghost, settings: Any) -> None:
    ghost.rows = [row(1, tiers="Silver", stripe_customer_id="cus_1")]
    ghost.bring()
    with site_of(ghost, settings, paying()):
        run = ghost.bring()
        assert run.report.counts["subscriptions taken over"] == 1
        assert says(run, "1 run at Stripe", "not connected here", "06 May 2026")
        assert ghost.bring().report.counts.get("subscriptions taken over") is None
    subscription = Subscription.objects.get()
    assert (subscription.provider_id, subscription.price.units, subscription.price.archived_at) == ("sub_1", 500, None)
    assert open_until() == APRIL + UNSEEN_GRACE
    assert not Payment.objects.exists() and Customer.objects.get().provider_id == "cus_1"
    assert KnownPrice.objects.get().price == subscription.price


@pytest.mark.parametrize(
    ("said", "state", "until"),
    [
        ({}, "active", APRIL + UNSEEN_GRACE),
        ({"status": "trialing"}, "active", APRIL + UNSEEN_GRACE),
        ({"cancel_at_period_end": True}, "active", APRIL),
        ({"status": "past_due"}, "past_due", datetime(2026, 3, 1, 12, tzinfo=UTC) + UNSEEN_GRACE),
        ({"status": "unpaid"}, "past_due", datetime(2026, 3, 1, 12, tzinfo=UTC) + UNSEEN_GRACE),
        ({"status": "canceled"}, "ended", None),
        ({"status": "incomplete_expired"}, "ended", None),
        ({"status": "incomplete"}, None, None),
    ],
    ids=str,
)
def test_every_word_of_stripe_opens_as_much_as_is_paid(
    ghost: Ghost, settings: Any, said: dict[str, Any], state: str | None, until: datetime | None
) -> None:
    person = paying(**said)
    if until is None:
        person["tiers"] = []  # Ghost gives no tier for what has ended
    with site_of(ghost, settings, person):
        run = ghost.bring(text="id,email\n")
    assert open_until() == until
    assert list(Subscription.objects.values_list("state", flat=True)) == ([state] if state else [])
    assert "subscriptions failed" not in run.report.counts


@pytest.mark.parametrize(
    ("said", "why"),
    [({"status": "dreaming"}, "dreaming"), ({"current_period_end": None}, "no end"), ({"price": {"interval": "week", "amount": 100}, "plan": {}}, "week"), ({"current_period_end": "9000-01-01T00:00:00.000Z"}, "9000")],
    ids=["state", "period", "week", "far"],
)  # fmt: skip
def test_what_cannot_be_taken_over_is_reported_and_who_pays_reads_on(
    ghost: Ghost, settings: Any, said: dict[str, Any], why: str
) -> None:
    with site_of(ghost, settings, paying(**said)):
        run = ghost.bring(text="id,email\n")
    assert not Subscription.objects.exists() and open_until() == NOW + timedelta(days=366)
    assert says(run, "sub_1", why) and run.report.counts["subscriptions failed"] == 1


def test_a_price_that_nobody_knows_is_a_new_one_and_never_offered(ghost: Ghost, settings: Any) -> None:
    price = {
        "price_id": "price_old",
        "amount": 300,
        "interval": "month",
        "currency": "usd",
        "tier": {"tier_id": SILVER},
    }
    with site_of(ghost, settings, paying(price=price)):
        ghost.bring(text="id,email\n")
    made = Subscription.objects.get().price
    assert (made.units, made.currency, made.tier.slug) == (300, "USD", "silver") and made.archived_at
    assert not Price.objects.offered().filter(pk=made.pk).exists()


def test_a_complimentary_plan_that_is_shown_as_a_subscription_is_none(ghost: Ghost, settings: Any) -> None:
    shown = subscription(1, tier=GOLD) | {"id": "", "plan": {"nickname": "Complimentary", "amount": 0}}
    with site_of(ghost, settings, reader(1, status="comped", tiers=[complimentary(GOLD)], subscriptions=[shown])):
        ghost.bring(text="id,email\n")
    assert not Subscription.objects.exists()
    assert Entitlement.objects.get().why == "complimentary" and open_until() is None


def test_a_renewal_and_an_end_at_stripe_arrive_with_the_next_pass(ghost: Ghost, settings: Any) -> None:
    later = NOW + timedelta(days=40)
    with site_of(ghost, settings, paying()) as site:
        ghost.bring(text="id,email\n")
        site.members = [paying(current_period_end="2026-05-01T12:00:00.000Z")]
        ghost.bring(text="id,email\n", at=later)
        assert open_until() == datetime(2026, 5, 1, 12, tzinfo=UTC) + UNSEEN_GRACE
        site.members = [paying(status="canceled") | {"tiers": []}]
        ghost.bring(text="id,email\n", at=later + timedelta(days=1))
    assert not Entitlement.objects.current(later + timedelta(days=1)).exists()
    assert Subscription.objects.get().ended_at == later + timedelta(days=1)


def test_a_stale_list_gives_nothing_back_that_the_running_site_ended(ghost: Ghost, settings: Any) -> None:
    with site_of(ghost, settings, reader(1, DAILY)):
        ghost.bring(text="id,email\n")
    ghost.rows = [row(1, tiers="Silver", stripe_customer_id="cus_1")]
    ghost.bring()
    assert not Entitlement.objects.exists()


@pytest.mark.parametrize(
    ("at", "period", "before"),
    [("2026-03-31", "month", "2026-02-28"), ("2026-01-15", "month", "2025-12-15"), ("2024-02-29", "year", "2023-02-28")],
)  # fmt: skip
def test_a_month_and_a_year_earlier(at: str, period: str, before: str) -> None:
    assert f"{one_before(datetime.fromisoformat(at), period):%Y-%m-%d}" == before


def test_who_pays_for_one_tier_twice_is_named(ghost: Ghost, settings: Any) -> None:
    person = paying() | {"subscriptions": [subscription(1), subscription(2)]}
    with site_of(ghost, settings, person):
        run = ghost.bring(text="id,email\n")
    assert Subscription.objects.count() == 2 and says(run, "pays for one tier twice")
