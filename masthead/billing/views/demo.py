"""The demo provider's payment page."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from masthead.billing.models import DemoCheckout
from masthead.billing.providers.demo.paying import PageExpired, pay, pay_later
from masthead.core.money import Money


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demo_pay(request: HttpRequest, checkout_id: str) -> HttpResponse:
    """Let the visitor pay without money, now or later, be declined, or go back; 410 for a page that was replaced."""
    if settings.BILLING_PROVIDER != "demo" or settings.IS_LIVE:
        raise Http404
    page = get_object_or_404(DemoCheckout, pk=checkout_id)
    shown = {"page": page, "money": Money(page.units, page.currency)}
    card = request.POST.get("card")
    if request.method == "POST" and card == "declined":
        problem = _("The card was declined. Nothing was charged. Try another card, or go back.")
        return render(request, "billing/demo/pay.html", shown | {"error": problem}, status=402)
    try:
        if request.method == "POST" or page.subscription_id or page.expired_at:
            (pay_later if card == "later" else pay)(page, at=timezone.now())
            return HttpResponseRedirect(page.success_url)
    except PageExpired:
        return render(request, "billing/demo/pay.html", shown | {"is_replaced": True}, status=410)
    return render(request, "billing/demo/pay.html", shown)
