"""The demo's people: signed in by their key or the strip, and by nothing else."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone

from masthead.access.models import Tier
from masthead.billing.models import Price
from masthead.core.models import Publication
from masthead.members.models import Member
from masthead.ops.demo.keys import persona_key
from masthead.ops.demo.personas import PERSONAS, make_members, make_tiers
from masthead.ops.demo.running import PERSONAS as ANNOUNCED

KEYS = [persona.key for persona in PERSONAS]


@pytest.fixture(autouse=True)
def _demo(db: None) -> Iterator[None]:
    """A demo with its people."""
    Publication.objects.create(pk=1, name="The Demo")
    make_tiers()
    make_members(at=timezone.now())
    with override_settings(MODE="demo"):
        yield


def link(name: str, key: str | None = None, **more: str) -> str:
    given = "&".join(f"{k}={v}" for k, v in ({"key": persona_key(settings.SECRET_KEY, name) if key is None else key} | more).items())  # fmt: skip
    return f"/demo/as/{name}/?{given}"


def who(browser: Client) -> str:
    """Return the key of the persona that is signed in; anyone for nobody."""
    member = Member.objects.filter(pk=browser.session.get("_auth_user_id") or 0).first()
    return member.email.partition("@")[0] if member else "anyone"


def test_the_people_that_are_announced_are_there() -> None:
    assert list(ANNOUNCED) == KEYS
    assert len({persona_key("secret", name) for name in [*KEYS, "anyone"]}) == len(KEYS) + 1


@pytest.mark.parametrize("name", [*KEYS, "anyone"])
def test_a_link_with_its_key_signs_that_persona_in(name: str) -> None:
    browser = Client()
    browser.get(link("gold"))
    answer = browser.get(link(name, next="/tag/world/"))
    assert (answer.status_code, answer["Location"], who(browser)) == (302, "/tag/world/", name)


@pytest.mark.parametrize("key", ["", "x", "0" * 32, "é", "%00", "owner", "+"])
def test_a_wrong_key_is_not_found_and_signs_nobody_in_or_out(key: str) -> None:
    browser = Client(raise_request_exception=False)
    browser.get(link("free"))
    assert browser.get(link("owner", key)).status_code == 404
    assert who(browser) == "free"


def test_a_key_opens_its_own_persona_only() -> None:
    browser = Client()
    for name in KEYS:
        for other in {*KEYS, "anyone", "nobody"} - {name}:
            assert browser.get(link(other, persona_key(settings.SECRET_KEY, name))).status_code == 404
    assert who(browser) == "anyone"
    assert browser.get("/demo/as/owner/").status_code == 404


def test_the_strip_signs_in_from_our_own_pages_only() -> None:
    browser = Client(enforce_csrf_checks=True)
    for origin in ({}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        assert browser.post("/demo/as/owner/", {"next": "/"}, headers=origin).status_code == 404
        assert who(browser) == "anyone"
    answer = browser.post("/demo/as/owner/", {"next": "/archive/"}, headers={"Origin": settings.ADDRESS})
    assert (answer["Location"], who(browser)) == ("/archive/", "owner")


@pytest.mark.parametrize("next", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x"])
def test_a_link_leads_nowhere_else(next: str) -> None:
    """Check 40."""
    assert Client().get(link("free", next=next))["Location"] == "/"


@pytest.mark.parametrize("mode", ["live", "dev", "", "Demo"])
def test_outside_the_demo_there_is_no_such_door(mode: str) -> None:
    with override_settings(MODE=mode):
        browser = Client()
        for name in [*KEYS, "anyone"]:
            assert browser.get(link(name)).status_code == 404
            assert browser.post(f"/demo/as/{name}/").status_code == 404
        assert who(browser) == "anyone"
        assert 'class="strip"' not in browser.get("/").content.decode()
    assert 'class="strip"' in Client().get("/").content.decode()


def test_what_marks_who_one_is_in_the_strip_comes_apart() -> None:
    """The page is the same for many; static/site/me.js marks the button."""
    browser = Client()
    browser.get(link("lapsed"))
    body = browser.get("/").content.decode()
    assert (
        'data-persona="lapsed"' in body
        and "aria-current" not in body.partition('class="strip"')[2].partition("</aside>")[0]
    )
    assert browser.get("/account/me.json").json()["persona"] == "lapsed"


def test_making_the_people_again_makes_nobody_twice() -> None:
    before = (Member.objects.count(), Tier.objects.count(), Price.objects.count())
    make_tiers()
    make_members(at=timezone.now())
    assert (Member.objects.count(), Tier.objects.count(), Price.objects.count()) == before == (6, 2, 4)
