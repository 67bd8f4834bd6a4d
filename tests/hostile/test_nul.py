"""A NUL in whatever is asked: PostgreSQL takes no text with one, so it must not come as far as a query (check 134)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from masthead.members.keys import make_key
from masthead.members.models.api_key import KeyKind
from tests.api.admin.asking import Tool, an_admin_key
from tests.cast import Cast, client_of, published

CONTENT = (
    "posts/?filter=title:'a%00b'", "posts/?filter=slug:'a%00b'", "posts/?filter=tag:'a%00b'", "posts/?order=a%00b",
    "posts/?filter=id:'a%00b'", "posts/?filter=published_at:>'a%00b'", "posts/?fields=a%00&include=%00", "posts/a%00b/",
    "posts/slug/a%00b/", "tags/?filter=name:~'a%00b'", "authors/?filter=slug:[a%00b,c]", "offers/a%00b/",
    "tiers/?filter=name:'a%00b'", "newsletters/?filter=name:'a%00b'", "posts/?filter=primary_tag:'%00'",
)  # fmt: skip
PAGES = (
    "/a%00b/", "/A%00B/", "/a%00/amp/", "/a%00.md", "/tag/a%00/", "/tag/world%00/rss/", "/author/%00/", "/search/?q=a%00b",
    "/files/none-none-none-none/%00", "/desk/?q=%00", "/ghost/api/%00/", "/%00", "/a/?%00=%00", "/sign-in/?next=/%00",
    "/unsubscribe/?uuid=a%00b&key=%00&newsletter=%00",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _as_postgresql(cast: Cast) -> Iterator[None]:
    """Refuse what PostgreSQL refuses."""
    published("A ship", "Words.", cast=cast)

    def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if any(isinstance(value, str) and "\0" in value for value in params or ()):
            raise ValueError("A string literal cannot contain NUL (0x00) characters.")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.parametrize("path", PAGES)
def test_no_page_breaks(cast: Cast, path: str) -> None:
    for member in (None, cast.editor):
        browser = client_of(member)
        browser.raise_request_exception = False
        assert browser.get(path).status_code < 500


@pytest.mark.parametrize("path", CONTENT)
def test_neither_api_breaks(cast: Cast, path: str) -> None:
    key = make_key("Reader", KeyKind.CONTENT, by=cast.owner, at=timezone.now())[1]
    client = Client(raise_request_exception=False)
    assert client.get(f"/ghost/api/content/{path}{'&' if '?' in path else '?'}key={key}").status_code < 500
    tool = Tool(an_admin_key(cast))
    for asked in (path, f"members/?search=a%00&filter=name:'a%00'&path={path[:3]}"):
        assert client.get(f"/ghost/api/admin/{asked}", headers=tool.headers).status_code < 500


def test_the_refusal_is_seen_where_one_does_come_through() -> None:
    from masthead.content.models import Tag

    with pytest.raises(ValueError, match="NUL"):
        Tag.objects.filter(name="a\0b").exists()
