"""What goes out of access: tiers, and who holds them."""

from masthead.access.models import Entitlement, Tier
from masthead.core.carrying import Ref, Table, plain

TABLES = [
    Table(
        "tiers",
        Tier,
        plain(
            "public_id slug name description benefits position is_listed welcome_address trial_days added_at archived_at"
        ),
        key="slug",
    ),
    Table(
        "entitlements",
        Entitlement,
        [Ref("member", "members", "public_id"), Ref("tier", "tiers", "slug"), *plain("starts_at ends_at why source")],
    ),
]
