"""Two Readers with one key get the same bytes, and each gets what they would get if nothing were kept (PAGES.md, The key)."""

from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from itertools import combinations

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from masthead.access.entitlements import entitle
from masthead.access.models import Tier
from masthead.access.models.entitlement import Why
from masthead.access.reader import Reader
from masthead.access.reader_key import Depends
from masthead.content.models import Post
from masthead.members.models import Member
from masthead.pagestore import parts
from masthead.pagestore.cookies import UnlockedCookie
from tests.cast import Cast, client_of
from tests.shape.canaries import make_canaries

POSTS = ("public", "members", "paid", "tiers", "vip", "parts", "memberparts")
LISTS = ("/", "/archive/", "/tag/world/", "/author/ines-okafor/", "/rss/", "/no-such-post/")
PASSING = frozenset({"Set-Cookie", "Server-Timing"})
Shown = tuple[str, int, bytes, tuple[tuple[str, str], ...]]  # key, status, body, headers


@pytest.fixture
def posts(cast: Cast) -> dict[str, Post]:
    """One post of every visibility, and two with parts for some readers."""
    return make_canaries(cast).posts


@pytest.fixture
def readers(cast: Cast, posts: dict[str, Post]) -> dict[str, Client]:
    """A browser of everybody who may ask: nobody, and a member with each choice of tiers; each with and without unlocked posts."""
    Tier.objects.create(slug="other", name="Other")
    tiers = list(Tier.objects.order_by("pk"))
    choices = [held for size in range(len(tiers) + 1) for held in combinations(tiers, size)]
    found: dict[str, Client] = {}
    for unlocked in ([], [post.public_id for name, post in posts.items() if name in POSTS]):
        found[f"anyone {len(unlocked)}"] = with_unlocked(Client(), unlocked)
        for held in choices:
            name = f"{'-'.join(tier.slug for tier in held) or 'free'} {len(unlocked)}"
            found[name] = with_unlocked(
                client_of(member_with(f"{name.replace(' ', '.')}@readers.example", held)), unlocked
            )
    return found


def member_with(email: str, tiers: tuple[Tier, ...]) -> Member:
    """Return a member who holds these tiers."""
    now = timezone.now()
    member: Member = Member.objects.create_user(email)
    for tier in tiers:
        source = f"test:{email}:{tier.slug}"
        entitle(member, tier, source=source, why=Why.COMPLIMENTARY, starts_at=now - timedelta(1), ends_at=None, at=now)
    return member


def with_unlocked(client: Client, posts: list[str]) -> Client:
    """Put the cookie of unlocked posts into a browser."""
    if posts:
        until = int(timezone.now().timestamp()) + 3600
        client.cookies[settings.UNLOCKED_COOKIE_NAME] = parts.keys().unlocked_cookie(
            UnlockedCookie(tuple(posts), until)
        )
    return client


def shown(readers: dict[str, Client], paths: list[str]) -> dict[tuple[str, str], Shown]:
    """Return what each of them gets at each address, with the Reader key under which it would be kept."""
    found = {}
    for name, client in readers.items():
        for path in paths:
            answer = client.get(path)
            request = answer.wsgi_request
            whole = getattr(request, "whole_reader", request.reader)  # type: ignore[attr-defined]
            key = answer.keep.depends.key(whole)  # type: ignore[attr-defined]
            assert key == answer.keep.depends.key(request.reader)  # type: ignore[attr-defined]
            headers = tuple(sorted((name, value) for name, value in answer.items() if name not in PASSING))
            found[name, path] = (key, answer.status_code, answer.content, headers)
    return found


def mixed(found: dict[tuple[str, str], Shown]) -> list[str]:
    """Return the pages of which one key stands for different bytes."""
    kept: dict[tuple[str, str], set[Shown]] = defaultdict(set)
    for (_, path), one in found.items():
        kept[path, one[0]].add(one)
    return sorted({path for (path, _), variants in kept.items() if len(variants) > 1})


@pytest.fixture
def paths(posts: dict[str, Post]) -> list[str]:
    """Every kind of page that is kept."""
    return [*LISTS, *(posts[name].path for name in POSTS)]


@pytest.fixture
def unreduced(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let pages be rendered for the Reader who asks, as if nothing were kept."""
    return lambda: monkeypatch.setattr(Depends, "reduced", lambda self, reader: reader)


def test_each_gets_what_they_would_get_if_nothing_were_kept(
    readers: dict[str, Client], paths: list[str], unreduced: Callable[[], None]
) -> None:
    kept = shown(readers, paths)
    unreduced()
    alone = shown(readers, paths)
    assert [name for name in kept if kept[name] != alone[name]] == []
    assert mixed(kept) == mixed(alone) == []


def test_a_page_has_no_more_variants_than_differ(readers: dict[str, Client], posts: dict[str, Post]) -> None:
    found = shown(readers, [posts[name].path for name in POSTS] + ["/", "/rss/"])
    keys: dict[str, set[str]] = defaultdict(set)
    for (_, path), one in found.items():
        keys[path].add(one[0])
    assert keys["/rss/"] == {"a"} and keys["/"] == keys[posts["public"].path] == {"a", "m"}
    assert keys[posts["paid"].path] == {"a-", "a+", "m-", "m+"}
    for path, of_path in keys.items():
        assert len({one[1:] for (_, asked), one in found.items() if asked == path}) == len(of_path), path


@pytest.mark.parametrize(
    ("fault", "spoiled"),
    [
        (lambda self, reader: "m" if reader.is_member else "a", {"paid", "tiers", "vip", "parts", "memberparts"}),
        (lambda self, reader: "p" if reader.tiers else "m" if reader.is_member else "a", {"vip", "tiers"}),
    ],
    ids=["a key without the tiers", "a key that only says who pays"],
)
def test_a_key_that_forgets_something_is_found(
    readers: dict[str, Client],
    posts: dict[str, Post],
    paths: list[str],
    unreduced: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    fault: Callable[[Depends, Reader], str],
    spoiled: set[str],
) -> None:
    unreduced()
    monkeypatch.setattr(Depends, "key", fault)
    assert {posts[name].path for name in spoiled} <= set(mixed(shown(readers, paths)))
