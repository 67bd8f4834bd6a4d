"""What is shown when something is not there, not allowed, or broken."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from masthead.site.keeping import missing
from masthead.site.moving import lead_on


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Lead on from an address at which nothing stands any more, or else answer 404 in the publication's look."""
    return lead_on(request) or missing(request, lambda: render(request, "404.html", status=404))


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return render(request, "403.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500 without asking the database for anything."""
    return HttpResponse(loader.get_template("500.html").render(), status=500)
