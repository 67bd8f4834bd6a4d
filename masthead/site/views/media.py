"""Pictures, and the style of the publication's colour."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from masthead.content.models import Media
from masthead.content.pictures import TYPES, rendition
from masthead.site.look import accent_css


@require_safe
def picture(request: HttpRequest, token: str, width: str, format: str) -> HttpResponse:
    """Answer one rendition of a picture; whoever knows its address can see it, and it never changes."""
    made = rendition(get_object_or_404(Media, token=token), int(width), format)
    if made is None:
        raise Http404
    response = HttpResponse(made, content_type=TYPES[format])
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_safe
def accent(request: HttpRequest, colour: str) -> HttpResponse:
    """Answer the style that makes this the accent colour, where it can be read; it never changes."""
    response = HttpResponse(accent_css(colour), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
