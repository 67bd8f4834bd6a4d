"""Filling in the form of the desk as a browser does."""

from typing import Any

from django.test import Client
from selectolax.lexbor import LexborHTMLParser, LexborNode

from masthead.content.document import from_markdown
from masthead.content.editing import start_post
from masthead.content.models import Author, Draft, Post
from masthead.members.models import Member
from tests.cast import Cast, client_of

NEW = "/desk/posts/new/"


def path_of(post: Post) -> str:
    return f"/desk/posts/{post.public_id}/"


def byline(member: Member) -> Author:
    """Return the member's byline, made as the desk makes it."""
    return Author.objects.get_or_create(member=member, defaults={"slug": f"by-{member.pk}", "name": member.name})[0]


def draft_by(member: Member, title: str = "A ship", text: str = "Words.", **fields: Any) -> Post:
    """Start a post that has the member's byline on it."""
    from django.utils import timezone

    values = {"author_ids": [byline(member).pk], "document": from_markdown(text).document.json} | fields
    return start_post(by=member, at=timezone.now(), title=title, **values).post


def filled(content: bytes) -> dict[str, Any]:
    """Return what the form on this page would send as it stands, without a button and without files."""
    form = LexborHTMLParser(content).css_first("main form[method=post]")
    assert form is not None
    sent: dict[str, Any] = {}
    for field in form.css("input, textarea, select"):
        name, value = field.attributes.get("name"), value_of(field)
        if name and value is not None:
            sent[name] = [*sent.get(name, []), *value] if isinstance(value, list) else value
    return sent


def value_of(field: LexborNode) -> str | list[str] | None:
    if field.tag == "textarea":
        return field.text().removeprefix("\n")
    if field.tag == "select":
        chosen = [o.attributes.get("value") or "" for o in field.css("option[selected]")]
        return chosen if "multiple" in field.attributes else (chosen or [""])[0]
    kind = field.attributes.get("type", "text")
    value = field.attributes.get("value") or ""
    if kind in ("checkbox", "radio"):
        return (
            ([value] if field.attributes.get("name") == "tiers" else value or "on")
            if "checked" in field.attributes
            else None
        )
    return None if kind in ("file", "submit") else value


def opened(browser: Client, path: str) -> dict[str, Any]:
    """Open the form and return what it would send."""
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return filled(answer.content)


def send(browser: Client, path: str, act: str = "save", **changed: Any) -> Any:
    """Open the form, change some fields, press a button, and return the answer."""
    return browser.post(path, opened(browser, path) | changed | {"act": act})


def written(browser: Client, act: str = "save", **fields: Any) -> Post:
    """Write a new post through the form and return it."""
    answer = send(browser, NEW, act, **fields)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return Post.objects.get(public_id=answer["Location"].split("/")[3])


def draft(post: Post) -> Draft:
    return Draft.objects.get(post=post)


def desk_of(cast: Cast, name: str) -> Client:
    return client_of(cast.members[name])
