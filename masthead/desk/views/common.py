"""What the pages of the desk share."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from masthead.content.authoring import make_author
from masthead.content.editing import draft_of
from masthead.content.listing import is_own
from masthead.content.models import Author, Post
from masthead.core.slugs import slug_from
from masthead.desk.permissions import ALL_POSTS
from masthead.members.models import Member


class StaffRequest(HttpRequest):
    """A request of somebody on the staff."""

    user: Member


def post_for(member: Member, public_id: str) -> Post:
    """Return the post if the member may work on it, and 404 otherwise, as if it were not there."""
    post = get_object_or_404(Post, public_id=public_id)
    if not member.may(ALL_POSTS) and not is_own(draft_of(post), member):
        raise Http404
    return post


def known_author(member: Member) -> Author | None:
    """Return the member's byline, if there is one."""
    return Author.objects.filter(member=member).first()


def own_author(member: Member) -> Author:
    """Return the member's byline, making one at the first post."""
    author = known_author(member)
    if author is not None:
        return author
    name = member.name or "Staff"
    stem = slug_from(name, fallback="author")
    slug = stem if not Author.objects.filter(slug=stem).exists() else f"{stem}-{member.pk}"
    return make_author(name, slug=slug, member=member, by=member, at=timezone.now())
