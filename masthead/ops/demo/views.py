"""Pages that only the demo (and, for the outbox, development) has."""

import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from masthead.content.models import Post
from masthead.core.returning import safe_path
from masthead.members.models import Member
from masthead.members.signing_in import sign_in, sign_out
from masthead.ops.demo.keys import persona_key
from masthead.ops.demo.personas import PERSONAS
from masthead.ops.demo.stealing import may_have_it, try_to_steal
from masthead.ops.models import OutboxMail

View = Callable[..., HttpResponse]


def only_in(*modes: str) -> Callable[[View], View]:
    """Answer 404 in every other mode."""

    def wrap(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if settings.MODE not in modes:
                raise Http404
            return never_cache(view)(request, *args, **kwargs)

        return answer

    return wrap


@csrf_exempt
@only_in("demo")
@require_http_methods(["GET", "POST"])
def read_as(request: HttpRequest, name: str) -> HttpResponse:
    """Sign one of the demo's people in (or out, for anyone): by the strip's POST, or by a link with its key."""
    is_right = hmac.compare_digest(request.GET.get("key", "").encode(), persona_key(settings.SECRET_KEY, name).encode())
    # The strip stands in pages that are kept, so its forms have no token: the browser says where they were sent from.
    is_ours = request.method == "POST" and request.headers.get("Origin") == settings.ADDRESS
    if not (is_ours or is_right):
        raise Http404
    sign_out(request)
    persona = next((persona for persona in PERSONAS if persona.key == name), None)
    if persona is not None:
        sign_in(request, get_object_or_404(Member, email=persona.email), at=timezone.now())
    elif name != "anyone":
        raise Http404
    given = request.POST if request.method == "POST" else request.GET
    return HttpResponseRedirect(safe_path(given.get("next"), "/"))


@only_in("demo", "dev")
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Show the mail that would have gone out, the newest first."""
    return render(request, "ops/outbox.html", {"mails": OutboxMail.objects.order_by("-pk")[:50]})


@only_in("demo")
@require_safe
def steal(request: HttpRequest, public_id: str) -> HttpResponse:
    """Offer to steal a post."""
    post = get_object_or_404(Post.objects.live(timezone.now()), public_id=public_id)
    return render(request, "ops/steal.html", {"post": post, "persona": _persona(request)})


@only_in("demo")
@require_POST
def try_it(request: HttpRequest, public_id: str) -> HttpResponse:
    """Fetch the post through every door as whoever is signed in, and show what came."""
    post = get_object_or_404(Post.objects.live(timezone.now()), public_id=public_id)
    key = request.session.session_key if request.user.is_authenticated else None
    answers = try_to_steal(post, session_key=key)
    page = {
        "post": post,
        "persona": _persona(request),
        "answers": answers,
        "stolen": sum(answer.stolen for answer in answers),
        "may": may_have_it(post, request.reader),  # type: ignore[attr-defined]
    }
    return render(request, "ops/steal.html", page)


def _persona(request: HttpRequest) -> str:
    return str(request.user) if request.user.is_authenticated else "anyone"
