"""Visits: what the page store reads in the headers of a request, and what it leaves to Django."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.access.reader import Reader
from masthead.access.reader_key import Depends
from masthead.pagestore.cookies import ReaderCookie, UnlockedCookie
from masthead.pagestore.visit import Names, Unreadable, Visit, read_visit
from tests.pagestore.some import KEYS

Header = tuple[bytes, bytes]
NAMES = Names(session=b"session", reader=b"reader", unlocked=b"unlocked", messages=b"messages")
HOST = (b"host", b"Paper.Test")
SOON = int(time.time()) + 200
TOLD = ReaderCookie(KEYS.id_of_member(7), 3, SOON, frozenset({4}))
GIVEN = KEYS.reader_cookie(TOLD, session="abc")


def read(*headers: Header, cookie: str = "") -> Visit:
    """Read headers beside a right Host."""
    told = [HOST, *headers, *([(b"cookie", cookie.encode())] if cookie else [])]
    return read_visit(told, hosts=frozenset({b"paper.test"}), names=NAMES, keys=KEYS)


def test_who_has_no_session_is_anyone_whatever_else_they_send() -> None:
    assert read().reader == Reader()
    assert read(cookie=f"reader={GIVEN}; theme=dark").reader == Reader()


def test_a_member_is_who_has_a_session_and_the_reader_cookie_that_was_given_beside_it() -> None:
    visit = read(cookie=f"theme=dark; session=abc; reader={GIVEN}")
    assert visit.reader == Reader(is_member=True, tiers=frozenset({4}))
    assert (visit.member, visit.position, visit.expires) == (KEYS.id_of_member(7), 3, SOON)


@pytest.mark.parametrize(
    "cookie",
    [
        f"session=abd; reader={GIVEN}",
        "session=abc",
        "session=",
        f"session=abc; reader={GIVEN}x",
        "session=abc; reader=",
    ],
)
def test_a_session_without_its_reader_cookie_is_for_django(cookie: str) -> None:
    visit = read(cookie=cookie)
    assert visit.reader is None and visit.member == ""


@pytest.mark.parametrize(
    "cookie",
    ["session=abc; session=abd", f"session=abc; reader={GIVEN}; reader=x", "messages=hello", "unlocked=a;unlocked=b"],
)
def test_cookies_that_are_sent_twice_and_messages_are_for_django(cookie: str) -> None:
    with pytest.raises(Unreadable):
        read(cookie=cookie)


def test_cookies_in_two_headers_are_read_as_one_line() -> None:
    visit = read((b"cookie", b"session=abc"), (b"cookie", f"reader={GIVEN}".encode()))
    assert visit.reader is not None and visit.reader.is_member


def test_an_unlocked_post_is_open_until_its_cookie_runs_out() -> None:
    visit = read(cookie=f"unlocked={KEYS.unlocked_cookie(UnlockedCookie(('p1',), SOON))}")
    post, other = Depends.on_post(1, "p1", "paid", frozenset()), Depends.on_post(2, "p2", "paid", frozenset())
    assert visit.expires == SOON and visit.key(post) == "a+" and visit.key(other) == "a-"
    assert visit.key(Depends()) == read().key(Depends()) == "a"


@pytest.mark.parametrize(
    "header",
    [
        (b"host", b"other.test"),
        (b"authorization", b"Basic eDp5"),
        (b"expect", b"100-continue"),
        (b"transfer-encoding", b"chunked"),
        (b"upgrade", b"h2c"),
        (b"content-length", b"3"),
        (b"if-match", b'"x"'),
        (b"if-unmodified-since", b"x"),
    ],
)
def test_what_is_more_than_a_reading_of_our_own_pages_is_for_django(header: Header) -> None:
    with pytest.raises(Unreadable):
        read(header)


def test_a_request_needs_one_host_that_is_ours() -> None:
    for headers in ([], [(b"host", b"paper.test.evil")], [HOST, HOST]):
        with pytest.raises(Unreadable):
            read_visit(headers, hosts=frozenset({b"paper.test"}), names=NAMES, keys=KEYS)


def test_codings_of_several_headers_count_and_a_body_of_nothing_is_none() -> None:
    visit = read((b"accept-encoding", b"gzip"), (b"accept-encoding", b"br"), (b"content-length", b"0"))
    assert visit.coding == "br"


@given(
    st.lists(
        st.tuples(st.sampled_from([b"cookie", b"accept-encoding", b"if-none-match", b"x-forwarded-for"]), st.binary())
    )
)
def test_any_headers_are_a_visit_of_anyone_or_for_django(headers: list[Header]) -> None:
    try:
        visit = read(*headers)
    except Unreadable:
        return
    assert visit.reader in (Reader(), None)


@given(st.frozensets(st.integers(1, 9), max_size=3))
def test_the_key_of_a_visit_is_that_of_its_reader(tiers: frozenset[int]) -> None:
    value = KEYS.reader_cookie(ReaderCookie("m", 1, SOON, tiers), session="abc")
    visit = read(cookie=f"session=abc; reader={value}")
    for depends in (Depends(), Depends(is_same=True), Depends.on_post(1, "p", "tiers", frozenset({1, 2}))):
        assert visit.key(depends) == visit.key(depends) == depends.key(Reader(is_member=True, tiers=tiers))
