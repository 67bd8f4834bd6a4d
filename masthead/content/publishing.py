"""Publishing: the only acts that change what is out. Each is one transaction, from a revision."""

import logging
from collections.abc import Collection
from datetime import datetime
from functools import partial

from django.db import transaction

from masthead.access.models import Tier
from masthead.access.visibility import Visibility
from masthead.content.addresses import AddressError, settle, settle_at
from masthead.content.attaching import forget_uses
from masthead.content.dividing import make_cut
from masthead.content.document import DocumentError
from masthead.content.editing import next_revision
from masthead.content.models.author import Author
from masthead.content.models.body import Body
from masthead.content.models.draft import Draft
from masthead.content.models.fields import copied
from masthead.content.models.post import Kind, Post, PostAuthor, PostTag, Status, empty_document
from masthead.content.models.revision import Revision
from masthead.content.models.schedule import Schedule
from masthead.content.models.sealed_block import SealedBlock
from masthead.content.models.tag import Tag
from masthead.content.permalinks import path_for
from masthead.core import events
from masthead.core.models import Publication
from masthead.core.slugs import slug_from
from masthead.members.models import Member

logger = logging.getLogger(__name__)
OUT = (
    "title",
    "standfirst",
    "visibility",
    "lead_id",
    "lead_alt",
    "lead_caption",
    "lead_credit",
    "is_featured",
    "language",
)


def publish(
    revision: Revision,
    *,
    by: Member | None,
    at: datetime,
    first_at: datetime | None = None,
    changed_at: datetime | None = None,
    path: str | None = None,
) -> Post:
    """Let this revision be what is out, in one transaction, and return the post.

    `first_at` is the date of first publication and `changed_at` of the last change if they lie in the past, as for an
    import, and `path` the exact address that it must have. Publishing the revision that is out already, unchanged,
    still makes the cut again. Raises AddressError if its address cannot be given.
    """
    with transaction.atomic():
        post = Post.objects.select_for_update().get(pk=revision.post_id)
        before = _place_of(post, at)
        _settle(post, revision, path, first_at or at)
        _put_out(post, revision, first_at or at, changed_at, at)
        Schedule.objects.filter(post=post).delete()
        events.write(
            "post.published", f"post:{post.pk}", at=at, actor_id=by.pk if by else None, revision=revision.number,
            moved=before is None or before != _place_of(post, at),
        )  # fmt: skip
    return post


def _place_of(post: Post, at: datetime) -> list[int] | None:
    """Return the tags under which a post stands among others, in their order; None while it is not out."""
    if not post.is_live(at):
        return None
    return list(PostTag.objects.filter(post=post).order_by("position", "id").values_list("tag_id", flat=True))


def _put_out(post: Post, revision: Revision, first_at: datetime, changed_at: datetime | None, at: datetime) -> None:
    for name in OUT:
        setattr(post, name, getattr(revision, name))
    make_cut(post, revision)
    post.status = Status.PUBLISHED
    post.published_at = post.published_at or first_at
    post.updated_at = max(changed_at or (at if post.revision_number else post.published_at), post.published_at)
    post.revision_number = revision.number
    post.save(update_fields=[*OUT, "opening", "extras", "status", "published_at", "updated_at", "revision_number"])
    _connect(post, revision)


def _settle(post: Post, revision: Revision, path: str | None, first_at: datetime) -> None:
    """Give the post its address: the exact one, or one of its slug. One that it has is kept while its slug is the same.

    Without an address of one's choice, a headline that is corrected later moves nothing; a new permalink does not
    either, so that a dated address stays what it was.
    """
    if path is not None:
        post.path = settle_at(post, path)
    elif not post.path or (revision.slug and revision.slug != _slug_before(post)):
        place = partial(_path, post, revision, post.published_at or first_at)
        post.path = settle(post, revision.slug or slug_from(revision.title), place=place)
    post.save(update_fields=["path"])


def _path(post: Post, revision: Revision, at: datetime, slug: str) -> str:
    """Return the address that this slug has: of a page its own, of a post as the publication's permalink says."""
    publication = Publication.current()
    if post.kind == Kind.PAGE:
        return f"/{slug}/"
    tags = Tag.objects.filter(is_internal=False).in_bulk(revision.tag_ids)
    authors = Author.objects.in_bulk(revision.author_ids)
    return path_for(
        publication.permalink,
        slug=slug,
        public_id=post.public_id,
        published_at=at.astimezone(publication.zone),
        primary_tag=next((tags[pk].slug for pk in revision.tag_ids if pk in tags), ""),
        primary_author=next((authors[pk].slug for pk in revision.author_ids if pk in authors), ""),
    )


def _slug_before(post: Post) -> str | None:
    before = Revision.objects.filter(post=post, number=post.revision_number)
    return before.values_list("slug", flat=True).first()


def _connect(post: Post, revision: Revision) -> None:
    post.tiers.set(Tier.objects.filter(pk__in=revision.tier_ids))
    tags = Tag.objects.in_bulk(revision.tag_ids)
    PostTag.objects.filter(post=post).delete()
    PostTag.objects.bulk_create(
        PostTag(post=post, tag=tags[pk], position=place)
        for place, pk in enumerate(dict.fromkeys(revision.tag_ids))
        if pk in tags
    )
    authors = Author.objects.in_bulk(revision.author_ids)
    PostAuthor.objects.filter(post=post).delete()
    PostAuthor.objects.bulk_create(
        PostAuthor(post=post, author=authors[pk], position=place)
        for place, pk in enumerate(dict.fromkeys(revision.author_ids))
        if pk in authors
    )


def unpublish(post: Post, *, by: Member | None, at: datetime) -> None:
    """Take the post down: its address answers 404, and its published words are gone from the live tables.

    Draft and revisions stay; publishing again keeps address and first date. A post that is not out stays as it is,
    but for its schedule.
    """
    with transaction.atomic():
        post = Post.objects.select_for_update().get(pk=post.pk)
        if post.status != Status.PUBLISHED:
            unschedule(post, by=by, at=at)
            return
        Body.objects.filter(post=post).delete()
        SealedBlock.objects.filter(post=post).delete()
        forget_uses(post)
        Schedule.objects.filter(post=post).delete()
        post.status, post.opening, post.extras = Status.UNPUBLISHED, empty_document(), {}
        post.title = post.standfirst = post.lead_alt = post.lead_caption = post.lead_credit = ""
        words = ["title", "standfirst", "lead_alt", "lead_caption", "lead_credit"]
        post.save(update_fields=["status", "opening", "extras", *words])
        events.write("post.unpublished", f"post:{post.pk}", at=at, actor_id=by.pk if by else None)


def change_visibility(
    post: Post, visibility: str, *, tiers: Collection[int] = (), by: Member | None, at: datetime
) -> Post:
    """Let what is out be for others, with the cut made again; the draft follows. One transaction.

    Raises ValueError for a visibility that is none of ours, and for a post that is not out.
    """
    if visibility not in Visibility.values:
        raise ValueError(f"{visibility!r} is no visibility; use one of {', '.join(Visibility.values)}.")
    with transaction.atomic():
        if not Post.objects.select_for_update().filter(pk=post.pk, status=Status.PUBLISHED).exists():
            raise ValueError("This post is not out; change its draft instead.")
        live = Revision.objects.get(post=post, number=post.revision_number)
        fields = copied(live) | {"visibility": visibility, "tier_ids": list(tiers)}
        draft = Draft.objects.select_for_update().get(post=post)
        same = draft.version == live.draft_version  # the draft is what is out, and stays so
        draft.visibility, draft.tier_ids, draft.version = visibility, list(tiers), draft.version + 1
        draft.save(update_fields=["visibility", "tier_ids", "version"])
        version = draft.version if same else live.draft_version
        return publish(next_revision(post, fields, draft_version=version, by=by, at=at), by=by, at=at)


def schedule(revision: Revision, publish_at: datetime, *, by: Member | None, at: datetime) -> Schedule:
    """Let this revision be published at `publish_at`; an earlier schedule of the post is replaced."""
    with transaction.atomic():
        row, _ = Schedule.objects.update_or_create(
            post_id=revision.post_id, defaults={"revision": revision, "publish_at": publish_at, "set_by": by}
        )
        events.write("post.scheduled", f"post:{revision.post_id}", at=at, actor_id=by.pk if by else None)
    return row


def unschedule(post: Post, *, by: Member | None, at: datetime) -> bool:
    """Take back the post's schedule; say whether there was one."""
    with transaction.atomic():
        deleted, _ = Schedule.objects.filter(post=post).delete()
        if deleted:
            events.write("post.unscheduled", f"post:{post.pk}", at=at, actor_id=by.pk if by else None)
    return bool(deleted)


def publish_due(*, at: datetime) -> list[Post]:
    """Publish every schedule whose time has come; safe to run twice at once. Returns the posts published.

    One that cannot be published, such as for its address, is logged, waits, and holds up no other.
    """
    due = Schedule.objects.filter(publish_at__lte=at).order_by("publish_at", "post_id")
    return [post for row in due if (post := _tried(row, at)) is not None]


def _tried(row: Schedule, at: datetime) -> Post | None:
    try:
        return _publish_scheduled(row, at)
    except (AddressError, DocumentError) as error:
        logger.error("The scheduled post %s cannot be published: %s", row.post_id, error)
        return None


def _publish_scheduled(row: Schedule, at: datetime) -> Post | None:
    with transaction.atomic():
        claimed, _ = Schedule.objects.filter(pk=row.pk, revision=row.revision_id, publish_at__lte=at).delete()
        return publish(row.revision, by=row.set_by, at=at, first_at=row.publish_at) if claimed else None
