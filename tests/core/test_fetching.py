"""The one fetcher: what it sends, what it follows and what it keeps to itself."""

from typing import Any

import pytest

from masthead.core.fetching import Unfit, fetch
from tests.stand_ins.listening import Listener, listening, redirecting, said


def test_an_answer_comes_with_its_status_headers_and_body(server: Listener) -> None:
    fetched = fetch(f"{server.url}/a?b=c")
    assert (fetched.status, fetched.content, fetched.type) == (200, b"hello", "text/plain")
    assert fetched.url == f"{server.url}/a?b=c" and fetched.headers["Content-Type"] == "text/plain"
    (asked,) = server.asked
    assert asked.line == "GET /a?b=c HTTP/1.1" and asked.headers["host"] == server.pair
    assert asked.headers["user-agent"].startswith("Masthead/") and "cookie" not in asked.headers


def test_what_is_sent_arrives(server: Listener) -> None:
    fetch(server.url, method="POST", body=b"words", headers={"Authorization": "Ghost x", "Content-Type": "text/x"})
    (asked,) = server.asked
    assert (asked.method, asked.body, asked.headers["content-type"]) == ("POST", b"words", "text/x")
    assert asked.headers["authorization"] == "Ghost x"


def test_the_fetchers_own_headers_are_not_a_callers_to_set(server: Listener) -> None:
    for name in ("Host", "Cookie", "User-Agent", "Transfer-Encoding"):
        with pytest.raises(ValueError, match=name.lower()):
            fetch(server.url, headers={name: "x"})
    assert server.calls == 0


def test_three_redirects_are_followed_and_no_fourth(settings: Any) -> None:
    with listening(redirecting({"/0": "/1", "/1": "2", "/2": "/3", "/3": "/4"})) as server:
        settings.FETCH_ALLOW = [server.pair]
        fetched = fetch(f"{server.url}/1")
        assert (fetched.content, fetched.url) == (b"arrived", f"{server.url}/4")
        assert server.calls == 4
        with pytest.raises(Unfit, match="more than 3 times"):
            fetch(f"{server.url}/0")
        assert server.calls == 8


def test_credentials_stay_with_the_origin_they_were_given_for(settings: Any) -> None:
    with listening(lambda asked: said(b"")) as other, listening(redirecting({})) as server:
        server.answer = redirecting({"/same": "/there", "/other": other.url})
        settings.FETCH_ALLOW = [server.pair, other.pair]
        secret = {"Authorization": "Ghost x", "X-Key": "y", "Accept-Version": "v5.0"}
        fetch(f"{server.url}/same", headers=secret)
        assert server.asked[-1].headers["authorization"] == "Ghost x"
        fetch(f"{server.url}/other", headers=secret)
    assert {"authorization", "x-key"}.isdisjoint(other.asked[0].headers)
    assert other.asked[0].headers["accept-version"] == "v5.0"


def test_a_post_is_never_sent_on(settings: Any) -> None:
    with listening(redirecting({"/": "/there"}, "307 Temporary Redirect")) as server:
        settings.FETCH_ALLOW = [server.pair]
        assert fetch(server.url, method="POST", body=b"words").status == 307
        assert server.calls == 1


def test_cookies_are_not_kept_and_a_proxy_of_the_environment_is_not_used(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening(lambda asked: said(b"proxy")) as proxy, listening(lambda a: said(b"", set_cookie="a=b")) as server:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        settings.FETCH_ALLOW = [server.pair]
        fetch(server.url), fetch(server.url)
        assert (proxy.calls, server.calls) == (0, 2)
        assert all("cookie" not in asked.headers for asked in server.asked)


def test_a_status_that_is_no_success_is_returned(settings: Any) -> None:
    with listening(lambda asked: said(b"gone", "410 Gone")) as server:
        settings.FETCH_ALLOW = [server.pair]
        assert fetch(server.url, types=["image/"]).status == 410
