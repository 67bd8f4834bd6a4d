"""The front: one renders what all wait for, nobody waits for nothing, and everything is given back whatever happens."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from masthead.access.reader import Reader
from masthead.access.reader_key import Depends
from masthead.pagestore import front as module
from masthead.pagestore.asked import STATE, Asked, Kept
from masthead.pagestore.claims import Claims
from masthead.pagestore.front import Front
from masthead.pagestore.limits import Limits
from masthead.pagestore.rendered import Rendered
from masthead.pagestore.serving import Serving
from masthead.pagestore.store import Store
from masthead.pagestore.visit import Visit
from tests.pagestore.some import BODY, Log, page, put, serving_of, store_in

MEMBER = Reader(is_member=True)
PAYING = Reader(is_member=True, tiers=frozenset({1}))
PAID = Depends.on_post(1, "p1", "paid", frozenset())
READERS = {b"anyone": Reader(), b"member": MEMBER, b"paying": PAYING, b"unknown": None}


@dataclass
class Django:
    """Stands for Django: what it was asked, and how it answers. It answers when `may_answer` is set, which it is at first."""

    store: Store
    asked: list[tuple[str, Asked]] = field(default_factory=list)
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)
    under_way: int = 0
    most_at_once: int = 0
    keeps: bool = True
    fails: bool = False
    is_staff: bool = False
    depends: Depends = field(default_factory=Depends)
    is_who: Reader = MEMBER  # whom it finds behind an unknown visit

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        asked: Asked = scope["state"][STATE]
        self.asked.append((scope["method"], asked))
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        try:
            await self.may_answer.wait()
            await asyncio.sleep(0)
        finally:
            self.under_way -= 1
        if self.fails:
            raise RuntimeError("a bridge that fell down")
        await self._answer(scope, asked, send)

    async def _answer(self, scope: Any, asked: Asked, send: Any) -> None:
        reader = READERS[dict(scope["headers"])[b"who"]] or self.is_who
        beside = [(b"set-cookie", b"reader=new")] if asked.renews else []
        if asked.renews and asked.has_page:
            asked.reader = reader
        elif self.keeps and asked.may_keep and not self.is_staff:
            rendered = page(scope["path"], self.depends.key(reader), depends=self.depends, position=asked.position)
            asked.kept = self._kept(rendered)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x", b"django"), *beside]})
        await send({"type": "http.response.body", "body": BODY, "more_body": False})

    def _kept(self, rendered: Rendered) -> Kept:
        body = rendered.key.encode() + BODY
        return Kept(rendered, body, put(self.store, rendered, body), self.store.key)


@dataclass
class Paper:
    """A front with what stands before and behind it."""

    front: Front
    django: Django
    serving: Serving
    log: Log

    async def ask(self, path: str = "/a/", *, who: str = "anyone", method: str = "GET", send: Any = None) -> "Got":
        """Ask for a page; returns what was answered."""
        got = Got()
        scope = {
            "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
            "headers": [(b"who", who.encode())],
        }  # fmt: skip
        await self.front(scope, _nothing, send or got.send)
        return got


class Got:
    """What one client got."""

    def __init__(self) -> None:
        self.status, self.headers, self.body = 0, list[tuple[bytes, bytes]](), b""

    async def send(self, message: Any) -> None:
        """Take a message."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], message["headers"]
        else:
            self.body += message.get("body", b"")

    @property
    def is_from_django(self) -> bool:
        return (b"x", b"django") in self.headers


async def _nothing() -> dict[str, Any]:
    return {"type": "http.disconnect"}


def _read(headers: list[tuple[bytes, bytes]]) -> Visit:
    return Visit("identity", b"", reader=READERS[dict(headers)[b"who"]])


Check = Callable[[Paper], Awaitable[None]]


@pytest.fixture
def holds(tmp_path: Path) -> Callable[[Check], None]:
    """Run a check on a new paper."""

    def run(check: Check) -> None:
        async def begin() -> None:
            store, log = store_in(tmp_path / "pages"), Log(tmp_path)
            django, serving = Django(store), serving_of(store, log)
            django.may_answer.set()
            claims = Claims(tmp_path / "claims")
            limits = Limits(tmp_path, largest=1000)
            paper = Paper(Front(django, serving, claims, read=_read, limits=limits), django, serving, log)
            await asyncio.wait_for(check(paper), 60)
            assert not paper.front._rendering and django.under_way == 0

        asyncio.run(begin())

    return run


async def settled(until: Callable[[], object]) -> None:
    """Let others run until something is so."""
    for _ in range(20_000):
        if until():
            return
        await asyncio.sleep(0.001)
    raise AssertionError("it never came")


def test_a_page_is_rendered_once_for_all_who_wait_for_it(holds: Callable[[Check], None]) -> None:
    async def check(paper: Paper) -> None:
        paper.django.may_answer.clear()
        asking = [asyncio.create_task(paper.ask()) for _ in range(50)]
        await settled(lambda: paper.django.under_way)
        paper.django.may_answer.set()
        answers = await asyncio.gather(*asking)
        assert {answer.body for answer in answers} == {b"a" + BODY} and len(paper.django.asked) == 1

    holds(check)


def test_of_a_page_that_nobody_has_seen_each_key_is_rendered_once(holds: Callable[[Check], None]) -> None:
    async def check(paper: Paper) -> None:
        paper.django.depends = PAID
        paper.django.may_answer.clear()
        asking = [asyncio.create_task(paper.ask(who=who)) for who in ("anyone", "member", "paying") * 10]
        await settled(lambda: paper.django.under_way)
        paper.django.may_answer.set()
        answers = await asyncio.gather(*asking)
        assert [answer.body[:2] for answer in answers] == [b"a-", b"m-", b"m+"] * 10
        assert len(paper.django.asked) == 3

    holds(check)


def test_readers_who_differ_in_what_the_page_does_not_depend_on_wait_for_one(holds: Callable[[Check], None]) -> None:
    async def check(paper: Paper) -> None:
        paper.django.depends = Depends(is_same=True)
        await paper.ask()
        paper.log.purge("site")
        paper.django.may_answer.clear()
        asking = [asyncio.create_task(paper.ask(who=who)) for who in ("anyone", "member", "paying") * 5]
        await settled(lambda: paper.django.under_way)
        paper.django.may_answer.set()
        await asyncio.gather(*asking)
        assert len(paper.django.asked) == 2

    holds(check)


def test_those_who_wait_for_one_that_fails_are_answered_all_the_same(holds: Callable[[Check], None]) -> None:
    async def check(paper: Paper) -> None:
        paper.django.may_answer.clear()
        paper.django.fails = True
        leader = asyncio.create_task(paper.ask())
        await settled(lambda: paper.django.under_way)
        asking = [asyncio.create_task(paper.ask()) for _ in range(10)]
        await asyncio.sleep(0.01)
        paper.django.may_answer.set()
        with pytest.raises(RuntimeError):
            await leader
        paper.django.fails = False
        assert {answer.body for answer in await asyncio.gather(*asking)} == {b"a" + BODY}
        assert len(paper.django.asked) == 2

    holds(check)


def test_those_who_wait_for_one_that_is_cancelled_are_answered_all_the_same(holds: Callable[[Check], None]) -> None:
    async def check(paper: Paper) -> None:
        paper.django.may_answer.clear()
        leader = asyncio.create_task(paper.ask())
        await settled(lambda: paper.django.under_way)
        follower = asyncio.create_task(paper.ask())
        await asyncio.sleep(0.01)
        leader.cancel()
        paper.django.may_answer.set()
        assert (await follower).body == b"a" + BODY
        assert paper.front._claims.take("/a/ ") is not None

    holds(check)


def test_a_follower_who_goes_away_takes_nobody_with_them(holds: Callable[[Check], None]) -> None:
    async def check(paper: Paper) -> None:
        paper.django.may_answer.clear()
        asking = [asyncio.create_task(paper.ask()) for _ in range(3)]
        await settled(lambda: paper.django.under_way)
        await asyncio.sleep(0.01)
        asking[1].cancel()
        paper.django.may_answer.set()
        assert (await asking[0]).body == (await asking[2]).body == b"a" + BODY

    holds(check)


def test_nobody_waits_until_a_slow_client_has_taken_the_page(holds: Callable[[Check], None]) -> None:
    async def check(paper: Paper) -> None:
        may_take = asyncio.Event()

        async def slow(message: Any) -> None:
            await may_take.wait()

        leader = asyncio.create_task(paper.ask(send=slow))
        await settled(lambda: paper.django.asked)
        paper.log.purge("site")
        assert (await paper.ask()).body == b"a" + BODY and not leader.done()
        assert not paper.front._rendering and paper.front._claims.take("/a/ a") is not None
        may_take.set()
        await leader

    holds(check)


def test_a_client_that_goes_away_leaves_its_page_to_others(holds: Callable[[Check], None]) -> None:
    async def check(paper: Paper) -> None:
        async def gone(message: Any) -> None:
            raise ConnectionResetError

        with pytest.raises(ConnectionResetError):
            await paper.ask(send=gone)
        answer = await paper.ask()
        assert answer.body == b"a" + BODY and len(paper.django.asked) == 1

    holds(check)


def test_pages_that_are_not_kept_wait_for_nobody_after_the_first(holds: Callable[[Check], None]) -> None:
    async def check(paper: Paper) -> None:
        paper.django.keeps = False
        assert (await paper.ask()).is_from_django
        paper.django.may_answer.clear()
        asking = [asyncio.create_task(paper.ask()) for _ in range(20)]
        await settled(lambda: paper.django.under_way == 20)
        paper.django.may_answer.set()
        await asyncio.gather(*asking)

    holds(check)


def test_staff_who_look_at_a_page_do_not_let_everybody_render_it(holds: Callable[[Check], None]) -> None:
    async def check(paper: Paper) -> None:
        paper.django.is_staff = True
        assert (await paper.ask(who="unknown")).is_from_django
        paper.django.is_staff = False
        paper.django.may_answer.clear()
        asking = [asyncio.create_task(paper.ask()) for _ in range(20)]
        await settled(lambda: paper.django.under_way)
        paper.django.may_answer.set()
        await asyncio.gather(*asking)
        assert len(paper.django.asked) == 2

    holds(check)


def test_many_whose_cookie_ran_out_are_told_who_they_are_and_rendered_for_once(holds: Callable[[Check], None]) -> None:
    async def check(paper: Paper) -> None:
        paper.django.may_answer.clear()
        asking = [asyncio.create_task(paper.ask(who="unknown")) for _ in range(20)]
        await settled(lambda: paper.django.under_way)
        paper.django.may_answer.set()
        answers = await asyncio.gather(*asking)
        assert {answer.body for answer in answers} == {b"m" + BODY}
        assert all(answer.headers.count((b"set-cookie", b"reader=new")) == 1 for answer in answers)
        assert [asked.has_page for _, asked in paper.django.asked].count(False) == 1

    holds(check)


def test_a_cookie_is_renewed_without_rendering_where_the_page_is_kept(holds: Callable[[Check], None]) -> None:
    async def check(paper: Paper) -> None:
        await paper.ask(who="member")
        answer = await paper.ask(who="unknown")
        assert answer.body == b"m" + BODY and (b"set-cookie", b"reader=new") in answer.headers
        assert paper.django.asked[-1][1].reader == MEMBER and paper.django.asked[-1][1].kept is None

    holds(check)


def test_who_turns_out_to_need_another_page_gets_it_with_the_cookie(holds: Callable[[Check], None]) -> None:
    async def check(paper: Paper) -> None:
        paper.django.depends = PAID
        await paper.ask(who="anyone")
        paper.django.is_who = PAYING
        # Django is asked once who it is, and once for the page of somebody like that, who is now known.
        READERS[b"unknown"] = None
        answer = await paper.ask(who="unknown")
        assert answer.body == b"m+" + BODY
        assert answer.headers.count((b"set-cookie", b"reader=new")) == 1
        assert [asked.has_page for _, asked in paper.django.asked] == [False, True, False]

    holds(check)


def test_a_patient_follower_renders_itself_in_the_end(
    holds: Callable[[Check], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.01)

    async def check(paper: Paper) -> None:
        paper.django.may_answer.clear()
        asking = [asyncio.create_task(paper.ask()) for _ in range(2)]
        await settled(lambda: paper.django.under_way == 2)
        paper.django.may_answer.set()
        await asyncio.gather(*asking)

    holds(check)


def test_what_another_process_renders_is_waited_for_and_taken_from_disk(
    holds: Callable[[Check], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []

    def take(claims: Claims, name: str) -> None:
        taken.append(name)
        if len(taken) == 3:
            put(store_in(tmp_path / "pages"), page(), b"rendered by another process")

    monkeypatch.setattr(Claims, "take", take)

    async def check(paper: Paper) -> None:
        assert (await paper.ask()).body == b"rendered by another process"
        assert paper.django.asked == []

    holds(check)


def test_a_head_is_answered_from_the_store_or_by_django_and_keeps_nothing(holds: Callable[[Check], None]) -> None:
    async def check(paper: Paper) -> None:
        assert (await paper.ask(method="HEAD")).is_from_django
        assert [(method, asked.may_keep) for method, asked in paper.django.asked] == [("HEAD", False)]
        await paper.ask()
        answer = await paper.ask(method="HEAD")
        assert not answer.is_from_django and (b"content-length", str(len(BODY) + 1).encode()) in answer.headers

    holds(check)


def test_nothing_kept_is_shown_while_the_log_cannot_be_read(holds: Callable[[Check], None]) -> None:
    async def check(paper: Paper) -> None:
        await paper.ask()
        assert not (await paper.ask()).is_from_django
        paper.log.is_broken = True
        paper.log.purge("post:9")
        assert [(await paper.ask()).is_from_django for _ in range(3)] == [True] * 3
        assert not paper.django.asked[-1][1].may_keep
        paper.log.is_broken = False
        await paper.serving.poll()
        assert not (await paper.ask()).is_from_django

    holds(check)


def test_a_rendering_that_a_purge_overtook_is_shown_to_whom_it_was_for_and_to_nobody_after(
    holds: Callable[[Check], None],
) -> None:
    async def check(paper: Paper) -> None:
        paper.django.may_answer.clear()
        first = asyncio.create_task(paper.ask())
        await settled(lambda: paper.django.under_way)
        paper.log.purge("site")
        await paper.serving.poll()
        paper.django.may_answer.set()
        assert (await first).body == b"a" + BODY
        await paper.ask()
        assert len(paper.django.asked) == 2

    holds(check)
