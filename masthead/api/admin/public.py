"""What programs of the staff may filter and order by."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from masthead.api.content.filtering import Column
from masthead.api.content.filtering.columns import Flag, Id, Moment, Presence, Related, RelatedId, Text, visible
from masthead.api.content.filtering.tree import Comparison
from masthead.content.models import Author, PostAuthor, PostTag, Tag
from masthead.content.models.post import Status
from masthead.content.working import has_slug, unpublished_with
from masthead.members.models import Member


@dataclass(frozen=True, slots=True)
class OutOrDraft:
    """Tags or authors of a post: those it has out, or those that its draft names. `rows` finds them by the comparison."""

    out: Column
    rows: Callable[[Q], Collection[int]]
    column: Column
    name: str

    def condition(self, test: Comparison, at: datetime) -> Q:
        """Ask what is out in one query, and the drafts of what is not out one by one."""
        is_out, out = Q(status=Status.PUBLISHED), self.out.condition(test, at)
        if None in test.values:
            return (is_out & out) | (~is_out & ~Q(pk__in=unpublished_with(self.name, None)))
        ids = self.rows(self.column.condition(test, at))
        return (is_out & out) | Q(pk__in=unpublished_with(self.name, ids))


def _tag_ids(condition: Q) -> Collection[int]:
    return list(Tag.objects.filter(condition).values_list("pk", flat=True))


def _author_ids(condition: Q) -> Collection[int]:
    return list(Author.objects.filter(condition).values_list("pk", flat=True))


TAGS, AUTHORS = visible(PostTag, Q()), visible(PostAuthor, Q())
_tag = OutOrDraft(Related(TAGS, "tag__slug"), _tag_ids, Text("slug"), "tag_ids")
_author = OutOrDraft(Related(AUTHORS, "author__slug"), _author_ids, Text("slug"), "author_ids")


@dataclass(frozen=True, slots=True)
class Slug:
    """The slug of a post: the last part of its address, or what its draft says."""

    def condition(self, test: Comparison, at: datetime) -> Q:
        """Compare for equality alone."""
        found = Q(pk__in=[])
        for value in test.values:
            if isinstance(value, str) and "/" not in value:
                found |= has_slug(value)
        return found


POST_COLUMNS: dict[str, Column] = {
    "title": Text("working_title"),
    "slug": Slug(),
    "status": Text("state"),
    "custom_excerpt": Text("working_standfirst"),
    "featured": Flag("working_is_featured"),
    "visibility": Text("working_visibility"),
    "feature_image": Presence(Q(working_lead_id__isnull=False)),
    "created_at": Moment("started_at"),
    "updated_at": Moment("changed_at"),
    "published_at": Moment("shown_at"),
    "tag": _tag,
    "tags": _tag,
    "tag.slug": _tag,
    "tags.slug": _tag,
    "tags.id": OutOrDraft(RelatedId(TAGS, "tag", "tag"), _tag_ids, Id("tag"), "tag_ids"),
    "author": _author,
    "authors": _author,
    "author.slug": _author,
    "authors.slug": _author,
    "authors.id": OutOrDraft(RelatedId(AUTHORS, "author", "author"), _author_ids, Id("author"), "author_ids"),
}
POST_ORDERS = {
    "id": "pk",
    "title": "working_title",
    "slug": "path",
    "status": "state",
    "featured": "working_is_featured",
    "visibility": "working_visibility",
    "created_at": "started_at",
    "updated_at": "changed_at",
    "published_at": "shown_at",
}
_named: dict[str, Column] = {"name": Text("name"), "slug": Text("slug")}
TAG_COLUMNS: dict[str, Column] = {
    **_named,
    "id": Id("tag"),
    "description": Text("description"),
    "visibility": Text("shown_to"),
    "feature_image": Presence(~Q(picture="")),
}
AUTHOR_COLUMNS: dict[str, Column] = {**_named, "id": Id("author"), "bio": Text("bio")}
NAMED_ORDERS = {"id": "pk", "name": "name", "slug": "slug", "count.posts": "number_of_posts"}


@dataclass(frozen=True, slots=True)
class OfMember:
    """Rows that stand beside a member, such as labels, by a text of theirs."""

    path: str

    def condition(self, test: Comparison, at: datetime) -> Q:
        """Ask for members who have any that fits, or with null for those who have none."""
        column = Text(self.path)
        if None in test.values:
            return ~Q(pk__in=Member.objects.filter(**{f"{self.path.rpartition('__')[0]}__isnull": False}).values("pk"))
        return Q(pk__in=Member.objects.filter(column.condition(test, at)).values("pk"))


_label = OfMember("labels__slug")
MEMBER_COLUMNS: dict[str, Column] = {
    "id": Id("member"),
    "email": Text("email"),
    "name": Text("name"),
    "note": Text("note"),
    "created_at": Moment("joined_at"),
    "status": Text("standing"),
    "subscribed": Flag("is_subscribed"),
    "label": _label,
    "labels": _label,
    "labels.slug": _label,
    "labels.name": OfMember("labels__name"),
}
MEMBER_ORDERS = {"id": "pk", "email": "email", "name": "name", "created_at": "joined_at"}
LABEL_COLUMNS: dict[str, Column] = dict(_named)
LABEL_ORDERS = {"id": "pk", "name": "name", "slug": "slug"}
