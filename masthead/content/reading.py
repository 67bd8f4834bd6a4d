"""The Reading: a post as one Reader gets it. The only thing that templates, feeds, search and mail render."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from functools import cached_property
from typing import Any

from django.db.models import F, Q
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from masthead.access.reader import STAFF, Reader
from masthead.access.rule import may_read, may_see_block
from masthead.access.visibility import Visibility
from masthead.content.attaching import files_of
from masthead.content.document import (
    Document,
    Picture,
    file_ids,
    join,
    media_ids,
    to_html,
    to_mail,
    to_markdown,
    to_text,
    word_count,
)
from masthead.content.document.attached import Attached
from masthead.content.models.author import Author
from masthead.content.models.body import Body
from masthead.content.models.media import Media
from masthead.content.models.post import Post
from masthead.content.models.sealed_block import SealedBlock
from masthead.content.models.tag import Tag
from masthead.content.pictures import picture_of, pictures_of
from masthead.content.sealing import has_audience, put_back

WORDS_A_MINUTE = 230
EXCERPT_LENGTH = 200  # characters


class Through(Enum):
    """The way on which a post goes out: a part of it may be for the web or for mail only."""

    WEB = "web"
    MAIL = "mail"
    INDEX = "index"  # without any part that is for some readers only


@dataclass(frozen=True)
class Lead:
    """The picture above the text."""

    token: str
    picture: Picture
    alt: str
    caption: str
    credit: str


@dataclass(frozen=True)
class Reading:
    """A post as one Reader gets it: `document` holds what this Reader may see and nothing else.

    `is_whole` says whether that is all of it; everything derived (excerpt, length, first picture) is computed
    from `document` alone, so that two posts with the same opening read the same to those outside.
    """

    post_id: int
    public_id: str
    kind: str
    path: str
    title: str
    standfirst: str
    document: Document
    is_whole: bool
    visibility: str
    tier_ids: tuple[int, ...]
    authors: tuple[Author, ...]
    tags: tuple[Tag, ...]
    lead: Lead | None
    language: str
    is_featured: bool
    extras: Mapping[str, Any]
    started_at: datetime
    published_at: datetime | None
    updated_at: datetime | None

    @property
    def is_cut(self) -> bool:
        """Whether this Reader stands before the wall."""
        return not self.is_whole

    @property
    def is_gated(self) -> bool:
        return self.visibility != Visibility.PUBLIC

    @property
    def primary_tag(self) -> Tag | None:
        return self.tags[0] if self.tags else None

    @property
    def was_updated(self) -> bool:
        """Whether it changed noticeably (a minute or more) after it was first published."""
        if not (self.published_at and self.updated_at):
            return False
        return (self.updated_at - self.published_at).total_seconds() >= 60

    @cached_property
    def pictures(self) -> Mapping[str, Picture]:
        return pictures_of(media_ids(self.document))

    @cached_property
    def files(self) -> Mapping[str, Attached]:
        return files_of(file_ids(self.document))

    @cached_property
    def html(self) -> SafeString:
        return self.html_for("")

    def html_for(self, base: str) -> SafeString:
        """Render for the web, with addresses below `base` (such as https://paper.example) made absolute."""
        return to_html(self.document, pictures=self.pictures, files=self.files, base=base)

    def mail_for(self, base: str) -> SafeString:
        """Render for mail, with absolute addresses."""
        return to_mail(self.document, pictures=self.pictures, files=self.files, base=base)

    @cached_property
    def text(self) -> str:
        return to_text(self.document)

    @cached_property
    def markdown(self) -> str:
        return to_markdown(self.document)

    @cached_property
    def excerpt(self) -> str:
        """The standfirst, or else the beginning of what this Reader may see, on one line."""
        return self.standfirst or Truncator(" ".join(self.text.split())).chars(EXCERPT_LENGTH)

    @cached_property
    def word_count(self) -> int:
        return word_count(self.document)

    @property
    def reading_minutes(self) -> int:
        return max(1, round(self.word_count / WORDS_A_MINUTE))


def read(posts: Iterable[Post], reader: Reader, *, through: Through = Through.WEB) -> list[Reading]:
    """Return the posts as this Reader gets them on this way, in the order given.

    Reading one post is a list of one. The only queries that load gated words are in here, filtered by the rule.
    """
    posts = list(posts)
    bodies = _bodies(posts, reader)
    readings = [_reading(post, bodies.get(post.pk)) for post in posts]
    return _with_blocks(readings, reader, through)


def load_pictures(readings: Collection[Reading]) -> None:
    """Look up the pictures of many readings in one query, before each is rendered."""
    known = pictures_of({token for reading in readings for token in media_ids(reading.document)})
    files = files_of({token for reading in readings for token in file_ids(reading.document)})
    for reading in readings:
        vars(reading)["pictures"], vars(reading)["files"] = known, files


def read_one(post: Post, reader: Reader, *, through: Through = Through.WEB) -> Reading:
    """Return one post as this Reader gets it."""
    return read([post], reader, through=through)[0]


def has_parts(post: Post) -> bool:
    """Say whether a post that is out has parts on the web that some readers get and others do not."""
    differs = ~Q(web_anyone=F("web_free")) | ~Q(web_free=F("web_paid"))
    return SealedBlock.objects.filter(differs, post=post).exists()


def _with_blocks(readings: list[Reading], reader: Reader, through: Through) -> list[Reading]:
    """Put the parts that this Reader may have into their places, and take the places of others away."""
    partly = [reading.post_id for reading in readings if has_audience(reading.document.tree)]
    if not partly:
        return readings
    blocks: dict[int, dict[int, Document]] = {}
    if through != Through.INDEX:
        rows = SealedBlock.objects.filter(may_see_block(reader, in_mail=through == Through.MAIL), post__in=partly)
        for row in rows.distinct():
            blocks.setdefault(row.post_id, {})[row.number] = Document.stored(row.document)
    return [replace(r, document=put_back(r.document, blocks.get(r.post_id, {}))) for r in readings]


def _bodies(posts: Collection[Post], reader: Reader) -> dict[int, Body]:
    gated = [post.pk for post in posts if post.visibility != Visibility.PUBLIC]
    if not gated:
        return {}
    rows = Body.objects.filter(may_read(reader), post__in=gated)
    return {row.post_id: row for row in rows}


def _reading(post: Post, body: Body | None) -> Reading:
    opening = Document.stored(post.opening)
    return Reading(
        post_id=post.pk,
        public_id=post.public_id,
        kind=post.kind,
        path=post.path,
        title=post.title,
        standfirst=post.standfirst,
        document=join(opening, Document.stored(body.document)) if body else opening,
        is_whole=post.visibility == Visibility.PUBLIC or body is not None,
        visibility=post.visibility,
        tier_ids=tuple(tier.pk for tier in post.tiers.all()),
        authors=tuple(post.bylines),
        tags=tuple(post.subjects),
        lead=lead_of(post.lead, post.lead_alt, post.lead_caption, post.lead_credit),
        language=post.language,
        is_featured=post.is_featured,
        extras=post.extras | body.extras if body else post.extras,
        started_at=post.started_at,
        published_at=post.published_at,
        updated_at=post.updated_at,
    )


def lead_of(media: Media | None, alt: str, caption: str, credit: str) -> Lead | None:
    """Describe the picture above the text; what was not written for this post is taken from the picture itself."""
    if media is None:
        return None
    return Lead(media.token, picture_of(media), alt or media.alt, caption or media.caption, credit or media.credit)


def pictures_on(post: Post) -> list[str]:
    """Return the tokens of every picture of a post, for making its renditions; they tell nothing of its words."""
    whole = read_one(post, STAFF)
    return ([whole.lead.token] if whole.lead else []) + media_ids(whole.document)
