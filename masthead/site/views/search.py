"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from masthead.search.queries import search as search_for
from masthead.site.custom_code import show
from masthead.site.keeping import page_for_reader

LONGEST = 200  # characters


@page_for_reader
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what this Reader may find."""
    text = request.GET.get("q", "")[:LONGEST].replace("\0", "").strip()
    number = request.GET.get("page", "1")
    page_number = int(number) if number.isdecimal() and len(number) < 5 else 1
    reader = request.reader  # type: ignore[attr-defined]
    results = search_for(text, reader, at=timezone.now(), page=page_number) if text else None
    return show(request, "site/search.html", {"text": text, "results": results})
