"""What may be filtered and ordered by: the allow-lists. A column that is not public must never stand here (CHECKS.md 9)."""

from django.db.models import OuterRef, Q, Subquery

from masthead.api.content.filtering import Column
from masthead.api.content.filtering.columns import (
    Flag,
    Id,
    LastPart,
    Moment,
    Presence,
    Related,
    RelatedId,
    Text,
    visible,
)
from masthead.content.models import PostAuthor, PostTag

TAGS = visible(PostTag, Q(tag__is_internal=False))
AUTHORS = visible(PostAuthor, Q())
# Names that a list of posts gives to its first tag and author, for asking about them.
FIRST_TAG, FIRST_AUTHOR = "first_tag", "first_author"

_tag, _author = Related(TAGS, "tag__slug"), Related(AUTHORS, "author__slug")
POST_COLUMNS: dict[str, Column] = {
    "title": Text("title"),
    "slug": LastPart("path"),
    "custom_excerpt": Text("standfirst"),
    "featured": Flag("is_featured"),
    "visibility": Text("visibility"),
    "feature_image": Presence(Q(lead__isnull=False)),
    "created_at": Moment("started_at"),
    "updated_at": Moment("updated_at"),
    "published_at": Moment("published_at"),
    "tag": _tag,
    "tags": _tag,
    "tag.slug": _tag,
    "tags.slug": _tag,
    "tags.id": RelatedId(TAGS, "tag", "tag"),
    "tags.name": Related(TAGS, "tag__name"),
    "primary_tag": Text(FIRST_TAG, is_nullable=True),
    "primary_tag.slug": Text(FIRST_TAG, is_nullable=True),
    "author": _author,
    "authors": _author,
    "author.slug": _author,
    "authors.slug": _author,
    "authors.id": RelatedId(AUTHORS, "author", "author"),
    "authors.name": Related(AUTHORS, "author__name"),
    "primary_author": Text(FIRST_AUTHOR, is_nullable=True),
    "primary_author.slug": Text(FIRST_AUTHOR, is_nullable=True),
}
POST_ORDERS = {
    "id": "pk",
    "title": "title",
    "slug": "path",
    "featured": "is_featured",
    "visibility": "visibility",
    "created_at": "started_at",
    "updated_at": "updated_at",
    "published_at": "published_at",
}
_named: dict[str, Column] = {"name": Text("name"), "slug": Text("slug")}
TAG_COLUMNS: dict[str, Column] = {
    **_named,
    "id": Id("tag"),
    "description": Text("description"),
    "feature_image": Presence(~Q(picture="")),
    "visibility": Text("shown_to"),
}
AUTHOR_COLUMNS: dict[str, Column] = {
    **_named,
    "id": Id("author"),
    "bio": Text("bio"),
    "profile_image": Presence(~Q(picture="")),
}
NAMED_ORDERS = {"id": "pk", "name": "name", "slug": "slug", "count.posts": "number_of_posts"}
NEWSLETTER_COLUMNS: dict[str, Column] = {
    **_named,
    "id": Id("newsletter"),
    "visibility": Text("visibility"),
    "status": Text("state"),
}
NEWSLETTER_ORDERS = {"id": "pk", "name": "name", "slug": "slug", "sort_order": "position", "created_at": "added_at"}

first_tag = Subquery(
    PostTag.objects.filter(post=OuterRef("pk"), tag__is_internal=False)
    .order_by("position", "id")
    .values("tag__slug")[:1]
)
first_author = Subquery(
    PostAuthor.objects.filter(post=OuterRef("pk")).order_by("position", "id").values("author__slug")[:1]
)
