"""Posts as staff work on them: what is out, what is scheduled, or else the draft. Only for who may work on every post."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    F,
    Field,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from masthead.content.document import Document, without_cut
from masthead.content.models.author import Author
from masthead.content.models.draft import Draft
from masthead.content.models.fields import PostFields
from masthead.content.models.post import Post, PostQuerySet, Status
from masthead.content.models.revision import Revision
from masthead.content.models.schedule import Schedule
from masthead.content.models.tag import Tag
from masthead.content.reading import Reading, lead_of
from masthead.content.sealing import only_for

OF_DRAFT: dict[str, Field[Any, Any]] = {
    "title": CharField(),
    "standfirst": TextField(),
    "visibility": CharField(),
    "is_featured": BooleanField(),
    "lead_id": BigIntegerField(),
}


@dataclass(frozen=True)
class Working:
    """A post with the fields that stand: of what is out, of what is scheduled, or of the draft.

    `has_changes` says that the draft holds more than that. `version` is the draft's, for saving it.
    """

    post: Post
    fields: PostFields
    reading: Reading  # all of it, as staff read it; internal tags are among its tags
    state: str  # draft, scheduled or published
    version: int
    has_changes: bool
    changed_at: datetime
    publish_at: datetime | None

    @property
    def document(self) -> Document:
        """All of the text, with its cut and with its parts for some readers only."""
        return Document.stored(self.fields.document)


def for_staff(rows: PostQuerySet) -> PostQuerySet:
    """Give posts the columns that staff find them by: `state`, `publish_at`, `changed_at`, `shown_at`, `working_*`.

    Each column holds what is out, and of a post that is not out what its draft says.
    """
    due = Schedule.objects.filter(post=OuterRef("pk")).values("publish_at")[:1]
    named = {f"working_{name}": _out_or_draft(name) for name in OF_DRAFT}
    state = Case(
        When(status=Status.PUBLISHED, extras__has_key="is_mail_only", then=Value("sent")),
        When(status=Status.PUBLISHED, then=Value("published")),
        When(publish_at__isnull=False, then=Value("scheduled")),
        default=Value("draft"),
        output_field=CharField(),
    )
    found: PostQuerySet = rows.alias(
        **named,
        working_slug=_of_draft("slug"),
        publish_at=Subquery(due),
        shown_at=Coalesce(Subquery(due), F("published_at")),
        state=state,
        changed_at=Case(
            When(status=Status.PUBLISHED, updated_at__isnull=False, then=F("updated_at")),
            default=Greatest(_of_draft("saved_at"), F("started_at")),
        ),
    )
    return found


def _of_draft(name: str) -> Subquery:
    return Subquery(Draft.objects.filter(post=OuterRef("pk")).values(name)[:1])


def _out_or_draft(name: str) -> Case:
    return Case(When(status=Status.PUBLISHED, then=F(name)), default=_of_draft(name), output_field=OF_DRAFT[name])


def unpublished_with(name: str, ids: Collection[int] | None) -> list[int]:
    """Return the posts that are not out and whose draft has one of these in `tag_ids` or `author_ids`; None: has any."""
    rows = Draft.objects.exclude(post__status=Status.PUBLISHED).values_list("pk", name)
    return [pk for pk, held in rows if held and (ids is None or not set(ids).isdisjoint(held))]


def has_slug(slug: str) -> Q:
    """Return the condition, on posts from `for_staff`, that the address ends with this slug or will do so."""
    is_out, at_it = Q(status=Status.PUBLISHED), Q(path__endswith=f"/{slug}/")
    return (is_out & at_it) | (~is_out & (Q(working_slug=slug) | (Q(working_slug="") & at_it)))


def working(posts: Iterable[Post]) -> list[Working]:
    """Return posts as they stand, in the order given, in a fixed number of queries."""
    posts = list(posts)
    drafts = Draft.objects.select_related("lead").in_bulk([post.pk for post in posts])
    due = {row.post_id: row for row in Schedule.objects.filter(post__in=posts).select_related("revision__lead")}
    numbers = Q(pk__in=[])
    for post in posts:
        if post.status == Status.PUBLISHED:
            numbers |= Q(post=post, number=post.revision_number)
    out = {row.post_id: row for row in Revision.objects.filter(numbers).select_related("lead")}
    fields = {post.pk: _standing(post, drafts[post.pk], due.get(post.pk), out.get(post.pk)) for post in posts}
    authors = Author.objects.select_related("member").in_bulk(_every(fields.values(), "author_ids"))
    tags = Tag.objects.in_bulk(_every(fields.values(), "tag_ids"))
    return [_working(post, fields[post.pk], drafts[post.pk], due.get(post.pk), authors, tags) for post in posts]


def _standing(post: Post, draft: Draft, due: Schedule | None, out: Revision | None) -> PostFields:
    revision = out if post.status == Status.PUBLISHED else due.revision if due else None
    return revision if revision is not None and revision.draft_version != draft.version else draft


def _every(rows: Iterable[PostFields], name: str) -> set[int]:
    return {pk for row in rows for pk in getattr(row, name)}


def _working(
    post: Post,
    fields: PostFields,
    draft: Draft,
    due: Schedule | None,
    authors: Mapping[int, Author],
    tags: Mapping[int, Tag],
) -> Working:
    is_out = post.status == Status.PUBLISHED
    return Working(
        post=post,
        fields=fields,
        reading=_reading(post, fields, authors, tags),
        state="published" if is_out else "scheduled" if due else "draft",
        version=draft.version,
        has_changes=fields is not draft,
        changed_at=post.updated_at if is_out and post.updated_at else max(draft.saved_at, post.started_at),
        publish_at=due.publish_at if due else None,
    )


def _reading(post: Post, fields: PostFields, authors: Mapping[int, Author], tags: Mapping[int, Tag]) -> Reading:
    whole = without_cut(only_for(Document.stored(fields.document), "staff"))
    named: dict[str, Any] = {name: getattr(fields, name) for name in ("title", "standfirst", "visibility", "language")}
    return Reading(
        post_id=post.pk,
        public_id=post.public_id,
        kind=post.kind,
        path=post.path,
        document=whole,
        is_whole=True,
        tier_ids=tuple(fields.tier_ids),
        authors=tuple(authors[pk] for pk in fields.author_ids if pk in authors),
        tags=tuple(tags[pk] for pk in fields.tag_ids if pk in tags),
        lead=lead_of(fields.lead, fields.lead_alt, fields.lead_caption, fields.lead_credit),
        is_featured=fields.is_featured,
        extras=fields.extras,
        started_at=post.started_at,
        published_at=post.published_at,
        updated_at=post.updated_at,
        **named,
    )
