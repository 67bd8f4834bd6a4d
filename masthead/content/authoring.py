"""Making authors."""

from datetime import datetime

from django.db import transaction

from masthead.content.models.author import Author
from masthead.core import events
from masthead.core.slugs import slug_from
from masthead.members.models import Member


def make_author(name: str, *, by: Member | None, at: datetime, slug: str = "", member: Member | None = None) -> Author:
    """Make an author, with `member` behind it if it is somebody who signs in here."""
    with transaction.atomic():
        author = Author.objects.create(name=name, slug=slug or slug_from(name, fallback="author"), member=member)
        events.write("author.made", f"author:{author.pk}", at=at, actor_id=by.pk if by else None)
    return author
