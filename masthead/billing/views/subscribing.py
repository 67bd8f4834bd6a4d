"""Choosing a price, going to pay, coming back."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from masthead.access.models import Tier
from masthead.billing.checkout import CheckoutRefused, start
from masthead.billing.models import Checkout, Price
from masthead.billing.providers import provider
from masthead.billing.providers.base import ProviderError
from masthead.billing.settling import Outcome, outcome
from masthead.billing.subscriptions import current_of
from masthead.billing.sync import Busy, NotOurs
from masthead.core.returning import safe_path
from masthead.members.models import Member


@dataclass(frozen=True)
class Offer:
    """One column of the page: a tier, its prices, and whether the visitor holds it."""

    tier: Tier
    prices: list[Price]
    is_held: bool


def offers(held: frozenset[int]) -> list[Offer]:
    """Return what is sold now, tier by tier; nothing where no provider is configured."""
    if provider() is None:
        return []
    prices = list(Price.objects.offered().filter(tier__is_listed=True).select_related("tier"))
    tiers = {price.tier_id: price.tier for price in prices}
    columns = sorted(tiers.values(), key=lambda tier: (tier.position, tier.pk))
    return [Offer(tier, [p for p in prices if p.tier_id == tier.pk], tier.pk in held) for tier in columns]


@never_cache
@require_safe
def subscribe(request: HttpRequest) -> HttpResponse:
    """Show the tiers side by side."""
    runs = current_of(request.user) if isinstance(request.user, Member) else []
    page = {
        "offers": offers(request.reader.tiers),  # type: ignore[attr-defined]
        "next": safe_path(request.GET.get("next")),
        "must_cancel_first": any(not subscription.cancels_at_period_end for subscription in runs),
    }
    return render(request, "billing/subscribe.html", page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Go to the payment page: by a POST only. A GET, as after signing in, shows what would be bought."""
    given = request.POST if request.method == "POST" else request.GET
    next_path = safe_path(given.get("next"))
    price = Price.objects.offered().select_related("tier").filter(public_id=given.get("price", "")[:24]).first()
    if price is None:
        messages.error(request, _("This offer has ended. Choose another below."))
        return redirect(f"{reverse('subscribe')}?{urlencode({'next': next_path})}")
    if not isinstance(request.user, Member):
        here = f"{reverse('subscribe_begin')}?{urlencode({'price': price.public_id, 'next': next_path})}"
        return redirect(f"{reverse('sign_up')}?{urlencode({'next': here})}")
    page: dict[str, object] = {"price": price, "next": next_path}
    if request.method != "POST":
        return render(request, "billing/confirm.html", page)
    try:
        address = start(request.user, price, return_to=next_path, at=timezone.now())
    except CheckoutRefused as refusal:
        return render(request, "billing/confirm.html", page | {"error": str(refusal)}, status=409)
    return HttpResponseRedirect(address)


@never_cache
@require_safe
def come_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Look at the provider whether the payment came, and lead the payer back to where they were reading."""
    if not isinstance(request.user, Member):
        return redirect(f"{reverse('sign_in')}?{urlencode({'next': request.path})}")
    checkout = get_object_or_404(Checkout, public_id=public_id, member=request.user)
    page = {"checkout": checkout, "is_abandoned": "abandoned" in request.GET}
    try:
        came = outcome(checkout, at=timezone.now())
    except (ProviderError, Busy):
        return render(request, "billing/waiting.html", page | {"is_waiting": True})
    except NotOurs:
        return render(request, "billing/waiting.html", page | {"is_wrong": True}, status=409)
    if came != Outcome.OPENED:
        return render(request, "billing/waiting.html", page | {f"is_{came}": True})
    messages.success(request, _("Thank you. You can read on."))
    return HttpResponseRedirect(safe_path(checkout.return_to))
