"""A post or page as it is published: what anyone may see of it."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from masthead.access.models import Tier
from masthead.access.visibility import Visibility
from masthead.content.document import Document
from masthead.content.models.author import Author
from masthead.content.models.media import Media
from masthead.content.models.tag import Tag
from masthead.core.extras import MAIL_ONLY
from masthead.core.ids import new_public_id


class Kind(models.TextChoices):
    """An article, or a standing page."""

    POST = "post", _("Post")
    PAGE = "page", _("Page")


class Status(models.TextChoices):
    """Whether a post is out. Scheduled is a row of Schedule, not a status."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    UNPUBLISHED = "unpublished", _("Unpublished")


def empty_document() -> object:
    """The JSON of a document without text."""
    return Document.empty().json


class PostQuerySet(models.QuerySet["Post"]):
    def live(self, at: datetime) -> Self:
        """What is out at this moment: a page that anyone may find. A letter never is one, whoever publishes it."""
        return self.filter(status=Status.PUBLISHED, published_at__lte=at).exclude(extras__has_key=MAIL_ONLY)

    def next_moment(self, at: datetime) -> datetime | None:
        """Return when the next of those comes out that are published already for a moment to come; None if none is."""
        coming = self.filter(status=Status.PUBLISHED, published_at__gt=at)
        return coming.order_by("published_at").values_list("published_at", flat=True).first()

    def posts(self) -> Self:
        """Articles, without standing pages."""
        return self.filter(kind=Kind.POST)

    def newest(self) -> Self:
        """Newest first, in an order that two queries share."""
        return self.order_by("-published_at", "-id")

    def with_bylines(self) -> Self:
        """Load what a card or a page shows beside the text, in a fixed number of queries."""
        return self.select_related("lead").prefetch_related(
            models.Prefetch("post_authors", PostAuthor.objects.select_related("author")),
            models.Prefetch("post_tags", PostTag.objects.select_related("tag")),
            "tiers",
        )


class Post(models.Model):
    """What is published and anyone may see. Only publishing writes it (content/publishing.py).

    The words below the cut, drafts and revisions stand in tables to which no attribute leads from here.
    Until it is first published, every public field is empty.
    """

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.POST)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFT)
    path = models.CharField(max_length=400, blank=True, help_text="the current address; empty until first published")
    title = models.CharField(max_length=300, blank=True)
    standfirst = models.TextField(blank=True)
    opening = models.JSONField(default=empty_document, help_text="the document above the cut")
    visibility = models.CharField(max_length=20, default=Visibility.PUBLIC)
    tiers = models.ManyToManyField(Tier, blank=True, related_name="+")
    tags = models.ManyToManyField(Tag, through="PostTag", related_name="posts")
    authors = models.ManyToManyField(Author, through="PostAuthor", related_name="posts")
    lead = models.ForeignKey(Media, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    lead_alt = models.TextField(blank=True)
    lead_caption = models.TextField(blank=True)
    lead_credit = models.CharField(max_length=300, blank=True)
    is_featured = models.BooleanField(default=False)
    extras = models.JSONField(default=dict, blank=True, help_text="what core/extras.py names, but for what is sealed")
    language = models.CharField(max_length=20, blank=True, help_text="empty: the publication's")
    translation_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="translations"
    )
    revision_number = models.PositiveIntegerField(default=0, help_text="which of its revisions is out; 0: none")
    started_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(null=True, blank=True, help_text="when what is out last changed")

    objects = PostQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["status", "kind", "-published_at"], name="post_newest"),
        ]

    def __str__(self) -> str:
        return self.title or self.public_id

    def is_live(self, at: datetime) -> bool:
        """Say what the query `live` says, of this row."""
        is_out = self.status == Status.PUBLISHED and self.published_at is not None and self.published_at <= at
        return is_out and MAIL_ONLY not in self.extras

    @property
    def bylines(self) -> list[Author]:
        """Authors in the order of the byline."""
        return [row.author for row in self.post_authors.all()]

    @property
    def subjects(self) -> list[Tag]:
        """Tags in their order, without internal ones; the first is the primary tag."""
        return [row.tag for row in self.post_tags.all() if not row.tag.is_internal]

    @property
    def primary_tag(self) -> Tag | None:
        return next(iter(self.subjects), None)


class PostAuthor(models.Model):
    """The place of an author in a post's byline."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="post_authors")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["post", "author"], name="post_author_once")]

    def __str__(self) -> str:
        return f"{self.post_id} by {self.author_id}"


class PostTag(models.Model):
    """The place of a tag among a post's tags."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="post_tags")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["post", "tag"], name="post_tag_once")]

    def __str__(self) -> str:
        return f"{self.post_id} in {self.tag_id}"
