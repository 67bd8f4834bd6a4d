"""The few words of a page that are about the member: asked for apart, so that the page itself can be everybody's."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from masthead.members.models import Member

OWN = (None, "same-origin")  # Sec-Fetch-Site of a page of ours; old browsers send none


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Tell a page of ours what stands in its header for this member; nobody may keep it, and no other site may ask (check 144)."""
    if request.headers.get("Sec-Fetch-Site") not in OWN:
        response: HttpResponse = HttpResponse(status=403)
    else:
        response = JsonResponse(_told(request))
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _told(request: HttpRequest) -> dict[str, object]:
    member, reader = request.user, request.reader  # type: ignore[attr-defined]
    if not isinstance(member, Member):
        return {"member": False}
    told = {
        "member": True,
        "initial": (member.name.strip() or member.email)[:1].upper(),
        "subscribes": bool(reader.tiers) or member.is_staff,
    }
    return told | ({"persona": member.email.partition("@")[0]} if settings.MODE == "demo" else {})
