"""Signing in: an address, a code from the mail, and out again."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_POST

from masthead.core.returning import safe_path
from masthead.members import codes, limits
from masthead.members.addresses import checked_address
from masthead.members.models import Member, SignInRequest
from masthead.members.signing_in import sign_in as begin_session
from masthead.members.signing_in import sign_out as end_session
from masthead.members.views.common import forgetting, personal

ASKED = "sign_in_request"  # in the session: the public id of the request that this browser made
ASKING = 20 * 60  # seconds that the session of somebody who is not signed in is kept
WELCOME = "/account/"


@personal
@ensure_csrf_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, *, is_new: bool = False) -> HttpResponse:
    """Ask for a mail address; the answer to a known and an unknown one is the same."""
    next_path = safe_path(request.POST.get("next") or request.GET.get("next"), WELCOME)
    if isinstance(request.user, Member):
        return HttpResponseRedirect(next_path)
    page = {"next": next_path, "is_new": is_new, "email": ""}
    if request.method != "POST":
        return render(request, "members/sign_in.html", page)
    try:
        email = checked_address(request.POST.get("email", ""))
    except ValidationError as error:
        page |= {"email": request.POST.get("email", "")[:254], "error": error.messages[0]}
        return render(request, "members/sign_in.html", page, status=422)
    return _ask(request, email, page)


def _ask(request: HttpRequest, email: str, page: dict[str, object]) -> HttpResponse:
    ip, at = request.META.get("REMOTE_ADDR") or None, timezone.now()
    try:
        asked = codes.ask_for_code(email, ip=ip, next_path=str(page["next"]), at=at)
    except limits.TooMany:
        page |= {"email": email, "error": _("Too many codes were asked for from your network. Try again in an hour.")}
        return render(request, "members/sign_in.html", page, status=429)
    request.session[ASKED] = asked.public_id
    request.session.set_expiry(ASKING)
    return redirect("sign_in_code")


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Take the code. A link fills it in; only the button, a POST from the browser that asked, spends it."""
    asked = SignInRequest.objects.filter(public_id=request.session.get(ASKED, ""), changes=None).first()
    linked = request.GET.get("request")
    if asked is None or (linked and linked != asked.public_id):
        return render(request, "members/other_browser.html", status=200 if linked else 404)
    page: dict[str, object] = {"email": asked.email, "code": request.GET.get("code", "")[:20], "next": asked.next_path}
    if request.method != "POST":
        return render(request, "members/code.html", page)
    return _enter(request, asked, page)


def _enter(request: HttpRequest, asked: SignInRequest, page: dict[str, object]) -> HttpResponse:
    at = timezone.now()
    is_right = codes.spend(asked, request.POST.get("code", "")[:20], at=at)
    member = codes.member_for(asked.email, at=at) if is_right else None
    if member is None:
        page["error"] = _(
            "This code does not open the account: it is wrong, older than ten minutes, or used. Ask for a new one."
        )
        return render(request, "members/code.html", page, status=422)
    request.session.pop(ASKED, None)
    begin_session(request, member, at=at)
    return HttpResponseRedirect(safe_path(asked.next_path, WELCOME))


@personal
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session, and let the browser forget pages it kept."""
    end_session(request)
    return forgetting(redirect("/"))
