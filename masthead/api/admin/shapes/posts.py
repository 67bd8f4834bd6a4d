"""A post or page as staff see it: all of it, field by field."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from django.conf import settings

from masthead.api.admin.shapes.authors import whole_author
from masthead.api.admin.shapes.html import whole_html
from masthead.api.admin.shapes.tags import whole_tag
from masthead.api.content.pictures import addresses_of
from masthead.api.content.shapes.authors import author_tokens
from masthead.api.content.shapes.common import moment, picture_tokens
from masthead.api.content.shapes.posts import FIELDS, OF_PAGES, Told, slug_of
from masthead.api.content.shapes.tags import tag_tokens
from masthead.api.content.shapes.tiers import told_tiers
from masthead.content.attaching import files_of
from masthead.content.document import Attached, file_ids, media_ids
from masthead.content.lexical import to_lexical
from masthead.content.models import Post
from masthead.content.models.post import Kind, Status
from masthead.content.reading import load_pictures
from masthead.content.working import Working, working
from masthead.core.models import Publication
from masthead.core.slugs import slug_from

FORMATS = ("lexical", "html", "mobiledoc", "plaintext")
NOT_FOR_STAFF = ("access", "comments", "html", "plaintext")  # of the Content API; the latter two are asked for by name


@dataclass(frozen=True)
class Whole(Told):
    """One post on its way to a program of the staff."""

    working: Working
    files: Mapping[str, Attached]

    @cached_property
    def lexical(self) -> str:
        files = {token: settings.ADDRESS + held.address for token, held in self.files.items()}
        written = to_lexical(
            self.working.document,
            image=lambda token: self.pictures.get(token) or "",
            file=lambda token: files.get(token, ""),
            home=settings.ADDRESS,
        )
        return json.dumps(written, ensure_ascii=False, separators=(",", ":"))

    @property
    def slug(self) -> str:
        """The last part of its address, or what that will be."""
        at = slug_of(self.working.post.path)
        if self.working.state == Status.PUBLISHED:
            return at
        return self.working.fields.slug or at or slug_from(self.reading.title)

    @property
    def status(self) -> str:
        is_sent = self.working.state == Status.PUBLISHED and bool(self.extras.get("is_mail_only"))
        return "sent" if is_sent else self.working.state

    @property
    def url(self) -> str:
        is_out = self.working.state == Status.PUBLISHED
        desk = f"/desk/posts/{self.reading.public_id}/preview/anyone/"
        return settings.ADDRESS + (self.reading.path if is_out else desk)


Field = Callable[[Whole], Any]

OURS: dict[str, Field] = {
    "slug": lambda w: w.slug,
    "status": lambda w: w.status,
    "updated_at": lambda w: moment(w.working.changed_at),
    "published_at": lambda w: moment(w.working.publish_at or w.reading.published_at),
    "url": lambda w: w.url,
    "email_only": lambda w: bool(w.extras.get("is_mail_only")),
    "newsletter": lambda w: None,
    "email": lambda w: None,
}
TEXTS: dict[str, Field] = {
    "lexical": lambda w: w.lexical,
    "html": lambda w: whole_html(w.working.document, w.reading.pictures, w.files),
    "mobiledoc": lambda w: None,
    "plaintext": lambda w: w.reading.text,
}
SHOWN: dict[str, Field] = {name: field for name, field in FIELDS.items() if name not in NOT_FOR_STAFF} | OURS


def wholes(rows: Iterable[Post]) -> list[Whole]:
    """Return posts as they stand, with the addresses of the pictures beside their text."""
    held = working(rows)
    load_pictures([one.reading for one in held])
    pictures = addresses_of(chain.from_iterable(map(_tokens, held)))
    files = files_of({token for one in held for token in file_ids(one.document)})
    return [Whole(one.reading, pictures, one, files) for one in held]


def _tokens(one: Working) -> list[str]:
    reading = one.reading
    beside = [*picture_tokens(reading.extras), *tag_tokens(reading.tags), *author_tokens(reading.authors)]
    return beside + media_ids(one.document)


def told_wholes(
    held: Iterable[Whole], publication: Publication, *, formats: frozenset[str], fields: frozenset[str] | None = None
) -> list[dict[str, Any]]:
    """Return posts as programs get them: Lexical unless other formats are named, and all fields unless some are."""
    tiers = told_tiers(publication, with_unlisted=True)
    return [_told(one, tiers, formats, fields) for one in held]


def _told(
    whole: Whole, tiers: list[tuple[int, dict[str, Any]]], formats: frozenset[str], fields: frozenset[str] | None
) -> dict[str, Any]:
    wanted = formats & frozenset(FORMATS) or frozenset({"lexical", "mobiledoc"} if fields is None else ())
    texts = wanted | ((fields or frozenset()) & frozenset(FORMATS))
    of_kind = SHOWN | OF_PAGES if whole.reading.kind == Kind.PAGE else SHOWN
    told = {name: field(whole) for name, field in of_kind.items() if fields is None or name in fields}
    told |= {name: TEXTS[name](whole) for name in FORMATS if name in texts}
    beside = _beside(whole, tiers)
    return told | {name: value for name, value in beside.items() if fields is None or name in fields}


def _beside(whole: Whole, tiers: list[tuple[int, dict[str, Any]]]) -> dict[str, Any]:
    pictures: Mapping[str, str | None] = whole.pictures
    tags = [whole_tag(tag, pictures) for tag in whole.reading.tags]
    authors = [whole_author(author, pictures) for author in whole.reading.authors]
    return {
        "tags": tags,
        "primary_tag": next((tag for tag in tags if tag["visibility"] == "public"), None),
        "authors": authors,
        "primary_author": authors[0] if authors else None,
        "tiers": [tier for number, tier in tiers if number in whole.reading.tier_ids],
    }
