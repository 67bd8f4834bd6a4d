"""What a search finds: words, beginnings of words, whatever signs are typed between them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from masthead.content.models import Author
from masthead.search.queries import A_PAGE, MOST_WORDS
from tests.cast import Cast, client_of, published
from tests.search.finding import found, indexed, results, said, snippets


def test_a_word_is_found_wherever_anyone_can_read_it(cast: Cast) -> None:
    indexed("Ship seized", "The crew **waits** on deck.^[In a footnote.]", cast=cast, standfirst="A treaty expires.")
    for words in ("seized", "crew", "waits", "footnote", "treaty", "okafor", "SEIZED", "crew ship", "ship deck"):
        assert found(words) == ["Ship seized"], words
    for words in ("harbour", "crew harbour", "seizedx", "rew"):
        assert found(words) == [], words


@pytest.mark.parametrize(
    "typed",
    [
        "Okafor", "okafor", "OKAFOR", "Ines", "inês", "INÊS", "Ine\u0302s", "negociacao", "Negociação", "negociac\u0327a\u0303o",
        "Grosse", "Größe",
    ],
)  # fmt: skip
def test_accents_and_case_make_no_difference(cast: Cast, typed: str) -> None:
    Author.objects.update(name="Inês Okafor")
    indexed("Negociação", "Grosse oder Größe.", cast=cast)
    assert found(typed) == ["Negociação"]


@pytest.mark.parametrize("typed", ["har", "harb", "harbour", "the harb", "harbour mas"])
def test_the_last_word_may_go_on(cast: Cast, typed: str) -> None:
    indexed("Ships", "The harbour master spoke.", cast=cast)
    assert found(typed) == ["Ships"]
    assert found("harb master") == []


SYNTAX = (
    '"harbour master"', '"harbour', 'harbour"', '""harbour""', "harbour*", "*harbour", "har*", "harbour -master", "-harbour",
    "+harbour", "harbour AND master", "harbour NEAR master", "NEAR(harbour master)", "NEAR(harbour master, 1)", "^harbour",
    "title : harbour", "title:harbour", "{title words}: harbour", "harbour OR master", "NOT harbour", "(harbour)", "harbour)",
    "((harbour", "harbour & master", "harbour | master", "!harbour", "harbour <-> master", "harbour:*", "harbour:A",
    "'harbour'", "harbour'; DROP TABLE search_open; --", "harbour\\", "harbour%", "har_our", "harbour\x00", "_", "__ harbour",
    "harbour _", "rank:harbour", "-title:harbour", "words + harbour", "harbour\nmaster", "harbour, master.", "“harbour”",
    "harbour~2", "/harbour/", "harbour^2", "revision:1", "\ud7ff harbour", "🚢 harbour", "harbour \u202e", "*", '"', "'", ":*",
)  # fmt: skip


@pytest.mark.parametrize("typed", SYNTAX)
def test_signs_and_operators_are_plain_words_or_nothing(cast: Cast, typed: str) -> None:
    """No typed sign breaks the search; words that are operators elsewhere are looked for as words."""
    indexed("Ships", "The harbour master spoke and title words, or near, not here: A 1 2.", cast=cast)
    answer = client_of(None).get("/search/", {"q": typed})
    assert answer.status_code == 200
    extra = {"DROP", "TABLE", "search", "open", "rank", "har*", "har_our", "revision"}
    plain = [word for word in ("harbour", "master") if word in typed]
    if plain and not [word for word in extra if word in typed]:
        assert "Ships" in answer.content.decode()


def test_operators_do_not_operate(cast: Cast) -> None:
    indexed("Ships", "The harbour master spoke.", cast=cast)
    assert found("harbour master") == ["Ships"]
    for typed in ("harbour OR nowhere", "harbour NOT nowhere", "NOT nowhere", "nowhere | harbour", "har* spo*"):
        assert found(typed) == [], typed


@pytest.mark.parametrize("typed", ["", "   ", "***", "—", "\0"])
def test_nothing_to_look_for_finds_nothing(cast: Cast, typed: str) -> None:
    indexed("Ships", "Words.", cast=cast)
    assert found(typed) == []
    assert found("words") == ["Ships"]


def test_a_long_question_is_cut_and_not_refused(cast: Cast) -> None:
    indexed("Ships", " ".join(f"w{n}" for n in range(30)), cast=cast)
    assert found(" ".join(f"w{n}" for n in range(MOST_WORDS))) == ["Ships"]
    assert client_of(None).get("/search/", {"q": "w1 " * 5000}).status_code == 200
    assert client_of(None).get("/search/", {"q": "x" * 5000}).status_code == 200


def test_what_has_the_words_in_its_headline_comes_first_then_the_newest(cast: Cast) -> None:
    now = timezone.now()
    for title, hours in (("Old harbour", 9), ("Newest", 1), ("Middle", 5), ("New harbour", 7)):
        indexed(title, "About the harbour.", cast=cast, at=now - timedelta(hours=hours))
    assert found("harbour") == ["New harbour", "Old harbour", "Newest", "Middle"]


def test_every_hit_stands_on_one_page_and_the_count_is_right(cast: Cast) -> None:
    now = timezone.now()
    for n in range(2 * A_PAGE + 1):
        published(f"Post {n:02}", "About the harbour.", cast=cast, at=now - timedelta(hours=99 - n))
    indexed("Other", "Nothing.", cast=cast)
    pages = [found("harbour", page=n) for n in (1, 2, 3)]
    assert [title for page in pages for title in page] == [f"Post {n:02}" for n in reversed(range(2 * A_PAGE + 1))]
    assert said("harbour") == "21 posts" and said("nothing") == "1 post" and said("nowhere") == "0 posts"
    first = results("harbour")
    assert [node.attributes["href"] for node in first.css("nav.pages a")] == ["?q=harbour&page=2"]
    for odd in (0, 99, -1):
        assert found("harbour", page=odd) in pages
    for odd_text in ("x", "9" * 30, "1.5", "", "٣"):
        assert client_of(None).get("/search/", {"q": "harbour", "page": odd_text}).status_code == 200


def test_a_snippet_shows_the_place_with_the_words_marked_and_nothing_unescaped(cast: Cast) -> None:
    text = (
        "filler words here " * 40
        + r"then \<script\>alert(1)\</script\> near the harbour wall "
        + "and more filler " * 40
    )
    indexed("Ships", text, cast=cast)
    (piece,) = snippets("harbour")
    assert "<mark>harbour</mark>" in piece and "<script" not in piece and "&lt;script&gt;" in piece
    assert piece.startswith("… ") and piece.endswith(" …")
    assert "<script>" not in client_of(None).get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()


def test_pages_are_found_and_drafts_and_what_is_to_come_are_not(cast: Cast) -> None:
    from tests.content.writing import put_out, written

    put_out(written("About us", "A harbour paper.", kind="page"))
    written("Draft", "A harbour draft.")
    indexed("To come", "A harbour to come.", cast=cast, at=timezone.now() + timedelta(hours=1))
    assert found("harbour") == ["About us"]
