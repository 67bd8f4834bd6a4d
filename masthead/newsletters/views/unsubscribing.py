"""Leaving newsletters from a link in mail that a former system sent, without signing in."""

import re
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from masthead.members.models import Member
from masthead.members.views.common import personal
from masthead.newsletters.choosing import choose, leave_all
from masthead.newsletters.models import Newsletter
from masthead.newsletters.models.choice import By
from masthead.newsletters.old_links import member_of, newsletter_of

ALL = "all"
PUBLIC_ID = re.compile(r"[0-9A-Za-z_-]{1,24}")


@csrf_exempt  # the key in the address is the proof; mail programs post without a cookie (RFC 8058)
@personal
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest) -> HttpResponse:
    """Show what the holder of the link takes; a POST leaves one newsletter or all, a GET changes nothing.

    Nothing on the page tells who they are. A link that is not known, or has another key, gets one and the same page.
    """
    member = member_of(request.GET.get("uuid", ""), request.GET.get("key", "")[:200])
    if member is None:
        return render(request, "newsletters/sign_in_first.html", status=403 if request.method == "POST" else 200)
    page: dict[str, object] = {"named": newsletter_of(request.GET.get("newsletter", ""))}
    if request.method == "POST":
        page |= _leave(request, member, timezone.now())
    taken = Newsletter.objects.offered().filter(choices__member=member, choices__takes=True)
    return render(request, "newsletters/unsubscribe.html", page | {"taken": taken})


def _leave(request: HttpRequest, member: Member, at: datetime) -> dict[str, object]:
    """Leave what the button names; a mail program's one click is for the newsletter of the mail, or for all."""
    is_one_click, pressed = "List-Unsubscribe" in request.POST, request.POST.get("newsletter", "")
    named = newsletter_of(request.GET.get("newsletter", "")) if is_one_click else _pressed(pressed)
    if named is not None:
        choose(member, named, takes=False, by=By.MEMBER, at=at)
    elif is_one_click or pressed == ALL:
        leave_all(member, by=By.MEMBER, at=at)
    else:
        return {}  # a button of a page that is older than the newsletters there are
    return {"is_done": True, "left": named}


def _pressed(public_id: str) -> Newsletter | None:
    return Newsletter.objects.filter(public_id=public_id).first() if PUBLIC_ID.fullmatch(public_id) else None
