"""Addresses: old ones lead on for ever, the site's own words are nobody's, no two posts share one."""

import pytest
from django.utils import timezone

from masthead.content.addresses import RESERVED, AddressError
from masthead.content.models import Address, Post
from masthead.content.publishing import unpublish
from tests.cast import Cast, client_of, published
from tests.content.writing import put_out, rewrite, seen, written


def leads_to(path: str) -> tuple[int, str]:
    answer = client_of(None).get(path)
    return answer.status_code, answer.get("Location", "")


def test_every_former_address_leads_straight_to_the_current_one(cast: Cast) -> None:
    post = published("A ship", "Words.", cast=cast, slug="one")
    for slug in ("two", "three", "four"):
        rewrite(post, slug=slug)
        put_out(post)
    assert [leads_to(f"/{slug}/") for slug in ("one", "two", "three")] == [(301, "/four/")] * 3
    assert leads_to("/four/") == (200, "")
    assert [leads_to(f"/{slug}") for slug in ("one", "four")] == [(301, "/four/")] * 2


def test_going_back_to_a_former_address_makes_no_circle(cast: Cast) -> None:
    post = published("A ship", "Words.", cast=cast, slug="one")
    for slug in ("two", "one"):
        rewrite(post, slug=slug)
        put_out(post)
    assert leads_to("/one/") == (200, "")
    assert leads_to("/two/") == (301, "/one/")
    assert Address.objects.filter(post=post, is_current=True).count() == 1


def test_a_former_address_is_not_given_to_another_post(cast: Cast) -> None:
    post = published("A ship", "First.", cast=cast, slug="ship")
    rewrite(post, slug="vessel")
    put_out(post)
    other = published("A ship", "Other.", cast=cast, slug="ship")
    assert other.path == "/ship-2/"
    assert leads_to("/ship/") == (301, "/vessel/")


def test_posts_with_the_same_headline_get_numbers_and_keep_them(cast: Cast) -> None:
    posts = [published("Ship seized", f"Text{n}.", cast=cast) for n in range(4)]
    assert [post.path for post in posts] == ["/ship-seized/", "/ship-seized-2/", "/ship-seized-3/", "/ship-seized-4/"]
    again = put_out(posts[2])
    assert again.path == "/ship-seized-3/" or "Text2." in seen(again.path)
    assert "Text2." in seen("/ship-seized-3/")


@pytest.mark.parametrize("word", sorted(word for word in RESERVED if "." not in word))
def test_a_word_of_the_site_itself_is_refused_and_nothing_goes_out(cast: Cast, word: str) -> None:
    post = written("A ship", "Words.", slug=word)
    with pytest.raises(AddressError, match=word):
        put_out(post)
    post.refresh_from_db()
    assert (post.status, post.path) == ("draft", "")
    rewrite(post, slug=f"{word}-ahoy")
    assert put_out(post).path == f"/{word}-ahoy/"


def test_a_headline_that_is_a_word_of_the_site_is_refused_too(cast: Cast) -> None:
    post = written("Search!", "Words.")
    with pytest.raises(AddressError):
        put_out(post)
    assert put_out(written("Searches", "Words.")).path == "/searches/"


def test_an_address_is_spelt_in_one_way_only(cast: Cast) -> None:
    """Check 14."""
    published("A ship", "Words.", cast=cast, slug="ship", visibility="paid")
    for path in (
        "/%2Fship/",
        "/ship//",
        "/ship/;x/",
        "/ship;x/",
        "/ship/index.html",
        "/ship.html/",
    ):
        assert client_of(None).get(path).status_code == 404, path
    assert leads_to("/ship/") == (200, "")
    assert leads_to("/%73hip/") == (200, "")
    for path in ("/Ship/", "/SHIP/", "/SHIP"):
        assert leads_to(path) == (301, "/ship/")


def test_former_addresses_of_a_post_that_is_down_lead_nowhere(cast: Cast) -> None:
    post = published("A ship", "Words.", cast=cast, slug="one")
    rewrite(post, slug="two")
    put_out(post)
    unpublish(post, by=None, at=timezone.now())
    assert [leads_to(path)[0] for path in ("/one/", "/two/", "/one", "/two")] == [404] * 4
    put_out(Post.objects.get(pk=post.pk))
    assert leads_to("/one/") == (301, "/two/")


@pytest.mark.parametrize("path", ["/tag/world", "/author/ines-okafor", "/archive", "/search", "/desk", "/sign-in"])
def test_a_known_address_without_its_last_slash_leads_to_it(cast: Cast, path: str) -> None:
    """As a post's does: people type it so."""
    answer = client_of(None).get(path)
    assert answer.status_code in (301, 302, 308) and answer["Location"].startswith(f"{path}/")
