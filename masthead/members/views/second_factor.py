"""The page that asks staff for their passkey."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from masthead.core.returning import safe_path
from masthead.members import passkeys as keys
from masthead.members import second_factor
from masthead.members.views.common import MemberRequest, for_members
from masthead.members.views.passkeys import STATE, read_answer

DESK = "/desk/"


def ask(request: HttpRequest) -> HttpResponseRedirect:
    """Send a session to this page, and back to where it is after that."""
    return HttpResponseRedirect(f"{reverse('second_factor')}?{urlencode({'next': request.path})}")


@for_members
@require_safe
def page(request: MemberRequest) -> HttpResponse:
    """Ask for a passkey, or for adding the first one."""
    next_path = safe_path(request.GET.get("next"), DESK)
    return render(
        request, "members/second_factor.html", {"next": next_path, "has_passkey": request.user.passkeys.exists()}
    )


@for_members
@require_POST
def begin(request: MemberRequest) -> HttpResponse:
    """Ask the browser for one of this member's own passkeys."""
    options, request.session[STATE] = keys.begin_signing_in()
    return JsonResponse(options)


@for_members
@require_POST
def finish(request: MemberRequest) -> HttpResponse:
    """Take the browser's answer; a passkey of somebody else is refused."""
    answer, at = read_answer(request), timezone.now()
    try:
        member = keys.finish_signing_in(request.session.pop(STATE, None), answer.get("credential") or {}, at=at)
        if member != request.user:
            raise keys.PasskeyError("This passkey belongs to another account.")
    except keys.PasskeyError as error:
        return JsonResponse({"error": str(error)}, status=422)
    second_factor.confirm(request, at=at)
    return JsonResponse({"next": safe_path(answer.get("next"), DESK)})
