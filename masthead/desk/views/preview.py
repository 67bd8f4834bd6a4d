"""A draft as each kind of reader would get it."""

from dataclasses import replace

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render

from masthead.access.models import Tier
from masthead.access.reader import ANYONE, STAFF, Reader
from masthead.content.editing import draft_of
from masthead.content.previewing import preview as preview_reading
from masthead.desk.permissions import staff
from masthead.desk.views.common import StaffRequest, post_for


def reader_named(name: str) -> Reader:
    """Return the Reader that a preview is for: anyone, member, staff, or the slug of a tier; 404 for others."""
    known = {"anyone": ANYONE, "member": replace(ANYONE, is_member=True), "staff": STAFF}
    if name in known:
        return known[name]
    tier = Tier.objects.filter(slug=name).first()
    if tier is None:
        raise Http404
    return Reader(is_member=True, tiers=frozenset({tier.pk}))


@staff
def preview(request: StaffRequest, public_id: str, persona: str) -> HttpResponse:
    """Show the draft on the page it will have, as this kind of reader would see it."""
    post = post_for(request.user, public_id)
    reader = reader_named(persona)
    reading = preview_reading(post, draft_of(post), reader)
    page = {"reading": reading, "reader": reader, "persona": persona, "post": post, "previewed": True}
    return render(request, "desk/preview.html", page | {"canonical": settings.ADDRESS + reading.path})
