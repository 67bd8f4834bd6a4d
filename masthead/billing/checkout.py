"""Going to the provider to pay, and coming back."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from masthead.billing.models import Checkout, Price, Subscription
from masthead.billing.providers import provider
from masthead.billing.providers.base import ProviderError
from masthead.billing.sync import sync_subscription
from masthead.core.returning import safe_path
from masthead.members.models import Member

SAME_TRY = timedelta(minutes=30)  # a second press within it goes to the same payment page


class CheckoutRefused(Exception):
    """This price cannot be bought by this member now; the message says why and what to do."""


def start(member: Member, price: Price, *, return_to: str, at: datetime) -> str:
    """Begin a checkout and return the address of the payment page.

    Raises CheckoutRefused for an archived price, for a member who pays for this tier already, and when the
    provider does not answer. Pressing twice, or in two tabs, leads to the same payment page.
    """
    shop = provider()
    if shop is None or not Price.objects.offered().filter(pk=price.pk).exists():
        raise CheckoutRefused(_("This offer has ended. Choose another below."))
    if Subscription.objects.running().filter(member=member, price__tier=price.tier).exists():
        raise CheckoutRefused(_("You subscribe to this already. Your account shows until when."))
    checkout = _checkout(member, price, shop.name, safe_path(return_to), at)
    back = f"{settings.ADDRESS}{reverse('checkout_return', args=[checkout.public_id])}"
    try:
        provider_id, address = shop.start_checkout(checkout, success_url=back, cancel_url=f"{back}?abandoned=1")
    except ProviderError as error:
        raise CheckoutRefused(
            _("The payment page does not answer right now. Nothing was charged; try again shortly.")
        ) from error
    checkout.provider_id = provider_id
    checkout.save(update_fields=["provider_id"])
    return address


def _checkout(member: Member, price: Price, name: str, return_to: str, at: datetime) -> Checkout:
    recent = Checkout.objects.filter(member=member, price=price, provider=name, begun_at__gt=at - SAME_TRY)
    checkout = recent.order_by("-pk").first()
    if checkout is None or (checkout.provider_id and _is_paid(checkout)):
        return Checkout.objects.create(member=member, price=price, provider=name, return_to=return_to, begun_at=at)
    checkout.return_to = return_to
    checkout.save(update_fields=["return_to"])
    return checkout


def _is_paid(checkout: Checkout) -> bool:
    shop = provider()
    return bool(shop and shop.subscription_of(checkout.provider_id))


def settle(checkout: Checkout, *, at: datetime) -> Subscription | None:
    """Look at the provider whether this checkout was paid, and write what follows; None while it was not.

    The page that a payer comes back to does this itself, so that reading on does not wait for a webhook.
    """
    shop = provider()
    subscription_id = shop.subscription_of(checkout.provider_id) if shop and checkout.provider_id else None
    return sync_subscription(subscription_id, at=at) if subscription_id else None
