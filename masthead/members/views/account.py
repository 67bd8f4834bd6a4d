"""Devices, mail address, own data and the end of the account."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from masthead.members import codes, limits
from masthead.members.addresses import checked_address
from masthead.members.deleting import DeletionRefused, delete_member
from masthead.members.models import Device, SignInRequest
from masthead.members.moving import move
from masthead.members.own_data import own_data
from masthead.members.second_factor import may_change_passkeys
from masthead.members.sessions import hash_of_key
from masthead.members.signing_in import end_session_on, end_sessions
from masthead.members.signing_in import sign_out as end_session
from masthead.members.views.common import MemberRequest, for_members, forgetting
from masthead.members.views.second_factor import ask

MOVING = "move_request"  # in the session: the request for a new address
DELETE_WORD = "DELETE"


@for_members
@require_safe
def devices(request: MemberRequest) -> HttpResponse:
    """List where the member is signed in."""
    rows = request.user.devices.order_by("-last_seen_at")
    return render(request, "members/devices.html", {"devices": rows, "this": hash_of_key(request.session.session_key)})


@for_members
@require_POST
def sign_out_device(request: MemberRequest, public_id: str) -> HttpResponse:
    """Sign one of the member's own devices out."""
    device = get_object_or_404(Device, public_id=public_id, member=request.user)
    if device.session_key == hash_of_key(request.session.session_key):
        end_session(request)
        return forgetting(redirect("/"))
    end_session_on(device, at=timezone.now())
    return redirect("devices")


@for_members
@require_POST
def sign_out_others(request: MemberRequest) -> HttpResponse:
    """Sign every other device out."""
    end_sessions(request.user, except_key=request.session.session_key, at=timezone.now())
    return redirect("devices")


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def change_mail(request: MemberRequest) -> HttpResponse:
    """Ask for the new address and send it a code; an address in use gets the same answer (CHECKS.md 44)."""
    if not may_change_passkeys(request, request.user, at=timezone.now()):
        return ask(request)
    if request.method != "POST":
        return render(request, "members/change_mail.html")
    page = {"email": request.POST.get("email", "")[:254]}
    ip, at = request.META.get("REMOTE_ADDR") or None, timezone.now()
    try:
        email = checked_address(str(page["email"]))
        asked = codes.ask_for_code(email, ip=ip, changes=request.user, at=at)
    except ValidationError as error:
        return render(request, "members/change_mail.html", page | {"error": error.messages[0]}, status=422)
    except limits.TooMany:
        page["error"] = _("Too many codes were asked for from your network. Try again in an hour.")
        return render(request, "members/change_mail.html", page, status=429)
    request.session[MOVING] = asked.public_id
    return redirect("change_mail_code")


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def change_mail_code(request: MemberRequest) -> HttpResponse:
    """Take the code that proves the new address."""
    asked = SignInRequest.objects.filter(public_id=request.session.get(MOVING, ""), changes=request.user).first()
    if asked is None:
        return redirect("change_mail")
    page = {"email": asked.email, "code": request.GET.get("code", "")[:20], "is_change": True}
    if request.method != "POST":
        return render(request, "members/code.html", page)
    at = timezone.now()
    is_right = codes.spend(asked, request.POST.get("code", "")[:20], at=at)
    if not (is_right and move(asked, keep_session=request.session.session_key, at=at)):
        page["error"] = _("This code is wrong, older than ten minutes, or used. Ask for a new one.")
        return render(request, "members/code.html", page, status=422)
    request.session.pop(MOVING, None)
    return redirect("account")


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def download_own_data(request: MemberRequest) -> HttpResponse:
    """Show what can be downloaded; a POST downloads it."""
    if request.method != "POST":
        return render(request, "members/own_data.html")
    response = JsonResponse(own_data(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def delete_account(request: MemberRequest) -> HttpResponse:
    """Delete the account after the word was typed."""
    page: dict[str, object] = {"word": DELETE_WORD}
    if request.method != "POST":
        return render(request, "members/delete.html", page)
    if request.POST.get("word", "").strip().upper() != DELETE_WORD:
        page["error"] = _("Type the word %(word)s into the field to delete your account.") % {"word": DELETE_WORD}
        return render(request, "members/delete.html", page, status=422)
    try:
        delete_member(request.user, at=timezone.now())
    except DeletionRefused as refusal:
        return render(request, "members/delete.html", page | {"error": str(refusal)}, status=409)
    end_session(request)
    return _goodbye(request)


def _goodbye(request: HttpRequest) -> HttpResponse:
    response = render(request, "members/deleted.html")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
