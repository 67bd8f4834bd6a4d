"""What goes out of billing: what is sold, and what was bought. No charge follows from taking it in."""

from masthead.billing.models import Customer, KnownPrice, Offer, Payment, Price, Subscription
from masthead.core.carrying import Ref, Table, plain

MEMBER = ("member", "members", "public_id")
TIER = ("tier", "tiers", "slug")
PRICE = ("price", "prices", "public_id")

TABLES = [
    Table(
        "prices", Price, [*plain("public_id"), Ref(*TIER), *plain("period units currency archived_at")], key="public_id"
    ),
    Table("known_prices", KnownPrice, [Ref(*PRICE), *plain("provider provider_id product_id")]),
    Table(
        "offers",
        Offer,
        [
            *plain("public_id name code"),
            Ref(*TIER),
            *plain("period discount amount currency lasts months title description is_for_staying coupon_id"),
            *plain("added_at archived_at"),
        ],
        key="public_id",
    ),
    Table("customers", Customer, [Ref(*MEMBER), *plain("provider provider_id")]),
    Table(
        "subscriptions",
        Subscription,
        [
            *plain("public_id"),
            Ref(*MEMBER),
            Ref(*PRICE),
            *plain("provider provider_id state started_at period_ends_at paid_until ended_at cancels_at_period_end"),
            *plain("lapsed_at undo_at looks look_at"),
        ],
        key="public_id",
    ),
    Table(
        "payments",
        Payment,
        [
            Ref("subscription", "subscriptions", "public_id"),
            *plain("provider_id units currency paid_at refund_due refunded_at"),
        ],
    ),
]
LEFT_OUT = {
    "billing.Checkout": "a try to pay; what came of it is a subscription",
    "billing.ReceivedEvent": "a hint of the provider's to look at something, which has been looked at",
    "billing.Turn": "says which worker is at work on a subscription",
    "billing.DemoCheckout": "the stand-in's own side",
    "billing.DemoSubscription": "the stand-in's own side",
    "billing.DemoPayment": "the stand-in's own side; what was paid is a payment",
}
