"""Addresses that a publication brings from elsewhere: each answers, or leads to what stands there now (checks 7, 14)."""

from typing import Any

import pytest
from django.utils import timezone

from masthead.content.addresses import AddressError
from masthead.content.models import Author, Redirect, Tag
from masthead.content.own_paths import give_own_path
from masthead.content.publishing import unpublish
from masthead.content.redirecting import keep_redirect
from tests.cast import Cast, client_of, published
from tests.site.visiting import attribute, links, page, part


def leads_to(path: str, **headers: Any) -> tuple[int, str]:
    answer = client_of(None).get(path, **headers)
    return answer.status_code, answer.get("Location", "")


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("/a-ship", "/a-ship/"),
        ("/a-ship?ref=x", "/a-ship/?ref=x"),
        ("/A-Ship/", "/a-ship/"),
        ("/A-Ship?ref=X", "/a-ship/?ref=X"),
        ("/a-ship/amp/", "/a-ship/"),
        ("/a-ship/amp", "/a-ship/"),
        ("/TAG/World/", "/tag/world/"),
        ("/Author/Ines-Okafor", "/author/ines-okafor/"),
        ("/Tag/World/RSS/", "/tag/world/rss/"),
        ("/Archive/", "/archive/"),
        ("/page/1/", "/"),
        ("/page/2/", "/archive/"),
        ("/page/2", "/page/2/"),
        ("/rss", "/rss/"),
        ("/feed/", "/rss/"),
        ("/tag/world/rss", "/tag/world/rss/"),
    ],
)
def test_an_address_as_ghost_has_it_leads_to_ours(cast: Cast, asked: str, place: str) -> None:
    published("A ship", "W.", cast=cast)
    assert leads_to(asked) == (301, place)


@pytest.mark.parametrize("path", ["/rss/", "/tag/world/rss/", "/author/ines-okafor/rss/", "/sitemap.xml"])
def test_feeds_and_sitemap_stand_where_ghost_has_them(cast: Cast, path: str) -> None:
    published("A ship", "W.", cast=cast)
    answer = client_of(None).get(path)
    assert answer.status_code == 200
    assert "A ship" in answer.content.decode() or path == "/sitemap.xml"


def test_the_admin_of_ghost_leads_to_the_desk(cast: Cast) -> None:
    assert leads_to("/ghost/") == (302, "/desk/")
    assert leads_to("/ghost") == (301, "/ghost/")


def test_a_query_beyond_measure_is_left_behind(cast: Cast) -> None:
    published("A ship", "W.", cast=cast)
    long = "x" * 20_000
    for path, place in (
        ("/a-ship", "/a-ship/"),
        ("/page/2/", "/archive/"),
        ("/ghost/", "/desk/"),
        ("/A-SHIP/", "/a-ship/"),
    ):
        assert leads_to(f"{path}?q={long}")[1] == place
    keep_redirect("/old/", "/a-ship/")
    assert leads_to(f"/old/?q={long}") == (301, "/a-ship/")


def test_an_id_is_not_spelt_in_small_letters(cast: Cast) -> None:
    for path in ("/Subscribe/Return/ABCdef/", "/media/Accent/8A1C1C.css"):
        assert leads_to(path)[0] == 404, path


UUID = "3f1b2c4d-0000-4000-8000-1234567890ab"


@pytest.mark.parametrize(
    "path",
    [f"/p/{UUID}/", f"/email/{UUID}/", "/members/api/member/", "/members/?token=x", "/Nothing/", "/nothing/amp/", "/amp/",
     "/TAG/Nothing/", "/page/0x/", "/" + "X" * 3000 + "/"],
)  # fmt: skip
def test_what_leads_nowhere_is_not_found(cast: Cast, path: str) -> None:
    published("A ship", "W.", cast=cast)
    assert leads_to(path) == (404, "")


def test_a_post_that_is_down_is_not_told_by_its_other_spellings(cast: Cast) -> None:
    post = published("A ship", "W.", cast=cast)
    unpublish(post, by=None, at=timezone.now())
    assert {leads_to(path)[0] for path in ("/a-ship/", "/A-Ship/", "/a-ship/amp/", "/a-ship")} == {404}


def row_of(cast: Cast, kind: str) -> Tag | Author:
    return cast.section if kind == "tag" else cast.writer


@pytest.mark.parametrize(("kind", "usual"), [("tag", "/tag/world/"), ("author", "/author/ines-okafor/")])
def test_a_tag_or_author_stands_at_its_own_address(cast: Cast, kind: str, usual: str) -> None:
    for n in range(16):
        published(f"Post {n}", "W.", cast=cast)
    give_own_path(row_of(cast, kind), "/topics/far/")
    tree = page("/topics/far/")
    assert part(tree, "h1").text() in ("World", "Inês Okafor")
    assert attribute(tree, 'link[rel="canonical"]', "href") == ["https://paper.example/topics/far/"]
    assert "/topics/far/page/2/" in links(tree) and "/topics/far/rss/" in links(tree, 'link[rel="alternate"]')
    assert len(page("/topics/far/page/2/").css("article h3")) == 1
    for feed in ("rss/", "atom.xml", "feed.json"):
        answer = client_of(None).get(f"/topics/far/{feed}")
        assert answer.status_code == 200 and "Post 15" in answer.content.decode()
        assert answer["Cache-Control"] == "public, max-age=300"
    for below in ("", "page/2/", "rss/", "atom.xml", "feed.json"):
        assert leads_to(usual + below) == (301, f"/topics/far/{below}")
    assert leads_to("/topics/far") == (301, "/topics/far/")
    assert leads_to("/topics/far/page/1/") == (301, "/topics/far/")
    assert leads_to("/topics/far/page/2") == (301, "/topics/far/page/2/")
    assert leads_to("/Topics/Far/") == (301, "/topics/far/")
    assert [leads_to(f"/topics/far/{below}")[0] for below in ("page/3/", "page/x/", "x/", "rss/x/")] == [404] * 4
    assert leads_to("/topics/")[0] == 404


def test_an_own_address_without_a_row_of_addresses_counts_too(cast: Cast) -> None:
    """As an import may write it."""
    published("A ship", "W.", cast=cast)
    Tag.objects.filter(slug="world").update(own_path="/topics/world/")
    assert leads_to("/topics/world/") == (200, "")
    assert leads_to("/tag/world/") == (301, "/topics/world/")


def test_going_back_to_the_usual_address_leads_there(cast: Cast) -> None:
    published("A ship", "W.", cast=cast)
    for path in ("/topics/a/", "/topics/b/", ""):
        give_own_path(cast.section, path)
    assert [leads_to(path) for path in ("/topics/a/", "/topics/b/")] == [(301, "/tag/world/")] * 2
    assert leads_to("/tag/world/") == (200, "")


@pytest.mark.parametrize(
    "path", ["topics/", "/topics", "//topics/", "/desk/x/", "/rss/", "/a-ship/", "/" + "x" * 400 + "/"]
)
def test_an_own_address_that_is_taken_or_none_is_refused(cast: Cast, path: str) -> None:
    published("A ship", "W.", cast=cast)
    with pytest.raises(AddressError):
        give_own_path(cast.section, path)
    assert leads_to("/tag/world/") == (200, "")


def test_a_tag_for_staff_has_no_page_and_no_feed(cast: Cast) -> None:
    row = Tag.objects.create(slug="hash-secret", name="#secret", is_internal=True, own_path="/topics/secret/")
    published("A ship", "W.", cast=cast, tag_ids=[cast.section.pk, row.pk])
    for path in (
        "/tag/hash-secret/",
        "/tag/hash-secret/rss/",
        "/topics/secret/",
        "/topics/secret/rss/",
        "/tag/hash-secret",
    ):
        assert leads_to(path)[0] == 404, path
    assert "secret" not in client_of(None).get("/sitemaps/tags.xml").content.decode()


def test_a_redirect_counts_where_nothing_stands_and_nowhere_else(cast: Cast) -> None:
    post = published("A ship", "W.", cast=cast)
    keep_redirect("/a-ship/", "/elsewhere/")
    keep_redirect("/tag/world/", "/elsewhere/")
    keep_redirect("/tag/old/", "/tag/world/")
    keep_redirect(r"^/blog/(.*)$", r"/\1", is_pattern=True, is_permanent=False)
    keep_redirect("/shop/", "https://shop.example/", is_permanent=True)
    assert leads_to("/a-ship/") == leads_to("/tag/world/") == (200, "")
    assert leads_to("/tag/old/?x=1") == (301, "/tag/world/?x=1")
    assert leads_to("/blog/a-ship/") == (302, "/a-ship/")
    assert leads_to("/shop") == (301, "https://shop.example/")
    unpublish(post, by=None, at=timezone.now())
    assert leads_to("/a-ship/") == (301, "/elsewhere/")
    answer = client_of(cast.paid).get("/shop/")
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate" and not answer.cookies


def test_no_redirect_takes_what_is_the_sites_own(cast: Cast) -> None:
    keep_redirect("^/", "/tag/world/", is_pattern=True)
    assert leads_to("/nothing/") == (301, "/tag/world/")
    for path in (
        "/desk/posts/x/y/",
        "/ghost/api/x/",
        "/files/x/",
        "/media/x",
        "/static/x.css",
        "/account/x/",
        "/pay/x/",
    ):
        assert leads_to(path)[0] == 404, path
    assert client_of(cast.free).get("/desk/").status_code == 404
    assert client_of(None).post("/nothing/").status_code == 405
    assert Redirect.objects.count() == 1


def test_what_a_visitor_types_stays_on_this_site(cast: Cast) -> None:
    """Check 39."""
    keep_redirect(r"^/go/(.*)$", r"/\1", is_pattern=True)
    for typed in ("//evil.example", "/\\evil.example", "%2f%2fevil.example", "%5c%5cevil.example", "%09//evil.example"):
        status, place = leads_to(f"/go/{typed}")
        assert status in (301, 404) and not place.startswith(("//", "/\\", "http")), (typed, place)
