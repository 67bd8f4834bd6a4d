"""What RSS, Atom and JSON Feed have in common: what is in them, for whom, and in what order."""

import json
import re
from datetime import timedelta
from typing import Any

import feedparser
import pytest
from django.utils import timezone

from masthead.content.uploading import keep_picture
from masthead.site.doors.feeds import NEWEST
from tests.cast import Cast, client_of, published
from tests.content.files import drawn
from tests.content.writing import put_out, rewrite, written
from tests.site.visiting import FEEDS, GATED, a_ship

SITE = "https://paper.example"


def entries(path: str, member: Any = None) -> list[dict[str, Any]]:
    """Return the entries of any kind of feed as feedparser, or the JSON, tells them."""
    answer = client_of(member).get(path)
    assert answer.status_code == 200
    if path.endswith(".json"):
        return list(json.loads(answer.content)["items"])
    read = feedparser.parse(answer.content)
    assert not read.bozo, read.get("bozo_exception")
    return list(read.entries)


def titles(path: str) -> list[str]:
    return [entry["title"] for entry in entries(path)]


def content(entry: dict[str, Any]) -> str:
    return str(entry["content_html"] if "content_html" in entry else entry["content"][0]["value"])


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_without_a_post_is_a_feed(cast: Cast, path: str) -> None:
    assert entries(path) == []


@pytest.mark.parametrize("path", FEEDS)
def test_the_newest_come_first_and_the_oldest_are_left_out(cast: Cast, path: str) -> None:
    now = timezone.now()
    for n in range(NEWEST + 2):
        published(f"Post {n:02}", "W.", cast=cast, at=now - timedelta(hours=40 - n))
    assert titles(path) == [f"Post {n:02}" for n in reversed(range(2, NEWEST + 2))]


@pytest.mark.parametrize("path", FEEDS)
def test_only_what_is_out_and_belongs_here_is_in_it(cast: Cast, path: str) -> None:
    published("Mine", "W.", cast=cast)
    put_out(written("A page", kind="page", tag_ids=[cast.section.pk], author_ids=[cast.writer.pk]))
    written("A draft", tag_ids=[cast.section.pk], author_ids=[cast.writer.pk])
    published("To come", "W.", cast=cast, at=timezone.now() + timedelta(hours=1))
    published("Elsewhere", "W.", cast=cast, tag_ids=[], author_ids=[])
    assert ("Elsewhere" in titles(path)) is (path.count("/") == 1 or path == "/rss/")
    assert set(titles(path)) <= {"Mine", "Elsewhere"} and "Mine" in titles(path)


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("reader", ["anyone", "gold", "editor"])
def test_the_text_is_cut_for_anyone_whoever_asks(cast: Cast, path: str, reader: str) -> None:
    """Check 7: these addresses are kept by everybody's caches."""
    a_ship(cast)
    (entry,) = entries(path, cast.members.get(reader))
    assert "Openingwords stand above." in content(entry) and GATED not in str(entry)
    assert f'<a href="{SITE}/a-ship/">Read on at the source</a>' in content(entry)
    assert client_of(cast.members.get(reader)).get(path).content == client_of(None).get(path).content


@pytest.mark.parametrize("path", FEEDS)
def test_a_public_post_is_in_it_whole(cast: Cast, path: str) -> None:
    a_ship(cast, "public")
    (entry,) = entries(path)
    assert GATED in content(entry) and "Read on at the source" not in content(entry)


@pytest.mark.parametrize("path", FEEDS)
def test_an_entry_keeps_its_id_when_everything_else_changes(cast: Cast, path: str) -> None:
    post = a_ship(cast, "public")
    before = entries(path)[0]["id"]
    rewrite(post, "Other words.", title="Other", slug="other", visibility="paid")
    put_out(post)
    entry = entries(path)[0]
    assert (entry["id"], entry["title"]) == (before, "Other")
    assert entry.get("url", entry.get("link")) == f"{SITE}/other/"


@pytest.mark.parametrize("path", FEEDS)
def test_every_address_in_it_is_absolute_and_ours(cast: Cast, path: str) -> None:
    media = keep_picture(drawn(1200, 800), "a.jpg", at=timezone.now())
    text = f"[Over there](/tag/world/) and [up](#top) and [out](https://elsewhere.example/).\n\n![Crew](media:{media.token})"
    published("A ship", text, cast=cast)
    html = content(entries(path)[0])
    found = re.findall(r'(?:href|src)="([^"]*)"', html) + re.findall(r"(\S+) \d+w", html.replace('"', " "))
    assert len(found) >= 4 and f"{SITE}/tag/world/" in found
    assert [link for link in found if not link.startswith(("https://", "#"))] == []


@pytest.mark.parametrize("path", FEEDS)
def test_letters_that_xml_forbids_do_not_break_it(cast: Cast, path: str) -> None:
    post = published("A & <b>ship</b> ]]> “x”", "Words & <more>.", cast=cast, slug="ship", standfirst="1 < 2 & 3")
    post.title = "Bell\x07 and \ufffe & <b>ship</b>"
    post.standfirst = "Stand\x00first"
    post.save(update_fields=["title"] if path else [])
    assert "ship" in titles(path)[0] and "Bell" in titles(path)[0]


@pytest.mark.parametrize("path", FEEDS)
def test_it_says_what_it_is_of_and_where_it_stands(cast: Cast, path: str) -> None:
    a_ship(cast)
    answer = client_of(None).get(path)
    kind = {
        "/": "application/rss+xml; charset=utf-8",
        "l": "application/atom+xml; charset=utf-8",
        "n": "application/feed+json",
    }
    assert answer["Content-Type"] == kind[path[-1]]
    home = SITE + path.removesuffix("rss/").removesuffix("atom.xml").removesuffix("feed.json")
    named = {"tag": "World – The Paper", "author": "Inês Okafor – The Paper"}.get(path.split("/")[1], "The Paper")
    if path.endswith(".json"):
        told = json.loads(answer.content)
        assert (told["title"], told["home_page_url"], told["feed_url"]) == (named, home, SITE + path)
    else:
        feed = feedparser.parse(answer.content).feed
        selves = [link["href"] for link in feed["links"] if link["rel"] == "self"]
        assert (feed["title"], feed["link"], selves) == (named, home, [SITE + path])


@pytest.mark.parametrize("path", ["/tag/nothing/rss/", "/author/nobody/atom.xml", "/tag/nothing/feed.json", "/rss/2/"])
def test_there_is_no_feed_of_nothing(cast: Cast, path: str) -> None:
    assert client_of(None).get(path).status_code == 404
