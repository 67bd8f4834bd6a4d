"""What follows from what happened: every reaction, on one screen."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from masthead.billing.subscriptions import cancel_when_banned
from masthead.content.models import Post
from masthead.content.models.post import Status
from masthead.content.pictures import make_renditions
from masthead.content.reading import pictures_on
from masthead.core.events import on_write
from masthead.core.models import Event
from masthead.ops import warming
from masthead.pagestore import in_front, purging
from masthead.search.index import index_post

Reaction = Callable[[Event], None]
FRONT = "/"
LATER = -10  # after everything else that is queued
# Answers that were under way to a cache in front when it was told, and a worker that learns of a purge a second late.
ARRIVED = timedelta(seconds=30)


def index(event: Event) -> None:
    """Bring the search index up to what is published."""
    index_post(int(event.subject.partition(":")[2]))


def draw(event: Event) -> None:
    """Make the renditions of the post's pictures before somebody waits for them."""
    draw_pictures.enqueue(int(event.subject.partition(":")[2]))


def draw_all(event: Event) -> None:
    """Make the renditions of every post that came in with a whole publication, the newest first."""
    for pk in Post.objects.live(event.at).newest().values_list("pk", flat=True).iterator():
        draw_pictures.enqueue(pk)


def warm(event: Event) -> None:
    """Let the post and the front page be rendered before somebody waits for them."""
    post = Post.objects.live(event.at).filter(pk=int(event.subject.partition(":")[2])).first()
    warming.warm([post.path, FRONT] if post is not None else [FRONT])


def warm_front(event: Event) -> None:
    """Let the front page be rendered after every page was purged."""
    warming.warm([FRONT])


# Event kind -> reactions. Each is idempotent, runs in the worker, and is retried alone.
REACTIONS: dict[str, Sequence[Reaction]] = {
    "post.published": [index, draw, warm],
    "post.unpublished": [index],
    "post.cut_again": [index],
    "member.banned": [cancel_when_banned],
    "publication.changed": [warm_front],
    "publication.restored": [draw_all, warm_front],
    "sections.changed": [warm_front],
}


@on_write
def owe(event: Event) -> None:
    """Queue, in the transaction of the event, one task that fans out to its reactions, and one that tells who stands in front."""
    if event.kind in REACTIONS:
        fan_out.enqueue(event.pk)
    if settings.PURGE_PROVIDER and event.kind in purging.RULES:
        purge_in_front.enqueue()


@task()
def purge_in_front() -> None:
    """Tell the proxy or CDN in front what was written to the purge log, and once more when what was under way has arrived."""
    tags = in_front.tell()
    if tags:
        purge_again.using(run_after=timezone.now() + ARRIVED).enqueue(tags)


@task()
def purge_again(tags: list[str]) -> None:
    """Tell the same again."""
    in_front.tell_again(tags)


@task(queue_name="pictures", priority=LATER)
def draw_pictures(post_id: int) -> None:
    """Queue the pictures of a post that is out, each apart, so that what is urgent waits for one at most."""
    post = Post.objects.with_bylines().filter(pk=post_id, status=Status.PUBLISHED).first()
    for token in pictures_on(post) if post else ():
        draw_picture.enqueue(token)


@task(queue_name="pictures", priority=LATER)
def draw_picture(token: str) -> None:
    """Make every rendition of a picture."""
    make_renditions(token)


@task()
def fan_out(event_id: int) -> None:
    """Queue one task for each reaction to the event."""
    event = Event.objects.get(pk=event_id)
    with transaction.atomic():
        for reaction in REACTIONS.get(event.kind, ()):
            react.enqueue(event_id, f"{reaction.__module__}.{reaction.__qualname__}")


@task()
def react(event_id: int, path: str) -> None:
    """Run one reaction to one event."""
    event = Event.objects.get(pk=event_id)
    if any(f"{known.__module__}.{known.__qualname__}" == path for known in REACTIONS.get(event.kind, ())):
        import_string(path)(event)
