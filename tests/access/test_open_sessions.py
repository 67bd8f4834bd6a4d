"""A change of access holds at the next request of a session that is open already (check 20)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from masthead.access.entitlements import end_entitlement, entitle
from masthead.access.models.entitlement import Why
from masthead.access.reader import Reader
from masthead.content.models import Post
from masthead.members.deleting import delete_member
from masthead.members.models import Member
from masthead.members.roles import Role
from masthead.members.standing import ban, change_role
from tests.cast import Cast, client_of, published

GATED = "Gatedwords below the cut."


@pytest.fixture
def post(cast: Cast) -> Post:
    return published("A report", f"Opening.\n\n<!--more-->\n\n{GATED}", cast=cast, visibility="paid")


def reads(browser: Client, post: Post) -> bool:
    """Whether the words are on the page, and in what search shows of it."""
    page = browser.get(post.path)
    assert page.status_code == 200
    return GATED in page.content.decode()


def test_an_entitlement_that_begins_opens_the_post_at_the_next_request(cast: Cast, post: Post) -> None:
    browser = client_of(cast.free)
    assert not reads(browser, post)
    now = timezone.now()
    entitle(cast.free, cast.tiers["gold"], source="gift:1", why=Why.GIFT, starts_at=now, ends_at=None, at=now)
    assert reads(browser, post)


def test_an_entitlement_that_ends_closes_it(cast: Cast, post: Post) -> None:
    browser = client_of(cast.paid)
    assert reads(browser, post)
    end_entitlement("test:paid", at=timezone.now())
    assert not reads(browser, post)


def test_an_entitlement_that_runs_out_closes_it_without_anybody_acting(
    cast: Cast, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = client_of(cast.gifted)
    assert reads(browser, post)
    later = timezone.now() + timedelta(days=6)
    monkeypatch.setattr("masthead.site.middleware.timezone.now", lambda: later)
    assert not reads(browser, post)
    assert "Account" in browser.get(post.path).content.decode()


def test_another_tier_opens_what_it_names_and_closes_the_other(cast: Cast) -> None:
    gold = published(
        "For gold", f"O.\n\n<!--more-->\n\n{GATED}", cast=cast, visibility="tiers", tier_ids=[cast.tiers["gold"].pk]
    )
    browser = client_of(cast.paid)
    now = timezone.now()
    held = {"source": "test:paid", "why": Why.COMPLIMENTARY, "starts_at": now, "ends_at": None, "at": now}
    assert not reads(browser, gold)
    entitle(cast.paid, cast.tiers["gold"], **held)  # type: ignore[arg-type]
    assert reads(browser, gold)
    entitle(cast.paid, cast.tiers["paid"], **held)  # type: ignore[arg-type]
    assert not reads(browser, gold)


def test_a_ban_makes_the_open_session_anyones(cast: Cast, post: Post) -> None:
    browser = client_of(cast.gold)
    assert reads(browser, post)
    ban(cast.gold, by=cast.owner, at=timezone.now())
    assert not reads(browser, post)
    assert browser.get("/account/").status_code == 302


def test_a_deleted_member_is_anyone_at_the_next_request(cast: Cast, post: Post) -> None:
    browser = client_of(cast.gold)
    assert reads(browser, post)
    delete_member(Member.objects.get(pk=cast.gold.pk), at=timezone.now())
    assert not reads(browser, post)
    assert browser.get("/account/").status_code == 302


def test_a_role_that_is_taken_away_closes_the_desk_and_the_post(cast: Cast, post: Post) -> None:
    browser = client_of(cast.editor)
    assert reads(browser, post) and browser.get("/desk/").status_code == 200
    change_role(cast.editor, Role.NONE, by=cast.owner, at=timezone.now())
    assert not reads(browser, post)
    assert browser.get("/desk/").status_code in (302, 404)


def test_a_session_keeps_no_copy_of_what_it_may_read(cast: Cast, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault that would turn this file red: a Reader that is worked out once and remembered."""
    remembered = Reader.of(cast.paid, at=timezone.now())
    browser = client_of(cast.paid)
    end_entitlement("test:paid", at=timezone.now())
    assert not reads(browser, post)
    monkeypatch.setattr("masthead.site.middleware.Reader.of", lambda *_, **__: remembered)
    assert reads(browser, post)
