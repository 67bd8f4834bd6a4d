"""Hostile texts in feeds, sitemaps and mail: well-formed, whole, and without anything that acts (checks 76, 78, 83)."""

import json
from collections.abc import Sequence
from xml.etree.ElementTree import ParseError

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.template import base as template_base
from django.test import Client
from django.utils.xmlutils import UnserializableContentError

from masthead.access.reader import ANYONE
from masthead.content.document.escaping import speakable
from masthead.content.document.nodes import text as text_node
from masthead.content.reading import read_one
from masthead.core.models import Publication
from masthead.members.models import SignInRequest
from masthead.ops.worker import work_off
from masthead.site.doors import feeds, sitemaps
from tests.cast import Cast, client_of
from tests.hostile.looking import dangers, folded, skeleton, words_of, xml_texts
from tests.hostile.paper import BATCHES, feed_paths, paper_of, publish_all
from tests.hostile.payloads import MARK, PAYLOADS, PLAIN, UNSPEAKABLE

ADDRESS = "https://paper.example"
XML_KINDS = frozenset(
    """rss channel title link description language lastBuildDate item creator pubDate category guid encoded feed subtitle id
    updated rights published author name entry summary content urlset url loc lastmod sitemapindex sitemap news publication
    publication_date""".split()
)


def faults(client: Client, path: str) -> list[str]:
    """Say what in a feed or sitemap is not well-formed, not ours, or acts."""
    try:
        texts = list(xml_texts(client.get(path).content))
    except (ParseError, UnserializableContentError) as error:
        return [f"{path}: {error}"]
    found = [f"{path}: <{tag}>" for tag, _ in texts if tag not in XML_KINDS]
    html = [text for tag, text in texts if tag in ("encoded", "content")]
    found += [f"{path}: {danger}" for text in html for danger in dangers(text)]
    return found + [
        f"{path}: {text}"
        for tag, text in texts
        if tag in ("loc", "link") and not f"{text}/".startswith(ADDRESS + "/") and text
    ]


def all_faults(cast: Cast, texts: Sequence[str]) -> list[str]:
    with paper_of(cast, texts):
        return [fault for path in feed_paths() for fault in faults(client_of(None), path)]


@pytest.mark.parametrize("texts", BATCHES, ids=range(len(BATCHES)))
def test_feeds_and_sitemaps_are_well_formed_and_hold_only_our_elements(texts: list[str], cast: Cast) -> None:
    assert all_faults(cast, texts) == []


@pytest.mark.parametrize("texts", BATCHES, ids=range(len(BATCHES)))
def test_feeds_hold_every_title_name_and_tag_as_it_was_written(texts: list[str], cast: Cast) -> None:
    with paper_of(cast, texts):
        for path, kinds in (
            ("/rss/", ("title", "description", "creator", "category")),
            ("/atom.xml", ("title", "summary", "name")),
        ):
            told = [(tag, folded(text)) for tag, text in xml_texts(client_of(None).get(path).content)]
            for text in texts:
                assert [kind for kind in kinds if (kind, folded(speakable(text))) not in told] == [], (path, text)
        items = json.loads(client_of(None).get("/feed.json").content)["items"]
    assert [item["title"] for item in items] == [item["summary"] for item in items] == texts
    assert [item["tags"][0] for item in items] == [item["authors"][0]["name"] for item in items] == texts
    assert [danger for item in items for danger in dangers(item["content_html"])] == []
    assert all(item["content_html"].count(MARK) >= 12 for item in items)


def test_signs_that_xml_cannot_hold_are_replaced_and_the_rest_is_there(cast: Cast) -> None:
    texts = [text.replace("\ud800", "\ufffd").replace("\udfff", "\ufffd") for text in UNSPEAKABLE]
    assert all_faults(cast, texts) == []
    with paper_of(cast, texts):
        rss = client_of(None).get("/rss/").content.decode()
        assert rss.count("after") >= 12 and "\ufffd" in rss
        assert client_of(None).get("/n0/").status_code == 200


def test_a_feed_a_sitemap_and_a_text_that_are_written_raw_are_found(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "speakable", lambda text: text)
    assert any("/rss/" in fault for fault in all_faults(cast, [f"{MARK}\x0b"] * 2))
    monkeypatch.undo()
    monkeypatch.setattr(sitemaps, "_text", lambda text: text)
    assert any("/sitemap-news.xml" in fault for fault in all_faults(cast, PAYLOADS[:2]))
    monkeypatch.undo()
    monkeypatch.setattr(text_node, "escape", lambda text: text)
    assert any("/rss/: script" in fault for fault in all_faults(cast, PAYLOADS[:2]))


@pytest.mark.parametrize("texts", BATCHES, ids=range(len(BATCHES)))
def test_the_mail_of_a_post_holds_the_words_and_nothing_that_acts(texts: list[str], cast: Cast) -> None:
    for post, text in zip(publish_all(texts), texts, strict=True):
        html = read_one(post, ANYONE).mail_for(ADDRESS)
        assert dangers(html) == [], text
        assert folded(speakable(text)) in words_of(f"<body>{html}", "body")


HEADERS = [f"{MARK}\r\nBcc: evil@evil.example", f"{MARK}\nSubject: x\n\nbody", f"{MARK}\u2028Bcc: e@evil.example"]


def code_mail(name: str) -> tuple[EmailMultiAlternatives, str]:
    """Ask for a code from a paper of this name and return (its mail, the HTML part)."""
    Publication.objects.filter(pk=1).update(name=name[:120])
    SignInRequest.objects.all().delete()  # as if an hour had passed: the limit is not what is asked here
    mail.outbox.clear()
    client_of(None).post("/sign-in/", {"email": "free@readers.example"})
    work_off()
    (message,) = mail.outbox
    assert isinstance(message, EmailMultiAlternatives)
    return message, str(message.alternatives[0][0])


def test_the_mail_with_a_code_carries_a_hostile_name_as_words(cast: Cast) -> None:
    plain = skeleton(code_mail(PLAIN)[1])
    for name in PAYLOADS + HEADERS:
        message, html = code_mail(name)
        raw = message.message()
        assert (message.to, raw.get_all("To"), raw["Bcc"]) == (["free@readers.example"], ["free@readers.example"], None)
        assert len(raw.get_all("Subject") or []) == 1 and not set(message.subject) & set("\r\n"), name
        assert skeleton(html) == plain, name
        for part in (html, words_of(html, "body"), str(message.body)):
            assert MARK in part
        assert folded(name[:120]) in folded(str(message.body))


def test_a_mail_that_is_written_raw_is_found(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = skeleton(code_mail(PLAIN)[1])
    monkeypatch.setattr(template_base, "conditional_escape", str)
    assert skeleton(code_mail(PAYLOADS[0])[1]) != plain
