"""A post on its page, as each kind of reader gets it."""

import pytest
from django.utils import timezone

from masthead.content.editing import draft_of, freeze, save_draft
from masthead.content.publishing import change_visibility, publish, unpublish
from tests.cast import Cast, client_of, published

TEXT = "An opening for all.\n\n<!--more-->\n\nThe harbour was closed at dawn."
GATED = "harbour was closed"


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        ("public", {"anyone", "free", "lapsed", "paid", "gifted", "gold", "editor"}),
        ("members", {"free", "lapsed", "paid", "gifted", "gold", "editor"}),
        ("paid", {"paid", "gifted", "gold", "editor"}),
        ("tiers", {"gold", "editor"}),
    ],
)
def test_each_reader_gets_what_the_visibility_opens(cast: Cast, visibility: str, readers: set[str]) -> None:
    tiers = [cast.tiers["gold"].pk] if visibility == "tiers" else []
    post = published("The harbour", TEXT, cast=cast, visibility=visibility, tier_ids=tiers)
    for name in ("anyone", "free", "lapsed", "paid", "gifted", "gold", "banned", "editor"):
        page = client_of(cast.members.get(name)).get(post.path)
        body = page.content.decode()
        assert page.status_code == 200
        assert "An opening for all." in body
        assert (GATED in body) is (name in readers or (visibility == "public")), name
        assert ('class="wall"' in body) is (GATED not in body), name


def test_the_wall_says_what_it_is_and_both_ways_lead_back(cast: Cast) -> None:
    post = published("The harbour", TEXT, cast=cast, visibility="paid")
    body = client_of(None).get(post.path).content.decode()
    assert "This post is for paying subscribers only" in body
    assert "Subscribe from €8 a month" in body
    assert f'href="/subscribe/?next={post.path}"' in body
    assert f'href="/sign-in/?next={post.path}"' in body
    assert "<form" not in body.split("<main")[1]


def test_an_unknown_visibility_is_closed_to_all_but_staff(cast: Cast) -> None:
    post = published("The harbour", TEXT, cast=cast, visibility="vip")
    for name in ("anyone", "free", "gold"):
        assert GATED not in client_of(cast.members.get(name)).get(post.path).content.decode()
    assert GATED in client_of(cast.editor).get(post.path).content.decode()


def test_an_old_address_leads_to_the_new_one(cast: Cast) -> None:
    post = published("The harbour", TEXT, cast=cast, slug="old")
    at = timezone.now()
    save_draft(post, {"slug": "new"}, version=draft_of(post).version, by=None, at=at)
    publish(freeze(post, by=None, at=at), by=None, at=at)
    answer = client_of(None).get("/old/")
    assert (answer.status_code, answer["Location"]) == (301, "/new/")
    assert client_of(None).get("/new").status_code == 301
    assert client_of(None).get("/New/")["Location"] == "/new/"


def test_a_post_taken_down_is_not_found_at_any_of_its_addresses(cast: Cast) -> None:
    post = published("The harbour", TEXT, cast=cast)
    unpublish(post, by=None, at=timezone.now())
    assert client_of(cast.gold).get(post.path).status_code == 404


def test_a_change_of_visibility_holds_at_the_next_request(cast: Cast) -> None:
    """Check 19."""
    post = published("The harbour", TEXT, cast=cast)
    browser = client_of(None)
    assert GATED in browser.get(post.path).content.decode()
    change_visibility(post, "paid", by=None, at=timezone.now())
    assert GATED not in browser.get(post.path).content.decode()
    change_visibility(post, "public", by=None, at=timezone.now())
    assert GATED in browser.get(post.path).content.decode()


def test_twin_posts_give_the_same_bytes_to_those_outside(cast: Cast) -> None:
    """Check 28: same opening, ten times the body; bytes, headers and ETag are equal."""
    at = timezone.now()
    pages = []
    for body in ("Short.", "Long. " * 800):
        post = published("Twin", f"Opening.\n\n<!--more-->\n\n{body}", cast=cast, visibility="paid", slug="twin", at=at)
        answer = client_of(None).get(post.path)
        pages.append((answer.content.replace(post.public_id.encode(), b""), sorted(answer.items())))
        post.delete()
    assert pages[0] == pages[1]


def test_an_etag_of_the_paid_page_never_answers_304_to_anyone(cast: Cast) -> None:
    """Check 28."""
    post = published("The harbour", TEXT, cast=cast, visibility="paid")
    paid = client_of(cast.paid).get(post.path)
    again = client_of(cast.paid).get(post.path, headers={"If-None-Match": paid["ETag"]})
    anyone = client_of(None).get(post.path, headers={"If-None-Match": paid["ETag"]})
    assert (again.status_code, anyone.status_code) == (304, 200)
    assert paid["Cache-Control"] == "private, no-cache"


def test_a_public_page_sets_no_cookie(cast: Cast) -> None:
    """Check 23."""
    post = published("The harbour", TEXT, cast=cast, visibility="paid")
    for path in ("/", post.path, "/tag/world/", "/search/?q=harbour", "/archive/", "/rss/"):
        answer = client_of(None).get(path)
        assert answer.status_code == 200, path
        assert not answer.cookies, path
        assert "csrfmiddlewaretoken" not in answer.content.decode(), path
