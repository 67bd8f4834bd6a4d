"""What several tests stand on: the parts of a page store, and a publication full of canaries that is made and served once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from masthead.pagestore.serving import Serving
from masthead.pagestore.store import Store
from tests.pagestore.live import Live, live
from tests.pagestore.some import Log, serving_of, store_in

KINDS = ("public", "members", "paid", "tiers", "vip", "parts", "memberparts")


@pytest.fixture
def log(tmp_path: Path) -> Log:
    """A log."""
    return Log(tmp_path)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store."""
    return store_in(tmp_path)


@pytest.fixture
def serving(store: Store, log: Log) -> Serving:
    """A worker's serving copy."""
    return serving_of(store, log)


@dataclass(frozen=True, repr=False)
class Paper:
    """What is served, every address of it, and what must not be seen where."""

    site: Live
    paths: list[str]  # of every route and every filling of its parameters
    words: dict[str, str]  # canary -> name of its post (tests/shape/canaries.py)
    posts: dict[str, str]  # name of a post -> its path
    ids: dict[str, str]  # name of a post -> its public id
    tiers: dict[str, int]

    @property
    def kinds(self) -> list[str]:
        """Return the path of one post of every kind."""
        return [self.posts[kind] for kind in KINDS]


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """A publication full of canaries, served by two workers."""
    with _made(tmp_path_factory.mktemp("canaries") / "paper", workers=2) as paper:
        yield paper


@pytest.fixture(scope="session")
def paper_with_one_key(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """The same where one page is kept for all: the seeded fault that every proof must find."""
    with _made(tmp_path_factory.mktemp("faulty") / "paper", fault="one key") as paper:
        yield paper


@contextmanager
def _made(folder: Path, *, workers: int = 1, fault: str = "") -> Iterator[Paper]:
    lines = ('apps = ["tests.pagestore.faults"]',) if fault else ()
    with live(folder, workers=workers, lines=lines, MASTHEAD_TEST_FAULT=fault) as site:
        tiers = site.act("make_cast")["tiers"]
        yield Paper(site, tiers=tiers, **site.act("make_canaries"))
