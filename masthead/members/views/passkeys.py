"""Passkeys: adding, removing, signing in."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from masthead.core.returning import safe_path
from masthead.members import passkeys as keys
from masthead.members.models import Passkey
from masthead.members.second_factor import confirm, may_change_passkeys
from masthead.members.signing_in import sign_in
from masthead.members.views.common import MemberRequest, for_members, personal

STATE = "passkey_state"  # in the session: the question that the browser must answer
LARGEST = 20_000  # bytes of an answer
ASKING = 5 * 60  # seconds that the session of somebody who is not signed in is kept
SHOW_FIRST = _("Show a passkey that you have already, then change them.")


@for_members
@require_safe
def passkeys(request: MemberRequest) -> HttpResponse:
    """List the member's passkeys; `next` is where somebody goes who was sent here to add one."""
    page = {"passkeys": request.user.passkeys.order_by("pk"), "next": safe_path(request.GET.get("next"), "")}
    return render(request, "members/passkeys.html", page)


@for_members
@require_POST
def begin_adding(request: MemberRequest) -> HttpResponse:
    """Give the browser what it needs to make a passkey."""
    if not may_change_passkeys(request, request.user, at=timezone.now()):
        return JsonResponse({"error": str(SHOW_FIRST)}, status=403)
    options, request.session[STATE] = keys.begin_adding(request.user)
    return JsonResponse(options)


@for_members
@require_POST
def finish_adding(request: MemberRequest) -> HttpResponse:
    """Keep the passkey that the browser made."""
    answer, at = read_answer(request), timezone.now()
    if not may_change_passkeys(request, request.user, at=at):
        return JsonResponse({"error": str(SHOW_FIRST)}, status=403)
    try:
        keys.finish_adding(
            request.user,
            request.session.pop(STATE, None),
            answer.get("credential") or {},
            name=str(answer.get("name", "")),
            at=at,
        )
    except keys.PasskeyError as error:
        return JsonResponse({"error": str(error)}, status=422)
    confirm(request, at=at)
    return JsonResponse({"next": safe_path(answer.get("next"), reverse("passkeys"))})


@for_members
@require_POST
def remove(request: MemberRequest, public_id: str) -> HttpResponse:
    """Remove one of the member's own passkeys."""
    if not may_change_passkeys(request, request.user, at=timezone.now()):
        return redirect(f"{reverse('second_factor')}?{urlencode({'next': reverse('passkeys')})}")
    get_object_or_404(Passkey, public_id=public_id, member=request.user).delete()
    return redirect("passkeys")


@personal
@require_POST
def begin_signing_in(request: HttpRequest) -> HttpResponse:
    """Ask the browser for a passkey; it says nothing of who has one."""
    if not request.user.is_authenticated:
        request.session.set_expiry(ASKING)
    options, request.session[STATE] = keys.begin_signing_in()
    return JsonResponse(options)


@personal
@require_POST
def finish_signing_in(request: HttpRequest) -> HttpResponse:
    """Sign in the member whose passkey answered."""
    answer = read_answer(request)
    at = timezone.now()
    try:
        member = keys.finish_signing_in(request.session.pop(STATE, None), answer.get("credential") or {}, at=at)
    except keys.PasskeyError as error:
        return JsonResponse({"error": str(error)}, status=422)
    sign_in(request, member, at=at)
    confirm(request, at=at)
    return JsonResponse({"next": safe_path(answer.get("next"), "/account/")})


def read_answer(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object that a script sent; an empty one for anything else."""
    try:
        answer = json.loads(request.body[:LARGEST])
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}
