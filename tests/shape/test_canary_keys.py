"""The canary crawl of the API: every route below /ghost/api/ with every kind of key (checks 1, 9, 10, 94)."""

import logging
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone

from masthead.access.reader import STAFF
from masthead.api.content.shapes import posts as shapes
from masthead.api.content.views import site
from masthead.content.models import Post
from masthead.content.models.post import PostQuerySet
from masthead.core.ghost_token import make_token
from masthead.core.shown_ids import shown_id
from masthead.members.keys import make_key, revoke_key
from masthead.members.models.api_key import KeyKind
from tests.cast import Cast, client_of
from tests.shape.canaries import Canaries, forms_of, make_canaries, may_see
from tests.shape.routes import routes

Ask = Callable[[str, str], Any]  # path, query -> answer
QUERIES = (
    "", "formats=html,plaintext,lexical,mobiledoc", "include=tags,authors,tiers,count.posts", "limit=all&order=title",
    "fields=title,excerpt,html,plaintext,opening,extras", "filter=visibility:[paid,tiers,members]", "page=2&limit=2",
    "filter=title:~'TITLE'", "filter=html:~'PAID'", "filter=status:draft", "order=html", "absolute_urls=true&search=PAID",
)  # fmt: skip


def paths(made: Canaries) -> list[str]:
    """Return an address for every route of the API, and for every post by its id and its slug, old prefixes included."""
    ids = [shown_id(kind, post.public_id) for post in made.posts.values() for kind in ("post", "page")]
    slugs = [f"post-{name}" for name in made.posts]
    fills = {
        "shown_id": lambda: [*ids, "0" * 24],
        "post_slug": lambda: slugs,
        "slug": lambda: ["world", "ines-okafor"],
        "rest": lambda: [
            "v2/content/posts/",
            "canary/content/search-index/posts",
            *(f"v4/posts/slug/{s}/" for s in slugs),
        ],
    }
    ours = [route for route in routes() if route.template.startswith("ghost/api/") and "/admin/" not in route.template]
    return [path for route in ours for path in route.paths(fills)]


def callers(cast: Cast) -> dict[str, Ask]:
    """Return a way of asking for each kind of key, and for none; members and staff have their session on top."""
    at = timezone.now()
    content = make_key("Content", KeyKind.CONTENT, by=cast.owner, at=at)[1]
    admin_row, admin = make_key("Admin", KeyKind.ADMIN, by=cast.owner, at=at)
    gone_row, gone = make_key("Gone", KeyKind.CONTENT, by=cast.owner, at=at)
    revoke_key(gone_row, by=cast.owner, at=at)
    token = make_token(admin_row.public_id, admin.partition(":")[2], at=at)
    return {
        "content key": _asker(None, content),
        "content key of an owner at the desk": _asker(cast.owner, content),
        "content key of a paying member": _asker(cast.gold, content),
        "admin key": _asker(None, admin),
        "admin token": _asker(None, "", {"Authorization": f"Ghost {token}"}),
        "admin token beside a content key": _asker(None, content, {"Authorization": f"Ghost {token}"}),
        "revoked key": _asker(None, gone),
        "no key": _asker(cast.owner, ""),
    }


def _asker(member: Any, key: str, headers: dict[str, str] | None = None) -> Ask:
    browser = client_of(member)
    browser.raise_request_exception = False
    shown = f"key={quote(key)}&" if key else ""
    return lambda path, query: browser.get(f"{path}?{shown}{quote(query, safe='=&')}", headers=headers or {})


def leaks(made: Canaries, asks: dict[str, Ask], queries: tuple[str, ...]) -> tuple[list[str], dict[str, int]]:
    """Crawl and return (leaks, answers of each caller that told something)."""
    secret = [word for word, post in (made.sealed | made.tokens).items() if not may_see("anyone", post)]
    found, told = [], dict.fromkeys(asks, 0)
    for name, ask in asks.items():
        for number, path in enumerate(paths(made)):
            is_list = path.endswith("s/")
            if (
                not is_list and name != "content key" and number % 5
            ):  # what is let in is crawled whole, the others in part
                continue
            for query in queries if is_list else queries[:1]:
                answer = ask(path, query)
                text = forms_of(answer)
                told[name] += answer.status_code == 200
                found += [
                    f"{name} {path}?{query}: {word}" for word in secret if word in text and word not in path + query
                ]
                if answer.status_code >= 500:
                    found.append(f"{name} {path}?{query} is broken")
    return found, told


@pytest.fixture
def made(cast: Cast) -> Canaries:
    return make_canaries(cast)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Thousands of refusals are expected here."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def test_no_key_opens_a_gated_word_and_only_a_content_key_opens_anything(made: Canaries, cast: Cast) -> None:
    asks = callers(cast)
    found, told = leaks(made, {"content key": asks.pop("content key")}, QUERIES)
    more, others = leaks(made, asks, QUERIES[:2])
    assert found + more == []
    assert told["content key"] > 100
    assert {name for name, number in others.items() if number} == {name for name in others if "content" in name}


def test_the_crawl_does_see_what_anyone_may_read(made: Canaries, cast: Cast) -> None:
    """Otherwise it would find nothing because it looked at nothing."""
    ask = callers(cast)["content key"]
    text = forms_of(ask("/ghost/api/content/posts/", "limit=all"))
    for name in ("public", "members", "paid", "tiers"):
        assert f"TITLE{name.upper()}X" in text and f"FREE{name.upper()}X" in text, name
    assert "PAIDPUBLICCELLX" in text


@pytest.mark.parametrize("leak", ["reader", "index", "unpublished", "extras"])
def test_each_seeded_leak_turns_the_crawl_red(
    leak: str, made: Canaries, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    if leak == "reader":
        monkeypatch.setattr(shapes, "ANYONE", STAFF)
    elif leak == "index":
        monkeypatch.setattr(site, "ANYONE", STAFF)
        Post.objects.filter(pk=made.posts["paid"].pk).update(standfirst="")
        monkeypatch.setattr("masthead.content.reading.EXCERPT_LENGTH", 1000)
    elif leak == "unpublished":
        Post.objects.filter(pk=made.posts["unpublished"].pk).update(title="TITLEUNPUBLISHEDX")
        monkeypatch.setattr(PostQuerySet, "live", lambda self, at: self.exclude(path=""))
    elif leak == "extras":
        words = "PAIDPAIDPARAGRAPHX"
        monkeypatch.setitem(shapes.FIELDS, "frontmatter", lambda told: words)
    found, _ = leaks(made, {"content key": callers(cast)["content key"]}, QUERIES[:2])
    assert found, leak
