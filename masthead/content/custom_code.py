"""Counting the code that is kept with posts."""

from django.db.models import Q

from masthead.content.models.body import Body
from masthead.content.models.post import Post, Status
from masthead.core.extras import SEALED_EXTRAS


def posts_with_code() -> int:
    """Return how many posts and pages that are out have code of their own, above or below the cut."""
    has_code = Q(extras__has_any_keys=sorted(SEALED_EXTRAS))
    sealed = Body.objects.filter(has_code).values("post")
    return Post.objects.filter(has_code | Q(pk__in=sealed), status=Status.PUBLISHED).count()
