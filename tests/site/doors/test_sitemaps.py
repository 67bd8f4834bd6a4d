"""Sitemaps and the news sitemap."""

from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from masthead.content.models import Author, Tag
from masthead.content.publishing import unpublish
from masthead.core.models import Publication
from masthead.site.doors import sitemaps
from tests.cast import NOON, Cast, client_of, published
from tests.content.writing import put_out, rewrite, written
from tests.site.visiting import GATED, SITEMAPS, a_ship

SITE = "https://paper.example"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def tree(path: str) -> ElementTree.Element:
    answer = client_of(None).get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml; charset=utf-8"), path
    return ElementTree.fromstring(answer.content)  # noqa: S314  (our own)


def places(path: str) -> list[str]:
    return [node.text or "" for node in tree(path).iter(f"{MAP}loc")]


def test_the_index_names_sitemaps_that_are_there(cast: Cast) -> None:
    a_ship(cast)
    root = tree("/sitemap.xml")
    assert root.tag == f"{MAP}sitemapindex" and {child.tag for child in root} == {f"{MAP}sitemap"}
    assert places("/sitemap.xml") == [f"{SITE}/sitemaps/{name}.xml" for name in ("posts-1", "tags", "authors")]
    for place in places("/sitemap.xml"):
        root = tree(place.removeprefix(SITE))
        assert root.tag == f"{MAP}urlset" and {child.tag for child in root} == {f"{MAP}url"}


def test_every_address_in_a_sitemap_answers_and_is_its_own_canonical(cast: Cast) -> None:
    a_ship(cast)
    put_out(written("About", slug="about", kind="page"))
    found = [place for path in SITEMAPS[1:] for place in places(path)]
    assert f"{SITE}/about/" in found and f"{SITE}/" in found and f"{SITE}/tag/world/" in found
    for place in found:
        answer = client_of(None).get(place.removeprefix(SITE))
        assert answer.status_code == 200
        assert f'<link rel="canonical" href="{place}">' in answer.content.decode()


def test_what_is_not_out_is_in_no_sitemap(cast: Cast) -> None:
    post = a_ship(cast)
    written("Draft", slug="draft")
    published("To come", "W.", cast=cast, at=timezone.now() + timedelta(hours=1))
    Tag.objects.create(slug="unused", name="Unused")
    Author.objects.create(slug="silent", name="Silent")
    found = "".join(place for path in SITEMAPS for place in places(path))
    assert "/a-ship/" in found
    assert not [word for word in ("draft", "to-come", "unused", "silent") if word in found]
    unpublish(post, by=None, at=timezone.now())
    assert not [path for path in SITEMAPS for place in places(path) if "ship" in place or "world" in place]


def test_a_former_address_is_in_no_sitemap(cast: Cast) -> None:
    post = a_ship(cast)
    rewrite(post, slug="vessel")
    put_out(post)
    assert f"{SITE}/a-ship/" not in places("/sitemaps/posts-1.xml")
    assert f"{SITE}/vessel/" in places("/sitemaps/posts-1.xml")


def test_the_date_is_that_of_the_last_change(cast: Cast) -> None:
    post = published("A ship", "W.", cast=cast, at=NOON)
    rewrite(post, "Other.")
    put_out(post, at=NOON + timedelta(days=3))
    (date,) = [datetime.fromisoformat(node.text or "") for node in tree("/sitemaps/posts-1.xml").iter(f"{MAP}lastmod")]
    assert date == NOON + timedelta(days=3)


def test_a_full_file_begins_another_and_stays_as_it_is(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "A_FILE", 2)
    for n in range(4):
        published(f"Post {n}", "W.", cast=cast, at=timezone.now() - timedelta(hours=n))
    assert len(places("/sitemap.xml")) == 4
    first = places("/sitemaps/posts-1.xml")
    published("Post 4", "W.", cast=cast)
    assert places("/sitemap.xml")[:3] == [f"{SITE}/sitemaps/posts-{n}.xml" for n in (1, 2, 3)]
    assert places("/sitemaps/posts-1.xml") == first
    every = [place for n in (1, 2, 3) for place in places(f"/sitemaps/posts-{n}.xml")]
    assert len(every) == len(set(every)) == 6  # five posts and the front page


@pytest.mark.parametrize("number", ["0", "2", "99", "9" * 18, "9" * 30])
def test_there_is_no_file_beyond_the_last(cast: Cast, number: str) -> None:
    a_ship(cast)
    client = client_of(None)
    client.raise_request_exception = False
    assert client.get(f"/sitemaps/posts-{number}.xml").status_code == 404
    assert client.get("/sitemaps/posts-1.xml").status_code == 200


def test_letters_that_xml_forbids_do_not_break_the_news(cast: Cast) -> None:
    Publication.objects.update(name="Paper & <Sons>")
    published("Bell\x07 & <b>ship</b>", "W.", cast=cast, slug="bell")
    root = tree("/sitemap-news.xml")
    (title,) = [node.text or "" for node in root.iter(f"{NEWS}title")]
    assert title.endswith("& <b>ship</b>") and "\x07" not in title
    assert [node.text for node in root.iter(f"{NEWS}name")] == ["Paper & <Sons>"]


def test_the_news_sitemap_has_the_posts_of_two_days_as_google_reads_them(cast: Cast) -> None:
    now = timezone.now()
    for title, hours in (("Fresh", 1), ("Yesterday", 47), ("Old", 49)):
        published(title, "W.", cast=cast, at=now - timedelta(hours=hours))
    put_out(written("A page", kind="page"))
    urls = tree("/sitemap-news.xml").findall(f"{MAP}url")
    assert [url.findtext(f".//{NEWS}title") for url in urls] == ["Fresh", "Yesterday"]
    for url in urls:
        (news,) = url.findall(f"{NEWS}news")
        assert [child.tag.removeprefix(NEWS) for child in news] == ["publication", "publication_date", "title"]
        assert [child.tag.removeprefix(NEWS) for child in news[0]] == ["name", "language"]
        assert (news[0][0].text, news[0][1].text) == ("The Paper", "en")
        assert datetime.fromisoformat(news[1].text or "").tzinfo


def test_the_language_of_a_post_stands_before_the_publications(cast: Cast) -> None:
    published("Um navio", "W.", cast=cast, language="pt")
    assert [node.text for node in tree("/sitemap-news.xml").iter(f"{NEWS}language")] == ["pt"]


@pytest.mark.parametrize("path", SITEMAPS)
def test_a_sitemap_holds_no_gated_word_and_is_the_same_for_everybody(cast: Cast, path: str) -> None:
    a_ship(cast)
    answers = [client_of(member).get(path) for member in (None, cast.gold, cast.editor)]
    assert len({answer.content for answer in answers}) == 1
    assert GATED not in answers[0].content.decode()
