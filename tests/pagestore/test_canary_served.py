"""The canary crawl through the server, once with an empty store and once from it: nothing leaks, and nothing differs (issue 4)."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from tests.pagestore.browsing import Browser, browsers
from tests.pagestore.conftest import Paper
from tests.pagestore.crawling import Found, crawl
from tests.shape.test_canary import PERSONAS

Asked = dict[str, Sequence[tuple[str, str]]]  # persona -> methods and paths
# Who reads what the store keeps. Everything else is crawled by two of all personas each, in turn; whole in `make soak`.
PUBLIC = ("anyone", "robot", "free", "paid", "gold", "gifted", "lapsed", "banned", "owner")


@pytest.fixture
def people(paper: Paper) -> Iterator[dict[str, Browser]]:
    """A browser for everybody."""
    found = browsers(paper.site, PERSONAS)
    yield found
    for browser in found.values():
        browser.close()


def test_nothing_leaks_from_an_empty_store_nor_from_a_full_one(
    paper: Paper, people: dict[str, Browser], capsys: Any
) -> None:
    cold, warm = cold_and_warm(paper, people, pairwise(paper), capsys)
    check(cold, warm)
    assert cold.fetches > 1000


@pytest.mark.soak
def test_nothing_leaks_to_anybody_at_any_address_by_any_method(
    paper: Paper, people: dict[str, Browser], capsys: Any
) -> None:
    asked = [(method, path) for method in ("GET", "HEAD") for path in paper.paths]
    check(*cold_and_warm(paper, people, dict.fromkeys(PERSONAS, asked), capsys))


def pairwise(paper: Paper) -> Asked:
    """Return what each persona asks for: every post and list, and a share of the rest, so that two ask for each."""
    posts = {path for path in paper.posts.values() if path}
    public = [path for path in paper.paths if path in posts or path.startswith(("/tag/", "/author/", "/archive/"))]
    rest = [path for path in paper.paths if path not in set(public)]
    asked: Asked = {}
    for place, name in enumerate(PERSONAS):
        share = [path for number, path in enumerate(rest) if place in _readers_of(number)]
        mine = ["/", *public] if name in PUBLIC else []
        asked[name] = [("GET", path) for path in mine + share] + [("HEAD", path) for path in mine]
    return asked


def _readers_of(number: int) -> set[int]:
    """Return which two personas ask for an address; over all addresses every two come together."""
    first = number % len(PERSONAS)
    return {first, (first + 1 + number // len(PERSONAS)) % len(PERSONAS)}


def cold_and_warm(paper: Paper, people: dict[str, Browser], asked: Asked, capsys: Any) -> tuple[Found, Found]:
    """Crawl with an empty store and then with a full one, and print how much that was."""
    for browser in people.values():
        browser.get("/account/")  # the device is noted and the reader cookie is given, as at a first visit
    paper.site.act("purge_everything")
    cold = crawl(people, asked, paper.words)
    crawl(people, asked, paper.words)  # so that also what was left out at first is kept
    warm = crawl(people, asked, paper.words)
    with capsys.disabled():
        print(f"\ncanary crawl, cold: {cold}\ncanary crawl, warm: {warm}")
    return cold, warm


def check(cold: Found, warm: Found) -> None:
    """See to it that neither crawl found anything, that both got the same, and that the second one was of the store."""
    assert cold.leaks + warm.leaks == []
    assert [key for key, answer in cold.answers.items() if warm.answers.get(key) != answer] == []
    assert warm.from_store > 0.95 * warm.keepable > 100


def test_a_key_without_the_reader_turns_the_crawl_red(paper_with_one_key: Paper) -> None:
    paper, found = paper_with_one_key, Found()
    paper.site.act("purge_everything")
    for name, browser in browsers(paper.site, ("gold", "free", "anyone")).items():
        for _ in range(2):
            found.add(crawl({name: browser}, {name: [("GET", path) for path in paper.kinds]}, paper.words))
        browser.close()
    assert any(leak.startswith("anyone") for leak in found.leaks)
