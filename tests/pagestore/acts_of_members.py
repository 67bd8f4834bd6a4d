"""What tests of the running server let happen to members, beside what acts.py has."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from masthead.access.entitlements import entitle
from masthead.access.models import Tier
from masthead.access.models.entitlement import Why
from masthead.billing import checkout, subscriptions
from masthead.billing.models import Checkout, DemoCheckout, Price, Subscription
from masthead.billing.models.subscription import State
from masthead.billing.providers import provider
from masthead.billing.providers.demo.paying import pay
from masthead.billing.sync import sync_subscription
from masthead.core import events
from masthead.members.deleting import delete_member
from masthead.members.models import SignInRequest
from masthead.members.moving import move
from masthead.members.roles import Role
from masthead.members.signing_in import end_session_on
from masthead.members.standing import change_role, forget_passkeys
from tests.pagestore.acts import member_named


def give_later(name: str, tier: str, seconds: float) -> None:
    """Let a member hold a tier from some seconds on."""
    now = timezone.now()
    starts_at, row = now + timedelta(seconds=seconds), Tier.objects.get(slug=tier)
    source = f"act:{name}:{tier}:later"
    entitle(
        member_named(name), row, source=source, why=Why.COMPLIMENTARY, starts_at=starts_at, ends_at=None, at=now
    )  # fmt: skip


def subscribe(name: str, tier: str) -> None:
    """Buy a tier by the month at the demo provider, whose word is fetched at once."""
    now, member = timezone.now(), member_named(name)
    price = Price.objects.offered().get(tier__slug=tier, period="month")
    checkout.start(member, price, return_to="/", at=now)
    page = DemoCheckout.objects.get(reference=Checkout.objects.open().get(member=member).public_id)
    sync_subscription(pay(page, at=now).pk, at=now)


def cancel(name: str) -> None:
    """Let what a member pays end with its period."""
    subscriptions.cancel(_paid_by(name), at=timezone.now())


def refund(name: str) -> None:
    """End at the provider what a member pays, pay the last payment back, and hear of it."""
    row, shop = _paid_by(name), provider()
    assert shop is not None
    shop.cancel_now(row.provider_id, key="end")
    shop.refund(row.payments.latest("paid_at").provider_id, key="refund")
    assert sync_subscription(row.provider_id, at=timezone.now()).state == State.ENDED


def _paid_by(name: str) -> Subscription:
    return Subscription.objects.running().get(member=member_named(name))


def change_role_of(name: str, role: str) -> None:
    """Give a member a role, or take it away."""
    change_role(member_named(name), Role(role), by=None, at=timezone.now())


def sign_out_devices(name: str) -> None:
    """Sign a member out of each device, one after the other."""
    for device in member_named(name).devices.all():
        end_session_on(device, at=timezone.now())


def lose_passkeys(name: str) -> None:
    """Remove the passkeys of a member, as after a lost phone."""
    forget_passkeys(member_named(name), by=None, at=timezone.now())


def move_to(name: str, email: str) -> None:
    """Give a member another mail address, as when the code that proves it was typed on another device."""
    now = timezone.now()
    asked = SignInRequest.objects.create(
        email=email, network="", changes=member_named(name), asked_at=now, expires_at=now + timedelta(minutes=5)
    )
    assert move(asked, keep_session=None, at=now)


def delete_account(name: str) -> None:
    """Delete a member."""
    delete_member(member_named(name), at=timezone.now())


def bring_in_members() -> None:
    """Say what an import of members says of a batch."""
    with transaction.atomic():
        events.write("members.imported", "import:ghost", at=timezone.now(), rows=2)
