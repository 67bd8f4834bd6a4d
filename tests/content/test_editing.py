"""Drafts and revisions: nobody overwrites unseen, and what is frozen stays."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from masthead.content.document import DocumentError, from_markdown
from masthead.content.editing import EditConflict, draft_of, revisions_of, save_draft, start_post
from masthead.content.models import Draft, Revision
from masthead.core.models import Publication
from tests.cast import Cast
from tests.content.writing import frozen, put_out, rewrite, written


def test_a_save_of_what_one_saw_is_kept_and_counts_on(cast: Cast) -> None:
    post = written("A ship", "One.")
    draft = save_draft(post, {"title": "Two"}, version=1, by=cast.editor, at=timezone.now())
    assert (draft.title, draft.version, draft.saved_by) == ("Two", 2, cast.editor)
    assert "One." in str(draft.document)


@pytest.mark.parametrize("version", [0, 1, 3, 99])
def test_a_save_of_what_somebody_changed_is_a_conflict_and_loses_nothing(cast: Cast, version: int) -> None:
    post = written("A ship", "One.")
    theirs = rewrite(post, "Theirs.", title="Theirs")
    before = Draft.objects.filter(post=post).values().get()
    with pytest.raises(EditConflict) as raised:
        save_draft(post, {"title": "Mine"}, version=version, by=None, at=timezone.now())
    assert raised.value.draft == theirs and raised.value.draft.title == "Theirs"
    assert Draft.objects.filter(post=post).values().get() == before
    saved = save_draft(post, {"title": "Mine"}, version=raised.value.draft.version, by=None, at=timezone.now())
    assert (saved.title, "Theirs." in str(saved.document)) == ("Mine", True)


@pytest.mark.parametrize("document", [None, [], "text", {}, {"type": "doc", "content": [{"type": "x"}]}])
def test_a_malformed_document_is_refused_and_the_draft_stays(cast: Cast, document: object) -> None:
    post = written("A ship", "One.")
    with pytest.raises(DocumentError):
        save_draft(post, {"title": "Two", "document": document}, version=1, by=None, at=timezone.now())
    assert (draft_of(post).title, draft_of(post).version) == ("A ship", 1)
    good = from_markdown("Two.").document.json
    assert save_draft(post, {"document": good}, version=1, by=None, at=timezone.now()).version == 2


@pytest.mark.parametrize(
    "name", ["status", "path", "published_at", "post_id", "version", "saved_by", "revision_number"]
)
def test_only_what_staff_write_can_be_written(cast: Cast, name: str) -> None:
    """Check 96."""
    post = written("A ship")
    with pytest.raises(TypeError, match=name):
        save_draft(post, {name: 1}, version=1, by=None, at=timezone.now())
    with pytest.raises(TypeError, match=name):
        start_post(**{"by": None, "at": timezone.now(), name: 1})  # type: ignore[arg-type]
    assert draft_of(post).version == 1


def test_a_new_post_is_for_whom_the_publication_says(cast: Cast) -> None:
    assert draft_of(written("One")).visibility == "public"
    Publication.objects.update(default_visibility="paid")
    assert draft_of(written("Two")).visibility == "paid"
    assert draft_of(written("Three", visibility="members")).visibility == "members"


def test_revisions_are_numbered_and_never_change(cast: Cast) -> None:
    post = written("One", "First words.", visibility="paid", tag_ids=[cast.section.pk])
    frozen(post)
    first = Revision.objects.filter(post=post).values().get()
    rewrite(post, "Second words.", title="Two", visibility="public", tag_ids=[])
    frozen(post)
    put_out(post)
    cast.section.delete()
    assert Revision.objects.filter(post=post, number=1).values().get() == first
    assert [row.number for row in revisions_of(post)] == [3, 2, 1]
    assert "First words." in str(first["document"])


def test_two_revisions_never_have_the_same_number(cast: Cast) -> None:
    revision = frozen(written("One"))
    revision.pk = None
    revision._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        revision.save()
