"""An nginx in front that keeps anyone's pages, with the file of docs/howto/proxy (checks 22 and 23)."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from masthead.pagestore.targets import IGNORED
from tests.commands.running import wait_for
from tests.pagestore.live import Answer
from tests.pagestore.proxied import PEOPLE, SEALED, TEXT, Paper, confused, kept, paper, through, wipe
from tests.pagestore.proxies import FILES, NAME, Front, needs_nginx, nginx
from tests.shape.test_shared_cookies import BROKEN

pytestmark = needs_nginx
FILE = "nginx-cache.conf.example"
OURS = ("session", "reader", "unlocked", "messages")
# What anyone may ask for, and everything else that says no more than who asks.
ADDRESSES = (
    *(
        "/",
        "/tag/world/",
        "/author/ines-okafor/",
        "/archive/",
        "/search/",
        "/search/?q=ships",
        "/rss/",
        "/atom.xml",
        "/feed.json",
    ),
    *(
        "/sitemap.xml",
        "/sitemaps/posts-1.xml",
        "/robots.txt",
        "/.well-known/security.txt",
        "/nothing-here/",
        "/sign-in/",
    ),
    *("/account/", "/account/me.json", "/subscribe/", "/desk/", "/healthz", "/TAG/World/"),
)


def longer(text: str) -> str:
    """Keep pages for ten minutes, so that what is wrong with one second is found."""
    assert "200 301 404 1s" in text
    return text.replace("200 301 404 1s", "200 301 404 10m")


def without(*words: str) -> Callable[[str], str]:
    """Leave lines out of the file, by a word of each."""

    def change(text: str) -> str:
        assert all(word in text for word in words)
        return "\n".join(line for line in text.splitlines() if not any(word in line for word in words))

    return change


def knowing_nothing(text: str) -> str:
    """Make a plain cache of it, which knows no cookie of ours and heeds what we say (RFC 9111)."""
    text = without("proxy_cache_bypass", "proxy_no_cache", "proxy_ignore_headers", "proxy_cache_valid")(text)
    return re.sub(r"proxy_cache_key .*;", "proxy_cache_key $host$request_uri;", text)


def ignoring_vary(text: str) -> str:
    """Make one that does not heed Vary."""
    return knowing_nothing(text).replace("proxy_cache paper;", "proxy_cache paper; proxy_ignore_headers Vary;")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """The publication behind it."""
    with paper(tmp_path_factory.mktemp("cached") / "paper") as served:
        yield served


@pytest.fixture(scope="module")
def front(served: Paper, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """The file as it stands there: a second."""
    with nginx(tmp_path_factory.mktemp("front") / "nginx", FILE, served.site.port) as front:
        yield front


@pytest.fixture(scope="module")
def slow(served: Paper, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """The same for ten minutes."""
    with nginx(tmp_path_factory.mktemp("slow") / "nginx", FILE, served.site.port, change=longer) as front:
        yield front


def test_whoever_reads_first_the_second_gets_their_own(served: Paper, slow: Front) -> None:
    assert confused(served, slow) == []


def test_a_cache_that_knows_only_what_we_say_is_right_too(served: Paper, tmp_path: Path) -> None:
    """Cache-Control and Vary tell the truth, for every proxy and CDN that nobody has told of our cookies."""
    with nginx(tmp_path / "nginx", FILE, served.site.port, change=knowing_nothing) as front:
        assert confused(served, front) == []
        wipe(front)
        assert [front.get(served.posts["paid"]).headers["x-cache"] for _ in range(2)] == ["MISS", "HIT"]


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (lambda text: without("proxy_cache_bypass")(longer(text)), {"anyone, then paid: words of paid"}),
        (
            lambda text: without("proxy_cache_bypass", "proxy_no_cache")(longer(text)),
            {"anyone, then paid: words of paid", "paid, then anyone: words of paid"},
        ),
        (ignoring_vary, {"anyone, then paid: words of paid"}),
    ],
    ids=["without bypass", "without bypass and no_cache", "without Vary"],
)
def test_a_wrong_proxy_is_found(served: Paper, tmp_path: Path, change: Callable[[str], str], wrong: set[str]) -> None:
    with nginx(tmp_path / "nginx", FILE, served.site.port, change=change) as front:
        found = confused(served, front, ("anyone", "paid"))
    assert wrong <= set(found)


def test_anyones_page_is_kept_once_for_each_coding_and_host(served: Paper, slow: Front) -> None:
    wipe(slow)
    asked = ("gzip, deflate, br, zstd", "gzip, deflate, br", "gzip", "identity", "deflate, gzip;q=0, br;q=0.5")
    first = [slow.get(served.posts["paid"], Accept_Encoding=coding) for coding in asked]
    assert [page.headers["x-cache"] for page in first] == ["MISS", "HIT", "MISS", "MISS", "HIT"]
    assert [page.headers.get("content-encoding") for page in first] == ["br", "br", "gzip", None, None]


def test_every_cookie_of_ours_is_passed_on_whatever_it_says_and_no_other(served: Paper, slow: Front) -> None:
    """What `masthead doctor` asks from outside: with a member's cookies the shared cache is not looked into."""
    path = served.posts["paid"]
    wait_for(lambda: slow.get(path).headers["x-cache"] == "HIT")
    for name in (*OURS, *(f"__Host-{name}" for name in OURS)):
        for cookie in (f"{name}=x", f"theme=dark; {name}=", f"theme=dark;{name}=x; a=b", f"a=b; {name} =x"):
            assert slow.get(path, cookie=cookie).headers["x-cache"] == "BYPASS", cookie
    assert slow.get(path, cookie="theme=dark; _ga=GA1.2.3").headers["x-cache"] == "HIT"
    assert slow.get(path, Authorization="Bearer x").headers["x-cache"] == "BYPASS"
    member = through(slow, served.cookies["paid"]).get(path, Host=NAME)
    assert member.headers["x-cache"] == "BYPASS" and SEALED in member.text
    assert member.headers["cache-control"] == "private, no-cache"


def test_a_question_is_passed_on_unless_it_only_counts_where_readers_come_from(served: Paper, slow: Front) -> None:
    path = served.posts["paid"]
    wait_for(lambda: slow.get(path).headers["x-cache"] == "HIT")
    states = {query: slow.get(f"{path}?{query}").headers["x-cache"] for query in (
        "x=1", "utm_source=a&x=1", "utm_source", "utm_source=a&utm_sourc=b", "utm_source=a;x=1",
        "utm_source=a", "utm_source=a&gclid=b", "fbclid=",
    )}  # fmt: skip
    assert list(states.values()) == ["BYPASS"] * 5 + ["HIT"] * 3, states


@pytest.mark.parametrize("name", [FILE, "nginx-members.conf.example"])
def test_the_file_lists_the_names_that_we_ignore(name: str) -> None:
    (listed,) = re.findall(r'"~\^\(\(([a-z_|]+)\)=', (FILES / name).read_text())
    assert set(listed.split("|")) == set(IGNORED)


def test_nothing_that_is_kept_sets_a_cookie_or_is_for_one_visitor(served: Paper, slow: Front) -> None:
    wipe(slow)
    answers: list[Answer] = []
    for cookie in ("", "theme=dark", *(c for c in BROKEN if "\x7f" not in c)):
        answers += [slow.get(path, cookie=cookie) for path in (*ADDRESSES, *served.posts.values()) for _ in range(2)]
    for name in PEOPLE:
        browser = through(slow, served.cookies[name])
        answers += [browser.get(path, Host=NAME) for path in ADDRESSES]
        browser.close()
    shared = [answer for answer in answers if answer.headers.get("x-cache") == "HIT"]
    assert len(shared) > 20 and [answer for answer in shared if answer.cookies] == []
    assert [
        answer for answer in answers if answer.cookies and "public" in answer.headers.get("cache-control", "")
    ] == []
    found = kept(slow)
    assert len(found) > 10
    for word in (b"set-cookie", b"csrfmiddlewaretoken", b"private", b"no-store", SEALED.encode(), b"@readers.example"):
        assert [page for page in found if word in page.lower() or word in page] == [], word


def test_what_happens_is_seen_when_the_time_of_the_file_is_over(served: Paper, front: Front) -> None:
    act = served.site.act
    post = act("publish", title="Open until now", text=TEXT)
    path = post["path"]
    wait_for(lambda: front.get(path).headers["x-cache"] == "HIT" and front.get("/").headers["x-cache"] == "HIT")
    assert SEALED in front.get(path).text
    act("publish", title="Newest", text="New.", hours=0)
    wait_for(lambda: "Newest" in front.get("/").text)
    act("show_to", pk=post["pk"], visibility="paid")
    wait_for(lambda: SEALED not in front.get(path).text)
    wait_for(lambda: front.get(path).headers["x-cache"] == "HIT")
    act("delete", pk=post["pk"])
    wait_for(lambda: front.get(path).status == 404)
    assert SEALED not in front.get(path).text and "Open until now" not in front.get("/").text


def test_what_did_not_change_is_asked_for_with_its_etag(served: Paper, front: Front) -> None:
    path = served.posts["members"]
    wait_for(lambda: front.get(path).headers["x-cache"] == "REVALIDATED")
    wait_for(lambda: any(f'"GET {path}" 304 0 store' in line for line in served.log.read_text().splitlines()))


def test_of_many_who_ask_at_once_one_is_passed_on(served: Paper, slow: Front) -> None:
    path = served.site.act("publish", title="All at once", text=TEXT)["path"]
    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(lambda _: slow.get(path), range(20)))
    assert sorted({answer.headers["x-cache"] for answer in answers}) == ["HIT", "MISS"]
    assert [answer.headers["x-cache"] for answer in answers].count("MISS") == 1


ANYONE = "public, max-age=0, must-revalidate, s-maxage=3600"
FOR_ALL = "public, max-age=300, s-maxage=3600"
ALONE = re.compile(r"private|no-store")
# Who asks, for what, and what the table of the how-to says of it.
TOLD = [
    ("anyone", "/", (ANYONE, "Cookie, Accept-Encoding", True)),
    ("anyone", "/tag/world/", (ANYONE, "Cookie, Accept-Encoding", True)),
    ("paid", "/tag/world/", ("private, no-cache", "Cookie, Accept-Encoding", True)),
    ("editor", "/tag/world/", ("private, no-cache", "Cookie", False)),
    *(
        ("paid", path, (FOR_ALL, "Accept-Encoding", True))
        for path in ("/rss/", "/feed.json", "/sitemap.xml", "/robots.txt")
    ),
]


@pytest.mark.parametrize(("name", "path", "told"), TOLD)
def test_we_say_to_caches_what_the_how_to_says(
    served: Paper, name: str, path: str, told: tuple[str, str, bool]
) -> None:
    for _ in range(2):  # the second time from the store
        answer = served.alone(name, path)
        says = answer.headers["cache-control"], answer.headers["vary"], "cache-tag" in answer.headers
        assert says == told, answer.headers
        assert not (answer.cookies and "public" in says[0])
        again = served.direct(name).get(
            path, coding="br", Host=NAME, X_Forwarded_Proto="https", If_None_Match=answer.headers["etag"]
        )
        if name != "editor":
            assert again.status == 304 and again.headers.get("cache-tag") == answer.headers["cache-tag"]
            assert again.headers["cache-control"] == told[0] and again.headers["vary"] == told[1]


def test_what_is_for_one_visitor_says_so(served: Paper) -> None:
    for path in ("/account/", "/account/me.json", "/sign-in/", "/search/?q=ships", "/desk/"):
        for name in ("anyone", "paid", "editor"):
            answer = served.alone(name, path)
            assert "cache-tag" not in answer.headers, (path, name)
            is_shared = "public" in answer.headers.get("cache-control", "")
            assert ALONE.search(answer.headers.get("cache-control", "")) or (is_shared and not answer.cookies), (
                path,
                name,
            )
