"""A member's own subscription."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from masthead.billing import subscriptions
from masthead.billing.models import Payment, Subscription
from masthead.billing.providers.base import ProviderError
from masthead.billing.sync import Busy, NotOurs
from masthead.members.models import Member
from masthead.members.views.common import MemberRequest, for_members


@for_members
@require_safe
def subscription(request: MemberRequest) -> HttpResponse:
    """Show what runs, until when, and what was paid."""
    return _page(request, request.user)


def _page(request: HttpRequest, member: Member, *, error: str = "", status: int = 200) -> HttpResponse:
    payments = Payment.objects.filter(subscription__member=member).select_related("subscription__price__tier")
    page = {
        "subscriptions": subscriptions.current_of(member),
        "payments": payments.order_by("-paid_at")[:24],
        "error": error,
    }
    return render(request, "billing/subscription.html", page, status=status)


@for_members
@require_POST
def cancel(request: MemberRequest, public_id: str) -> HttpResponse:
    """Cancel the member's own subscription at the period's end."""
    return _change(request, public_id, "cancel")


@for_members
@require_POST
def resume(request: MemberRequest, public_id: str) -> HttpResponse:
    """Take the cancellation back."""
    return _change(request, public_id, "resume")


def _change(request: MemberRequest, public_id: str, act: str) -> HttpResponse:
    mine = get_object_or_404(Subscription.objects.running(), public_id=public_id, member=request.user)
    try:
        getattr(subscriptions, act)(mine, at=timezone.now())
    except subscriptions.OutOfReach:
        problem = _("This subscription cannot be changed here. Write to us and we will change it.")
        return _page(request, request.user, error=problem, status=409)
    except ProviderError:
        problem = _("The payment provider does not answer right now. Nothing was changed; try again shortly.")
        return _page(request, request.user, error=problem, status=503)
    except Busy:
        problem = _("Your change was taken, and shows here in a moment. There is no need to press again.")
        return _page(request, request.user, error=problem, status=202)
    except NotOurs:
        problem = _("Your subscription does not match what you chose. Write to us and we will put it right.")
        return _page(request, request.user, error=problem, status=409)
    return redirect("subscription")
