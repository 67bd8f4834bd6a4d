"""Files that posts offer: recordings, films, documents."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from masthead.content.attachment_access import is_open, may_fetch
from masthead.content.attachment_types import is_shown
from masthead.content.models import Attachment
from masthead.site.ranges import answer_file

# A file never acts as a page of this site, whatever is in it.
POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"


@require_safe
def file(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """Answer a file, or a range of it, to whoever gets to see a post that shows it; it is asked anew at each request.

    To everybody else it is as if it were not there.
    """
    at = timezone.now()
    row = Attachment.objects.filter(token=token, name=name).first()
    is_for_all = row is not None and is_open(row, at=at)
    if row is None or not (is_for_all or may_fetch(row, request.reader, at=at)):  # type: ignore[attr-defined]
        return _missing(request)
    try:
        opened = row.file.open("rb")
    except FileNotFoundError:
        return _missing(request)
    kind = f"{row.type}; charset=utf-8" if row.type.startswith("text/") else row.type
    answer = answer_file(request, opened, row.size, etag=f'"{row.sha256[:32]}"', changed_at=row.uploaded_at, kind=kind)
    disposition = content_disposition_header(not is_shown(row.type), row.name)
    told = {
        "Cache-Control": "public, max-age=300" if is_for_all else "private, no-store",
        "Content-Disposition": disposition or "inline",
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
    }
    for header, value in told.items():
        answer.headers[header] = value
    return answer


def _missing(request: HttpRequest) -> HttpResponse:
    answer = render(request, "site/no_file.html", status=404)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
