"""NQL: what each filter finds, and what is refused (check 92)."""

from base64 import urlsafe_b64encode
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.api.content.filtering.moments import moment
from masthead.api.content.filtering.parsing import DEEPEST, MOST_VALUES, parse
from masthead.api.content.filtering.tokens import FilterError, tokens
from masthead.api.content.filtering.tree import Both, Comparison, Either
from masthead.api.content.public import AUTHOR_COLUMNS, POST_COLUMNS, TAG_COLUMNS
from masthead.content.models import Author, Post, Tag
from masthead.core.ids import new_public_id
from masthead.core.shown_ids import public_id_of, shown_id
from tests.api.content.asking import Program
from tests.cast import Cast, published

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def paper(cast: Cast) -> dict[str, Post]:
    """Four posts: ship (world, city), mine (city, hidden), tram (no tag), news (world, of two authors)."""
    city = Tag.objects.create(slug="city", name="City Life")
    hidden = Tag.objects.create(slug="hash-x", name="#x", is_internal=True)
    ada = Author.objects.create(slug="ada", name="Ada")
    now, ines = timezone.now(), cast.writer.pk
    world = cast.section.pk
    made: dict[str, dict[str, Any]] = {
        "ship": {"tag_ids": [world, city.pk], "is_featured": True, "visibility": "paid", "days": 1},
        "mine": {"tag_ids": [hidden.pk, city.pk], "author_ids": [ada.pk], "standfirst": "Deep down", "days": 10},
        "tram": {"tag_ids": [], "visibility": "members", "days": 100},
        "news": {"tag_ids": [world], "author_ids": [ada.pk, ines], "days": 1000},
    }
    return {
        slug: published(f"The {slug}", "W.", cast=cast, slug=slug, at=now - timedelta(days=f.pop("days")), **f)
        for slug, f in made.items()
    }


FOUND = {
    "": "ship mine tram news",
    "tag:world": "ship news",
    "tags:world": "ship news",
    "tag:-world": "mine tram",
    "tag:[world,city]": "ship mine news",
    "tag:-[world,city]": "tram",
    "tag:world+tag:city": "ship",
    "tag:world,tag:city": "ship mine news",
    "tag:null": "tram",
    "tag:-null": "ship mine news",
    "tags.name:~'Life'": "ship mine",
    "primary_tag:city": "mine",
    "primary_tag:-city": "ship tram news",
    "primary_tag:null": "tram",
    "tag:hash-x": "",
    "primary_tag:hash-x": "",
    "tag:-hash-x": "ship mine tram news",
    "author:ada": "mine news",
    "authors:[ada,ines-okafor]": "ship mine tram news",
    "author:-ada": "ship tram",
    "primary_author:ada": "mine news",
    "authors:ines-okafor+primary_author:ada": "news",
    "featured:true": "ship",
    "featured:false": "mine tram news",
    "featured:-true": "mine tram news",
    "visibility:paid": "ship",
    "visibility:[paid,members]": "ship tram",
    "visibility:-public": "ship tram",
    "slug:tram": "tram",
    "slug:-tram": "ship mine news",
    "slug:[tram,news]": "tram news",
    "slug:t_am": "",
    "slug:''": "",
    "title:'The tram'": "tram",
    'title:"The tram"': "tram",
    "title:The\\ tram": "tram",
    "title:~'he t'": "tram",
    "title:-~'tram'": "ship mine news",
    "title:~^'The'": "ship mine tram news",
    "title:~^tram": "",
    "title:~$s": "news",
    "title:~'%'": "",
    "custom_excerpt:null": "ship tram news",
    "custom_excerpt:-null": "mine",
    "feature_image:null": "ship mine tram news",
    "feature_image:-null": "",
    "published_at:>now-30d": "ship mine",
    "published_at:<=now-30d": "tram news",
    "published_at:>now-5w+published_at:<now-2d": "mine",
    "published_at:>now-2y": "ship mine tram",
    "published_at:>'2000-01-01'": "ship mine tram news",
    "published_at:<'2000-01-01 12:30:00'": "",
    "updated_at:>now-5d": "ship",
    "featured:true,visibility:members+tag:null": "ship tram",
    "(featured:true,visibility:members)+tag:null": "tram",
    " tag:world + featured:true ": "ship",
    "tag:no-such": "",
    "id:000000000000000000000000": "",
    "id:nonsense": "",
}


def test_each_filter_finds_what_it_says(program: Program, paper: dict[str, Post]) -> None:
    found = {text: " ".join(program.slugs(filter=text)) for text in FOUND}
    assert found == FOUND
    totals = {text: program.ask("posts/", filter=text)["meta"]["pagination"]["total"] for text in FOUND}
    assert totals == {text: len(slugs.split()) for text, slugs in FOUND.items()}


def test_ids_find_their_own(program: Program, paper: dict[str, Post], cast: Cast) -> None:
    ship = shown_id("post", paper["ship"].public_id)
    assert program.slugs(filter=f"id:{ship}") == ["ship"] and program.slugs(filter=f"id:-{ship}+tag:world") == ["news"]
    assert program.slugs("pages/", filter=f"id:{ship}") == []
    world = program.ask("tags/", filter="slug:world")["tags"][0]["id"]
    assert program.slugs(filter=f"tags.id:{world}") == ["ship", "news"]


@pytest.mark.parametrize(
    "text",
    ["tag", "tag:", ":world", "tag:world+", "+tag:world", "tag:world,,tag:x", "(tag:world", "tag:world)", "tag:[a", "tag:[]",
     "tag:a b", "tag:'a", "tag:=a", "tag::a", "tag:a tag:b", "[a]", "tag:[a,[b]]", "tag:>[a]", "()", "tag:--a", "tag:~~a",
     "tag:a\0", "'tag':a", "tag:[null,a]", "featured:>true", "slug:~a", "id:>a", "feature_image:a", "visibility:(a)",
     "published_at:yesterday", "published_at:>now-99999999d", "published_at:'2026-13-45'", "published_at:~2026",
     "published_at:'10000-01-01'", "published_at:>now-99999y", "x" * 2001],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_and_says_where(program: Program, text: str) -> None:
    error = program.error("posts/", 400, filter=text)
    assert error["type"] == "BadRequestError" and error["message"]


SECRET = (
    "html plaintext lexical mobiledoc email email_subject status type uuid password codeinjection_head codeinjection_foot"
    " newsletter_id locale published_by opening body body__document draft.title path public_id pk lead__file extras"
    " members.email author.email authors.member.email authors__member__email authors.password tags.is_internal key_hash"
    " title__regex title__isnull Title posts_meta.email_only count.posts excerpt reading_time access _state __class__"
).split()  # fmt: skip


@pytest.mark.parametrize("name", SECRET)
def test_what_is_not_public_is_not_asked_about(program: Program, paper: dict[str, Post], name: str) -> None:
    """Check 9."""
    for path in ("posts/", "pages/", "tags/", "authors/", "tiers/", "newsletters/"):
        if (name, path) in (("status", "newsletters/"), ("type", "tiers/")):  # of these they are public
            continue
        for text in (f"{name}:a", f"tag:world,{name}:~^a", f"{name}:null"):
            assert program.error(path, 400, filter=text)["property"] == "filter", (path, text)
    for table in (POST_COLUMNS, TAG_COLUMNS, AUTHOR_COLUMNS):
        assert name not in table


def test_tags_and_authors_are_filtered_ordered_and_counted(program: Program, paper: dict[str, Post]) -> None:
    assert program.slugs("tags/") == ["city", "world"] and program.slugs("authors/") == ["ada", "ines-okafor"]
    assert program.slugs("tags/", filter="visibility:public") == ["city", "world"]
    assert program.slugs("tags/", filter="visibility:internal") == []
    assert program.slugs("tags/", filter="name:~^City") == ["city"]
    told = program.ask("tags/", include="count.posts", order="count.posts asc, slug", fields="slug")["tags"]
    assert told == [{"slug": "city", "count": {"posts": 2}}, {"slug": "world", "count": {"posts": 2}}]
    assert program.ask("authors/slug/ada/", include="count.posts")["authors"][0]["count"] == {"posts": 2}
    Post.objects.exclude(pk=paper["tram"].pk).update(status="unpublished")
    assert program.slugs("tags/") == [] and program.slugs("authors/") == ["ines-okafor"]
    assert program.error("tags/slug/city/", 404) and program.error("authors/slug/ada/", 404)


def test_tiers_are_filtered_free_membership_among_them(program: Program, cast: Cast) -> None:
    assert program.slugs("tiers/") == ["free", "paid", "gold"]
    assert program.slugs("tiers/", filter="type:paid+visibility:public") == ["paid", "gold"]
    assert program.slugs("tiers/", filter="slug:-[free,gold]") == ["paid"]
    assert program.slugs("tiers/", filter="active:false") == []


def test_plus_binds_closer_than_a_comma() -> None:
    a, b, c = (Comparison(name, "=", False, (name,)) for name in "abc")
    assert parse("a:a+b:b,c:c") == Either((Both((a, b)), c))
    assert parse("a:a+(b:b,c:c)") == Both((a, Either((b, c))))
    assert parse("a:-[null,true,'true',x]") == Comparison("a", "=", True, (None, True, "true", "x"))


def test_depth_and_number_of_values_are_bounded() -> None:
    assert parse("(" * DEEPEST + "a:a" + ")" * DEEPEST)
    for text in ("(" * 9 + "a:a" + ")" * 9, "(" * 1999, f"a:[{'x,' * MOST_VALUES}x]", ",".join(["a:x"] * 101)):
        with pytest.raises(FilterError):
            parse(text)
    assert parse(f"a:[{'x,' * (MOST_VALUES - 1)}x]")


class Counted(str):
    """A text that counts how often one of its signs is looked at."""

    looks = 0

    def __getitem__(self, place: Any) -> str:
        Counted.looks += 1
        return super().__getitem__(place)


@pytest.mark.parametrize(
    "part", ["a:b+", "(", "'", "\\", "a:'\\''", " ", "~", "-", "a" * 10, "now-1d", "[a,", "\u202e", '"a\\', ">="]
)
def test_reading_takes_as_many_steps_as_there_are_signs(part: str) -> None:
    """Check 92: no text makes it look back and back again."""
    for length in (1_000, 100_000):
        text, Counted.looks = Counted(part * (length // len(part))), 0
        with suppress(FilterError):
            tokens(text)
        assert Counted.looks <= 8 * len(text)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab:+,()[]<>=~^$-'\"\\ \t\0é1.", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        tree = parse(text)
    except FilterError:
        return
    assert isinstance(tree, Comparison | Both | Either)


def test_moments_are_read_in_every_form() -> None:
    assert moment("now", at=NOON) == NOON and moment("now+1h", at=NOON) == NOON + timedelta(hours=1)
    for text in ("2026-03-01 12:00:00", "2026-03-01T12:00:00.000Z", "2026-03-01T13:00:00+01:00", "2026-03-01 12:00"):
        assert moment(text, at=NOON + timedelta(days=9)) == NOON
    assert moment("2026-03-01", at=NOON) == NOON - timedelta(hours=12)


@given(st.binary(min_size=9, max_size=9))
def test_an_id_leads_back_to_its_object_and_to_no_other_kind(nine: bytes) -> None:
    public_id = urlsafe_b64encode(nine).decode()
    assert len(public_id) == len(new_public_id())
    shown = shown_id("post", public_id)
    assert len(shown) == 24 and int(shown, 16) >= 0
    assert public_id_of("post", shown) == public_id
    assert public_id_of("page", shown) is None and public_id_of("post", shown.upper()) in (None, public_id)
    assert len(shown_id("post", "short")) == 24
