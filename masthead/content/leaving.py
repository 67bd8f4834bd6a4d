"""Every post as it stands, whole, for exports into another system's shape."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import F

from masthead.content.document import Document
from masthead.content.models.draft import Draft
from masthead.content.models.fields import PostFields
from masthead.content.models.post import Post, Status
from masthead.content.models.revision import Revision
from masthead.content.models.schedule import Schedule

CHUNK = 50  # posts held in memory


@dataclass(frozen=True)
class Standing:
    """A post with what counts of it: what is out, else what is scheduled, else the draft; sealed words too."""

    post: Post
    fields: PostFields
    status: str  # published, scheduled or draft
    at: datetime | None  # of publication, past or to come
    changed_at: datetime

    @property
    def document(self) -> Document:
        return Document.stored(self.fields.document)

    @property
    def extras(self) -> dict[str, Any]:
        extras: dict[str, Any] = self.fields.extras
        return extras


def standing() -> Iterator[Standing]:
    """Return every post in the order in which they were started, a few of them in memory at a time."""
    posts = Post.objects.order_by("pk").iterator(chunk_size=CHUNK)
    while chunk := list(islice(posts, CHUNK)):
        yield from _chunk(chunk)


def _chunk(posts: Sequence[Post]) -> Iterator[Standing]:
    ids = [post.pk for post in posts]
    drafts = {row.post_id: row for row in Draft.objects.filter(post__in=ids).select_related("lead")}
    live = Revision.objects.filter(post__in=ids, number=F("post__revision_number")).select_related("lead")
    out = {row.post_id: row for row in live}
    due = {row.post_id: row for row in Schedule.objects.filter(post__in=ids).select_related("revision__lead")}
    for post in posts:
        draft = drafts[post.pk]
        if post.status == Status.PUBLISHED and post.pk in out:
            yield Standing(post, out[post.pk], "published", post.published_at, post.updated_at or draft.saved_at)
        elif post.pk in due:
            yield Standing(post, due[post.pk].revision, "scheduled", due[post.pk].publish_at, draft.saved_at)
        else:
            yield Standing(post, draft, "draft", None, draft.saved_at)
