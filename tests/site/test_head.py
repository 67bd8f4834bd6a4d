"""What a post says of itself in its head: canonical address, previews, structured data, languages."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser, LexborNode

from masthead.content.models import Post
from masthead.content.uploading import keep_picture
from masthead.core.models import Publication
from tests.cast import NOON, Cast, client_of, published
from tests.content.files import drawn
from tests.content.writing import put_out, rewrite
from tests.site.visiting import GATED, a_ship, attribute, linked_data, page

SITE = "https://paper.example"


def named(tree: LexborHTMLParser) -> dict[str, str]:
    """Every meta of the page by its name."""
    found = {}
    for node in tree.css("meta[name], meta[property]"):
        found[node.attributes.get("name") or node.attributes.get("property") or ""] = (
            node.attributes.get("content") or ""
        )
    return found


def test_a_preview_says_what_the_card_says(cast: Cast) -> None:
    a_ship(cast, standfirst='She said “x” & "y" <b>', at=NOON)
    meta = named(page("/a-ship/"))
    assert (meta["og:title"], meta["og:type"], meta["og:site_name"]) == ("A ship", "article", "The Paper")
    assert meta["description"] == meta["og:description"] == 'She said “x” & "y" <b>'
    assert meta["og:url"] == f"{SITE}/a-ship/"
    assert meta["twitter:card"] == "summary" and "og:image" not in meta
    assert datetime.fromisoformat(meta["article:published_time"]) == NOON


def test_the_canonical_address_is_there_once_and_without_what_was_asked(cast: Cast) -> None:
    a_ship(cast)
    for asked in ("/a-ship/", "/a-ship/?utm_source=x", "/a-ship/?page=2"):
        assert attribute(page(asked), 'link[rel="canonical"]', "href") == [f"{SITE}/a-ship/"]


def test_a_post_with_a_picture_shows_it_in_previews_and_structured_data(cast: Cast) -> None:
    media = keep_picture(drawn(1200, 800), "a.jpg", at=timezone.now())
    a_ship(cast, lead=media, lead_alt="Crew on deck")
    tree = page("/a-ship/")
    meta = named(tree)
    assert meta["og:image"] == f"{SITE}/media/{media.token}/1200.jpeg"
    assert (meta["og:image:alt"], meta["twitter:card"]) == ("Crew on deck", "summary_large_image")
    assert linked_data(tree)["image"] == [f"{SITE}/media/{media.token}/{w}.jpeg" for w in (480, 960, 1200)]


@pytest.mark.parametrize("visibility", ["public", "members", "paid", "tiers", "vip"])
def test_structured_data_is_a_news_article_as_google_asks(cast: Cast, visibility: str) -> None:
    post = published(
        "A ship", "Opening.\n\n<!--more-->\n\nBelow.", cast=cast, visibility=visibility, at=NOON, standfirst="S."
    )
    rewrite(post, standfirst="Stand.")
    put_out(post, at=NOON + timedelta(days=1))
    told = linked_data(page("/a-ship/"))
    assert (told["@context"], told["@type"], told["headline"]) == ("https://schema.org", "NewsArticle", "A ship")
    assert told["mainEntityOfPage"] == told["url"] == f"{SITE}/a-ship/"
    assert datetime.fromisoformat(told["datePublished"]) == NOON
    assert datetime.fromisoformat(told["dateModified"]) == NOON + timedelta(days=1)
    assert told["author"] == [{"@type": "Person", "name": "Inês Okafor", "url": f"{SITE}/author/ines-okafor/"}]
    assert told["publisher"]["name"] == "The Paper" and told["articleSection"] == "World"
    assert told["isAccessibleForFree"] is (visibility == "public")


@pytest.mark.parametrize("reader", ["anyone", "gold"])
def test_a_gated_post_names_its_gated_part_by_a_class_that_is_on_the_page(cast: Cast, reader: str) -> None:
    """developers.google.com/search/docs, “Subscription and paywalled content”: a class, and nothing else, selects."""
    a_ship(cast)
    tree = page("/a-ship/", cast.members.get(reader))
    part = linked_data(tree)["hasPart"]
    assert (part["@type"], part["isAccessibleForFree"]) == ("WebPageElement", False)
    assert part["cssSelector"].startswith(".") and part["cssSelector"].count(".") == 1
    (gated,) = tree.css(part["cssSelector"])
    assert "Openingwords" in gated.text() and (GATED in gated.text()) is (reader == "gold")
    a_ship(cast, "public").refresh_from_db()
    assert "hasPart" not in linked_data(page("/a-ship-2/")) and not page("/a-ship-2/").css(".gated")


@pytest.mark.parametrize("reader", ["gold", "editor"])
def test_structured_data_holds_nothing_more_for_those_who_may_read(cast: Cast, reader: str) -> None:
    """Check 6."""
    a_ship(cast)
    assert linked_data(page("/a-ship/", cast.members[reader])) == linked_data(page("/a-ship/"))
    assert GATED not in str(linked_data(page("/a-ship/", cast.members[reader])))


def test_structured_data_cannot_end_its_block(cast: Cast) -> None:
    published("</script><script>alert(1)</script><!--", "W.", cast=cast, slug="x", standfirst="\u2028&<>")
    body = client_of(None).get("/x/").content.decode()
    assert body.count("<script") == 2 and "\u2028" not in body.split("ld+json")[1].split("</script>")[0]
    assert linked_data(page("/x/"))["headline"] == "</script><script>alert(1)</script><!--"


@pytest.mark.parametrize(("visibility", "told"), [("public", None), ("paid", "noarchive"), ("members", "noarchive")])
def test_a_gated_post_is_not_to_be_archived(cast: Cast, visibility: str, told: str | None) -> None:
    """Check 30."""
    a_ship(cast, visibility)
    assert named(page("/a-ship/")).get("robots") == told


def family(cast: Cast, origin: str = "") -> dict[str, Post]:
    """A post and its translations: the first in the publication's language, as it is or by name."""
    posts = {"en": published("The ship", "W.", cast=cast, slug="en", language=origin)}
    for language in ("pt", "fr"):
        posts[language] = published(f"In {language}", "W.", cast=cast, slug=language, language=language)
        Post.objects.filter(pk=posts[language].pk).update(translation_of=posts["en"])
    return posts


def alternates(path: str) -> dict[str, str]:
    tree = page(path)
    found = tree.css('link[rel="alternate"][hreflang]')
    return {str(n.attributes["hreflang"]): str(n.attributes["href"]).removeprefix(SITE) for n in found}


@pytest.mark.parametrize("origin", ["en", ""])
def test_each_translation_names_every_other_and_itself(cast: Cast, origin: str) -> None:
    """Else search engines pass all of them over."""
    family(cast, origin)
    expected = {"en": "/en/", "pt": "/pt/", "fr": "/fr/"}
    assert [alternates(f"/{language}/") for language in ("en", "pt", "fr")] == [expected] * 3


def test_a_translation_that_is_not_out_is_not_named(cast: Cast) -> None:
    from masthead.content.publishing import unpublish

    posts = family(cast, "en")
    assert "fr" in alternates("/pt/")
    unpublish(posts["fr"], by=None, at=timezone.now())
    assert "fr" not in alternates("/pt/")


def test_a_post_without_translations_names_no_language(cast: Cast) -> None:
    a_ship(cast)
    assert alternates("/a-ship/") == {}


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("he", "rtl"), ("pt", "ltr"), ("", "ltr")])
@pytest.mark.parametrize("kind", ["post", "page"])
def test_a_text_says_its_language_and_its_direction(cast: Cast, language: str, direction: str, kind: str) -> None:
    post = published("Text", "W.", cast=cast, language=language)
    Post.objects.filter(pk=post.pk).update(kind=kind)
    tree = page("/text/")
    assert place_of(tree, "lang") == (language or "en")
    assert place_of(tree, "dir") == direction


def test_a_text_in_another_direction_than_its_paper_says_so(cast: Cast) -> None:
    Publication.objects.update(language="ar")
    published("Text", "W.", cast=cast, language="en")
    assert place_of(page("/text/"), "dir") == "ltr"
    assert place_of(page("/"), "dir") == "rtl"


def place_of(tree: LexborHTMLParser, name: str) -> Any:
    """The attribute that holds for the text: of the nearest element around it that has it."""
    node: LexborNode | None = tree.css_first("main h1")
    while node is not None and name not in node.attributes:
        node = node.parent
    return node.attributes[name] if node else None
