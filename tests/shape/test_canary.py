"""The canary crawl: every route of the resolver, as every persona, looks for words that must not be there.

Checks 1 to 8, 13, 14, 17 to 19, 21, 28 and 29, as far as these doors exist.
"""

import logging
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.db.models import Q
from django.test import Client, override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from masthead.access.reader import STAFF
from masthead.content import reading as reading_module
from masthead.content.models import Body, Draft, Post
from masthead.core.models import Event
from masthead.core.shown_ids import shown_id
from masthead.ops.worker import work_off
from masthead.search import queries
from masthead.search.index import index_post
from masthead.site.doors import feeds, structured
from tests.cast import Cast, client_of
from tests.shape.canaries import Canaries, forms_of, make_canaries, may_see
from tests.shape.routes import routes

PERSONAS = (
    "anyone", "robot", "free", "paid", "gold", "gifted", "lapsed", "banned",
    "contributor", "author", "editor", "administrator", "owner",
)  # fmt: skip
ROBOT = {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}
# How each parameter of a route is filled. A route with another parameter fails the crawl until it is named here.
Fill = Callable[[Canaries, Cast], list[str]]
FILLS: dict[str, Fill] = {
    "slug": lambda c, cast: ["world", "ines-okafor"],
    "number": lambda c, cast: ["1", "2"],
    "year": lambda c, cast: [str(timezone.now().year)],
    "month": lambda c, cast: [str(timezone.now().month), "13"],
    "public_id": lambda c, cast: [post.public_id for post in c.posts.values()] + ["none"],
    "persona": lambda c, cast: ["anyone", "staff"],
    "name": lambda c, cast: ["demo", "anyone"],
    "checkout_id": lambda c, cast: ["co_none"],
    "token": lambda c, cast: list(c.tokens)[:2],
    "width": lambda c, cast: ["60"],
    "format": lambda c, cast: ["webp", "jpeg"],
    "colour": lambda c, cast: ["8a1c1c"],
    # With a key, and with every post, the API is crawled in test_canary_keys.py.
    "shown_id": lambda c, cast: [shown_id("post", c.posts["paid"].public_id), "none"],
    "post_slug": lambda c, cast: ["post-paid", "post-draft"],
    "rest": lambda c, cast: ["v4/content/posts/", "posts", "none/"],
    "path": lambda c, cast: [path for post in c.posts.values() for path in variants(post)],
}


def variants(post: Post) -> list[str]:
    """Return the addresses of a post, and those under which other systems gave text away (check 13, 14)."""
    slug = (post.path or f"/post-{post.pk}/").strip("/")
    if not slug.endswith(("paid", "tiers")) and post.status == "published":
        return [slug + "/", slug]
    ends = ("/", "", ".md", ".txt", ".json", "/amp/", ".html", ";x/", "//", "/?format=txt", "/?p=1", "%2f", "/feed/")
    return [slug + end for end in ends]


def paths(made: Canaries, cast: Cast) -> list[str]:
    """Return an address for every route and every filling of its parameters."""
    fills = {name: partial(fill, made, cast) for name, fill in FILLS.items()}
    found = [path for route in routes() for path in route.paths(fills)]
    words = [
        "PAIDPAIDPARAGRAPHX",
        "PAIDTIERSCELLX",
        "PAIDMEMBERSCODEX",
        "TITLEDRAFTX",
        "PARTPARTSABOVEPAYERSX",
        "PARTMEMBERPARTSBELOWPAYERSX",
        "stands",
    ]
    return found + [f"/search/?q={word}" for word in words] + [f"/desk/?q={word}" for word in ("TITLE", "PAID")]


def client_for(persona: str, cast: Cast) -> Client:
    """Return a browser of this persona."""
    client = client_of(cast.members.get(persona))
    client.raise_request_exception = False
    return client


def leaks(
    made: Canaries, cast: Cast, personas: tuple[str, ...], methods: tuple[str, ...]
) -> tuple[list[str], int, int]:
    """Crawl and return (leaks, fetches, bytes)."""
    found, fetches, size = [], 0, 0
    addresses = paths(made, cast)
    for persona in personas:
        client = client_for(persona, cast)
        secret = [(word, post) for word, post in (made.sealed | made.tokens).items() if not may_see(persona, post)]
        for path in addresses:
            for method in methods:
                headers = (
                    ROBOT if persona == "robot" else {"Accept": "text/markdown, */*"} if method == "OPTIONS" else {}
                )
                text = forms_of(client.generic(method, path, headers=headers))
                fetches, size = fetches + 1, size + len(text)
                asked = path
                found += [
                    f"{persona} {method} {path}: {word}" for word, _ in secret if word in text and word not in asked
                ]
    return found, fetches, size


@pytest.fixture
def made(cast: Cast) -> Canaries:
    """Publish the canaries and index them."""
    canaries = make_canaries(cast)
    work_off()
    return canaries


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Thousands of refusals are expected here."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def test_no_door_gives_a_gated_word_to_somebody_who_may_not_read_it(made: Canaries, cast: Cast, capsys: Any) -> None:
    found, fetches, size = leaks(made, cast, PERSONAS, ("GET",))
    more, others, more_size = leaks(made, cast, ("anyone", "free", "lapsed"), ("HEAD", "POST", "OPTIONS"))
    with capsys.disabled():
        print(
            f"\ncanary crawl: {fetches + others} fetches, {(size + more_size) / 1e6:.1f} MB looked through, {len(found + more)} leaks"
        )
    assert found + more == []
    assert fetches > 2000


def test_those_who_may_read_do_find_every_canary(made: Canaries, cast: Cast) -> None:
    """Otherwise the crawl would be green because nothing is shown to anybody."""
    for name, persona in (
        ("public", "anyone"),
        ("members", "free"),
        ("paid", "paid"),
        ("tiers", "gold"),
        ("vip", "editor"),
    ):
        text = forms_of(client_for(persona, cast).get(made.posts[name].path))
        missing = [word for word, post in made.sealed.items() if post == name and word not in text]
        assert missing == [], (name, persona)


def test_those_for_whom_a_part_is_do_find_it(made: Canaries, cast: Cast) -> None:
    for persona in ("anyone", "free", "paid", "gold", "lapsed"):
        text = "".join(
            forms_of(client_for(persona, cast).get(made.posts[name].path)) for name in ("parts", "memberparts")
        )
        parts = {word for word, post in made.sealed.items() if ":" in post and may_see(persona, post)}
        parts -= {word for word in parts if "ANYONE" in word and persona != "anyone"}
        missing = {word for word in parts if word not in text}
        assert parts and missing == set(), persona


def test_search_answers_a_gated_word_as_a_nonsense_word(made: Canaries, cast: Cast) -> None:
    """Check 8."""
    for persona in ("anyone", "free", "lapsed"):
        client = client_for(persona, cast)
        pages = [
            client.get(f"/search/?q={word}").content.decode().replace(word, "W")
            for word in ("PAIDPAIDCELLX", "PAIDNONSENSEX")
        ]
        assert pages[0] == pages[1]
    assert "1 post" in client_for("paid", cast).get("/search/?q=PAIDPAIDCELLX").content.decode()


def test_tasks_events_and_the_post_itself_hold_no_gated_word(made: Canaries) -> None:
    """Checks 2 and 29."""
    held = [str(row) for row in DBTaskResult.objects.values_list("args_kwargs", "return_value", "traceback")]
    held += [str(row) for row in Event.objects.values_list()]
    held += [str(row) for row in Post.objects.exclude(visibility="public").values_list()]
    assert [word for word in made.sealed if not word.startswith("PAIDPUBLIC") and word in "".join(held)] == []


def test_a_broken_page_shows_nothing(made: Canaries, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check 29."""

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError(Body.objects.get(post=made.posts["paid"]).document)

    monkeypatch.setattr("masthead.site.templatetags.masthead_site.wall_for", broken)
    answer = client_for("anyone", cast).get(made.posts["paid"].path)
    assert answer.status_code == 500
    assert "PAID" not in forms_of(answer)


def test_no_attribute_of_a_post_leads_to_a_sealed_table() -> None:
    """Check 2."""
    reached = {field.related_model for field in Post._meta.get_fields() if field.is_relation}
    assert not {model.__name__ for model in reached if model} & {"Body", "Draft", "Revision", "Schedule", "SealedBlock"}


LEAKS = ("rule", "feed", "structured", "search", "unpublished", "page")


@pytest.mark.parametrize("leak", LEAKS)
def test_each_seeded_leak_turns_the_crawl_red(
    leak: str, made: Canaries, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crawl that cannot fail proves nothing."""
    if leak == "rule":
        monkeypatch.setattr(reading_module, "may_read", lambda reader, **_: Q(pk__isnull=False))
    elif leak == "feed":
        monkeypatch.setattr(feeds, "ANYONE", STAFF)
    elif leak == "structured":
        plain = structured.structured_data

        def told(reading: Any, publication: Any, *, at: Any) -> dict[str, Any]:
            body = str(Draft.objects.get(post=reading.post_id).document)
            return plain(reading, publication, at=at) | {"articleBody": body}

        monkeypatch.setattr("masthead.site.views.posts.structured_data", told)
    elif leak == "search":
        monkeypatch.setattr(queries, "may_read", lambda reader, **_: Q(pk__isnull=False))
        monkeypatch.setattr(
            queries, "_snippet", lambda reading, words: str(Draft.objects.get(post=reading.post_id).document)
        )
    elif leak == "unpublished":
        Post.objects.filter(pk=made.posts["scheduled"].pk).update(
            status="published", published_at=timezone.now(), title="TITLESCHEDULEDX", path="/post-scheduled/"
        )
        index_post(made.posts["scheduled"].pk)
    elif leak == "page":
        monkeypatch.setattr(
            "masthead.site.views.posts.read_one",
            lambda post, reader: reading_module.read_one(post, STAFF),
        )
    found, _, _ = leaks(made, cast, ("anyone",), ("GET",))
    assert found, leak


@override_settings(MODE="demo")
def test_the_demo_has_no_door_of_its_own(made: Canaries, cast: Cast) -> None:
    found, _, _ = leaks(made, cast, ("anyone", "free"), ("GET",))
    assert found == []
