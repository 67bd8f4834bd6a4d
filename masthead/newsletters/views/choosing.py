"""The form on the account page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from masthead.members.views.common import MemberRequest, for_members
from masthead.newsletters.choosing import choose, offered_to
from masthead.newsletters.models.choice import By


@for_members
@require_POST
def newsletters(request: MemberRequest) -> HttpResponse:
    """Keep which of the newsletters on the page are ticked; one that the member may not take is not on it."""
    at, ticked = timezone.now(), set(request.POST.getlist("takes"))
    for offered in offered_to(request.user, at=at):
        takes = offered.newsletter.public_id in ticked
        choose(request.user, offered.newsletter, takes=takes, by=By.MEMBER, at=at)
    messages.success(request, _("Your newsletters are as you chose."))
    return redirect("account")
