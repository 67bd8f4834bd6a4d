"""Deleting a post for good."""

from datetime import datetime

from django.db import transaction

from masthead.content.models.post import Post
from masthead.content.publishing import unpublish
from masthead.core import events
from masthead.members.models import Member


def delete_post(post: Post, *, by: Member | None, at: datetime) -> None:
    """Take the post down and delete it with its draft, revisions, schedule and addresses, in one transaction.

    Its address answers 404 from then on, and may be given to another post. Pictures and files stay: others may show them.
    """
    with transaction.atomic():
        unpublish(post, by=by, at=at)
        events.write("post.deleted", f"post:{post.pk}", at=at, actor_id=by.pk if by else None, path=post.path)
        Post.objects.get(pk=post.pk).delete()
