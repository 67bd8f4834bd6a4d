"""Writing and changing posts, shorter than the form does."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from masthead.content.document import from_markdown
from masthead.content.editing import draft_of, freeze, save_draft, start_post
from masthead.content.models import Draft, Post, Revision
from masthead.content.publishing import publish
from tests.cast import client_of


def written(title: str, text: str = "Words.", *, at: datetime | None = None, **fields: Any) -> Post:
    """Start a post that nobody has published, and return it."""
    document = from_markdown(text).document.json
    return start_post(by=None, at=at or timezone.now(), title=title, document=document, **fields).post


def rewrite(post: Post, text: str | None = None, *, at: datetime | None = None, **fields: Any) -> Draft:
    """Save other fields to the draft."""
    more = {"document": from_markdown(text).document.json} if text is not None else {}
    return save_draft(post, fields | more, version=draft_of(post).version, by=None, at=at or timezone.now())


def put_out(post: Post, *, at: datetime | None = None) -> Post:
    """Publish the draft as it is."""
    moment = at or timezone.now()
    return publish(freeze(post, by=None, at=moment), by=None, at=moment)


def frozen(post: Post, *, at: datetime | None = None) -> Revision:
    """Freeze the draft as it is."""
    return freeze(post, by=None, at=at or timezone.now())


def seen(path: str, *, by: Any = None) -> str:
    """Return what a visitor gets at a path."""
    return client_of(by).get(path).content.decode()
