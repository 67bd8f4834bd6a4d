"""The publication's own colour, logo, icon, links and accounts."""

import pytest
from django.utils import timezone

from masthead.content.models import Author, Tag
from masthead.content.uploading import keep_picture
from masthead.core.models import Publication
from masthead.site.accounts import accounts_of
from masthead.site.look import accent_css, contrast
from tests.cast import Cast, client_of, published
from tests.content.files import drawn
from tests.site.visiting import attribute, links, page


def test_contrast_is_as_the_guideline_counts_it() -> None:
    assert contrast("000000", "ffffff") == contrast("ffffff", "000000") == pytest.approx(21)
    assert contrast("767676", "ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(
    ("colour", "schemes"),
    [
        ("8a1c1c", {"light"}),
        ("f0988f", {"dark"}),
        ("ffffff", {"dark"}),
        ("000000", {"light"}),
        ("ffff00", {"dark"}),
        ("808080", set()),
    ],
)
def test_a_colour_counts_where_it_can_be_read(colour: str, schemes: set[str]) -> None:
    css = accent_css(colour)
    assert {scheme for scheme in ("light", "dark") if f"prefers-color-scheme: {scheme}" in css} == schemes
    assert css.count(f"--accent: #{colour};") == len(schemes)


def test_every_colour_has_writing_on_it_that_can_be_read() -> None:
    steps = ("00", "33", "66", "99", "cc", "ff")
    for colour in (r + g + b for r in steps for g in steps for b in steps):
        for line in accent_css(colour).splitlines():
            assert contrast(colour, line.partition("--on-accent: #")[2][:6]) >= 4.5


@pytest.mark.parametrize("colour", ["", "#12", "red", "#12345g", "#808080", "};x{a:b"])
def test_what_is_no_colour_changes_no_page(cast: Cast, colour: str) -> None:
    before = client_of(None).get("/").content
    Publication.objects.update(accent_colour=colour)
    assert client_of(None).get("/").content == before


def test_the_colour_is_a_file_of_its_own_so_that_the_policy_stays(cast: Cast) -> None:
    Publication.objects.update(accent_colour="#0A4B8C")
    answer = client_of(None).get("/")
    assert b"/media/accent/0a4b8c.css" in answer.content and b"<style" not in answer.content
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    style = client_of(None).get("/media/accent/0a4b8c.css")
    assert (style["Content-Type"], style["X-Content-Type-Options"]) == ("text/css; charset=utf-8", "nosniff")
    assert "--accent: #0a4b8c" in style.content.decode() and "immutable" in style["Cache-Control"]


def test_logo_and_icon_take_the_place_of_name_and_sign(cast: Cast) -> None:
    token = keep_picture(drawn(600, 200), "a.jpg", at=timezone.now()).token
    assert attribute(page("/"), 'link[rel="icon"]', "type") == ["image/svg+xml"]
    Publication.objects.update(logo=token, icon=token)
    published("A ship", "W.", cast=cast)
    for path in ("/", "/a-ship/", "/sign-in/"):
        tree = page(path)
        assert attribute(tree, "header.masthead .name img", "alt") == ["The Paper"]
        assert (
            attribute(tree, 'link[rel="icon"], link[rel="apple-touch-icon"]', "href")
            == [f"/media/{token}/480.jpeg"] * 2
        )
    assert f"/media/{token}/600.jpeg" in client_of(None).get("/a-ship/").content.decode()


def test_an_unknown_picture_leaves_the_name(cast: Cast) -> None:
    Publication.objects.update(logo="none", icon="none", cover="none")
    assert page("/").css(".masthead .name a")[0].text() == "The Paper"


def test_the_foot_of_the_page_leads_to_what_the_publication_has(cast: Cast) -> None:
    Publication.objects.update(
        navigation=[{"label": "Evil", "address": "javascript:alert(1)"}],
        second_navigation=[{"label": "Jobs", "address": "/jobs/"}, {"label": "Evil", "address": "javascript:alert(1)"}],
        accounts={"mastodon": "@paper@social.example", "facebook": "paper", "evil": "javascript:alert(1)"},
    )
    found = links(page("/"), ".footer a")
    assert {"/jobs/", "https://social.example/@paper", "https://www.facebook.com/paper"} <= set(found)
    assert not any("javascript" in link for link in found)


@pytest.mark.parametrize(
    ("network", "value", "address"),
    [
        ("twitter", "@paper", "https://x.com/paper"),
        ("threads", "paper", "https://www.threads.net/@paper"),
        ("bluesky", "paper.example", "https://bsky.app/profile/paper.example"),
        ("tiktok", "@paper", "https://www.tiktok.com/@paper"),
        ("youtube", "@paper", "https://www.youtube.com/@paper"),
        ("instagram", "paper", "https://www.instagram.com/paper"),
        ("linkedin", "company/paper", "https://www.linkedin.com/company/paper"),
        ("mastodon", "paper@social.example", "https://social.example/@paper"),
        ("mastodon", "social.example/@paper", "https://social.example/@paper"),
        ("facebook", "https://www.facebook.com/paper", "https://www.facebook.com/paper"),
        ("peertube", "https://video.example/@paper", "https://video.example/@paper"),
        ("peertube", "paper", ""),
        ("mastodon", "paper", ""),
        ("facebook", "", ""),
        ("facebook", "//evil.example", "https://www.facebook.com/evil.example"),
        ("x", "javascript:alert(1)", "https://x.com/javascript%3Aalert%281%29"),
        ("mastodon", "a@b.example/<x>", ""),
    ],
)
def test_an_account_leads_to_its_network(network: str, value: str, address: str) -> None:
    assert [account.address for account in accounts_of({network: value})] == ([address] if address else [])


def test_tags_and_authors_show_their_picture_and_places(cast: Cast) -> None:
    token = keep_picture(drawn(600, 400), "a.jpg", at=timezone.now()).token
    Tag.objects.update(picture=token)
    Author.objects.update(
        picture=token, extras={"website": "https://ines.example/", "location": "Lisbon", "accounts": {"x": "ines"}}
    )
    assert page("/tag/world/").css(".listhead img")
    tree = page("/author/ines-okafor/")
    assert tree.css(".portrait img") and "Lisbon" in tree.css(".listhead")[0].text()
    assert links(tree, ".listhead a") == ["https://ines.example/", "https://x.com/ines"]
