"""Changing the publication's settings, with what posts owe to them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from masthead.access.visibility import Visibility
from masthead.content.dividing import make_cut
from masthead.content.document import Document, has_cut
from masthead.content.editing import next_revision
from masthead.content.models.fields import copied
from masthead.content.models.post import Post, Status
from masthead.content.models.revision import Revision
from masthead.content.models.tag import Tag
from masthead.content.tagging import tag_named
from masthead.core import events
from masthead.core.models import Publication
from masthead.members.models import Member


def change_publication(changed: Mapping[str, Any], *, by: Member | None, at: datetime) -> Publication:
    """Write these settings in one transaction; where the setting for uncut posts changed, their cut is made again."""
    with transaction.atomic():
        publication, _ = Publication.objects.select_for_update().get_or_create(pk=1)
        names = [name for name, value in changed.items() if getattr(publication, name) != value]
        for name in names:
            setattr(publication, name, changed[name])
        if names:
            publication.save(update_fields=names)
            events.write(
                "publication.changed", "publication:1", at=at, actor_id=by.pk if by else None, settings=sorted(names)
            )
        if "uncut_paragraphs" in names:
            cut_again(by=by, at=at)
    return publication


def set_sections(names: Sequence[str], *, by: Member | None, at: datetime) -> None:
    """Let these tags, and no others, be the paper's sections, in this order; a name that is new becomes a tag."""
    with transaction.atomic():
        Tag.objects.filter(is_section=True).update(is_section=False)
        for position, name in enumerate(names):
            tag = tag_named(name, by=by, at=at)
            Tag.objects.filter(pk=tag.pk).update(is_section=True, position=position)
        events.write("sections.changed", "publication:1", at=at, actor_id=by.pk if by else None)


def cut_again(*, by: Member | None, at: datetime) -> int:
    """Make the cut again in every gated post that is out and has none of its own; return how many there were.

    Each gets a revision of its own, so that what was made from the former one, such as the search index, is void at once.
    """
    gated = Post.objects.filter(~Q(visibility=Visibility.PUBLIC), status=Status.PUBLISHED)
    return sum(_cut_again(post, by, at) for post in gated.iterator())


def _cut_again(post: Post, by: Member | None, at: datetime) -> bool:
    live = Revision.objects.get(post=post, number=post.revision_number)
    if has_cut(Document.stored(live.document)):
        return False
    with transaction.atomic():
        revision = next_revision(post, copied(live), draft_version=live.draft_version, by=by, at=at)
        make_cut(post, revision)
        post.revision_number = revision.number
        post.save(update_fields=["opening", "revision_number"])
        events.write("post.cut_again", f"post:{post.pk}", at=at, actor_id=by.pk if by else None)
    return True
