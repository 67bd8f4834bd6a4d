"""Headers that a cache does not look at: they change nothing, or are refused (checks 14, 24, 25, 39)."""

import pytest
from django.test import Client

from masthead.content.models import Post
from tests.cast import Cast, client_of
from tests.site.visiting import GATED, a_ship

EVIL = "evil.example"
DOORS = ("/", "/a-ship/", "/a-ship", "/tag/world/", "/search/?q=ship", "/rss/", "/atom.xml", "/feed.json", "/sitemap.xml",
         "/robots.txt", "/.well-known/security.txt", "/no-such-post/", "/account/", "/desk/")  # fmt: skip
HEADERS = {
    **dict.fromkeys(
        ("X-Forwarded-Host", "X-Host", "X-Forwarded-Server", "X-Original-Host", "X-HTTP-Host-Override", "X-Backend-Host",
         "X-Real-Host", "X-Proxy-Host", "X_FORWARDED_HOST", "X-Forwarded-By", "Base-Url", "Referer", "Origin", "From"), EVIL),
    **dict.fromkeys(
        ("X-Original-URL", "X-Rewrite-URL", "X-Override-URL", "X-Forwarded-Path", "X-Forwarded-Uri", "X-Forwarded-Prefix",
         "X-Script-Name", "Script-Name", "X-Accel-Redirect", "X-Sendfile", "X-WebDAV-Request"), "/desk/"),
    **dict.fromkeys(("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Action"), "POST"),
    **dict.fromkeys(("X-Forwarded-Proto", "X-Forwarded-Scheme", "X-Url-Scheme", "X-Scheme"), "ftp"),
    **dict.fromkeys(("X-Forwarded-For", "X-Real-IP", "True-Client-IP", "CF-Connecting-IP", "X-Client-IP"), "127.0.0.1"),
    **dict.fromkeys(("X-Moz", "Purpose", "Sec-Purpose", "X-Purpose"), "preview"),
    "Forwarded": f"host={EVIL};proto=ftp;for=127.0.0.1",
    "X-Forwarded-Port": "1", "X-Forwarded-SSL": "off", "Front-End-Https": "off", "Upgrade-Insecure-Requests": "1",
    "Accept-Language": "ar,de;q=0.9", "Accept": "application/activity+json", "Accept-Charset": "utf-16",
    "User-Agent": "Googlebot/2.1", "Save-Data": "on", "DNT": "1", "Sec-GPC": "1", "X-Requested-With": "XMLHttpRequest",
    "Authorization": "Bearer x", "Cookie": "theme=dark; csrf=x", "Range": "bytes=0-10", "If-Range": "x", "TE": "trailers",
    "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT", "If-Unmodified-Since": "Thu, 01 Jan 1970 00:00:00 GMT",
    "Max-Forwards": "0", "X-Debug": "1", "X-Wap-Profile": EVIL, "Pragma": "akamai-x-get-cache-key", "Via": EVIL,
}  # fmt: skip


@pytest.fixture(autouse=True)
def post(cast: Cast) -> Post:
    """One paid post."""
    return a_ship(cast)


def told(path: str, **headers: str) -> tuple[int, bytes, str]:
    answer = Client().get(path, headers=headers)
    return answer.status_code, answer.content, answer.get("Location", "")


@pytest.mark.parametrize("path", DOORS)
def test_no_header_that_a_cache_passes_over_changes_an_answer(path: str) -> None:
    """Check 24."""
    plain = told(path)
    assert [name for name, value in HEADERS.items() if told(path, **{name: value}) != plain] == []
    assert len(HEADERS) >= 60


def test_the_comparison_does_see_a_header_that_counts(cast: Cast, post: Post) -> None:
    """The seeded opposite: a session, and the validator of the page itself."""
    browser = client_of(cast.paid)
    session = f"session={browser.cookies['session'].value}"
    assert told(post.path, Cookie=session) != told(post.path)
    etag = Client().get(post.path)["ETag"]
    assert told(post.path, **{"If-None-Match": etag}) != told(post.path)


@pytest.mark.parametrize("host", [EVIL, f"paper.example.{EVIL}", f"paper.example@{EVIL}", "paper.example:x", "a b", ""])
@pytest.mark.parametrize("path", ["/", "/a-ship/", "/a-ship", "/rss/", "/sign-in/", "/account/", "/robots.txt"])
def test_a_foreign_host_is_refused(host: str, path: str) -> None:
    """Check 39."""
    answer = Client().get(path, headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode() + str(answer.headers)


@pytest.mark.parametrize("path", DOORS)
def test_no_absolute_address_is_built_from_the_host(path: str) -> None:
    answers = [told(path, Host=host) for host in ("paper.example", "localhost", "127.0.0.1:8123", "PAPER.EXAMPLE")]
    assert len(set(answers)) == 1
    assert b"localhost" not in answers[1][1] and "localhost" not in answers[1][2]


@pytest.mark.parametrize(
    "query", ["utm_source=x", "page=1", "format=json", "_method=POST", "lang=ar", "preview=1", "%00=%0d%0a", "a" * 3000]
)
@pytest.mark.parametrize("path", ["/", "/a-ship/", "/tag/world/", "/rss/", "/sitemap.xml"])
def test_an_unknown_parameter_changes_nothing(path: str, query: str) -> None:
    assert told(f"{path}?{query}") == told(path)


DECEIVING = (
    "/account/x.css", "/account/;x.css", "/account;x.css", "/account%2fx.css", "/account%2f..%2fstatic%2fa.css", "/account/%2e%2e/static/a.css",
    "/account/devices/x.js", "/account/.css", "/account%00.css", "/account/%0a.css", "/a-ship/x.css", "/a-ship/;.js",
    "/a-ship.css", "/a-ship%2fx.css", "/a-ship/%23x.css", "/a-ship/%3fx.css", "/desk/x.css", "/desk%2fx.css",
    "/static/..%2faccount/", "/static/%2e%2e/account/", "/media/..%2faccount/x.jpg",
)  # fmt: skip


@pytest.mark.parametrize("path", DECEIVING)
def test_no_file_name_behind_a_personal_page_makes_it_look_like_a_file(cast: Cast, path: str) -> None:
    """Check 25: a shared cache that goes by the ending would keep it."""
    for member in (cast.paid, cast.editor):
        browser = client_of(member)
        browser.get("/")
        answer = browser.get(path)
        body = answer.content.decode(errors="replace")
        assert answer.status_code in (301, 404) or "no-store" in answer["Cache-Control"], answer.status_code
        assert member.email not in body and GATED not in body


@pytest.mark.parametrize("path", ["/account/", "/account/devices/", "/account/passkeys/", "/desk/", "/subscribe/"])
def test_a_personal_page_is_never_kept(cast: Cast, path: str) -> None:
    answer = client_of(cast.editor).get(path)
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]
