"""Wrong types in every parameter of every route: an answer, and never a 500 (check 92, ASVS 2.2.1)."""

from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from masthead.content.editing import draft_of
from masthead.content.models import Post
from masthead.site.views import search
from tests.cast import Cast, client_of, published
from tests.hostile.routes import JUNK, fields, form_paths, junk_paths, parameters, plain_paths

PERSONAS = ("anyone", "free", "editor", "owner")
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def post(cast: Cast) -> Post:
    return published("A post", "Words.\n\n<!--more-->\n\nMore.", cast=cast, visibility="paid")


def client_for(name: str, cast: Cast) -> Client:
    client = client_of(cast.members.get(name))
    client.raise_request_exception = False
    return client


def encoded(values: dict[str, str]) -> str:
    """Encode as a form, a lone surrogate as the three bytes that no UTF-8 has."""
    return "&".join(
        f"{name}={quote(value.encode('utf-8', 'surrogatepass'), safe='')}" for name, value in values.items()
    )


def broken(
    cast: Cast, name: str, method: str, paths: list[str], query: str = "", body: bytes | str = "", kind: str = FORM
) -> list[str]:
    """Ask each path and return what answers with a 500; somebody whom a path signed out is signed in again."""
    client, found = client_for(name, cast), []
    for path in paths:
        answer = client.generic(method, path + (f"?{query}" if query else ""), body, content_type=kind)
        if answer.status_code >= 500:
            found.append(f"{name} {method} {path[:60]} {query[:60] or str(body)[:60]}: {answer.status_code}")
        cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
        if name != "anyone" and not (cookie and cookie.value):
            client = client_for(name, cast)
    return found


def forms(cast: Cast, post: Post) -> list[str]:
    """The routes that take a POST."""
    return form_paths(post, client_for("owner", cast))


def test_the_names_that_views_read_are_found() -> None:
    """Otherwise nothing is asked below."""
    assert {
        "q",
        "page",
        "next",
        "email",
        "code",
        "name",
        "state",
        "price",
        "act",
        "title",
        "publish_at",
        "file",
    } <= set(parameters())
    assert len(parameters()) > 30


@pytest.mark.parametrize("name", ["editor", pytest.param("anyone", marks=pytest.mark.soak)])
def test_junk_in_a_path_is_not_found_and_not_a_crash(name: str, cast: Cast, post: Post) -> None:
    paths = list(dict.fromkeys(junk_paths(post)))
    assert len(paths) > 250
    assert broken(cast, name, "GET", paths) == []


@pytest.mark.parametrize("name", PERSONAS)
def test_junk_in_every_query_is_answered(name: str, cast: Cast, post: Post) -> None:
    readers = [path for path in plain_paths(post) if not path.endswith((".xml", ".txt", "/rss/", ".json"))]
    for value in JUNK[PERSONAS.index(name) :: 8]:
        assert broken(cast, name, "GET", readers, encoded(fields(parameters(), value))) == [], repr(value[:30])


@pytest.mark.parametrize("name", PERSONAS)
def test_junk_in_every_field_of_a_form_is_answered(name: str, cast: Cast, post: Post) -> None:
    for value in JUNK[PERSONAS.index(name) :: 8]:
        body = encoded(fields(parameters(), value))
        assert broken(cast, name, "POST", forms(cast, post), body=body) == [], repr(value[:30])


@pytest.mark.soak
@pytest.mark.parametrize("name", PERSONAS)
def test_all_junk_in_every_query_and_form_is_answered_to_everybody(name: str, cast: Cast, post: Post) -> None:
    for value in JUNK:
        query = encoded(fields(parameters(), value))
        assert broken(cast, name, "GET", plain_paths(post), query) == [], repr(value[:30])
        assert broken(cast, name, "POST", plain_paths(post), body=query) == [], repr(value[:30])


@pytest.mark.parametrize(
    "name",
    [
        "title",
        "standfirst",
        "text",
        "tags",
        "authors",
        "tiers",
        "slug",
        "lead_credit",
        "publish_at",
        "version",
        "act",
        "visibility",
    ],
)
def test_one_junk_value_in_an_otherwise_good_form_is_answered(name: str, cast: Cast, post: Post) -> None:
    """All at once, the first wrong field would hide what the others do."""
    good = {
        "title": "T",
        "text": "Words.",
        "visibility": "public",
        "act": "schedule" if name == "publish_at" else "publish",
    }
    path = f"/desk/posts/{post.public_id}/"
    for value in JUNK:
        version = "" if name == "version" else str(draft_of(post).version)
        body = encoded(good | {"version": version} | {name: value})
        assert broken(cast, "editor", "POST", [path], body=body) == [], ascii(value[:30])


def test_the_same_parameter_twice_as_a_list_or_a_map_is_answered(cast: Cast, post: Post) -> None:
    for name in ("q", "page", "next", "email", "code", "state"):
        for spelled in (f"{name}[]", f"{name}[0]", f"{name}.x", f"{name}[a][b]"):
            query = encoded({spelled: "x", name: "1"}) + "&" + encoded({name: "2"})
            assert (
                broken(cast, "editor", "GET", ["/search/", "/desk/", "/sign-in/code/", "/account/mail/code/"], query)
                == []
            )


BODIES: list[tuple[str, bytes]] = [
    ("application/json", b""), ("application/json", b"{"), ("application/json", b"[]"), ("application/json", b"null"), ("application/json", b"7"),
    ("application/json", b'"x"'), ("application/json", b"\xff\xfe"), ("application/json", b"[" * 100_000), ("application/json", b'{"a":' * 50_000),
    ("application/json", b'{"credential": []}'), ("application/json", b'{"credential": "x"}'), ("application/json", b'{"credential": 7}'),
    ("application/json", b'{"credential": {"rawId": 7}}'), ("application/json", b'{"credential": {"rawId": "!!!"}}'), ("application/json", b"9" * 6000),
    ("application/json", b'{"credential": {"rawId": "AAAA", "id": "AAAA", "type": "public-key", "response": {}}, "name": {"a": 1}, "next": 7}'),
    ("application/json", b'{"credential": {"rawId": "AAAA", "id": "AAAA", "type": "public-key", "response": {"clientDataJSON": "e30", "attestationObject": "oA", "authenticatorData": "AA", "signature": "AA"}}}'),
    ("application/json", b'{"credential": {"rawId": "\xed\xa0\x80"}}'), ("application/json", b'{"credential": {"rawId": "\\ud800"}, "name": "\\ud800", "next": "\\ud800"}'),
    ("multipart/form-data", b""), ("multipart/form-data; boundary=", b"--\r\n"), ("multipart/form-data; boundary=x", b"--x\r\nnonsense"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nx'),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\nx\r\n--x--\r\n'),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="file"; filename="../\\..\\x\x00.png"\r\n\r\nx\r\n--x--\r\n'),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="picture"; filename="\xff.png"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!\r\n--x--\r\n'),
    ("multipart/form-data; boundary=" + "x" * 300, b"--x"), ("multipart/mixed; boundary=x", b"--x"), ("text/plain", b"email=x"), ("text/xml", b"<a/>"),
    ("application/x-www-form-urlencoded; charset=utf-16", b"a=1"), ("application/x-www-form-urlencoded; charset=nonsense", b"a=1"),
    ("application/x-www-form-urlencoded", b"%ff=%fe&&&=&=%00&a"), ("", b"x"), ("\xff", b"x"), ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(3000))),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "body"), BODIES, ids=lambda value: ascii(value)[:40])
def test_a_broken_body_is_answered_at_every_route(kind: str, body: bytes, cast: Cast, post: Post) -> None:
    assert broken(cast, "owner", "POST", forms(cast, post), body=body, kind=kind) == []


def test_a_passkey_that_was_asked_for_and_answered_with_junk_is_refused_in_words(cast: Cast) -> None:
    junk: list[Any] = [
        None,
        7,
        "x",
        [],
        {},
        {"rawId": "AAAA"},
        {"rawId": [], "response": []},
        {"id": "A", "rawId": "A", "type": "x", "response": 7},
    ]
    for begin, finish in (
        ("/sign-in/passkey/begin/", "/sign-in/passkey/"),
        ("/account/passkeys/add/begin/", "/account/passkeys/add/"),
    ):
        for credential in junk:
            client = client_for("free", cast)
            assert client.post(begin, "{}", content_type="application/json").status_code == 200
            answer = client.post(
                finish, {"credential": credential, "name": ["x"], "next": {}}, content_type="application/json"
            )
            assert answer.status_code == 422 and answer.json()["error"], (finish, credential)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "OPTIONS", "HEAD", "x" * 30])
def test_an_unusual_method_is_answered(method: str, cast: Cast, post: Post) -> None:
    assert broken(cast, "owner", method, plain_paths(post), body=b"{}", kind="application/json") == []


@pytest.mark.parametrize("name", ["a", "picture", "file", "title", "authors"])
def test_a_file_where_words_are_awaited_and_words_where_a_file_is(name: str, cast: Cast, post: Post) -> None:
    client = client_for("editor", cast)
    for path in ("/desk/posts/new/", f"/desk/posts/{post.public_id}/", "/desk/pictures/"):
        for value in (SimpleUploadedFile("x.png", b"x"), "words"):
            assert client.post(path, {"title": "T", "visibility": "public", name: value}).status_code < 500


HEADERS = [
    "Cookie",
    "Accept-Language",
    "Accept",
    "If-None-Match",
    "If-Modified-Since",
    "Range",
    "Referer",
    "User-Agent",
    "Origin",
    "X-Forwarded-For",
    "X-CSRFToken",
    "Authorization",
]


@pytest.mark.parametrize("header", HEADERS)
def test_junk_in_a_header_is_answered(header: str, cast: Cast, post: Post) -> None:
    client = client_for("editor", cast)
    for value in (
        "",
        "\xff",
        "x" * 9000,
        "session=\x01; csrf=;;;=",
        "0",
        "-1",
        "bytes=9-1,,-",
        '"',
        "W/",
        "a@b",
        "%00",
    ):
        for path in ("/", post.path, "/desk/", "/rss/", "/sign-in/"):
            assert client.get(path, headers={header: value}).status_code < 500, (path, value)


def test_a_view_that_trusts_its_parameter_is_found(cast: Cast, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "search_for", lambda text, reader, at, page: int(text))
    assert broken(cast, "anyone", "GET", ["/search/"], urlencode({"q": "x"}))
