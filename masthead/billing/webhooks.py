"""The provider's webhook: verified over the raw bytes, kept, answered."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from masthead.billing.providers import provider
from masthead.billing.providers.base import BadSignature
from masthead.billing.receiving import receive

LARGEST = 256 * 1024  # bytes


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, name: str) -> HttpResponse:
    """Keep a signed event and answer 200; 400 and nothing kept for one that the provider did not sign.

    A failure before it is kept is a 500, so that the provider sends it again.
    """
    shop = provider()
    if shop is None or shop.name != name:
        raise Http404
    if len(request.body) > LARGEST:
        return HttpResponse(status=413)
    at = timezone.now()
    try:
        hint = shop.verify(request.body, dict(request.headers), at=at)
    except BadSignature:
        return HttpResponse("The signature does not fit.", status=400, content_type="text/plain")
    receive(shop.name, hint, at=at)
    return HttpResponse(status=200)
