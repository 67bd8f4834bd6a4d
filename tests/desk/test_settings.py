"""The publication's settings at the desk: what is changed, what is refused, what follows at once."""

from typing import Any

import pytest

from masthead.core.models import Event, Publication
from tests.cast import Cast, client_of, published
from tests.content.tables import changed_tables, content_tables
from tests.content.writing import seen
from tests.desk.hands import opened

PATH = "/desk/settings/"


def change(cast: Cast, **fields: Any) -> Any:
    browser = client_of(cast.administrator)
    return browser.post(PATH, opened(browser, PATH) | fields)


def test_what_is_set_shows_on_the_site_at_once(cast: Cast) -> None:
    assert change(cast, name="The Gazette", tagline="Daily", navigation="About us | /about/", sections="City\nWorld").status_code == 302  # fmt: skip
    body = seen("/")
    assert "The Gazette" in body and "Daily" in body and '<a href="/about/">About us</a>' in body
    assert body.index("/tag/city/") < body.index("/tag/world/")
    assert "The Gazette" in seen("/rss/")


def test_the_form_sent_back_as_it_is_changes_no_setting(cast: Cast) -> None:
    before = Publication.objects.values().get()
    assert change(cast).status_code == 302
    assert Publication.objects.values().get() == before
    assert not Event.objects.filter(kind="publication.changed").exists()


WRONG: list[dict[str, str]] = [
    {"name": ""},
    {"time_zone": "Europe/Atlantis"},
    {"language": "xx"},
    {"default_visibility": "vip"},
    {"uncut_paragraphs": "-1"},
    {"uncut_paragraphs": "99"},
    {"contact": "nobody"},
    {"contact": "a@b.example\nBcc: c@d.example"},
    {"navigation": "About us"},
    {"navigation": "Click | javascript:alert(1)"},
    {"navigation": "Click | data:text/html,x"},
]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_changes_nothing_and_keeps_what_was_typed(cast: Cast, wrong: dict[str, str]) -> None:
    client_of(cast.administrator).get(PATH)
    before = content_tables()
    answer = change(cast, **({"tagline": "Typed tagline", "sections": "Typed section"} | wrong))
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "Typed tagline" in body and "Typed section" in body and "Nothing was saved yet" in body
    assert changed_tables(before, content_tables()) == set()


def test_a_change_for_uncut_posts_holds_for_what_is_out(cast: Cast) -> None:
    post = published("A ship", "First par.\n\nSecond par.", cast=cast, visibility="paid", standfirst="S.")
    assert "First par." not in seen(post.path)
    assert change(cast, uncut_paragraphs="1").status_code == 302
    assert "First par." in seen(post.path) and "Second par." not in seen(post.path)
    assert Event.objects.filter(kind="publication.changed").get().actor_id == cast.administrator.pk


def test_a_failure_between_sections_and_settings_leaves_both_as_they_were(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One button, one act."""

    def broken(*_: Any, **__: Any) -> None:
        raise OSError("the disk is full")

    browser = client_of(cast.administrator)
    browser.raise_request_exception = False
    form = opened(browser, PATH) | {"name": "The Gazette", "sections": "City"}
    before = content_tables()
    with monkeypatch.context() as failing:
        failing.setattr("masthead.desk.views.settings.change_publication", broken)
        assert browser.post(PATH, form).status_code == 500
    assert changed_tables(before, content_tables()) == set()
    assert browser.post(PATH, form).status_code == 302
    assert {"Tag", "Publication", "Event"} <= changed_tables(before, content_tables())
