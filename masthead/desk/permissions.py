"""Who may do what at the desk: one table, read by one decorator; what is not in it is refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from masthead.members.models import Member
from masthead.members.roles import Role
from masthead.members.second_factor import FRESH, is_asked, is_confirmed
from masthead.members.views.second_factor import ask as ask_for_passkey

View = Callable[..., HttpResponse]

# (method, name of the route): the least role. Contributors and authors reach only their own posts (views/common.py),
# and a contributor's form has no button that publishes.
PERMISSIONS: dict[tuple[str, str], Role] = {
    ("GET", "desk"): Role.CONTRIBUTOR,
    ("GET", "desk_new"): Role.CONTRIBUTOR,
    ("POST", "desk_new"): Role.CONTRIBUTOR,
    ("GET", "desk_post"): Role.CONTRIBUTOR,
    ("POST", "desk_post"): Role.CONTRIBUTOR,
    ("GET", "desk_preview"): Role.CONTRIBUTOR,
    ("POST", "desk_picture"): Role.CONTRIBUTOR,
    ("GET", "desk_settings"): Role.ADMINISTRATOR,
    ("POST", "desk_settings"): Role.ADMINISTRATOR,
    ("GET", "desk_keys"): Role.ADMINISTRATOR,
    ("POST", "desk_keys"): Role.ADMINISTRATOR,
    ("GET", "desk_key"): Role.ADMINISTRATOR,
    ("POST", "desk_key"): Role.ADMINISTRATOR,
}
# Acts of the form at desk_post and desk_new: the least role.
ACTS: dict[str, Role] = {
    "save": Role.CONTRIBUTOR,
    "publish": Role.AUTHOR,
    "unpublish": Role.AUTHOR,
    "schedule": Role.AUTHOR,
    "unschedule": Role.AUTHOR,
}
# Routes that ask for a passkey shown within the last half hour (CHECKS.md 48: step-up).
STEP_UP = frozenset({"desk_settings", "desk_keys", "desk_key"})
ALL_POSTS = Role.EDITOR  # from this role on, every post; below it, one's own


def staff(view: View) -> View:
    """Let in whom the table lets in; anybody else who is signed in gets a 404, and anyone is asked to sign in."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(request.user, Member):
            return HttpResponseRedirect(f"{reverse('sign_in')}?{urlencode({'next': request.path})}")
        method = "GET" if request.method == "HEAD" else str(request.method)
        name = request.resolver_match.url_name if request.resolver_match else None
        least = PERMISSIONS.get((method, name or ""))
        if least is None and any(known == name for _, known in PERMISSIONS):
            return HttpResponse(status=405)
        if least is None or not request.user.may(least):
            raise Http404
        if must_confirm(request, request.user, str(name)):
            return ask_for_passkey(request)
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return never_cache(answer)


def must_confirm(request: HttpRequest, member: Member, route: str) -> bool:
    """Say whether this session must show a passkey before this route: once a session, and again for what is grave."""
    if not is_asked(member, request.publication):  # type: ignore[attr-defined]
        return False
    return not is_confirmed(request, at=timezone.now(), within=FRESH if route in STEP_UP else None)


def may_act(member: Member, act: str) -> bool:
    """Say whether the member's role is high enough for an act of the form; an unknown act is nobody's."""
    return act in ACTS and member.may(ACTS[act])
