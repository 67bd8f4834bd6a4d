"""Gated words: found by those who may read them, and by nobody else told that they are there (check 8)."""

import html
import re
from typing import Any
from urllib.parse import quote

import pytest

from masthead.search import queries
from tests.cast import Cast, client_of
from tests.search.finding import found, indexed, said, snippets

TEXT = "An opening for all.\n\n<!--more-->\n\nHiddenword below, with more hidden things around it."
ALL = ("anyone", "free", "lapsed", "banned", "paid", "gifted", "gold", "editor")
READS = {
    "public": set(ALL),
    "members": {"free", "lapsed", "paid", "gifted", "gold", "editor"},
    "paid": {"paid", "gifted", "gold", "editor"},
    "tiers": {"gold", "editor"},
    "vip": {"editor"},
}


def post_of(cast: Cast, visibility: str, title: str = "A ship") -> None:
    indexed(title, TEXT, cast=cast, visibility=visibility, tier_ids=[cast.tiers["gold"].pk])


def page(words: str, member: Any) -> bytes:
    """The page of results, as it would be if the words themselves were not repeated on it."""
    body = client_of(member).get("/search/", {"q": words}).content.decode()
    repeated = "|".join(re.escape(form) for form in (words, html.escape(words), quote(words)))
    return re.sub(repeated, "W", body, flags=re.IGNORECASE).encode()


@pytest.mark.parametrize("visibility", READS)
def test_a_gated_word_is_found_by_exactly_those_who_may_read_it(cast: Cast, visibility: str) -> None:
    post_of(cast, visibility)
    for name in ALL:
        member = cast.members.get(name)
        if name == "banned":
            continue  # signs in no more; tests/access shows an open session
        assert found("Hiddenword", member) == (["A ship"] if name in READS[visibility] else []), name
        assert found("opening", member) == (["A ship"] if visibility != "vip" or name == "editor" else [])


@pytest.mark.parametrize("visibility", ["members", "paid", "tiers", "vip"])
@pytest.mark.parametrize("words", ["Hiddenword", "hiddenw", "ship Hiddenword", "opening hidden", '"Hiddenword below"'])
def test_a_gated_word_gives_the_same_answer_as_a_nonsense_word(cast: Cast, visibility: str, words: str) -> None:
    post_of(cast, visibility)
    nonsense = re.sub("hidden", "zzzzzz", words, flags=re.IGNORECASE).replace("below", "zzzzz")
    for name in ("anyone", *({"free", "lapsed"} - READS[visibility])):
        member = cast.members.get(name)
        assert page(words, member) == page(nonsense, member), name
        assert said(words, member) == "0 posts"
    assert page(words, cast.editor) != page(nonsense, cast.editor)


def test_a_gated_word_moves_no_post_up_or_down(cast: Cast) -> None:
    """The order depends on nothing that the reader may not see."""
    for title in ("First", "Second", "Third"):
        indexed(title, "About the harbour.", cast=cast)
    before = found("harbour")
    indexed("Gated", "Opening of the harbour.\n\n<!--more-->\n\nharbour " * 1, cast=cast, visibility="paid")
    indexed("Third harbours", "x.\n\n<!--more-->\n\nharbour harbour harbour", cast=cast, visibility="paid", slug="th")
    assert [title for title in found("harbour") if title in before] == before
    assert found("harbour", cast.paid)[0] == "Third harbours"


def test_a_snippet_is_never_from_below_the_cut_for_those_outside(cast: Cast) -> None:
    indexed(
        "A ship", "Harbour opening.\n\n<!--more-->\n\nHiddenword in the harbour below.", cast=cast, visibility="paid"
    )
    for name in ("anyone", "free", "lapsed"):
        (piece,) = snippets("harbour", cast.members.get(name))
        assert "Hiddenword" not in piece and "opening" in piece
    (piece,) = snippets("hiddenword", cast.paid)
    assert "<mark>Hiddenword</mark> in the harbour" in piece


def test_a_post_that_is_found_twice_is_counted_once(cast: Cast) -> None:
    indexed("A ship", "Harbour.\n\n<!--more-->\n\nHarbour below.", cast=cast, visibility="paid")
    assert said("harbour", cast.paid) == "1 post"


def test_several_tiers_give_one_hit(cast: Cast) -> None:
    from django.utils import timezone

    from masthead.access.entitlements import entitle
    from masthead.access.models.entitlement import Why

    tiers = [tier.pk for tier in cast.tiers.values()]
    indexed("A ship", TEXT, cast=cast, visibility="tiers", tier_ids=tiers)
    at = timezone.now()
    entitle(cast.gold, cast.tiers["paid"], source="gift:2", why=Why.GIFT, starts_at=at, ends_at=None, at=at)
    assert (found("Hiddenword", cast.gold), said("Hiddenword", cast.gold)) == (["A ship"], "1 post")


def test_a_search_without_the_rule_does_tell(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seeded fault."""
    from django.db.models import Q

    post_of(cast, "paid")
    monkeypatch.setattr(queries, "may_read", lambda reader, **_: Q(pk__isnull=False))
    assert page("Hiddenword", None) != page("Zzzzzzword", None)
