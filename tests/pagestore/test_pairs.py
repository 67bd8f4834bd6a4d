"""Whoever reads a page first, whoever reads it next gets their own (check 20's other half): every ordered pair of people."""

from collections.abc import Iterable
from itertools import permutations
from typing import Any

from masthead.pagestore.cookies import Keys, UnlockedCookie
from tests.commands.running import SECRET
from tests.pagestore.browsing import Browser, browsers, told
from tests.pagestore.conftest import Paper

PEOPLE = (
    "anyone", "free", "paid", "gold", "gifted", "lapsed", "banned", "unlocked", "member with one unlocked", "editor", "owner",
)  # fmt: skip
KINDS = ("parts", "members", "paid", "tiers", "memberparts")  # "parts" is public, but for some parts
NEVER_KEPT = ("banned", "editor", "owner")  # Django says each time who somebody banned is


def readers(paper: Paper, names: Iterable[str] = PEOPLE) -> dict[str, Browser]:
    """Return browsers that have been here before; two of them hold one paid post unlocked, one of those signed in."""
    cast = {"unlocked": "anyone", "member with one unlocked": "free"}
    found = {name: browsers(paper.site, [cast.get(name, name)])[cast.get(name, name)] for name in names}
    unlocked = UnlockedCookie((paper.ids["paid"], paper.ids["tiers"]), 2**40)
    for name, browser in found.items():
        if name in cast:
            browser.cookies["unlocked"] = Keys(SECRET, paper.site.address).unlocked_cookie(unlocked)
        browser.get("/account/")
    return found


def paths(paper: Paper) -> list[str]:
    """Return the path of one post of every kind."""
    return [paper.posts[kind] for kind in KINDS]


def read(paper: Paper, browser: Browser) -> list[Any]:
    """Return what somebody gets of every kind of post, in Brotli."""
    return [told(browser.get(path, coding="br")) for path in paths(paper)]


def confused(paper: Paper, people: dict[str, Browser]) -> list[str]:
    """Return which pairs, first and second reader, let the second one get something else than Django gives them alone."""
    alone = {}
    for name, browser in people.items():
        paper.site.act("purge_everything")
        alone[name] = read(paper, browser)
    found = []
    for first, second in permutations(people, 2):
        paper.site.act("purge_everything")
        read(paper, people[first])
        if read(paper, people[second]) != alone[second]:
            found.append(f"{first}, then {second}")
    return found


def test_nobody_gets_what_was_rendered_for_somebody_else(paper: Paper) -> None:
    assert confused(paper, readers(paper)) == []


def test_what_the_pairs_read_was_kept_in_between(paper: Paper) -> None:
    """Otherwise nobody could have got somebody else's page."""
    for name, browser in readers(paper).items():
        paper.site.act("purge_everything")
        read(paper, browser)
        again = [browser.get(path).is_from_store for path in paths(paper)]
        assert again == [name not in NEVER_KEPT] * len(KINDS), name


def test_people_with_other_rights_get_other_pages(paper: Paper) -> None:
    """Otherwise the pairs would be the same whatever was kept."""
    people = readers(paper)
    pages = {name: [body for _, _, body in read(paper, browser)] for name, browser in people.items()}
    paid = [pages[name][KINDS.index("paid")] for name in ("anyone", "free", "paid", "unlocked")]
    assert len(set(paid)) == 4
    assert pages["paid"] == pages["gifted"] and pages["free"] == pages["lapsed"] and pages["anyone"] == pages["banned"]
    assert b"PAIDPAIDPARAGRAPHX" in paid[3] and b"PAIDPAIDPARAGRAPHX" not in paid[1]


def test_a_key_without_the_reader_confuses_pairs(paper_with_one_key: Paper) -> None:
    people = readers(paper_with_one_key, ("anyone", "paid"))
    assert set(confused(paper_with_one_key, people)) == {"anyone, then paid", "paid, then anyone"}
