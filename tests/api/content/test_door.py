"""Who the Content API lets in, from where, and how long its answers are kept (checks 23, 24, 94, 144)."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from masthead.content.models import Post
from masthead.members.keys import content_key, make_key, revoke_key
from masthead.members.models import ApiKey
from masthead.members.models.api_key import KeyKind
from tests.api.content.asking import BASE, Program, key_row
from tests.cast import Cast, client_of, published

ERROR = {"message", "context", "type", "details", "property", "help", "code", "id", "ghostErrorCode"}
LISTS = (
    "posts/", "pages/", "tags/", "authors/", "tiers/", "newsletters/", "settings/", "recommendations/",
    "search-index/posts/", "search-index/tags/", "search-index/authors/",
)  # fmt: skip


@pytest.fixture(autouse=True)
def post(cast: Cast) -> Post:
    return published("A ship", "Words.", cast=cast)


def the_error(answer: Any) -> dict[str, Any]:
    """Return the one error of an answer, in Ghost's shape, which nobody keeps."""
    (error,) = json.loads(answer.content)["errors"]
    assert set(error) == ERROR
    assert answer["Content-Type"] == "application/json" and answer["Cache-Control"] == "no-store"
    assert answer["Access-Control-Allow-Origin"] == "*" and error["message"] and error["id"]
    return dict(error)


@pytest.mark.parametrize("path", LISTS)
def test_only_a_working_content_key_opens_it(cast: Cast, program: Program, path: str) -> None:
    """Check 94."""
    admin = make_key("Admin", KeyKind.ADMIN, by=cast.owner, at=timezone.now())[1]
    assert program.answer(path).status_code == 200
    for wrong in (
        "0" * 26,
        admin,
        admin.partition(":")[2][:26],
        program.key.upper(),
        program.key + "0",
        "x",
        "é",
        "\0",
    ):
        answer = Program(wrong).answer(path)
        error = the_error(answer)
        told = (answer.status_code, error["type"], error["code"])
        assert told == (401, "UnauthorizedError", "UNKNOWN_CONTENT_API_KEY")
    answer = Client().get(BASE + path)
    assert (answer.status_code, the_error(answer)["type"]) == (403, "NoPermissionError")
    for authorization in (f"Ghost {admin}", f"Bearer {program.key}", program.key):
        answer = Client().get(BASE + path, headers={"Authorization": authorization})
        assert answer.status_code == 403
    for member in cast.members.values():
        assert client_of(member).get(BASE + path).status_code == 403, member.name


def test_a_revoked_key_opens_nothing_from_the_next_request_on(cast: Cast, program: Program) -> None:
    assert program.answer("posts/").status_code == 200
    revoke_key(key_row(), by=cast.owner, at=timezone.now())
    assert program.error("posts/", 401)["code"] == "UNKNOWN_CONTENT_API_KEY"
    assert content_key(program.key) is None


def test_the_use_of_a_key_is_noted_once_a_day(program: Program) -> None:
    def writes() -> int:
        with CaptureQueriesContext(connection) as queries:
            program.ask("posts/")
        return sum(query["sql"].startswith("UPDATE") for query in queries.captured_queries)

    assert [writes(), writes()] == [1, 0]
    assert key_row().last_used_on == timezone.now().date()
    ApiKey.objects.update(last_used_on=timezone.now().date() - timedelta(days=1))
    assert writes() == 1


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "X"])
def test_it_is_for_reading_only(program: Program, method: str) -> None:
    answer = program.answer("posts/", method=method)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert the_error(answer)["type"] == "MethodNotAllowedError"
    assert Client(enforce_csrf_checks=True).post(BASE + "posts/", {}).status_code == 405
    headers = dict.fromkeys(("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"), method)
    assert program.answer("posts/", headers=headers).content == program.answer("posts/").content


def test_any_site_may_ask_and_none_with_cookies(program: Program) -> None:
    """Check 144."""
    plain = program.answer("posts/")
    asked = program.answer("posts/", headers={"Origin": "https://else.example", "Sec-Fetch-Site": "cross-site"})
    assert asked.content == plain.content and dict(asked.headers) == dict(plain.headers)
    assert plain["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in plain and "Vary" not in plain
    before = Client().options(BASE + "posts/", headers={"Access-Control-Request-Headers": "accept-version"})
    assert (before.status_code, before.content) == (204, b"")
    assert before["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Accept-Version" in before["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in before
    for other in ("/", "/a-ship/", "/feed.json", "/search/", "/desk/"):
        assert "Access-Control-Allow-Origin" not in Client().get(other), other


def test_there_is_no_jsonp(program: Program) -> None:
    answer = program.answer("posts/", callback="alert", jsonp="alert")
    assert answer["Content-Type"] == "application/json" and b"alert" not in answer.content
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", LISTS)
def test_an_answer_is_the_same_for_everybody_and_kept_for_a_minute(
    program: Program, cast: Cast, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Checks 22 and 23: a session is not even read."""
    plain = program.answer(path)
    assert plain["Cache-Control"] == "public, max-age=60" and not plain.cookies
    monkeypatch.setattr(SessionStore, "load", lambda self: pytest.fail("a session was read"))
    for member in (cast.owner, cast.gold):
        monkeypatch.undo()
        browser = client_of(member)
        monkeypatch.setattr(SessionStore, "load", lambda self: pytest.fail("a session was read"))
        answer = browser.get(f"{BASE}{path}?key={program.key}")
        assert answer.content == plain.content and not answer.cookies
        assert dict(answer.headers) == dict(plain.headers)
    stale = Client(headers={"Cookie": "session=x; csrf=y"}).get(f"{BASE}{path}?key={program.key}")
    assert stale.content == plain.content and not stale.cookies


def test_who_holds_the_answer_is_told_that_it_stands(program: Program, cast: Cast) -> None:
    etag = program.answer("posts/")["ETag"]
    again = program.answer("posts/", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"") and again["Access-Control-Allow-Origin"] == "*"
    assert program.answer("posts/", method="HEAD")["ETag"] == etag
    published("Another", "Words.", cast=cast)
    assert program.answer("posts/", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("prefix", ["v2", "v3", "v4", "canary"])
def test_the_prefixes_of_older_clients_lead_to_the_same(program: Program, prefix: str) -> None:
    for path in (*LISTS, "posts/slug/a-ship/"):
        old = Client().get(f"/ghost/api/{prefix}/content/{path}?key={program.key}")
        assert old.content == program.answer(path).content and old.status_code == 200
    assert Client().get(f"/ghost/api/{prefix}/content/posts/").status_code == 403


def test_the_last_slash_may_be_left_out(program: Program) -> None:
    for path in ("posts", "posts/slug/a-ship", "settings"):
        assert program.answer(path).content == program.answer(path + "/").content


@pytest.mark.parametrize(
    "path",
    ["", "ships/", "posts/a/b/c/", "Posts/", "posts.json", "/posts/", "posts//", "v1/content/posts/", "admin/ships/",
     "content/content/posts/", "v2/v2/content/posts/", "tags/slug/", "%00", "posts/%2e%2e/settings/"],
)  # fmt: skip
def test_what_is_not_there_is_told_as_json(program: Program, path: str) -> None:
    for base in (BASE, "/ghost/api/", "/ghost/api/v3/content/"):
        answer = Client().get(f"{base}{path}?key={program.key}")
        assert (answer.status_code, the_error(answer)["type"]) == (404, "NotFoundError"), base
        assert Client(enforce_csrf_checks=True).post(base + path).status_code in (404, 405)


def test_no_key_stands_in_a_table(cast: Cast, program: Program) -> None:
    admin, text = make_key("Admin", KeyKind.ADMIN, by=cast.owner, at=timezone.now())
    secret = text.partition(":")[2]
    assert (len(program.key), len(admin.public_id), len(secret)) == (26, 24, 64)
    with connection.cursor() as cursor:
        held = ""
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  (our own tables)
            held += str(cursor.fetchall())
    assert admin.public_id in held
    assert program.key not in held and secret not in held
