"""The language of the publication: texts, dates, direction."""

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils.translation import trans_real

from masthead.core.models import Publication
from tests.cast import NOON, Cast, client_of, published
from tests.site.visiting import attribute, page, texts


def catalogue(words: dict[str, str]) -> bytes:
    """Write the words as gettext's machine object (GNU gettext manual, 10.3)."""
    pairs = sorted({"": "Content-Type: text/plain; charset=UTF-8\n", **words}.items())
    ids, translations = ([text.encode() for text in column] for column in zip(*pairs, strict=True))
    begin = 28 + 16 * len(pairs)
    tables, data = [], b""
    for column in (ids, translations):
        for text in column:
            tables.append(struct.pack("<II", len(text), begin + len(data)))
            data += text + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 28 + 16 * len(pairs))
    return head + b"".join(tables) + data


@pytest.fixture
def _german(tmp_path: Path) -> Iterator[None]:
    """Give the site a German catalogue of some words."""
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    words = {"Search": "Suche", "Sign in": "Anmelden", "This post is for paying subscribers only": "Nur im Abonnement"}
    (folder / "django.mo").write_bytes(catalogue(words))
    with override_settings(LOCALE_PATHS=[str(tmp_path), *settings.LOCALE_PATHS]):
        vars(trans_real)["_translations"] = {}
        yield
    vars(trans_real)["_translations"] = {}


@pytest.mark.parametrize(
    ("language", "date"),
    [
        ("en", "1 March 2026"),
        ("de", "1 März 2026"),
        ("pt", "1 Março 2026"),
        ("fr", "1 mars 2026"),
        ("ar", "1 مارس 2026"),
    ],
)
def test_dates_are_written_in_the_language_of_the_publication(cast: Cast, language: str, date: str) -> None:
    post = published("A ship", "W.", cast=cast, at=NOON)
    Publication.objects.update(language=language)
    tree = page(post.path)
    assert texts(tree, ".byline time")[0].startswith(date)
    assert attribute(tree, ".byline time", "datetime")[0].startswith("2026-03-01T12:00:00")
    assert attribute(tree, "html", "lang") == [language]


@pytest.mark.usefixtures("_german")
def test_texts_are_those_of_the_language_of_the_publication(cast: Cast) -> None:
    post = published("A ship", "O.\n\n<!--more-->\n\nB.", cast=cast, visibility="paid")
    assert "Sign in" in texts(page(post.path), "nav.account a")
    Publication.objects.update(language="de")
    tree = page(post.path)
    assert texts(tree, "nav.account a")[:2] == ["Suche", "Anmelden"]
    assert texts(tree, ".wall h2") == ["Nur im Abonnement"]
    assert texts(page("/search/"), "h1") == ["Suche"]


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("he", "rtl"), ("fa", "rtl"), ("xx", "ltr")]
)
def test_the_page_runs_in_the_direction_of_its_language(cast: Cast, language: str, direction: str) -> None:
    Publication.objects.update(language=language)
    tree = page("/")
    assert (attribute(tree, "html", "lang"), attribute(tree, "html", "dir")) == ([language], [direction])


def test_what_the_visitor_asks_for_changes_nothing(cast: Cast) -> None:
    """The pages are kept by caches that do not look at it."""
    plain = client_of(None).get("/").content
    for asked in ("de", "ar", "fr;q=1"):
        assert client_of(None).get("/", headers={"Accept-Language": asked}).content == plain


@pytest.mark.parametrize(
    ("zone", "shown"),
    [("Europe/Lisbon", "12:00"), ("Asia/Tokyo", "21:00"), ("America/St_Johns", "08:30"), ("Mars/Base", "12:00")],
)
def test_times_are_those_of_the_publications_clock(cast: Cast, zone: str, shown: str) -> None:
    post = published("A ship", "W.", cast=cast, at=NOON)
    Publication.objects.update(time_zone=zone)
    assert texts(page(post.path), ".byline time")[0].endswith(shown)
