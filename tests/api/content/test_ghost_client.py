"""Ghost's own client for JavaScript, from its package, against this API over HTTP."""

import json
import os
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.api.content.asking import a_key
from tests.api.npm import fetched
from tests.cast import Cast, published

CLIENT, VERSION = "@tryghost/content-api", "1.12.12"
SCRIPT = Path(__file__).parent / "ghost_client.cjs"

Ask = Callable[..., Any]


@pytest.fixture(scope="session")
def client_folder(pytestconfig: pytest.Config) -> Path:
    """Fetch the package, or skip."""
    return fetched(pytestconfig, CLIENT, VERSION)


@pytest.fixture
def ask(client_folder: Path, live_server: Any, cast: Cast) -> Ask:
    """Return a function that makes calls of the client, each (resource, act, ...), and returns what they come to."""
    key = a_key(cast)

    def call(*calls: dict[str, Any]) -> list[dict[str, Any]]:
        defaults = {"key": key, "version": "v6.0", "act": "browse", "data": {}, "options": {}}
        given = {"module": str(client_folder), "url": live_server.url, "calls": [defaults | one for one in calls]}
        quiet = os.environ | {"NO_PROXY": "127.0.0.1,localhost", "no_proxy": "127.0.0.1,localhost"}
        command = ["node", str(SCRIPT)]
        done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, timeout=60, env=quiet)
        assert done.returncode == 0, done.stderr
        return list(json.loads(done.stdout))

    return call


@pytest.fixture
def paper(cast: Cast) -> None:
    """Seven posts, every second one featured, one of them paid."""
    now = timezone.now()
    for n in range(7):
        visibility = "paid" if n == 3 else "public"
        text = f"Above {n}.\n\n<!--more-->\n\nBelow {n}."
        at = now - timedelta(hours=n + 1)
        published(f"Post {n}", text, cast=cast, at=at, is_featured=n % 2 == 0, visibility=visibility)


def test_the_client_browses_and_reads(ask: Ask, paper: None) -> None:
    browsed, by_slug, settings, tags, authors, tiers, pages = ask(
        {"resource": "posts", "options": {"limit": 3, "include": ["tags", "authors"]}},
        {"resource": "posts", "act": "read", "data": {"slug": "post-3"}, "options": {"formats": ["html", "plaintext"]}},
        {"resource": "settings"},
        {"resource": "tags", "options": {"include": "count.posts"}},
        {"resource": "authors", "act": "read", "data": {"slug": "ines-okafor"}},
        {"resource": "tiers"},
        {"resource": "pages"},
    )
    assert [post["slug"] for post in browsed["told"]] == ["post-0", "post-1", "post-2"]
    assert browsed["told"][0]["primary_tag"]["slug"] == "world"
    assert browsed["told"][0]["primary_author"]["name"] == "Inês Okafor"
    assert browsed["meta"]["pagination"] == {
        "page": 1, "limit": 3, "pages": 3, "total": 7, "next": 2, "prev": None}  # fmt: skip
    assert (by_slug["told"]["access"], by_slug["told"]["html"]) == (False, "<p>Above 3.</p>")
    assert settings["told"]["title"] == "The Paper" and settings["told"]["url"] == "https://paper.example/"
    assert tags["told"][0]["count"] == {"posts": 7} and authors["told"]["bio"] == "Writes about ships."
    assert [tier["slug"] for tier in tiers["told"]] == ["free", "paid", "gold"] and pages["told"] == []
    (by_id,) = ask({"resource": "posts", "act": "read", "data": {"id": browsed["told"][1]["id"]}})
    assert by_id["told"]["slug"] == "post-1"


def test_the_client_filters_orders_and_turns_pages(ask: Ask, paper: None) -> None:
    featured, turned, back, none = ask(
        {"resource": "posts", "options": {"filter": "featured:true+tag:world", "fields": "slug"}},
        {"resource": "posts", "options": {"limit": 3, "page": 3, "fields": ["slug"]}},
        {"resource": "posts", "options": {"order": "title desc", "limit": 1, "fields": "title,url"}},
        {"resource": "posts", "options": {"filter": ["tag:no-such"]}},
    )
    assert [post["slug"] for post in featured["told"]] == ["post-0", "post-2", "post-4", "post-6"]
    assert [post["slug"] for post in turned["told"]] == ["post-6"] and turned["meta"]["pagination"]["prev"] == 2
    assert back["told"][0] == {"title": "Post 6", "url": "https://paper.example/post-6/"}
    assert none["told"] == [] and none["meta"]["pagination"]["total"] == 0


def test_the_client_understands_our_errors(ask: Ask, paper: None) -> None:
    unknown, missing, refused = ask(
        {"resource": "posts", "key": "0" * 26},
        {"resource": "posts", "act": "read", "data": {"slug": "no-such-post"}},
        {"resource": "posts", "options": {"filter": "html:~'Below'"}},
    )
    assert (unknown["error"]["name"], unknown["error"]["status"]) == ("UnauthorizedError", 401)
    assert (missing["error"]["name"], missing["error"]["status"]) == ("NotFoundError", 404)
    assert (refused["error"]["name"], refused["error"]["status"]) == ("BadRequestError", 400)
    assert "html" in refused["error"]["message"]


@pytest.mark.parametrize("version", ["v2", "v3", "v4", "canary", "v5.0", "v6.0"])
def test_every_version_that_the_client_can_speak_is_answered(ask: Ask, paper: None, version: str) -> None:
    (told,) = ask({"resource": "posts", "version": version, "options": {"limit": 1}})
    assert told["told"][0]["slug"] == "post-0"
