"""What changes is seen at the next request to every worker, with the task worker stopped (checks 18 and 19)."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.pagestore.live import Answer, Live, live
from tests.pagestore.reading import readers

WORKERS = 4
TEXT = "Openingwords stand above.\n\n<!--more-->\n\nGatedwords stand below."
Sees = Callable[[Answer], bool]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A publication with its cast, served by four workers."""
    with live(tmp_path_factory.mktemp("live") / "paper", workers=WORKERS) as site:
        site.act("make_cast")
        yield site


def seen_at_once(site: Live, path: str, sees: Sees, act: str, **told: Any) -> None:
    """Warm a page in every worker, let something happen, and look whether each of them sees it at its next request."""
    with readers(site) as browsers:
        before = [browser.warmed(path) for browser in browsers]
        assert len(before) == WORKERS
        assert not any(sees(answer) for answer in before)
        site.act(act, **told)
        after = [browser.get(path) for browser in browsers]
        assert [sees(answer) for answer in after] == [True] * WORKERS
        # And what they see now is kept again, so that it is the store that forgot, and not the page that is never kept.
        if after[0].status == 200:
            assert all(sees(browser.warmed(path)) for browser in browsers)


def says(word: str) -> Sees:
    """Look for a word on the page."""
    return lambda answer: word in answer.text


def lacks(word: str) -> Sees:
    """Look that a word is on the page no more."""
    return lambda answer: word not in answer.text


def test_a_new_post_is_seen(site: Live) -> None:
    site.act("publish", title="Ships", text="They sail.")
    seen_at_once(site, "/", says("Harbour"), "publish", title="Harbour", text="It is deep.")
    seen_at_once(site, "/tag/world/", says("Quays"), "publish", title="Quays", text="They are long.")
    seen_at_once(site, "/author/ines-okafor/", says("Cranes"), "publish", title="Cranes", text="They are high.")


def test_a_new_headline_is_seen(site: Live) -> None:
    post = site.act("publish", title="Old headline", text=TEXT)
    seen_at_once(site, post["path"], says("New headline"), "edit", pk=post["pk"], title="New headline")
    seen_at_once(site, "/", says("Newer headline"), "edit", pk=post["pk"], title="Newer headline")


def test_what_becomes_paid_is_shown_to_anyone_no_more_and_the_other_way_round(site: Live) -> None:
    post = site.act("publish", title="Free so far", text=TEXT.replace("Gated", "Onlypayers"))
    for visibility in ("paid", "members", "tiers"):
        told: dict[str, Any] = {"pk": post["pk"], "visibility": visibility}
        seen_at_once(site, post["path"], lacks("Onlypayerswords"), "show_to", **told)
        seen_at_once(site, post["path"], says("Onlypayerswords"), "show_to", pk=post["pk"], visibility="public")


def test_what_is_taken_down_or_deleted_is_gone(site: Live) -> None:
    for act in ("take_down", "delete"):
        post = site.act("publish", title=f"To {act}", text=TEXT)
        seen_at_once(site, post["path"], lambda answer: answer.status == 404, act, pk=post["pk"])
        other = site.act("publish", title=f"Too, to {act}", text=TEXT)
        seen_at_once(site, "/", lacks(f"Too, to {act}"), act, pk=other["pk"])


def test_a_post_that_moves_leads_on_from_where_it_stood(site: Live) -> None:
    post = site.act("publish", title="A moving post", text=TEXT)
    leads_on: Sees = lambda answer: answer.status == 301 and answer.headers["location"] == "/moved-on/"  # noqa: E731
    seen_at_once(site, post["path"], leads_on, "edit", pk=post["pk"], slug="moved-on")


def test_an_older_post_is_seen_below_those_that_follow_it(site: Live) -> None:
    post = site.act("publish", title="The last of all", text=TEXT, hours=0)
    told: dict[str, Any] = {"title": "In between", "text": "Words.", "hours": 0.01}
    seen_at_once(site, post["path"], says("In between"), "publish", **told)


def test_a_new_price_is_seen_at_the_wall(site: Live) -> None:
    post = site.act("publish", title="Priced", text=TEXT, visibility="paid")
    seen_at_once(site, post["path"], says("€3.50"), "offer_at", tier="paid", units=350)


def test_without_its_rule_a_new_price_is_seen_nowhere(site: Live) -> None:
    """A seeded fault: what the test above waits for does not come by itself."""
    post = site.act("publish", title="Priced without a rule", text=TEXT, visibility="paid")
    with readers(site) as browsers:
        before = [browser.warmed(post["path"]).text for browser in browsers]
        site.act("without_rules", kinds=["price.offered", "price.archived"], what="offer_at", tier="paid", units=275)
        assert [browser.warmed(post["path"]).text for browser in browsers] == before
        site.act("offer_at", tier="paid", units=275)
        assert all("€2.75" in browser.get(post["path"]).text for browser in browsers)


def test_another_name_of_a_tier_is_seen_at_the_wall(site: Live) -> None:
    gold = site.act("tier", slug="gold")
    post = site.act("publish", title="For gold", text=TEXT, visibility="tiers", tiers=[gold])
    seen_at_once(site, post["path"], says("Platinum"), "bring_in_tier", slug="gold", name="Platinum")


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"accent_colour": "#a01020"}, "a01020.css"),
        ({"name": "The Other Paper"}, "The Other Paper"),
        ({"language": "de"}, 'lang="de"'),
        ({"navigation": [{"label": "Imprint", "address": "/imprint/"}]}, "/imprint/"),
        ({"tagline": "Every day but Sunday"}, "Every day but Sunday"),
    ],
)
def test_another_setting_is_seen_on_every_page(site: Live, changed: dict[str, Any], word: str) -> None:
    post = site.act("publish", title=f"Beside {next(iter(changed))}", text=TEXT, visibility="paid")
    seen_at_once(site, post["path"], says(word), "change_settings", **changed)
    assert word in site.get("/archive/").text


def test_another_name_of_a_section_is_seen_on_every_page(site: Live) -> None:
    seen_at_once(site, "/archive/", says("Everywhere"), "rename_tag", slug="world", name="Everywhere")


def test_an_import_is_seen(site: Live, tmp_path: Path) -> None:
    (tmp_path / "wrecks.md").write_text("---\ntitle: Wrecks\ntags: [World]\n---\nThey lie deep.\n")
    seen_at_once(site, "/", says("Wrecks"), "bring_in", folder=str(tmp_path))


def test_a_redirect_is_followed(site: Live) -> None:
    with readers(site) as browsers:
        assert {browser.get("/old-place/").status for browser in browsers for _ in range(2)} == {404}
        site.act("redirect", source="/old-place/", target="/archive/")
        assert [browser.get("/old-place/").status for browser in browsers] == [301] * WORKERS
