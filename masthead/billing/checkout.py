"""Going to the provider to pay."""

from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from masthead.billing.models import Checkout, Price, Subscription
from masthead.billing.providers import provider
from masthead.billing.providers.base import Provider, ProviderError, Stage
from masthead.billing.settling import settle
from masthead.billing.sync import Busy, NotOurs, sync_patiently
from masthead.core.returning import safe_path
from masthead.members.models import Member


class CheckoutRefused(Exception):
    """This price cannot be bought by this member now; the message says why and what to do."""


def start(member: Member, price: Price, *, return_to: str, at: datetime) -> str:
    """Begin a checkout and return the address of the payment page.

    Raises CheckoutRefused for an archived price, for a member who pays already, and when the provider does not
    answer. A member has one payment page at a time: pressing twice, in two tabs or an hour later, leads to the same
    one, and going for another price replaces it (CHECKS.md 55).
    """
    shop = provider()
    if shop is None or not Price.objects.offered().filter(pk=price.pk).exists():
        raise CheckoutRefused(_("This offer has ended. Choose another below."))
    try:
        _look_up(member, shop.name, at)
        _refuse_second(member, price)
        return _go(shop, _checkout(shop, member, price, safe_path(return_to), at))
    except ProviderError as error:
        raise CheckoutRefused(
            _("The payment page does not answer right now. Nothing was charged; try again shortly.")
        ) from error
    except Busy as error:
        raise CheckoutRefused(_("A payment of yours is being looked at. Try again in a moment.")) from error
    except NotOurs as error:
        raise CheckoutRefused(
            _("A payment of yours does not match what you chose. Write to us and we will put it right.")
        ) from error


def _look_up(member: Member, name: str, at: datetime) -> None:
    """Bring our books up to date first: a paid checkout, and a subscription whose end we may have missed."""
    for checkout in Checkout.objects.open().filter(member=member, provider=name):
        if settle(checkout, at=at) == Stage.PENDING:
            raise CheckoutRefused(_("Your payment is on its way and not confirmed yet. There is no need to pay again."))
    for row in Subscription.objects.overdue(at).filter(member=member, provider=name):
        sync_patiently(row.provider_id, at=at)


def _refuse_second(member: Member, price: Price) -> None:
    running = Subscription.objects.running().filter(member=member)
    if running.filter(price__tier=price.tier_id).exists():
        raise CheckoutRefused(_("You subscribe to this already. Your account shows until when."))
    if running.filter(cancels_at_period_end=False).exists():
        raise CheckoutRefused(
            _("Cancel your present subscription first, then subscribe to this one; what is paid stays open to its end.")
        )


def _checkout(shop: Provider, member: Member, price: Price, return_to: str, at: datetime) -> Checkout:
    """Return the member's one open checkout, for this price; raises Busy when other windows are faster."""
    for _try in range(3):
        held = Checkout.objects.open().filter(member=member, provider=shop.name).select_related("price__tier").first()
        if held is not None and held.price_id == price.pk:
            Checkout.objects.filter(pk=held.pk).update(return_to=return_to)
            return held
        if held is not None and not _replace(shop, held, at):
            continue
        with suppress(IntegrityError), transaction.atomic():
            return Checkout.objects.create(
                member=member, price=price, provider=shop.name, return_to=return_to, begun_at=at
            )
    raise Busy(member.pk)


def _replace(shop: Provider, held: Checkout, at: datetime) -> bool:
    """Close a checkout whose page nobody can pay any more; False if its page came to be known meanwhile."""
    if held.provider_id and not shop.expire_checkout(held.provider_id):
        raise Busy(held.public_id)  # it was paid this very moment
    same = Checkout.objects.open().filter(pk=held.pk, provider_id=held.provider_id)
    return bool(same.update(closed_at=at))


def _go(shop: Provider, checkout: Checkout) -> str:
    back = f"{settings.ADDRESS}{reverse('checkout_return', args=[checkout.public_id])}"
    provider_id, address = shop.start_checkout(checkout, success_url=back, cancel_url=f"{back}?abandoned=1")
    ours = Checkout.objects.filter(pk=checkout.pk)
    if not ours.open().update(provider_id=provider_id):  # replaced before its page was known, so nobody expired that
        ours.update(provider_id=provider_id)
        shop.expire_checkout(provider_id)
        raise CheckoutRefused(_("You went on in another window. Go on there, or choose again here."))
    return address
