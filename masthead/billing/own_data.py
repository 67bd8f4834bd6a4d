"""What billing knows of a member, for their own download."""

from typing import Any

from masthead.billing.models import Subscription
from masthead.members.models import Member


def subscriptions_of(member: Member) -> list[dict[str, Any]]:
    """Return the member's subscriptions with their payments."""
    rows = Subscription.objects.filter(member=member).select_related("price__tier").prefetch_related("payments")
    return [
        {
            "tier": row.price.tier.name,
            "state": row.state,
            "started_at": row.started_at.isoformat(),
            "period_ends_at": row.period_ends_at.isoformat(),
            "paid_until": row.paid_until.isoformat(),
            "payments": [
                {
                    "amount": str(p.money.amount),
                    "currency": p.currency,
                    "paid_at": p.paid_at.isoformat(),
                    "refunded_at": p.refunded_at.isoformat() if p.refunded_at else None,
                }
                for p in row.payments.all()
            ],
        }
        for row in rows.order_by("pk")
    ]
