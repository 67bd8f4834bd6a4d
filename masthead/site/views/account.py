"""The account page."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from masthead.access.models import Entitlement
from masthead.billing.subscriptions import current_of
from masthead.members.views.common import MemberRequest, for_members


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: MemberRequest) -> HttpResponse:
    """Show what the member holds; a POST keeps the name."""
    member = request.user
    if request.method == "POST":
        member.name = " ".join(request.POST.get("name", "").split())[:120]
        member.save(update_fields=["name"])
        return redirect("account")
    subscriptions = current_of(member)
    current = Entitlement.objects.current(timezone.now()).filter(member=member).select_related("tier")
    held = current.exclude(source__in=[subscription.source for subscription in subscriptions])
    return render(request, "site/account.html", {"held": held, "subscriptions": subscriptions})
