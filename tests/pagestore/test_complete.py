"""Whatever happens, every kept page whose bytes it changes carries a tag that it purges (check 19)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from masthead.access.reader_key import Keep
from masthead.content.models import Author, Post, Tag
from masthead.content.models.address import Address
from masthead.core.page_tags import LISTS, MORE, SITE
from masthead.pagestore import log
from tests.cast import Cast, client_of
from tests.pagestore.happenings import ACTS, Paper, make_paper
from tests.pagestore.test_purging import last_row, purged_since

# Where nothing stands yet, or where something leads on from; and what stands at one address.
ELSEWHERE = (
    "/ /archive/ /rss/ /atom.xml /feed.json /feed/ /page/2/ /sitemap.xml /sitemaps/posts-1.xml /sitemaps/tags.xml"
    " /sitemaps/authors.xml /sitemap-news.xml /robots.txt /.well-known/security.txt /humans.txt /no-such/ /ABOUT-US/"
    " /old/ /harbour/ /tag/oceans/ /tag/quays/ /tag/hash-hidden/ /author/nobody/ /topics/sea/ /people/rui/"
).split()
PARTS = 3  # so that several processes can test


@dataclass(frozen=True)
class Seen:
    """One page as one person got it, and its tags; None where it may not be kept."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    tags: frozenset[str] | None = field(compare=False)


def seen(browser: Client, path: str) -> Seen:
    """Read a page."""
    answer = browser.get(path)
    keep = getattr(answer, "keep", None)
    tags = keep.tags | {SITE} if isinstance(keep, Keep) else None
    return Seen(answer.status_code, tuple(sorted(answer.headers.items())), answer.content, tags)


def paths() -> list[str]:
    """Return the addresses of everything, former ones too."""
    lists = [*Tag.objects.values_list("slug", flat=True)]
    authors = [*Author.objects.values_list("slug", flat=True)]
    of_lists = [f"/tag/{slug}/{end}" for slug in lists for end in ("", "rss/")]
    of_lists += [f"/author/{slug}/" for slug in authors]
    months = {
        f"/archive/{at:%Y/%m}/" for at in Post.objects.exclude(published_at=None).values_list("published_at", flat=True)
    }
    return sorted({*ELSEWHERE, *Address.objects.values_list("path", flat=True), *of_lists, *months})


Place = tuple[str, str]  # who reads, and where
Pages = dict[Place, Seen]


def read_pages(cast: Cast) -> Iterator[tuple[Place, Seen]]:
    """Read everything as anyone, and as a member who pays what is another for them."""
    anyone, paid = client_of(None), client_of(cast.paid)
    for path in paths():
        page = seen(anyone, path)
        yield ("anyone", path), page
        if page.status == 200 and b"<html" in page.body and not path.startswith(("/author/", "/archive/")):
            yield ("paid", path), seen(paid, path)


class TakenBack(Exception):
    """An act was tried."""


def faults_of(act: Callable[[Paper], object], paper: Paper, before: Pages, most: int | None = None) -> list[str]:
    """Let something happen, and say of which kept pages nobody would learn it, of `most` of them; then take it back."""
    found: list[str] = []
    try:
        with transaction.atomic():
            last = last_row()
            act(paper.read_again())
            found += islice(_faults(before, read_pages(paper.cast), purged_since(last)), most)
            raise TakenBack
    except TakenBack:
        return found


def _faults(before: Pages, after: Iterable[tuple[Place, Seen]], purged: set[str]) -> Iterator[str]:
    changes = 0
    for place, page in after:
        was = before.get(place)
        if was is None or was == page:
            continue
        changes += 1
        if SITE in purged and was.tags is not None:
            return  # every page is purged, and one was seen to have changed
        if was.tags is not None and not was.tags & purged:
            yield f"{place[1]} as {place[0]}: shows {sorted(was.tags)}, purged were {sorted(purged)}"
    if not changes:
        yield "no page is another than before, so nothing was tried"


@pytest.fixture
def paper(cast: Cast, tmp_path: Path) -> Paper:
    """The paper that everything happens to."""
    made = make_paper(cast)
    made.folder = tmp_path / "posts"
    return made


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_happens_no_page_stays_as_it_was(paper: Paper, part: int) -> None:
    before = dict(read_pages(paper.cast))
    kept = [place for place, page in before.items() if page.tags is not None]
    assert len(kept) > 25, "too few pages may be kept for this test to say anything"
    assert before == dict(read_pages(paper.cast)), "a page is another at each reading"
    faults = {name: found for name, act in list(ACTS.items())[part::PARTS] if (found := faults_of(act, paper, before))}
    assert not faults, "\n".join(f"{name}: {fault}" for name, found in faults.items() for fault in found)


@pytest.mark.parametrize(
    ("forgotten", "name"),
    [
        (LISTS, "the newest post is published"),
        (MORE, "a post is published that is older than others"),
        ("post:", "a title is changed"),
        ("tag:", "a tag is renamed"),
        ("author:", "an author gets an address of their own"),
        (SITE, "a price is offered"),
        (SITE, "a section is renamed"),
        (SITE, "a tag for staff only is shown"),
    ],
)
def test_a_rule_that_forgets_something_is_found(
    paper: Paper, monkeypatch: pytest.MonkeyPatch, forgotten: str, name: str
) -> None:
    write = log.write
    before = dict(read_pages(paper.cast))
    monkeypatch.setattr(log, "write", lambda tags, at: write((t for t in tags if not t.startswith(forgotten)), at=at))
    assert faults_of(ACTS[name], paper, before, 1) != []


def test_an_act_that_changes_nothing_is_found(paper: Paper) -> None:
    assert "nothing was tried" in faults_of(lambda paper: None, paper, dict(read_pages(paper.cast)))[0]


def test_a_page_that_names_too_little_is_found(paper: Paper) -> None:
    pages = {place: replace(page, tags=page.tags and frozenset({SITE})) for place, page in read_pages(paper.cast)}
    assert faults_of(ACTS["a title is changed"], paper, pages, 1)[0].startswith("/ as")
