"""Slugs of posts that nothing else has."""

from masthead.content.addresses import RESERVED
from masthead.content.models.address import Address
from masthead.content.models.draft import Draft
from masthead.content.models.post import Post


def free_slug(slug: str, *, post: Post | None = None) -> str:
    """Return the slug, or with a number behind it where another post has it or the site itself does.

    The draft of another post counts, so that what is told now is what the address will be.
    """
    own = post.pk if post else 0
    number, candidate = 1, slug
    while (
        candidate in RESERVED
        or Address.objects.filter(path=f"/{candidate}/").exclude(post=own).exists()
        or Draft.objects.filter(slug=candidate).exclude(pk=own).exists()
    ):
        number += 1
        candidate = f"{slug}-{number}"
    return candidate
