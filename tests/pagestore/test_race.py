"""A rendering that is slower than the purge it raced is answered to who asked, and never kept."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.template import engines

from masthead.access.reader import Reader
from masthead.access.reader_key import ALL_THE_SAME, ANYONE_KEY
from masthead.core.page_tags import LISTS, of_post
from masthead.pagestore.cookies import Keys
from masthead.pagestore.counter import Counter
from masthead.pagestore.known import Known
from masthead.pagestore.log import News
from masthead.pagestore.rendered import Rendered
from masthead.pagestore.serving import Serving
from masthead.pagestore.store import Store
from masthead.pagestore.visit import Visit
from tests.commands.running import wait_for
from tests.pagestore.live import Answer, Live, ask, live
from tests.pagestore.reading import Browser, readers

WORKERS = 2
APP = 'apps = ["tests.pagestore.holding"]'
TEXT = "Openingwords stand above.\n\n<!--more-->\n\nGatedwords stand below."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A publication whose post pages and front page can be held at their end, after all was read for them."""
    folder: Path = tmp_path_factory.mktemp("live") / "paper"
    for name in ("site/post.html", "site/front.html"):
        file = folder / "theme" / "templates" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        ours = engines["django"].get_template(name).origin.name  # type: ignore[attr-defined]
        text = Path(ours).read_text().rstrip().removesuffix("{% endblock %}")
        file.write_text(f"{text}{{% load holding %}}{{% hold %}}{{% endblock %}}")
    with live(folder, workers=WORKERS, lines=(APP,)) as site:
        site.act("make_cast")
        yield site


@contextmanager
def held(site: Live, browser: Browser, path: str) -> Iterator[Future[Answer]]:
    """Let a browser ask for a page whose rendering does not end while this is open."""
    hold = site.folder / "hold"
    for file in site.folder.glob("held-*"):
        file.unlink()
    hold.touch()
    with ThreadPoolExecutor(1) as thread:
        try:
            answer = thread.submit(browser.get, path)
            wait_for(lambda: list(site.folder.glob("held-*")), seconds=60)
            yield answer
        finally:
            hold.unlink(missing_ok=True)


@pytest.mark.parametrize(
    ("act", "told", "was", "becomes"),
    [
        ("edit", {"title": "Second headline"}, "First headline", "Second headline"),
        ("show_to", {"visibility": "paid"}, "Gatedwords", "Subscribe to read it to the end"),
        ("take_down", {}, "First headline", "<title>"),
    ],
)
def test_a_rendering_that_a_purge_overtook_is_shown_once_and_never_again(
    site: Live, act: str, told: dict[str, Any], was: str, becomes: str
) -> None:
    post = site.act("publish", title="First headline", text=TEXT, tag_ids=[])
    with readers(site) as browsers:
        with held(site, browsers[0], post["path"]) as answer:
            site.act(act, pk=post["pk"], **told)
            assert not answer.done()
        late = answer.result(60)
        assert late.status == 200 and was in late.text
        assert late.headers["cache-control"] == "private, no-store"  # for caches in front of us, too
        for browser in [*browsers, *browsers]:
            now = browser.get(post["path"])
            assert was not in now.text and becomes in now.text


def test_what_another_worker_rendered_meanwhile_stays(site: Live) -> None:
    """The slow rendering may be written to disk last, over the right one: nobody is shown it."""
    post = site.act("publish", title="Slow headline", text=TEXT, tag_ids=[])
    with readers(site) as browsers:
        slow, quick = browsers
        with held(site, slow, post["path"]) as answer:
            site.act("edit", pk=post["pk"], title="Quick headline")
            # Whoever asks now waits for the slow one no longer than five seconds, and is then held as well.
            with ThreadPoolExecutor(1) as thread:
                other = thread.submit(quick.get, post["path"])
                wait_for(lambda: len(list(site.folder.glob("held-*"))) == WORKERS, seconds=60)
                (site.folder / "hold").unlink()
                assert "Quick headline" in other.result(60).text
        assert "Slow headline" in answer.result(60).text
        assert all("Quick headline" in browser.warmed(post["path"]).text for browser in browsers)


def test_what_was_kept_on_disk_before_is_shown_by_no_worker(site: Live) -> None:
    """One worker has it on disk, one renders it, and both learn of the purge."""
    post = site.act("publish", title="Kept headline", text=TEXT, tag_ids=[])
    with readers(site) as browsers:
        browsers[0].warmed(post["path"])
        site.act("edit", pk=post["pk"], title="Held headline")
        with held(site, browsers[1], post["path"]) as answer:
            site.act("edit", pk=post["pk"], title="Last headline")
        assert "Held headline" in answer.result(60).text
        assert all("Last headline" in browser.get(post["path"]).text for browser in browsers * 2)


def test_a_member_s_page_that_was_begun_before_is_for_them_alone(site: Live) -> None:
    """Rights are taken away while their page is rendered: it is answered once, and the next request is anyone's."""
    post = site.act("publish", title="For gold", text=TEXT, visibility="paid", tag_ids=[])
    with readers(site, of="gold") as browsers:
        with held(site, browsers[0], post["path"]) as answer:
            site.act("shut_out", name="gold")
        assert "Gatedwords" in answer.result(60).text
        cookies = dict(browsers[0].cookies)
        assert "reader" in cookies  # given for rights that were gone: void from the start
        for browser in browsers:
            replayed = ask(
                browser.connection, post["path"], headers={"Cookie": "; ".join(map("=".join, cookies.items()))}
            )
            assert "Gatedwords" not in replayed.text
        assert "Gatedwords" not in browsers[0].get(post["path"]).text


# -- the same, without a server: what decides is the position that was noted before the first query


def serving_of(folder: Path) -> Serving:
    """Return the serving copy of a worker over a store on disk."""
    store = Store(folder, key=b"k" * 32, most=1_000_000)
    counter = Counter(folder / "counter")
    counter.renew()

    async def nothing(position: int) -> News:
        return News(position, [])

    serving = Serving(store, counter, Keys("secret", "site"), ask_news=nothing, most_memory=1_000_000)
    serving.known.is_lost = False
    return serving


def rendered_at(position: int) -> Rendered:
    """Return a page that was begun at a position of the log."""
    return Rendered(
        "/a/", ANYONE_KEY, 200, (("content-type", "text/html"),), "0" * 32, ALL_THE_SAME, (LISTS, of_post(1)), position, 9e9
    )  # fmt: skip


def shown(serving: Serving) -> bool:
    """Say whether a worker would answer from its store."""
    return serving.find("/a/", Visit("identity", b"", Reader())) is not None


@pytest.mark.parametrize("is_checked", [True, False])
def test_the_position_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_checked: bool) -> None:
    """With the check switched off, as a seeded fault, what a purge overtook is kept and shown by every worker."""
    if not is_checked:
        monkeypatch.setattr(Known, "is_fresh", lambda *_: True)
    one, other = serving_of(tmp_path), serving_of(tmp_path)
    page = rendered_at(position=4)
    stored = one._store.keep(page, size=3, packed=b"old")
    for serving in (one, other):
        serving.known.apply(News(5, [(5, of_post(1))]))
    one.add(page, b"old", stored)
    assert [shown(one), shown(other)] == ([False, False] if is_checked else [True, True])
    later = replace(page, position=5)
    one.add(later, b"new", one._store.keep(later, size=3, packed=b"new"))
    assert shown(one) and shown(other)


def test_what_was_begun_with_former_templates_is_not_taken_in(tmp_path: Path) -> None:
    serving = serving_of(tmp_path)
    page, former = rendered_at(position=0), serving._store.key
    serving._store.key = b"n" * 32
    stored = serving._store.keep(page, size=3, packed=b"old", key=former)
    assert serving.add(page, b"old", stored, key=former) is None and not shown(serving)
    assert serving.add(page, b"new", serving._store.keep(page, size=3, packed=b"new"), key=b"n" * 32) and shown(serving)
    serving._store.key = b"m" * 32
    serving.forget_all()
    assert not shown(serving)
