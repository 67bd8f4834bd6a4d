"""The canary crawl of the Admin API: every route with every key, session and method but the one that opens it (checks 1, 94)."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from masthead.api.admin import door, limits, tokens
from masthead.core.shown_ids import shown_id
from masthead.members.keys import make_key
from masthead.members.models import ApiKey
from masthead.members.models.api_key import KeyKind
from tests.cast import Cast
from tests.shape.canaries import Canaries, forms_of, make_canaries
from tests.shape.routes import routes
from tests.shape.test_canary_keys import Ask, _asker, callers

OPENS = "admin token"
OPEN = "ghost/api/admin/site/"


def paths(made: Canaries) -> list[str]:
    """Return an address for every route, for every post by its id and slug, and the old prefixes."""
    ids = [shown_id(kind, post.public_id) for post in made.posts.values() for kind in ("post", "page")]
    fills = {
        "shown_id": lambda: ids,
        "post_slug": lambda: [f"post-{name}" for name in made.posts],
        "slug": lambda: ["world"],
    }
    ours = [route for route in routes() if "/admin/" in route.template and route.template != OPEN]
    found = [path for route in ours for path in route.paths(fills)]
    return (
        found + [f"/ghost/api/{old}/admin/posts/" for old in ("v2", "v3", "v4", "canary")] + ["/ghost/api/admin/posts"]
    )


def crawled(made: Canaries, asks: dict[str, Ask], *, each: int) -> tuple[set[str], set[str]]:
    """Return (canaries that were told, callers that were told anything); a caller tries one in `each` addresses."""
    secret, told, words = [*made.sealed, *made.tokens], set(), set()
    for number, (name, ask) in enumerate(asks.items()):
        for path in paths(made)[number % each :: each]:
            answer = ask(path, "formats=html,plaintext,lexical&limit=100" if path.endswith("s/") else "formats=html")
            text = forms_of(answer)
            words |= {word for word in secret if word in text}
            told |= {name} if answer.status_code < 400 else set()
    return words, told


@pytest.fixture
def made(cast: Cast) -> Canaries:
    return make_canaries(cast)


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Thousands of refusals are expected here, and nobody is to be held up for them."""
    monkeypatch.setattr(limits, "WRONG_PER_NETWORK", 1_000_000)
    monkeypatch.setattr(limits, "PER_KEY", 1_000_000)
    cache.clear()
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def strangers(cast: Cast) -> dict[str, Ask]:
    """Everybody but the holder of an admin key: content keys, sessions, and the key itself where its token belongs."""
    found = {name: ask for name, ask in callers(cast).items() if "admin token" not in name}
    return found | {"editor": _asker(cast.editor, ""), "contributor": _asker(cast.contributor, "")}


def test_nobody_without_an_admin_key_is_told_anything(made: Canaries, cast: Cast) -> None:
    assert crawled(made, strangers(cast), each=3) == (set(), set())


def test_the_holder_of_an_admin_key_is_told_every_gated_word(made: Canaries, cast: Cast) -> None:
    """Otherwise the crawl would be green because nothing is told to anybody."""
    words, told = crawled(made, {OPENS: callers(cast)[OPENS]}, each=1)
    assert told == {OPENS} and [word for word in made.sealed if word not in words] == []


@pytest.mark.parametrize("leak", ["session", "content key"])
def test_each_seeded_fault_turns_the_crawl_red(
    leak: str, made: Canaries, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = make_key("Another", KeyKind.ADMIN, by=cast.owner, at=timezone.now())[0]
    plain = tokens.key_of

    def key_of(request: Any, *, at: Any) -> ApiKey:
        lets_in = request.user.is_authenticated if leak == "session" else request.GET.get("key")
        return key if lets_in else plain(request, at=at)

    monkeypatch.setattr(door, "key_of", key_of)
    if leak == "session":  # the door forgets cookies before it asks; a door that did not would see this
        monkeypatch.setattr("django.contrib.auth.middleware.AuthenticationMiddleware.process_request",
                            lambda self, request: setattr(request, "user", cast.owner))  # fmt: skip
    words, told = crawled(made, strangers(cast), each=12)
    assert words and told
