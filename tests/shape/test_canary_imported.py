"""The canary crawl over a publication that came from Ghost: every card, every visibility, every door (checks 1, 5, 130)."""

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from masthead.access.reader import STAFF
from masthead.content import reading as reading_module
from masthead.content.lexical import from_lexical
from masthead.content.models import Post
from masthead.ops.worker import work_off
from tests.cast import Cast
from tests.content.lexical.sample import CARDS
from tests.content.lexical.sample_texts import TEXTS
from tests.importers.ghost.bringing import bring_in
from tests.importers.ghost.exports import Export, lexical
from tests.shape import test_canary_keys as with_keys
from tests.shape.canaries import READS, Canaries, may_see
from tests.shape.test_canary import PERSONAS, leaks

# Fields of cards that hold words; addresses, colours and numbers stay what they are.
WORDS = re.compile(
    r"text|title|caption|alt|header|subheader|disclaimer|heading|content|html|markdown|code|description|author|publisher"
    r"|.*(Text|Title|Caption|Message|Description|Label)"
)
TAG = re.compile(r"<[^>]*>")
VISIBILITIES = ("public", "members", "paid", "tiers", "odd")
READS_ON = {
    "public": {"*"},
    "members": {"free", "lapsed", "paid", "gifted", "gold"},
    "paid": {"paid", "gifted", "gold"},
    "tiers": {"gold"},
    "odd": set(),
    "draft": set(),
    "scheduled": set(),
    "sent": set(),
}


def marked(value: Any, stem: str, found: list[str], key: str = "") -> Any:
    """Put a canary into every field of a card that holds words, and note it in `found`."""
    if isinstance(value, dict):
        return {name: marked(inner, stem, found, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [marked(inner, stem, found, key) for inner in value]
    if not isinstance(value, str) or not value or not WORDS.fullmatch(key) or "://" in value:
        return value
    found.append(f"{stem}N{len(found)}X")
    return f"{found[-1]} {value}" if not TAG.match(value) else f"<p>{found[-1]}</p>{value}"


def export_with_canaries(made: Canaries) -> Export:
    """Write an export with a post of each visibility and state, and note which canary belongs to which."""
    export = Export("5.82.2")
    export.settings(title="The Old Paper", timezone="Europe/Lisbon")
    owner, news = export.user("ana-owner", role="Owner"), export.tag("News")
    gold = export.tier("gold")
    for name in READS_ON:
        visibility = name if name in VISIBILITIES else "paid"
        found: list[str] = []
        below = [marked(card, f"PAID{name.upper()}", found) for card in (*TEXTS, *CARDS) if card["type"] != "paywall"]
        text = lexical(f"FREE{name.upper()}X stands above.", {"type": "paywall", "version": 1}, *below)
        state = {"status": name if name in ("draft", "scheduled", "sent") else "published"}
        if name == "scheduled":
            state["published_at"] = "2099-01-01 08:00:00"
        export.post(
            f"post-{name}", title=f"TITLE{name.upper()}X", lexical=text, html=None, visibility=visibility, authors=[owner],
            tags=[news], tiers=[gold] if name == "tiers" else None, codeinjection_head=f"<!-- CODE{name.upper()}X -->",
            meta={"email_only": name == "sent"}, **state,
        )  # fmt: skip
        made.sealed |= dict.fromkeys([*found, f"CODE{name.upper()}X"], f"ghost:{name}")
        if name in ("draft", "scheduled", "sent"):
            made.sealed |= {f"FREE{name.upper()}X": f"ghost:{name}", f"TITLE{name.upper()}X": f"ghost:{name}"}
    return export


@pytest.fixture
def made(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Canaries:
    canaries = Canaries()
    ran = bring_in(export_with_canaries(canaries), tmp_path)
    assert ran.code == 0, ran.report
    for name, readers in READS_ON.items():
        # "paid only" parts inside are checked in tests/content/test_parts.py: here nobody outside may see any of them.
        monkeypatch.setitem(READS, f"ghost:{name}", readers)
    for post in Post.objects.filter(status="published"):
        canaries.posts[post.path.strip("/").removeprefix("post-")] = post
    work_off(without=["pictures"])
    return canaries


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def of_parts(made: Canaries, name: str) -> set[str]:
    """Return the canaries that stand in parts for some readers, whom the post's visibility alone does not name."""
    return {word for word, post in made.sealed.items() if post == f"ghost:{name}"} - set(shown_words(made, name))


def shown_words(made: Canaries, name: str) -> list[str]:
    """Return the canaries of a post that a reader of all of it gets on the web."""
    whole = reading_module.read_one(made.posts[name], STAFF)
    held = f"{whole.html} {whole.extras}"
    return [word for word, post in made.sealed.items() if post == f"ghost:{name}" and word in held]


def test_no_door_gives_a_gated_word_of_an_imported_paper(made: Canaries, cast: Cast) -> None:
    assert {"public", "members", "paid", "tiers", "odd"} == set(made.posts)
    personas = tuple(name for name in PERSONAS if name not in ("robot", "administrator", "owner"))
    found, fetches, _ = leaks(made, cast, personas, ("GET",))
    assert found == []
    assert fetches > 500


def test_no_key_opens_a_gated_word_of_an_imported_paper(made: Canaries, cast: Cast) -> None:
    asks = with_keys.callers(cast)
    content = {"content key": asks["content key"]}
    found, told = with_keys.leaks(made, content, with_keys.QUERIES)
    assert found == []
    assert told["content key"] > 50


def test_those_who_may_read_find_the_words_of_nearly_every_field(made: Canaries) -> None:
    """Otherwise the crawl would be green because the import lost them; a few fields are for mail or for the sign-up only."""
    for name in VISIBILITIES:
        held = [word for word, post in made.sealed.items() if post == f"ghost:{name}"]
        shown = shown_words(made, name)
        assert len(held) > 60 and len(shown) > 0.85 * len(held), (name, sorted(set(held) - set(shown)))


def test_a_cut_that_the_import_forgets_turns_it_red(made: Canaries, cast: Cast, tmp_path: Path) -> None:
    post = made.posts["paid"]
    text = json.loads(lexical("FREEPAIDX", marked(CARDS[0], "PAIDPAID", [])))
    Post.objects.filter(pk=post.pk).update(
        opening=from_lexical(json.dumps(text), images=lambda _: None, files=lambda _: None, home="").document.json
    )
    found, _, _ = leaks(made, cast, ("anyone",), ("GET",))
    assert found and not may_see("anyone", "ghost:paid")
