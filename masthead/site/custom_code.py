"""Code of the owner's in public pages: who gets it, and the policy that lets it run.

It is off until the owner says otherwise. Staff never get it: a script in a page acts with the session of whoever looks
at it, and theirs opens the desk (CHECKS.md 91).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe

from masthead.content.reading import Reading

_ANY: Final = ["'self'", "https:", "'unsafe-inline'"]
POLICY: Final = {
    "script-src": _ANY,
    "style-src": _ANY,
    "img-src": ["'self'", "https:", "data:"],
    "font-src": ["'self'", "https:", "data:"],
    "media-src": ["'self'", "https:"],
    "connect-src": ["'self'", "https:"],
    "frame-src": ["'self'", "https:"],
    "form-action": ["'self'", "https:"],
}


@dataclass(frozen=True)
class Code:
    """What stands at the end of a page's head and at its end."""

    head: SafeString
    foot: SafeString


def show(request: HttpRequest, template: str, context: Mapping[str, object]) -> HttpResponse:
    """Render a public page, with the code that stands in it for this Reader. Every other page is rendered without."""
    reading = context.get("reading")
    code = code_for(request, reading if isinstance(reading, Reading) else None)
    request.code = code  # type: ignore[attr-defined]
    return render(request, template, {**context, "code": code})


def code_for(request: HttpRequest, reading: Reading | None) -> Code | None:
    """Return the code of the publication and of the shown post as this Reader gets it; None if there is none to run."""
    publication = request.publication  # type: ignore[attr-defined]
    if not publication.runs_custom_code or request.reader.is_staff:  # type: ignore[attr-defined]
        return None
    kept = [publication.extras, reading.extras if reading else {}]
    head, foot = ("\n".join(filter(None, (e.get(name) for e in kept))) for name in ("head_code", "foot_code"))
    # The owner has chosen to run what staff wrote: it goes out as it is.
    return Code(mark_safe(head), mark_safe(foot)) if head or foot else None  # noqa: S308


def loosened(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let the page's code run, if it has any, and no window of the site's own be within its reach."""
    if getattr(request, "code", None):
        response._csp_replace = POLICY  # type: ignore[attr-defined]
        response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
    return response
