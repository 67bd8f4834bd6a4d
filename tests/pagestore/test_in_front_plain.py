"""A plain proxy in front, nginx and Caddy with the files of docs/howto/proxy: everything arrives, and nothing is kept or changed."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.commands.running import wait_for
from tests.pagestore.browsing import plain
from tests.pagestore.live import Live, ask, live
from tests.pagestore.proxies import NAME, Front, caddy, headers_of, needs_caddy, needs_nginx, nginx

HERE = "127.9.8.7"  # where a visitor is; the log says the neighbourhood
NEIGHBOURHOOD = "127.9.8.0"
CLAIMED = "203.0.113.9"


@dataclass(frozen=True)
class Served:
    """The publication behind the proxies."""

    site: Live
    post: str
    film: dict[str, Any]
    log: Path

    def asked_from(self, path: str) -> list[str]:
        """Return from where a path was asked for, as the access log has it, once it has."""

        def found() -> list[str]:
            return [line.split()[0] for line in self.log.read_text().splitlines() if f' {path}"' in line]

        wait_for(found)
        return found()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A publication at an address with TLS; its post is kept."""
    folder = tmp_path_factory.mktemp("plain") / "paper"
    log = folder.parent / "access.log"
    lines = ('server.proxies = ["127.0.0.1"]', f'server.access_log = "{log}"', "server.largest_body = 1")
    with live(folder, lines=lines, address=f"https://{NAME}") as site:
        site.act("make_cast")
        post = site.act("publish", title="Ships", text="They sail far. " * 200)["path"]
        yield Served(site, post, site.act("publish_file", size=102_400), log)


@pytest.fixture(
    scope="module", params=[pytest.param("nginx", marks=needs_nginx), pytest.param("caddy", marks=needs_caddy)]
)
def front(request: pytest.FixtureRequest, served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """Each of the two proxies before it."""
    with started(request.param, served, tmp_path_factory.mktemp("front")) as front:
        yield front


def started(kind: str, served: Served, folder: Path) -> AbstractContextManager[Front]:
    """Start a proxy."""
    port = served.site.port
    return nginx(folder / kind, "nginx.conf.example", port) if kind == "nginx" else caddy(folder / kind, port)


def test_pages_arrive_as_they_are_sent_and_in_one_coding(front: Front, served: Served) -> None:
    pages = {coding: front.get(served.post, Accept_Encoding=coding) for coding in ("br", "gzip", "zstd", "identity")}
    for coding, page in pages.items():
        assert page.status == 200 and page.headers.get("content-encoding", "identity") == coding
        assert b"They sail far." in plain(page) and page.headers["vary"] == "Cookie, Accept-Encoding"
    assert len({plain(page) for page in pages.values()}) == 1
    assert pages["br"].headers["strict-transport-security"] and len(pages["br"].body) < len(pages["identity"].body) / 2


def test_heads_conditions_and_parts_of_files_go_through(front: Front, served: Served) -> None:
    page = front.get(served.post, Accept_Encoding="br")
    head = front.get(served.post, method="HEAD", Accept_Encoding="br")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", page.headers["content-length"])
    again = front.get(served.post, Accept_Encoding="br", If_None_Match=page.headers["etag"])
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", page.headers["etag"])
    whole = front.get(served.film["path"])
    assert hashlib.sha256(whole.body).hexdigest() == served.film["sha256"]
    part = front.get(served.film["path"], Range="bytes=1000-1999")
    assert (
        part.status == 206 and part.body == whole.body[1000:2000] and part.headers["content-range"].endswith("/102400")
    )


def test_the_visitors_own_address_arrives_and_no_claimed_one(front: Front, served: Served) -> None:
    path = served.site.act("publish", title=f"Found {front.port}", text="Here.")["path"]
    for _ in range(2):  # the second time from the store
        front.get(path, source=HERE, X_Forwarded_For=CLAIMED, X_Forwarded_Proto="http", Forwarded=f"for={CLAIMED}")
    assert served.asked_from(path) == [NEIGHBOURHOOD]  # from the store, which says the path
    assert NEIGHBOURHOOD in served.asked_from("/<path>")  # from Django, which says the route
    assert CLAIMED.rpartition(".")[0] not in served.log.read_text()


def test_a_form_can_be_sent_as_a_browser_sends_it(front: Front) -> None:
    """With its Origin, a cookie that only goes over TLS, and a token."""
    assert signed_in_with_a_form(front) in (200, 302)


def signed_in_with_a_form(front: Front) -> int:
    """Ask for a code by the form, as a browser does, and return the status."""
    page = front.get("/sign-in/")
    cookie = next(line for line in page.cookies if line.startswith("__Host-csrf="))
    assert "Secure" in cookie
    token = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    return _posted(front, "/sign-in/", f"csrfmiddlewaretoken={token}&email=new@readers.example", cookie.split(";")[0])


def _posted(front: Front, path: str, form: str, cookie: str) -> int:
    line = front.line()
    told = headers_of(
        {
            "Content_Type": "application/x-www-form-urlencoded",
            "Origin": f"https://{NAME}",
            "Referer": f"https://{NAME}/",
        },
        cookie,
    )
    status = ask(line, path, method="POST", headers=told, body=form.encode()).status
    line.close()
    return status


def test_plain_http_is_led_to_tls_and_http_2_is_offered(front: Front) -> None:
    connection = HTTPConnection("127.0.0.1", front.plain, timeout=30)
    answer = ask(connection, "/ships/?a=1", headers={"Host": NAME})
    connection.close()
    assert answer.status in (301, 308) and answer.headers["location"] == f"https://{NAME}/ships/?a=1"
    front.trusted.set_alpn_protocols(["h2", "http/1.1"])
    line = front.line()
    line.connect()
    chosen = line.sock.selected_alpn_protocol()
    line.close()
    front.trusted.set_alpn_protocols(["http/1.1"])
    assert chosen == "h2"


def test_the_connection_to_us_is_used_again_and_never_after_we_closed_it(front: Front, served: Served) -> None:
    line = front.line()
    try:
        answers = [ask(line, served.post, headers=headers_of({})).status for _ in range(50)]
    finally:
        line.close()
    assert answers == [200] * 50
    assert _connections(served.site.port) < 20


def _connections(port: int) -> int:
    """Count connections to a port of this machine that are open or wait to be forgotten (Linux: /proc/net/tcp)."""
    ends = [line.split()[1:3] for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(other.endswith(f":{port:04X}") for _, other in ends)


def test_more_than_we_take_is_refused_in_our_words(front: Front) -> None:
    assert _posted(front, "/sign-in/", "email=x", "a=b") == 403  # it has no token
    assert _posted(front, "/sign-in/", "email=" + "x" * 1_200_000, "a=b") == 413


@needs_nginx
def test_nginx_takes_as_much_as_its_file_says(served: Served, tmp_path: Path) -> None:
    """Its own limit is a megabyte, less than a picture."""

    def less(text: str) -> str:
        assert "client_max_body_size 200m;" in text
        return text.replace("200m;", "1k;")

    with nginx(tmp_path / "nginx", "nginx.conf.example", served.site.port, change=less) as front:
        assert [_posted(front, "/sign-in/", "email=" + "x" * size, "a=b") for size in (100, 5_000)] == [403, 413]


def dropping(word: str) -> Callable[[str], str]:
    """Leave a line out of the file."""

    def change(text: str) -> str:
        assert word in text
        return "\n".join(line for line in text.splitlines() if word not in line)

    return change


@needs_nginx
def test_a_proxy_that_does_not_say_what_it_must_is_found(served: Served, tmp_path: Path) -> None:
    """Without a line of the file, the tests above fail: these are what they look at."""
    port, file = served.site.port, "nginx.conf.example"
    with nginx(tmp_path / "for", file, port, change=dropping("X-Forwarded-For")) as front:
        path = served.site.act("publish", title="Not found", text="Here.")["path"]
        for _ in range(2):
            front.get(path, source=HERE)
        assert served.asked_from(path) == ["127.0.0.0"]
    with nginx(tmp_path / "host", file, port, change=dropping("Host $host")) as front:
        assert front.get(served.post).status == 400
