"""Extras in the head of a page: what is written there wins over what the page says, and nothing gated gets in (check 6)."""

from typing import Any

import pytest
from django.utils import timezone

from masthead.content.models import Author, Post, Tag
from masthead.content.uploading import keep_picture
from masthead.core.models import Publication
from tests.cast import Cast, client_of, published
from tests.content.files import drawn
from tests.site.test_head import named
from tests.site.visiting import GATED, TEXT, attribute, linked_data, page, texts

SITE = "https://paper.example"
EXTRAS: dict[str, Any] = {
    "meta_title": "For engines",
    "meta_description": "Described for engines",
    "og_title": "For Facebook",
    "og_description": "Described for Facebook",
    "twitter_title": "For X",
    "twitter_description": "Described for X",
    "canonical_url": "https://elsewhere.example/first/",
}


def a_post(cast: Cast, visibility: str = "paid", **extras: Any) -> Post:
    return published("A ship", TEXT, cast=cast, visibility=visibility, standfirst="Stand.", extras=extras)


def title(tree: Any) -> str:
    return texts(tree, "title")[0]


def test_a_post_says_what_was_written_for_each(cast: Cast) -> None:
    a_post(cast, **EXTRAS)
    for member in (None, cast.paid):
        tree = page("/a-ship/", member)
        meta = named(tree)
        assert title(tree) == "For engines"
        assert (meta["description"], meta["og:title"]) == ("Described for engines", "For Facebook")
        assert (meta["og:description"], meta["twitter:title"]) == ("Described for Facebook", "For X")
        assert meta["twitter:description"] == "Described for X"
        assert attribute(tree, 'link[rel="canonical"]', "href") == ["https://elsewhere.example/first/"]
        assert linked_data(tree)["mainEntityOfPage"] == "https://elsewhere.example/first/"
        assert linked_data(tree)["description"] == "Described for engines"
        assert texts(tree, "h1") == ["A ship"] and GATED not in str(meta)


def test_without_extras_the_page_speaks_for_itself(cast: Cast) -> None:
    a_post(cast)
    tree = page("/a-ship/")
    meta = named(tree)
    assert title(tree) == "A ship · The Paper"
    assert meta["og:title"] == "A ship" and meta["og:description"] == meta["description"] == "Stand."
    assert not {"twitter:title", "twitter:description", "twitter:image"} & meta.keys()


def test_a_title_for_engines_is_for_networks_too_and_a_standfirst_before_a_description(cast: Cast) -> None:
    """As Ghost falls back."""
    a_post(cast, meta_title="For engines", meta_description="Described for engines")
    meta = named(page("/a-ship/"))
    assert (meta["og:title"], meta["og:description"]) == ("For engines", "Stand.")


def test_a_preview_shows_the_picture_that_was_chosen_for_it(cast: Cast) -> None:
    tokens = [keep_picture(drawn(600 + n, 400), f"{n}.jpg", at=timezone.now()).token for n in range(4)]
    og, twitter, own, lead = tokens
    Publication.objects.update(extras={"og_image": own})
    a_post(cast)
    assert named(page("/a-ship/"))["og:image"] == f"{SITE}/media/{own}/602.jpeg"
    from masthead.content.models import Media

    published("Pictured", TEXT, cast=cast, lead=Media.objects.get(token=lead))
    assert named(page("/pictured/"))["og:image"] == f"{SITE}/media/{lead}/603.jpeg"
    published("Chosen", TEXT, cast=cast, lead=Media.objects.get(token=lead), lead_alt="Of the lead",
              extras={"og_image": og, "twitter_image": twitter})  # fmt: skip
    meta = named(page("/chosen/"))
    assert (
        meta["og:image"] == f"{SITE}/media/{og}/600.jpeg"
        and meta["twitter:image"] == f"{SITE}/media/{twitter}/601.jpeg"
    )
    assert meta["og:image:alt"] == "" and meta["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize("path", ["/tag/world/", "/author/ines-okafor/", "/"])
def test_lists_and_the_front_page_say_what_was_written_for_them(cast: Cast, path: str) -> None:
    for rows in (Tag.objects, Author.objects, Publication.objects):
        rows.update(extras=EXTRAS)
    for n in range(16):
        published(f"Post {n}", "W.", cast=cast)
    tree = page(path)
    meta = named(tree)
    assert title(tree) == "For engines" and meta["description"] == "Described for engines"
    assert (meta["og:title"], meta["twitter:title"]) == ("For Facebook", "For X")
    assert attribute(tree, 'link[rel="canonical"]', "href") == ["https://elsewhere.example/first/"]
    if path != "/":
        assert title(page(f"{path}page/2/")) == "For engines – 2"


@pytest.mark.parametrize(
    "written",
    ["javascript:alert(1)", "//evil.example/", "mailto:a@b.example", "#x", "https://a b/", "data:text/html,x"],
)
def test_what_is_no_address_is_not_canonical(cast: Cast, written: str) -> None:
    a_post(cast, canonical_url=written)
    assert attribute(page("/a-ship/"), 'link[rel="canonical"]', "href") == [f"{SITE}/a-ship/"]
    assert "/a-ship/" in client_of(None).get("/sitemaps/posts-1.xml").content.decode()


def test_what_search_engines_keep_under_another_address_is_in_no_sitemap(cast: Cast) -> None:
    a_post(cast, **EXTRAS)
    published("Own", "W.", cast=cast, extras={"canonical_url": "/own/"})
    published("Second", "W.", cast=cast, extras={"canonical_url": "https://paper.example/own/"})
    for path in ("/sitemaps/posts-1.xml", "/sitemap-news.xml"):
        told = client_of(None).get(path).content.decode()
        assert "/own/<" in told and "/a-ship/<" not in told and "/second/<" not in told
    Tag.objects.update(extras={"canonical_url": "https://elsewhere.example/"})
    assert "/tag/world/" not in client_of(None).get("/sitemaps/tags.xml").content.decode()


def test_what_is_written_cannot_end_its_tag(cast: Cast) -> None:
    evil = dict.fromkeys(EXTRAS, '"><script>alert(1)</script>')
    a_post(cast, **evil)
    body = client_of(None).get("/a-ship/").content.decode()
    assert body.count("<script") == 2 and "&lt;script&gt;" in body


def test_a_page_may_hide_its_headline_and_picture(cast: Cast) -> None:
    media = keep_picture(drawn(), "a.jpg", at=timezone.now())
    post = published("About us", "Words.", cast=cast, lead=media, extras={"hides_title": True})
    Post.objects.filter(pk=post.pk).update(kind="page")
    tree = page("/about-us/")
    assert texts(tree, "header.visually-hidden h1") == ["About us"] and not tree.css(".lead-figure")
    Post.objects.filter(pk=post.pk).update(extras={})
    tree = page("/about-us/")
    assert not tree.css("header.visually-hidden") and tree.css(".lead-figure")
