"""robots.txt and security.txt (RFC 9309, RFC 9116)."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from masthead.site.keeping import same_for_all, shows

CLOSED = ("/desk/", "/account/", "/sign-in/", "/sign-up/", "/subscribe/", "/pay/", "/search/")
VALID = timedelta(days=180)


@same_for_all
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say what robots leave alone and where the sitemaps are; in a rehearsal they leave everything alone."""
    if request.publication.is_rehearsal:  # type: ignore[attr-defined]
        return _answer(["User-agent: *", "Disallow: /", ""])
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), ""]
    lines += [f"Sitemap: {settings.ADDRESS}/sitemap.xml", f"Sitemap: {settings.ADDRESS}/sitemap-news.xml", ""]
    return _answer(lines)


@same_for_all
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Say whom to tell of a hole; 404 until the publication has a contact."""
    publication = request.publication  # type: ignore[attr-defined]
    if not publication.contact:
        raise Http404
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    shows(request, until=today + timedelta(days=1))
    expires = today + VALID
    lines = [
        f"Contact: mailto:{publication.contact}",
        f"Expires: {expires.isoformat()}",
        f"Preferred-Languages: {publication.language}",
        f"Canonical: {settings.ADDRESS}/.well-known/security.txt",
        "",
    ]
    return _answer(lines)


def _answer(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
