"""What search engines and social networks are told of a page: from its extras, or else from what anyone sees of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from masthead.content.document import Picture
from masthead.content.document.escaping import is_safe_address
from masthead.content.models import Author, Tag
from masthead.content.pictures import pictures_of
from masthead.content.reading import Reading
from masthead.core.models import Publication


@dataclass(frozen=True)
class Told:
    """The head of a page. What is '' is left out; `title` is the whole title, without the paper's name behind it."""

    title: str
    description: str
    canonical: str
    kind: str  # article, profile or website
    og_title: str
    og_description: str
    og_image: str
    og_image_alt: str
    twitter_title: str
    twitter_description: str
    twitter_image: str


@dataclass(frozen=True)
class _Plain:
    """What a page is of, where no extra says otherwise; `pictures` are tokens, the first that there is counts."""

    kind: str
    title: str
    description: str
    standfirst: str
    path: str
    pictures: tuple[str, ...]
    alt: str = ""


def told_of_post(reading: Reading, publication: Publication) -> Told:
    """Tell of a post or page, from what this Reading holds and nothing else."""
    lead = reading.lead
    fallback = (publication.extras.get("og_image", ""), publication.cover)
    plain = _Plain(
        kind="article",
        title=reading.title,
        description=reading.excerpt,
        standfirst=reading.standfirst,
        path=reading.path,
        pictures=(lead.token if lead else "", *fallback),
        alt=lead.alt if lead else "",
    )
    return _told(reading.extras, plain, {lead.token: lead.picture} if lead else {})


def told_of_tag(tag: Tag, path: str, number: int) -> Told:
    """Tell of a page of a tag's list, at this path."""
    plain = _Plain("website", tag.name, tag.description or tag.name, "", path, (tag.picture,))
    return _numbered(_told(tag.extras, plain, {}), number)


def told_of_author(author: Author, path: str, number: int) -> Told:
    """Tell of a page of an author's list, at this path."""
    pictures = (author.picture, author.extras.get("cover", ""))
    plain = _Plain("profile", author.name, author.bio or author.name, "", path, pictures)
    return _numbered(_told(author.extras, plain, {}), number)


def _numbered(told: Told, number: int) -> Told:
    return replace(told, title=f"{told.title} – {number}") if told.title and number > 1 else told


def told_of_front(publication: Publication) -> Told:
    """Tell of the front page."""
    about = publication.description or publication.tagline
    pictures = (publication.cover, publication.logo)
    return _told(publication.extras, _Plain("website", publication.name, about, "", "/", pictures), {})


def canonical_of(extras: Mapping[str, Any], path: str) -> str:
    """Return the address that search engines are to keep: the one that was written, or the page's own."""
    written = str(extras.get("canonical_url", ""))
    if not is_safe_address(written) or not written.startswith(("/", "http://", "https://")):
        written = path
    return settings.ADDRESS + written if written.startswith("/") else written


def is_elsewhere(extras: Mapping[str, Any], path: str) -> bool:
    """Say whether another address is the canonical one, so that no sitemap names this."""
    return canonical_of(extras, path) != settings.ADDRESS + path


def _told(extras: Mapping[str, Any], plain: _Plain, known: Mapping[str, Picture]) -> Told:
    def extra(name: str) -> str:
        return str(extras.get(name, ""))

    shared = next(filter(None, (extra("og_image"), *plain.pictures)), "")
    wanted = {shared, extra("twitter_image")} - {""} - known.keys()
    pictures = {**known, **pictures_of(wanted)}
    return Told(
        title=extra("meta_title"),
        description=extra("meta_description") or plain.description,
        canonical=canonical_of(extras, plain.path),
        kind=plain.kind,
        og_title=extra("og_title") or extra("meta_title") or plain.title,
        og_description=extra("og_description") or plain.standfirst or extra("meta_description") or plain.description,
        og_image=_largest(pictures.get(shared)),
        og_image_alt=plain.alt if shared in known else "",
        twitter_title=extra("twitter_title"),
        twitter_description=extra("twitter_description"),
        twitter_image=_largest(pictures.get(extra("twitter_image"))),
    )


def _largest(picture: Picture | None) -> str:
    files = picture.of("jpeg") if picture else []
    return f"{settings.ADDRESS}{files[-1].address}" if files else ""
