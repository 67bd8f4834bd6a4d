"""An nginx in front that keeps members' pages by the first word of the reader cookie, with the file of docs/howto/proxy.

It is the model of a CDN that does so: whatever a visitor makes of the word, nobody else gets anything wrong by it.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pagestore.live import Answer
from tests.pagestore.proxied import SEALED, Paper, confused, cookies_of, faults, kept, paper, through, wipe
from tests.pagestore.proxies import NAME, Front, needs_nginx, nginx

pytestmark = needs_nginx
FILE = "nginx-members.conf.example"
PERSONAL = ("/account/", "/account/me.json", "/account/devices/", "/search/?q=ships", "/search/")


def longer(text: str) -> str:
    """Keep pages for ten minutes, so that what is wrong with five seconds is found."""
    assert "200 301 404 5s" in text
    return text.replace("200 301 404 5s", "200 301 404 10m")


def trusting(text: str) -> str:
    """Keep whatever says private for a group, with or without Cache-Tag."""
    assert "private, no-cache\\|.*\\bsite\\b" in text
    return longer(text).replace("private, no-cache\\|.*\\bsite\\b", "private")


def keeping_cookies(text: str) -> str:
    """Keep what sets a cookie, too."""
    return longer(text).replace("proxy_ignore_headers Cache-Control", "proxy_ignore_headers Set-Cookie Cache-Control")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """The publication behind it."""
    with paper(tmp_path_factory.mktemp("grouped") / "paper") as served:
        yield served


@pytest.fixture(scope="module")
def front(served: Paper, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """The file, for ten minutes."""
    with nginx(tmp_path_factory.mktemp("front") / "nginx", FILE, served.site.port, change=longer) as front:
        yield front


def asked(front: Front, cookies: dict[str, str], path: str) -> Answer:
    """Ask as somebody with these cookies."""
    return front.get(path, cookie="; ".join(f"{name}={value}" for name, value in cookies.items()), Accept_Encoding="br")


def word_of(cookies: dict[str, str]) -> str:
    """Return the word that a member shares with all who have the same tiers."""
    return cookies["__Host-reader"].partition(".")[0]


def forged(served: Paper) -> dict[str, str]:
    """Return cookies that bring gold's word without being gold's, each as it would be sent."""
    word = word_of(served.cookies["gold"])
    free, paid = served.cookies["free"], served.cookies["paid"]
    session, reader = f"__Host-session={free['__Host-session']}", f"__Host-reader={free['__Host-reader']}"
    junk = f"__Host-reader={word}.junk"
    return {
        "without a session": junk,
        "with a session of nobody": f"{junk}; __Host-session=nobody",
        "with a session of somebody free": f"{junk}; {session}",
        "beside a good cookie": f"{junk}; {session}; {reader}",
        "after a good cookie": f"{reader}; {session}; {junk}",
        "under the name without TLS": f"reader={word}.junk; {session}; {reader}",
        "with two sessions": f"{junk}; {session}; __Host-session={paid['__Host-session']}",
        "with the cookie of somebody free": f"{session}; __Host-reader={word}.{free['__Host-reader'].partition('.')[2]}",
        "of staff": f"{junk}; __Host-session={served.cookies['editor']['__Host-session']}",
    }


def poisoned(served: Paper, front: Front) -> list[str]:
    """Return by which forged cookies, brought before, gold gets something that is not theirs."""
    gold = through(front, served.cookies["gold"])
    alone = {kind: served.alone("gold", path) for kind, path in served.posts.items()}
    found = []
    for how, cookie in forged(served).items():
        wipe(front)
        for path in served.posts.values():
            front.get(path, cookie=cookie, Accept_Encoding="br")
        for kind, path in served.posts.items():
            found += [how for _ in faults("gold", kind, gold.get(path, coding="br", Host=NAME), alone[kind])]
    gold.close()
    return sorted(set(found))


def test_whoever_reads_first_the_second_gets_their_own(served: Paper, front: Front) -> None:
    assert confused(served, front) == []


def test_members_with_the_same_tiers_share_a_page_and_no_others_do(served: Paper, front: Front) -> None:
    wipe(front)
    path = served.posts["paid"]
    states = {
        name: asked(front, served.cookies[name], path).headers["x-cache"] for name in ("paid", "gifted", "gold", "free")
    }
    assert states == {"paid": "MISS", "gifted": "HIT", "gold": "MISS", "free": "MISS"}
    assert SEALED in asked_plain(front, served.cookies["gifted"], path)
    assert asked(front, served.cookies["lapsed"], path).headers["x-cache"] == "HIT"  # what the free ones get
    assert {asked(front, served.cookies[name], path).headers["x-cache"] for name in ("editor", "unlocked")} == {
        "BYPASS"
    }


def asked_plain(front: Front, cookies: dict[str, str], path: str) -> str:
    """Return the text of a page."""
    return front.get(path, cookie="; ".join(f"{name}={value}" for name, value in cookies.items())).text


def test_nobody_spoils_what_a_group_gets_by_its_word(served: Paper, front: Front) -> None:
    assert poisoned(served, front) == []


def test_a_cache_that_keeps_what_sets_a_cookie_is_spoiled(served: Paper, tmp_path: Path) -> None:
    with nginx(tmp_path / "nginx", FILE, served.site.port, change=keeping_cookies) as front:
        assert "with a session of somebody free" in poisoned(served, front)


def test_nobody_gets_by_a_word_that_was_never_given(served: Paper, front: Front) -> None:
    asked(front, served.cookies["gold"], served.posts["tiers"])
    session = served.cookies["free"]["__Host-session"]
    for word in ("0" * 16, word_of(served.cookies["free"])):
        got = front.get(served.posts["tiers"], cookie=f"__Host-reader={word}.x; __Host-session={session}")
        assert SEALED not in got.text


def personal_pages_kept(served: Paper, front: Front) -> list[str]:
    """Return which pages of the account one member gets of another with the same tiers, or which lie in the cache."""
    wipe(front)
    found = []
    for path in PERSONAL:
        answers = {name: asked(front, served.cookies[name], path) for name in ("paid", "gifted")}
        found += [path for answer in answers.values() if answer.headers["x-cache"] == "HIT"]
    return found + ["on disk" for page in kept(front) if b"@readers.example" in page]


def test_pages_of_the_account_are_kept_for_nobody(served: Paper, front: Front) -> None:
    assert personal_pages_kept(served, front) == []


def test_a_cache_that_takes_private_for_shared_by_a_group_is_found(served: Paper, tmp_path: Path) -> None:
    with nginx(tmp_path / "nginx", FILE, served.site.port, change=trusting) as front:
        assert personal_pages_kept(served, front) != []


def test_whoever_gains_or_loses_a_tier_gets_another_word(served: Paper, front: Front) -> None:
    """At the next page that comes from us; the word of before goes on working where it is kept by hand (the how-to says so)."""
    before = cookies_of(served.site, "free")
    path = served.posts["paid"]
    assert SEALED not in asked_plain(front, before, path)
    served.site.act("give", name="free", tier="paid")
    after = through(front, before)
    after.get("/account/", Host=NAME)
    assert word_of(after.cookies) == word_of(served.cookies["paid"]) != word_of(before)
    assert SEALED in after.get(path, Host=NAME).text
    served.site.act("take", name="free", tier="paid")
    after.get("/account/", Host=NAME)
    assert word_of(after.cookies) == word_of(before) and SEALED not in after.get(path, Host=NAME).text
    after.close()


def test_the_word_is_of_sixteen_characters_before_the_first_dot(served: Paper) -> None:
    assert all(
        re.fullmatch(r"[0-9a-f]{16}", word_of(served.cookies[name])) for name in ("free", "paid", "gold", "lapsed")
    )
