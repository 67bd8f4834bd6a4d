"""What the specifications of each feed ask: RSS 2.0, Atom (RFC 4287), JSON Feed 1.1."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree

import pytest

from masthead.core.models import Publication
from tests.cast import NOON, Cast, client_of, published
from tests.content.writing import put_out, rewrite

SITE = "https://paper.example"
ATOM = "{http://www.w3.org/2005/Atom}"
DC, CONTENT = "{http://purl.org/dc/elements/1.1/}", "{http://purl.org/rss/1.0/modules/content/}"


@pytest.fixture(autouse=True)
def _posts(cast: Cast) -> None:
    """Two posts, the older one changed later than the newer one came out."""
    older = published("Older", "Words.", cast=cast, at=NOON, standfirst="What happened.")
    published("Newer", "Words.", cast=cast, at=NOON + timedelta(days=1), visibility="paid", author_ids=[])
    rewrite(older, "Other words.")
    put_out(older, at=NOON + timedelta(days=2))


def tree(path: str) -> ElementTree.Element:
    return ElementTree.fromstring(client_of(None).get(path).content)  # noqa: S314  (our own feed)


def told(parent: ElementTree.Element, *names: str) -> list[str]:
    return [(parent.findtext(name) or "").strip() for name in names]


@pytest.mark.parametrize("path", ["/rss/", "/tag/world/rss/", "/author/ines-okafor/rss/"])
def test_rss_has_what_rss_2_requires(path: str) -> None:
    rss = tree(path)
    assert (rss.tag, rss.get("version")) == ("rss", "2.0")
    (channel,) = rss
    assert all(told(channel, "title", "link", "description"))
    assert channel.findtext("language") == "en"
    assert parsedate_to_datetime(channel.findtext("lastBuildDate") or "") == NOON + timedelta(days=2)
    (own,) = channel.findall(f"{ATOM}link")
    assert (own.get("rel"), own.get("href")) == ("self", SITE + path)


def test_an_rss_item_has_an_id_that_is_no_address_and_a_date() -> None:
    newer, older = tree("/rss/")[0].findall("item")
    for item, at, title in ((newer, NOON + timedelta(days=1), "Newer"), (older, NOON, "Older")):
        assert all(told(item, "title", "link", "guid")) and item.findtext("title") == title
        guid = item.find("guid")
        assert guid is not None and guid.get("isPermaLink") == "false"
        assert parsedate_to_datetime(item.findtext("pubDate") or "") == at
        assert (item.findtext("link") or "").startswith(f"{SITE}/")
        assert "<p>" in (item.findtext(f"{CONTENT}encoded") or "")
    assert older.findtext("description") == "What happened."
    assert [e.text for e in older.findall(f"{DC}creator")] == ["Inês Okafor"]
    assert newer.findall(f"{DC}creator") == [] and not older.findall("author")  # author would need a mail address
    assert [e.text for e in older.findall("category")] == ["World"]


@pytest.mark.parametrize("path", ["/atom.xml", "/tag/world/atom.xml"])
def test_atom_has_what_rfc_4287_requires(path: str) -> None:
    feed = tree(path)
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert len(feed.findall(ATOM + name)) == 1, name
    assert datetime.fromisoformat(feed.findtext(f"{ATOM}updated") or "") == NOON + timedelta(days=2)
    rels = [(link.get("rel"), link.get("href")) for link in feed.findall(f"{ATOM}link")]
    assert rels.count(("self", SITE + path)) == 1 and len([r for r, _ in rels if r == "alternate"]) == 1
    everybody_has_an_author = feed.find(f"{ATOM}author") is not None
    assert everybody_has_an_author  # 4.1.1: else each entry must have one, and the newer has none


def test_an_atom_entry_has_what_rfc_4287_requires() -> None:
    entries = tree("/atom.xml").findall(f"{ATOM}entry")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 2
    for entry in entries:
        for name in ("id", "title", "updated", "published", "content"):
            assert len(entry.findall(ATOM + name)) == 1, name
        assert len(entry.findall(f"{ATOM}summary")) <= 1
        assert (entry.findtext(f"{ATOM}id") or "").startswith("https://")
        assert [link.get("rel", "alternate") for link in entry.findall(f"{ATOM}link")] == ["alternate"]
        content = entry.find(f"{ATOM}content")
        assert content is not None and content.get("type") == "html"
    newer, older = entries
    moments = [datetime.fromisoformat(older.findtext(ATOM + name) or "") for name in ("published", "updated")]
    assert moments == [NOON, NOON + timedelta(days=2)]
    assert [e.findtext(f"{ATOM}name") for e in older.findall(f"{ATOM}author")] == ["Inês Okafor"]
    assert newer.findall(f"{ATOM}author") == []


def items() -> list[dict[str, Any]]:
    return list(json.loads(client_of(None).get("/feed.json").content)["items"])


def test_json_feed_has_what_version_1_1_requires() -> None:
    feed = json.loads(client_of(None).get("/feed.json").content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "The Paper" and feed["language"] == "en"
    assert (feed["home_page_url"], feed["feed_url"]) == (f"{SITE}/", f"{SITE}/feed.json")
    for item in items():
        assert isinstance(item["id"], str) and item["id"] and item["content_html"]
        assert item["url"].startswith(SITE)
        published_at, modified_at = (datetime.fromisoformat(item[f"date_{name}"]) for name in ("published", "modified"))
        assert published_at.tzinfo and published_at <= modified_at
        assert all(set(author) <= {"name", "url", "avatar"} and author["name"] for author in item["authors"])
        assert all(isinstance(tag, str) for tag in item["tags"])
    assert items()[1]["authors"] == [{"name": "Inês Okafor", "url": f"{SITE}/author/ines-okafor/"}]


def test_a_json_item_holds_no_empty_values_where_the_format_has_none() -> None:
    """JSON Feed has no null: what is not known is left out."""
    assert [item for item in items() if None in item.values()] == []


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/St_Johns", "UTC"])
def test_dates_name_the_same_moment_whatever_the_publications_clock(zone: str) -> None:
    """Check 136."""
    Publication.objects.update(time_zone=zone)
    rss = tree("/rss/")[0].findall("item")[1].findtext("pubDate") or ""
    atom = tree("/atom.xml").findall(f"{ATOM}entry")[1].findtext(f"{ATOM}published") or ""
    moments = [
        parsedate_to_datetime(rss),
        datetime.fromisoformat(atom),
        datetime.fromisoformat(items()[1]["date_published"]),
    ]
    assert [moment.astimezone(UTC) for moment in moments] == [NOON] * 3


def test_the_language_of_the_publication_is_said() -> None:
    Publication.objects.update(language="de")
    assert tree("/rss/")[0].findtext("language") == "de"
    assert tree("/atom.xml").get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    assert json.loads(client_of(None).get("/feed.json").content)["language"] == "de"
