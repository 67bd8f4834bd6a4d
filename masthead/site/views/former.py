"""Addresses of the site itself that Ghost had and that staff and readers keep as bookmarks."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from masthead.site.moving import moved


@require_safe
def front_page(request: HttpRequest, number: int) -> HttpResponse:
    """Lead from a further page of the front page to the archive: ours has one page."""
    return moved(request, reverse("archive") if number > 1 else reverse("front"))


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Lead from the second name of the feed to the first."""
    return moved(request, reverse("feed_rss"))


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Lead from Ghost's admin to the desk; the browser keeps what stands behind the #."""
    return moved(request, reverse("desk"), for_good=False)
