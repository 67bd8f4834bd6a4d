"""A preview shows the draft as each kind of reader would get it."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from masthead.content.changing import change_publication
from tests.cast import Cast, client_of, published
from tests.content.writing import rewrite
from tests.desk.hands import draft_by, path_of

TEXT = "Opening words.\n\n<!--more-->\n\nGatedwords below."
PERSONAS = ("anyone", "member", "paid", "gold", "staff")
READS = {
    "public": set(PERSONAS),
    "members": {"member", "paid", "gold", "staff"},
    "paid": {"paid", "gold", "staff"},
    "tiers": {"gold", "staff"},
    "vip": {"staff"},
}


@pytest.mark.parametrize("visibility", READS)
def test_each_kind_of_reader_gets_what_it_would_get(cast: Cast, visibility: str) -> None:
    post = draft_by(cast.editor, text=TEXT, visibility=visibility, tier_ids=[cast.tiers["gold"].pk])
    for persona in PERSONAS:
        answer = client_of(cast.editor).get(f"{path_of(post)}preview/{persona}/")
        body = answer.content.decode()
        assert answer.status_code == 200
        assert ("Gatedwords" in body) is (persona in READS[visibility]), persona
        assert ('class="wall"' in body) is (persona not in READS[visibility])
        assert "Opening words." in body or visibility == "vip"


@pytest.mark.parametrize("visibility", ["public", "members", "paid", "tiers", "vip"])
def test_the_preview_holds_the_same_words_as_the_page_after_publishing(cast: Cast, visibility: str) -> None:
    text = "One.\n\nTwo.\n\nThree."
    post = published("A ship", text, cast=cast, visibility=visibility, tier_ids=[cast.tiers["gold"].pk])
    from django.utils import timezone

    for number in (0, 2):
        change_publication({"uncut_paragraphs": number}, by=None, at=timezone.now())
        for persona, reader in (
            ("anyone", None),
            ("member", cast.free),
            ("paid", cast.paid),
            ("gold", cast.gold),
            ("staff", cast.owner),
        ):
            previewed = client_of(cast.editor).get(f"{path_of(post)}preview/{persona}/")
            assert text_of(previewed.content) == text_of(client_of(reader).get(post.path).content), (number, persona)


def text_of(content: bytes) -> str | None:
    text = LexborHTMLParser(content).css_first("div.text")
    return text.html if text else None


def test_a_preview_is_of_the_draft_and_not_of_what_is_out(cast: Cast) -> None:
    post = published("A ship", "Old words.", cast=cast)
    rewrite(post, "New words.", title="New title")
    body = client_of(cast.editor).get(f"{path_of(post)}preview/anyone/").content.decode()
    assert "New words." in body and "New title" in body and "Old words." not in body


@pytest.mark.parametrize("persona", ["nobody", "owner", "ANYONE", "0"])
def test_there_is_no_preview_as_somebody_unknown(cast: Cast, persona: str) -> None:
    post = draft_by(cast.editor)
    assert client_of(cast.editor).get(f"{path_of(post)}preview/{persona}/").status_code == 404
    assert client_of(cast.editor).get(f"{path_of(post)}preview/anyone/").status_code == 200


def test_a_preview_is_not_for_robots_caches_or_readers(cast: Cast) -> None:
    """Check 15."""
    post = draft_by(cast.editor, text=TEXT)
    answer = client_of(cast.editor).get(f"{path_of(post)}preview/staff/")
    assert "no-store" in answer["Cache-Control"] and answer["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex, nofollow">' in answer.content.decode()
    for member in (cast.free, cast.gold, cast.contributor, cast.author):
        assert client_of(member).get(f"{path_of(post)}preview/staff/").status_code == 404
    assert client_of(None).get(f"{path_of(post)}preview/anyone/").status_code == 302


def test_a_draft_without_anything_can_be_previewed(cast: Cast) -> None:
    post = draft_by(cast.editor, title="", text="")
    assert client_of(cast.editor).get(f"{path_of(post)}preview/anyone/").status_code == 200
