"""Who the Admin API lets in, and what it bears (checks 49, 93, 94, 102, 144)."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from masthead.api.admin import limits
from masthead.content.models import Post
from masthead.core import ghost_token
from masthead.core.ghost_token import make_token
from masthead.core.models import Event
from masthead.members.keys import make_key, revoke_key
from masthead.members.models import ApiKey
from masthead.members.models.api_key import KeyKind
from tests.api.admin.asking import BASE, Tool, an_admin_key, token_of
from tests.cast import Cast, client_of, published
from tests.shape.routes import routes

ERROR = {"message", "context", "type", "details", "property", "help", "code", "id", "ghostErrorCode"}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "X")


def addresses() -> list[str]:
    """An address for every route that asks for a token, from the resolver."""
    fills: dict[str, Callable[[], list[str]]] = {
        "shown_id": lambda: ["0" * 24],
        "post_slug": lambda: ["a-ship"],
        "slug": lambda: ["world"],
    }
    ours = [route for route in routes() if route.template.startswith("ghost/api/admin/")]
    return [path for route in ours if route.name != "admin_site" for path in route.paths(fills)]


def the_error(answer: Any) -> dict[str, Any]:
    (error,) = json.loads(answer.content)["errors"]
    assert set(error) == ERROR and error["message"]
    assert answer["Content-Type"] == "application/json" and answer["Cache-Control"] == "no-store"
    assert not answer.cookies and "Access-Control-Allow-Origin" not in answer
    return dict(error)


def wrong_headers(cast: Cast, key: str) -> dict[str, dict[str, str]]:
    """Every kind of thing that somebody may show instead of a token of a working admin key."""
    key_id, _, secret = key.partition(":")
    now = timezone.now()
    content = make_key("Reading", KeyKind.CONTENT, by=cast.owner, at=now)[1]
    content_row = ApiKey.objects.get(name="Reading")
    gone, gone_text = make_key("Gone", KeyKind.ADMIN, by=cast.owner, at=now)
    revoke_key(gone, by=cast.owner, at=now)
    head, claims, signature = make_token(key_id, secret, at=now).split(".")
    unsigned = ghost_token._packed({"alg": "none", "typ": "JWT", "kid": key_id})
    shown = {
        "expired": make_token(key_id, secret, at=now - timedelta(minutes=6)),
        "not yet": make_token(key_id, secret, at=now + timedelta(minutes=2)),
        "another audience": make_token(key_id, secret, at=now, audience="/content/"),
        "another secret": make_token(key_id, "ab" * 32, at=now),
        "another key's id": make_token("0" * 24, secret, at=now),
        "revoked": token_of(gone_text),
        "content key's id": make_token(content_row.public_id, secret, at=now),
        "unsigned": f"{unsigned}.{claims}.",
        "unsigned with a signature": f"{unsigned}.{claims}.{signature}",
        "damaged": f"{head}.{claims}.{signature[::-1]}",
        "the key itself": key,
        "a content key": content,
        "nothing": "",
        "junk": "é\0",
    }
    headers = {name: {"Authorization": f"Ghost {token}"} for name, token in shown.items() if token.isascii()}
    good = make_token(key_id, secret, at=now)
    return headers | {
        "bearer": {"Authorization": f"Bearer {good}"},
        "basic": {"Authorization": f"Basic {good}"},
        "the token alone": {"Authorization": good},
        "elsewhere": {"X-Authorization": f"Ghost {good}", "Cookie": f"token={good}"},
    }


def test_only_the_token_of_a_working_admin_key_opens_any_address(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check 94: every kind of key and session at every address."""
    monkeypatch.setattr(limits, "WRONG_PER_NETWORK", 10_000)
    key = an_admin_key(cast)
    tool, before = Tool(key), Event.objects.count() + 3  # of the keys that are made and revoked next
    assert tool.answer("GET", "posts/").status_code == 200
    wrong, program = wrong_headers(cast, key), Client()
    browsers = [client_of(member) for member in (None, cast.gold, cast.editor, cast.owner)]
    for path in addresses():
        for name, headers in wrong.items():
            answer = program.get(path, headers=headers)
            assert answer.status_code == (403 if name == "elsewhere" else 401), (path, name)
            the_error(answer)
        for browser in browsers:
            for method in ("GET", "POST", "PUT", "DELETE"):
                assert browser.generic(method, path, b"{}").status_code == 403, path
        assert program.get(path + "?key=" + key).status_code == 403
    assert Event.objects.count() == before


def test_what_was_wrong_is_said_in_words_that_clients_know(cast: Cast) -> None:
    key = an_admin_key(cast)
    wrong = wrong_headers(cast, key)
    told = {name: the_error(Client().get(BASE + "posts/", headers=headers)) for name, headers in wrong.items()}
    assert told["expired"]["message"] == "Invalid token" and told["expired"]["code"] == "INVALID_JWT"
    assert "expired" in told["expired"]["context"]
    assert (told["revoked"]["message"], told["revoked"]["code"]) == (
        "Unknown Admin API Key", "UNKNOWN_ADMIN_API_KEY")  # fmt: skip
    assert told["content key's id"]["code"] == "UNKNOWN_ADMIN_API_KEY"
    assert told["bearer"]["code"] == "INVALID_AUTH_HEADER" and told["elsewhere"]["type"] == "NoPermissionError"


def test_a_token_beside_somebodys_session_acts_as_the_key_alone(cast: Cast, tool: Tool) -> None:
    browser = client_of(cast.owner)
    body = json.dumps({"posts": [{"title": "By the key"}]})
    answer = browser.post(BASE + "posts/", body, content_type="application/json", headers=tool.headers)
    assert answer.status_code == 201 and not answer.cookies
    event = Event.objects.get(kind="post.started")
    assert event.actor_id is None and event.facts == {"key": ApiKey.objects.get().public_id}


def test_the_site_is_told_to_anyone_and_only_what_its_pages_show(cast: Cast, tool: Tool) -> None:
    site = json.loads(Client().get(BASE + "site/").content)["site"]
    assert site == tool.ask("GET", "site/")["site"]
    assert (site["title"], site["url"]) == ("The Paper", "https://paper.example/")
    assert Client().post(BASE + "site/").status_code == 405


def test_each_address_takes_its_own_methods_and_no_other(tool: Tool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PER_KEY", 10_000)
    for path in addresses():
        for method in METHODS:
            answer = tool.answer(method, path.removeprefix(BASE), {})
            if answer.status_code != 405:
                assert answer.status_code in (200, 400, 404, 415, 422), (path, method)
                assert method not in ("PATCH", "OPTIONS", "TRACE", "X"), path
            else:
                assert method not in answer["Allow"].split(", ") and answer["Allow"]
                assert method == "HEAD" or the_error(answer)["type"] == "MethodNotAllowedError"


@pytest.mark.parametrize("prefix", ["v2", "v3", "v4", "canary"])
def test_the_prefixes_of_older_clients_lead_to_the_same(cast: Cast, tool: Tool, prefix: str) -> None:
    published("A ship", "Words.", cast=cast)
    old = Client().get(f"/ghost/api/{prefix}/admin/posts/", headers=tool.headers)
    assert old.status_code == 200 and old.content == tool.answer("GET", "posts/").content
    key_id, _, secret = tool.key.partition(":")
    token = make_token(key_id, secret, at=timezone.now(), audience=f"/{prefix}/admin/")
    told = Client().get(f"/ghost/api/{prefix}/admin/posts/", headers={"Authorization": f"Ghost {token}"})
    assert told.status_code == 200
    assert Client().get(f"/ghost/api/{prefix}/admin/posts/").status_code == 403
    assert client_of(cast.owner).post(f"/ghost/api/{prefix}/admin/posts/").status_code == 403


@pytest.mark.parametrize("path", ["posts", "Posts/", "posts.json", "/posts/", "posts//", "%70osts/", "posts/;x/"])
def test_another_spelling_of_an_address_opens_no_more(cast: Cast, tool: Tool, path: str) -> None:
    for browser in (client_of(cast.owner), client_of(None)):
        assert browser.get(BASE + path).status_code in (403, 404), path
    assert tool.answer("GET", "posts").status_code == 200


def test_a_revoked_key_opens_nothing_from_the_next_request_on(cast: Cast, tool: Tool) -> None:
    headers = tool.headers
    assert Client().get(BASE + "posts/", headers=headers).status_code == 200
    revoke_key(ApiKey.objects.get(), by=cast.owner, at=timezone.now())
    assert Client().get(BASE + "posts/", headers=headers).status_code == 401


def test_too_many_requests_of_a_key_are_refused_for_a_while(tool: Tool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PER_KEY", 3)
    assert [tool.answer("GET", "labels/").status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    answer = tool.answer("GET", "labels/")
    assert the_error(answer)["type"] == "TooManyRequestsError" and answer["Retry-After"] == "60"


def test_who_guesses_tokens_is_refused_for_a_while(cast: Cast, tool: Tool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WRONG_PER_NETWORK", 3)
    wrong = {"Authorization": "Ghost a.b.c"}
    assert [Client().get(BASE + "posts/", headers=wrong).status_code for _ in range(4)] == [401, 401, 401, 429]
    assert tool.answer("GET", "posts/").status_code == 429
    elsewhere = Client(REMOTE_ADDR="192.0.2.7").get(BASE + "posts/", headers=tool.headers)
    assert elsewhere.status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400), (b"{", 400), (b"[]", 400), (b"null", 400), (b"\xff", 400), (b'{"posts": NaN}', 400),
        (b'{"posts": []}', 400), (b'{"posts": [1]}', 400), (b'{"posts": {"title": "x"}}', 400), (b'{"pages": [{}]}', 400),
        (b"[" * 200_000, 400), (b'{"posts": [{"title": "\\u0000"}]}', 400), (b'{"posts": [{"title": "\\ud800"}]}', 400),
        (b'{"posts": [{"title": ' + b"9" * 10_000 + b"}]}", 400), (b'{"posts": [{"title": 1}]}', 422),
        (b'{"posts": [{"title": "x", "lexical": "{\\"root\\": 1}"}]}', 422),
        (b'{"posts": [{"title": "x", "tags": "a"}]}', 422), (b'{"posts": [{"title": "x", "tags": [{}]}]}', 422),
        (b'{"posts": [{"title": "x", "published_at": "9999-99-99"}]}', 422),
        (b'{"posts": [{"title": "x", "published_at": "0001-01-01T00:00:00+14:00"}]}', 422),
    ],
)  # fmt: skip
def test_a_body_that_cannot_be_taken_changes_nothing(tool: Tool, body: bytes, status: int) -> None:
    answer = tool.answer("POST", "posts/", body)
    assert answer.status_code == status, answer.content
    the_error(answer)
    assert not Post.objects.exists()


def test_a_body_over_ten_megabytes_is_refused_and_one_below_is_taken(tool: Tool) -> None:
    large = json.dumps({"posts": [{"title": "x", "html": "a" * 7_000_000}]}).encode()
    assert tool.answer("POST", "posts/", large).status_code == 201
    answer = tool.answer("POST", "posts/", large + b" " * 4_000_000)
    assert (answer.status_code, the_error(answer)["type"]) == (413, "RequestEntityTooLargeError")


def test_a_body_of_another_type_is_refused(tool: Tool) -> None:
    answer = Client().post(BASE + "posts/", {"title": "x"}, headers=tool.headers)
    assert (answer.status_code, the_error(answer)["type"]) == (415, "UnsupportedMediaTypeError")
