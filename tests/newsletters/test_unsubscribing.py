"""Unsubscribe links in mail that a former system sent (checks 71, 72)."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from masthead.members.models import Member
from masthead.newsletters.choosing import choose
from masthead.newsletters.models import Choice, Newsletter
from masthead.newsletters.models.choice import By
from masthead.newsletters.old_links import FORMER_UUID, remember_links
from tests.cast import Cast, client_of

UUID, OTHER = "aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa", "bbbbbbbb-1111-4111-8111-bbbbbbbbbbbb"
KEY = "5a8f" * 16
LINK = f"/unsubscribe/?uuid={UUID}&key={KEY}"


@pytest.fixture
def reader(cast: Cast) -> Member:
    """Somebody who takes two newsletters, and whose old link is known."""
    for name, uuid in (("Daily", "n1"), ("Weekly", "n2"), ("Insiders", "n3")):
        newsletter = Newsletter.objects.create(slug=name.lower(), name=name, design={FORMER_UUID: uuid})
        choose(cast.free, newsletter, takes=name != "Insiders", by=By.IMPORT, at=timezone.now())
    remember_links({UUID: (cast.free.pk, KEY), OTHER: (cast.gold.pk, "")})
    return cast.free


def taken(member: Member) -> list[str]:
    rows = Choice.objects.filter(member=member, takes=True).order_by("newsletter__name")
    return list(rows.values_list("newsletter__name", flat=True))


def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def test_looking_at_the_page_changes_nothing_and_sets_no_cookie(reader: Member) -> None:
    for act in (strict().get, strict().head):
        answer = act(f"{LINK}&newsletter=n1")
        assert answer.status_code == 200 and not answer.cookies
        assert "no-store" in answer["Cache-Control"] and answer["X-Robots-Tag"] == "noindex"
    page = strict().get(LINK).content.decode()
    assert "Daily" in page and "Weekly" in page and "Insiders" not in page
    assert taken(reader) == ["Daily", "Weekly"]


def test_one_click_of_a_mail_program_leaves_the_newsletter_of_the_mail(reader: Member) -> None:
    """Check 71: a POST without a cookie, and again."""
    for _ in range(2):
        answer = strict().post(f"{LINK}&newsletter=n1", {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert taken(reader) == ["Weekly"]


@pytest.mark.parametrize("named", ["", "&newsletter=unknown"])
def test_one_click_without_a_newsletter_leaves_all(reader: Member, named: str) -> None:
    strict().post(LINK + named, {"List-Unsubscribe": "One-Click"})
    assert taken(reader) == []
    assert not Choice.objects.filter(member=reader, by=By.IMPORT, takes=True).exists()


def test_the_buttons_leave_one_or_all_and_say_so(reader: Member) -> None:
    weekly = Newsletter.objects.get(slug="weekly")
    page = strict().post(LINK, {"newsletter": weekly.public_id}).content.decode()
    assert taken(reader) == ["Daily"] and "Weekly" in page and "Done" in page
    page = strict().post(LINK, {"newsletter": "all"}).content.decode()
    assert taken(reader) == [] and "no more newsletters" in page
    assert Choice.objects.get(member=reader, newsletter=weekly).by == By.MEMBER


@pytest.mark.parametrize(
    "link",
    [
        f"/unsubscribe/?uuid={UUID}", f"/unsubscribe/?uuid={UUID}&key=wrong", f"/unsubscribe/?uuid={UUID}&key={KEY[:-1]}",
        f"/unsubscribe/?uuid={OTHER}&key=", f"/unsubscribe/?uuid={OTHER}&key={KEY}", f"/unsubscribe/?key={KEY}",
        "/unsubscribe/?uuid=cccccccc-1111-4111-8111-cccccccccccc&key=wrong", "/unsubscribe/", "/unsubscribe/?uuid=%00&key=%ff",
    ],
)  # fmt: skip
def test_without_the_right_key_nothing_tells_whether_the_link_is_known(reader: Member, link: str) -> None:
    unknown = strict().get("/unsubscribe/?uuid=dddddddd-1111-4111-8111-dddddddddddd&key=wrong")
    answer = strict().get(link)
    assert (answer.status_code, answer.content) == (unknown.status_code, unknown.content)
    assert "/account/" in answer.content.decode() and "Daily" not in answer.content.decode()
    for body in ({"List-Unsubscribe": "One-Click"}, {"newsletter": "all"}):
        assert strict().post(link, body).status_code == 403
    assert taken(reader) == ["Daily", "Weekly"]


def test_nothing_on_the_page_tells_who_it_is(reader: Member) -> None:
    Member.objects.filter(pk=reader.pk).update(name="Zoë Quillfeather", note="a secret")
    reader.refresh_from_db()
    for answer in (strict().get(LINK), strict().post(LINK, {"newsletter": "all"})):
        page = answer.content.decode()
        for secret in (reader.email, "Quillfeather", reader.public_id, "a secret", KEY):
            assert secret not in page, secret


def test_a_link_is_that_of_its_member_whoever_is_signed_in(reader: Member, cast: Cast) -> None:
    choose(cast.gold, Newsletter.objects.get(slug="daily"), takes=True, by=By.MEMBER, at=timezone.now())
    client_of(cast.gold).post(LINK, {"newsletter": "all"})
    assert taken(reader) == [] and taken(cast.gold) == ["Daily"]


def test_the_key_itself_stands_in_no_table(reader: Member) -> None:
    from masthead.newsletters.models import OldLink

    assert KEY not in str(list(OldLink.objects.values()))


def test_a_run_without_the_key_does_not_forget_it_and_no_link_changes_hands(reader: Member, cast: Cast) -> None:
    assert remember_links({UUID: (reader.pk, "")}) == 0 and remember_links({UUID: (cast.gold.pk, "stolen")}) == 0
    assert strict().post(LINK, {"newsletter": "all"}).status_code == 200 and taken(reader) == []


def test_links_go_with_their_member(reader: Member, settings: Any) -> None:
    from masthead.members.deleting import delete_member

    delete_member(reader, at=timezone.now())
    assert "cannot tell" in strict().get(LINK).content.decode()


@pytest.mark.parametrize("named", ["\0", "x" * 5000, "é", "' OR 1=1"])
def test_odd_names_are_no_fault_of_the_page(reader: Member, named: str) -> None:
    assert strict().get("/unsubscribe/", {"uuid": named, "key": named, "newsletter": named}).status_code == 200
    assert strict().get("/unsubscribe/", {"uuid": UUID, "key": KEY, "newsletter": named}).status_code == 200
    assert strict().post(LINK, {"newsletter": named}).status_code == 200
    assert taken(reader) == ["Daily", "Weekly"]
