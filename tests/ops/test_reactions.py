"""Reactions: what follows from an event, once or again, in the worker."""

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from masthead.content.models import Post
from masthead.content.publishing import change_visibility, unpublish
from masthead.content.uploading import keep_picture
from masthead.core import events
from masthead.core.models import Event
from masthead.ops import reactions
from masthead.ops.reactions import REACTIONS, draw_pictures, fan_out, react
from masthead.ops.worker import work_off
from tests.cast import Cast, client_of, published
from tests.content.files import drawn

TEXT = "Openword.\n\n<!--more-->\n\nSealedword."


def found(words: str, cast: Cast) -> bool:
    return "1 post<" in client_of(cast.gold).get("/search/", {"q": words}).content.decode()


def queued() -> list[str]:
    return sorted(path.rpartition(".")[2] for path in DBTaskResult.objects.filter(status=TaskResultStatus.READY).values_list("task_path", flat=True))  # fmt: skip


def test_an_act_owes_one_task_in_its_own_transaction(cast: Cast) -> None:
    with transaction.atomic():
        published("A ship", TEXT, cast=cast)
        assert queued() == ["fan_out"]
        transaction.set_rollback(True)
    assert queued() == [] and not Event.objects.exclude(kind="access.changed").exists()
    published("A ship", TEXT, cast=cast)
    assert queued() == ["fan_out"]


def test_each_reaction_is_a_task_of_its_own(cast: Cast) -> None:
    published("A ship", TEXT, cast=cast)
    event = Event.objects.get(kind="post.published")
    fan_out.call(event.pk)
    assert queued() == ["fan_out", *["react"] * len(REACTIONS["post.published"])]


@pytest.mark.parametrize("kind", [kind for kind in REACTIONS if kind.startswith("post.")])
def test_every_reaction_may_run_again_and_changes_nothing_more(cast: Cast, kind: str) -> None:
    post = published("A ship", TEXT, cast=cast, visibility="paid")
    if kind == "post.unpublished":
        unpublish(post, by=None, at=timezone.now())
    with transaction.atomic():
        event = events.write(kind, f"post:{post.pk}", at=timezone.now())
    work_off()
    before = [found(words, cast) for words in ("openword", "sealedword")]
    for reaction in REACTIONS[kind]:
        for _ in range(2):
            react.call(event.pk, f"{reaction.__module__}.{reaction.__qualname__}")
    work_off()
    assert [found(words, cast) for words in ("openword", "sealedword")] == before == [kind != "post.unpublished"] * 2


def test_reactions_that_come_in_another_order_end_in_what_is_out_now(cast: Cast) -> None:
    post = published("A ship", TEXT, cast=cast)
    change_visibility(post, "paid", by=None, at=timezone.now())
    unpublish(post, by=None, at=timezone.now())
    told = list(Event.objects.filter(subject=f"post:{post.pk}", kind__in=REACTIONS).order_by("-pk"))
    for event in told:
        reactions.index(event)
    assert not found("openword", cast) and not found("sealedword", cast)


def test_one_reaction_that_fails_does_not_stop_the_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(post_id: int) -> None:
        raise OSError("no")

    monkeypatch.setattr(reactions, "index_post", broken)
    media = keep_picture(drawn(), "a.jpg", at=timezone.now())
    published("A ship", f"![A](media:{media.token})", cast=cast)
    work_off()
    done = DBTaskResult.objects.filter(task_path__endswith="draw_pictures").get()
    assert done.status == TaskResultStatus.SUCCESSFUL
    assert DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count() == 1


def test_a_reaction_that_is_no_reaction_is_not_run(cast: Cast) -> None:
    """A task's words come from a table: what stands there is looked up, not called."""
    published("A ship", TEXT, cast=cast)
    event = Event.objects.get(kind="post.published")
    for path in ("os.getcwd", "masthead.content.publishing.unpublish", "tests.ops.test_reactions.never", ""):
        react.call(event.pk, path)
    assert Post.objects.get().status == "published"


def test_pictures_are_drawn_for_what_is_out_and_for_nothing_else(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(reactions, "make_renditions", made.append)
    lead = keep_picture(drawn(colour=(5, 5, 5)), "a.jpg", at=timezone.now())
    below = keep_picture(drawn(colour=(6, 6, 6)), "b.jpg", at=timezone.now())
    post = published(
        "A ship", f"O.\n\n<!--more-->\n\n![A](media:{below.token})", cast=cast, visibility="paid", lead=lead
    )
    work_off()
    assert made == [lead.token, below.token]
    unpublish(post, by=None, at=timezone.now())
    draw_pictures.call(post.pk)
    draw_pictures.call(10**9)
    work_off()
    assert len(made) == 2


def test_an_event_that_nothing_follows_from_queues_nothing(cast: Cast) -> None:
    with transaction.atomic():
        events.write("ship.seized", "ship:1", at=timezone.now())
    assert queued() == []


def test_after_a_whole_publication_came_in_the_pictures_of_what_is_out_are_drawn(cast: Cast) -> None:
    published("A ship", TEXT, cast=cast)
    published("A quay", TEXT, cast=cast)
    with transaction.atomic():
        event = events.write("publication.restored", "publication:1", at=timezone.now(), counts={})
    DBTaskResult.objects.all().delete()
    react.call(event.pk, "masthead.ops.reactions.draw_all")
    assert queued() == ["draw_pictures"] * 2
