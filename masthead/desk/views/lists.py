"""The list of posts."""

from django.http import HttpResponse
from django.shortcuts import render

from masthead.content.listing import posts_for_desk
from masthead.content.models.post import Status
from masthead.desk.permissions import ALL_POSTS, staff
from masthead.desk.views.common import StaffRequest

A_PAGE = 50
STATES = [*Status.choices, ("scheduled", "Scheduled")]


@staff
def desk(request: StaffRequest) -> HttpResponse:
    """List the posts that this member may work on."""
    text, state = request.GET.get("q", "")[:100].replace("\0", ""), request.GET.get("state", "")
    given = request.GET.get("page", "1")
    number = max(1, int(given)) if given.isdecimal() and len(given) < 6 else 1
    only_of = None if request.user.may(ALL_POSTS) else request.user
    rows, total = posts_for_desk(text=text, state=state, only_of=only_of, limit=A_PAGE, start=(number - 1) * A_PAGE)
    page = {"rows": rows, "total": total, "text": text, "state": state, "states": STATES, "number": number}
    page["has_more"] = number * A_PAGE < total
    return render(request, "desk/list.html", page)
