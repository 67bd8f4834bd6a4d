"""A publication behind a proxy that keeps pages, the people who read it through that, and who got what was not theirs."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from masthead.pagestore.cookies import Keys, UnlockedCookie
from tests.commands.running import SECRET
from tests.pagestore.browsing import Browser, plain
from tests.pagestore.live import Answer, Live, live
from tests.pagestore.proxies import NAME, Front

ADDRESS = f"https://{NAME}"
PEOPLE = ("anyone", "free", "paid", "gold", "lapsed", "editor", "unlocked")
# Who may read the body of which post.
MAY = {
    "members": {"free", "paid", "gold", "lapsed", "editor"},
    "paid": {"paid", "gold", "editor", "unlocked"},
    "tiers": {"gold", "editor", "unlocked"},
}
OPENING, SEALED = "Openingword", "Sealedword"
TEXT = f"{OPENING}.\n\n<!--more-->\n\n{SEALED}."


@dataclass(frozen=True)
class Paper:
    """What is served: one post per visibility by name, people's cookies by name, and the server's access log."""

    site: Live
    posts: dict[str, str]
    cookies: dict[str, dict[str, str]]
    log: Path

    def direct(self, name: str) -> Browser:
        """Return somebody's browser, with nothing between it and the server."""
        return Browser(self.site.port, dict(self.cookies[name]))

    def alone(self, name: str, path: str) -> Answer:
        """Return what the server itself gives somebody."""
        return self.direct(name).get(path, coding="br", Host=NAME, X_Forwarded_Proto="https")


@contextmanager
def paper(folder: Path) -> Iterator[Paper]:
    """Serve a publication that tells a proxy in front how long it may keep pages; nobody listens to what changes."""
    log = folder.parent / "access.log"
    lines = (
        'server.proxies = ["127.0.0.1"]', f'server.access_log = "{log}"', 'purge.provider = "http"',
        'purge.address = "http://127.0.0.1:9/"',
    )  # fmt: skip
    with live(folder, lines=lines, address=ADDRESS) as site:
        gold = site.act("make_cast")["tiers"]["gold"]
        made = {
            kind: site.act(
                "publish", title=f"For {kind}", text=TEXT, visibility=kind, tiers=[gold] if kind == "tiers" else []
            )
            for kind in MAY
        }
        unlocked = UnlockedCookie((made["paid"]["public_id"], made["tiers"]["public_id"]), 2**40)
        cookies = {name: cookies_of(site, name) for name in (*PEOPLE[:-1], "gifted")}
        cookies["unlocked"] = {"__Host-unlocked": Keys(SECRET, ADDRESS).unlocked_cookie(unlocked)}
        yield Paper(site, {kind: post["path"] for kind, post in made.items()}, cookies, log)


def cookies_of(site: Live, name: str) -> dict[str, str]:
    """Return the cookies of somebody who signed in and looked at their account; none for anyone."""
    if name == "anyone":
        return {}
    browser = Browser(site.port, {"__Host-session": site.act("session_of", name=name)})
    browser.get("/account/", Host=NAME, X_Forwarded_Proto="https")
    browser.close()
    return browser.cookies


def through(front: Front, cookies: dict[str, str]) -> Browser:
    """Return a browser that reads through a proxy."""
    return Browser(front.port, dict(cookies), [front.line(), front.line()])


def wipe(front: Front) -> None:
    """Let a proxy forget what it keeps."""
    for path in (front.folder / "cache").iterdir():
        shutil.rmtree(path, ignore_errors=True)


def kept(front: Front) -> list[bytes]:
    """Return everything that a proxy keeps, as it lies on disk."""
    return [path.read_bytes() for path in (front.folder / "cache").rglob("*") if path.is_file()]


def faults(name: str, kind: str, got: Answer, alone: Answer) -> list[str]:
    """Return what is wrong with an answer to somebody: not the words they may read, not the bytes they get alone, not private."""
    text = plain(got).decode()
    found = []
    if got.status != 200 or OPENING not in text or (SEALED in text) != (name in MAY[kind]):
        found.append("words")
    if name != "editor" and plain(got) != plain(alone):  # a page of staff is made anew each time
        found.append("bytes")
    is_private = "private" in got.headers.get("cache-control", "")
    if is_private != (name not in ("anyone", "unlocked")):
        found.append("cache-control")
    return found


def confused(paper: Paper, front: Front, names: Iterable[str] = PEOPLE) -> list[str]:
    """Return which ordered pairs of people, the first of whom reads everything before the second, end with something wrong.

    Each pair begins with an empty cache, and the second reads twice.
    """
    names = list(names)
    people = {name: through(front, paper.cookies[name]) for name in names}
    alone = {(name, kind): paper.alone(name, path) for name in names for kind, path in paper.posts.items()}
    found = []
    for first, second in product(names, names):
        wipe(front)
        for path in paper.posts.values():
            people[first].get(path, coding="br", Host=NAME)
        for kind, path in [*paper.posts.items()] * 2:
            got = people[second].get(path, coding="br", Host=NAME)
            found += [
                f"{first}, then {second}: {what} of {kind}" for what in faults(second, kind, got, alone[second, kind])
            ]
    for browser in people.values():
        browser.close()
    return found
