"""The account page."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from masthead.access.models import Entitlement
from masthead.billing.subscriptions import current_of
from masthead.members.views.common import MemberRequest, for_members
from masthead.newsletters.choosing import offered_to
from masthead.newsletters.suppressing import is_suppressed


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
    newsletters = offered_to(member, at=timezone.now())
    held = current.exclude(source__in=[subscription.source for subscription in subscriptions])
    page = {"held": held, "subscriptions": subscriptions, "newsletters": newsletters}
    return render(request, "site/account.html", page | {"is_suppressed": is_suppressed(member.email)})
