"""The demo provider's payment page."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from masthead.billing.models import DemoCheckout
from masthead.billing.providers.demo.paying import pay
from masthead.core.money import Money


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demo_pay(request: HttpRequest, checkout_id: str) -> HttpResponse:
    """Let the visitor pay without money, be declined, or go back."""
    if settings.BILLING_PROVIDER != "demo" or settings.IS_LIVE:
        raise Http404
    page = get_object_or_404(DemoCheckout, pk=checkout_id)
    shown = {"page": page, "money": Money(page.units, page.currency)}
    if request.method == "POST" and request.POST.get("card") == "declined":
        problem = _("The card was declined. Nothing was charged. Try another card, or go back.")
        return render(request, "billing/demo/pay.html", shown | {"error": problem}, status=402)
    if request.method == "POST" or page.subscription_id:
        pay(page, at=timezone.now())
        return HttpResponseRedirect(page.success_url)
    return render(request, "billing/demo/pay.html", shown)
