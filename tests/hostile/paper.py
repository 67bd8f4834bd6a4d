"""A paper in which every text is hostile (or plain), at addresses that are the same for both, so that pages compare."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from masthead.content.document import Document
from masthead.content.editing import freeze, start_post
from masthead.content.models import Author, Media, Post, Tag
from masthead.content.publishing import publish
from masthead.content.uploading import keep_picture
from masthead.core.models import Publication
from masthead.search.index import index_post
from tests.cast import Cast
from tests.content.document.nodes.attacking import CARDS, card_of
from tests.hostile.payloads import PAYLOADS
from tests.importers.bringing import picture

Json = dict[str, Any]
A_PAPER = 15  # posts: one page of a list
BATCHES = [PAYLOADS[start : start + A_PAPER] for start in range(0, len(PAYLOADS), A_PAPER)]


def blocks_of(text: str, token: str) -> list[Json]:
    """Every node that holds text, with this text in it and in its attributes."""
    node = {"type": "text", "text": text}
    linked = node | {"marks": [{"type": "link", "attrs": {"href": "/somewhere/"}}, {"type": "bold"}]}
    paragraph = {"type": "paragraph", "content": [node, {"type": "footnote", "content": [node]}, linked]}
    cell = {"type": "tableCell", "content": [paragraph]}
    cards = [card_of(name, text) for name in CARDS]
    return [
        paragraph,
        {"type": "heading", "attrs": {"level": 2}, "content": [node]},
        {"type": "bulletList", "content": [{"type": "listItem", "content": [paragraph]}]},
        {"type": "blockquote", "content": [paragraph]},
        {"type": "pullQuote", "content": [node]},
        {"type": "codeBlock", "content": [node]},
        {"type": "paragraph", "content": [node | {"marks": [{"type": "code"}]}]},
        {"type": "figure", "attrs": {"media": token, "alt": text, "credit": text}, "content": [node]},
        {"type": "table", "content": [{"type": "tableRow", "content": [cell | {"type": "tableHeader"}, cell]}]},
        *cards,
    ]


def publish_all(texts: Sequence[str]) -> list[Post]:
    """Publish one post for each text, with the text in every field of post, tag, author and picture."""
    return [_publish(number, text) for number, text in enumerate(texts)]


def _publish(number: int, text: str) -> Post:
    at = timezone.now() - timedelta(hours=1, minutes=number)
    media = keep_picture(picture((number, 9, 9)), text, at=at)
    Media.objects.filter(pk=media.pk).update(alt=text, caption=text, credit=text)
    tag = Tag.objects.create(slug=f"t{number}", name=text, description=text, is_section=True, position=number)
    author = Author.objects.create(slug=f"a{number}", name=text, bio=text)
    draft = start_post(
        by=None, at=at, title=text, standfirst=text, slug=f"n{number}", document=Document.of(blocks_of(text, media.token)).json,
        visibility="public", tag_ids=[tag.pk], author_ids=[author.pk], lead=media, lead_alt=text, lead_caption=text, lead_credit=text,
    )  # fmt: skip
    post = publish(freeze(draft.post, by=None, at=at), by=None, at=at)
    index_post(post.pk)
    return post


@contextmanager
def paper_of(cast: Cast, texts: Sequence[str]) -> Iterator[list[Post]]:
    """Publish the texts, the first also as the paper's name and lines, and take everything back at the end."""
    with transaction.atomic():
        lines = {"name": texts[0], "tagline": texts[0], "description": texts[0]}
        navigation = [{"label": text, "address": "/about/"} for text in texts]
        Publication.objects.filter(pk=1).update(navigation=navigation, **lines)
        yield publish_all(texts)
        transaction.set_rollback(True)


def public_paths(posts: list[Post]) -> list[str]:
    """The pages on which those texts stand."""
    now = timezone.localtime()
    lists = ["/", "/archive/", f"/archive/{now.year}/{now.month}/", "/tag/world/", "/author/ines-okafor/", "/search/"]
    own = [path for n in range(len(posts)) for path in (f"/n{n}/", f"/tag/t{n}/", f"/author/a{n}/")]
    return lists + own + ["/subscribe/", "/sign-in/", "/sign-up/", "/no-such-page/"]


def feed_paths() -> list[str]:
    """The feeds and sitemaps in which they stand."""
    feeds = [root + end for root in ("/", "/tag/t0/", "/author/a0/") for end in ("rss/", "atom.xml")]
    return [
        *feeds,
        "/sitemap.xml",
        "/sitemaps/posts-1.xml",
        "/sitemaps/tags.xml",
        "/sitemaps/authors.xml",
        "/sitemap-news.xml",
    ]
