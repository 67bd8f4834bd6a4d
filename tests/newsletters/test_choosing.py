"""Newsletters on the account page, and in one's own data."""

import pytest
from django.test import Client
from django.utils import timezone

from masthead.core.models import Event
from masthead.members.models import Member
from masthead.members.own_data import own_data
from masthead.newsletters.choosing import bring_choices, choose
from masthead.newsletters.models import Choice, Newsletter, Suppression
from masthead.newsletters.models.choice import By
from masthead.newsletters.models.suppression import Reason
from masthead.newsletters.suppressing import suppress
from tests.cast import Cast, client_of


@pytest.fixture(autouse=True)
def newsletters(cast: Cast) -> dict[str, Newsletter]:
    made = {"Daily": "members", "Insiders": "paid", "Nobody's": "closed"}
    names = {
        name: Newsletter.objects.create(slug=name.lower().strip("'s"), name=name, visibility=visibility)
        for name, visibility in made.items()
    }
    return names | {"Old": Newsletter.objects.create(slug="old", name="Old", archived_at=timezone.now())}


def shown(member: Member) -> str:
    return client_of(member).get("/account/").content.decode()


def test_everyone_is_offered_what_they_may_take(cast: Cast) -> None:
    assert "Daily" in shown(cast.free) and "Insiders" not in shown(cast.free)
    assert "Daily" in shown(cast.paid) and "Insiders" in shown(cast.paid)
    for member in (cast.free, cast.paid, cast.owner):
        assert "Old" not in shown(member) and "Nobody" not in shown(member)


def test_ticking_and_unticking_is_kept_with_who_did_it(cast: Cast, newsletters: dict[str, Newsletter]) -> None:
    client = client_of(cast.paid)
    ids = {name: row.public_id for name, row in newsletters.items()}
    assert client.post("/account/newsletters/", {"takes": [ids["Daily"], ids["Insiders"]]}).status_code == 302
    assert shown(cast.paid).count(" checked") == 2
    client.post("/account/newsletters/", {"takes": [ids["Insiders"]]})
    rows = Choice.objects.filter(member=cast.paid)
    assert {(row.newsletter.name, row.takes, row.by) for row in rows} == {
        ("Daily", False, "member"),
        ("Insiders", True, "member"),
    }
    kinds = list(Event.objects.filter(kind__startswith="newsletter.").order_by("pk").values_list("kind", flat=True))
    assert kinds == ["newsletter.taken", "newsletter.taken", "newsletter.left"]


@pytest.mark.parametrize("name", ["Insiders", "Old", "Nobody's"])
def test_what_is_not_offered_cannot_be_taken(cast: Cast, newsletters: dict[str, Newsletter], name: str) -> None:
    client_of(cast.free).post("/account/newsletters/", {"takes": [newsletters[name].public_id, "none"]})
    assert not Choice.objects.filter(member=cast.free, takes=True).exists()


def test_what_one_may_take_no_more_can_still_be_left(cast: Cast, newsletters: dict[str, Newsletter]) -> None:
    choose(cast.lapsed, newsletters["Insiders"], takes=True, by=By.IMPORT, at=timezone.now())
    assert "Insiders" in shown(cast.lapsed)
    client_of(cast.lapsed).post("/account/newsletters/", {})
    assert not Choice.objects.get(member=cast.lapsed, newsletter=newsletters["Insiders"]).takes
    assert "Insiders" not in shown(cast.lapsed)


def test_an_import_undoes_no_choice_of_a_member_or_of_staff(cast: Cast, newsletters: dict[str, Newsletter]) -> None:
    daily, insiders, at = newsletters["Daily"], newsletters["Insiders"], timezone.now()
    choose(cast.free, daily, takes=False, by=By.MEMBER, at=at)
    choose(cast.gold, daily, takes=False, by=By.STAFF, at=at)
    wanted = [(cast.free.pk, daily.pk, True), (cast.gold.pk, daily.pk, True), (cast.gold.pk, insiders.pk, True)]
    assert bring_choices(wanted, at=at) == 1
    assert list(Choice.objects.filter(takes=True).values_list("newsletter__name", flat=True)) == ["Insiders"]
    assert (
        bring_choices([(cast.gold.pk, insiders.pk, False)], at=at) == 1
        and bring_choices([(cast.gold.pk, insiders.pk, False)], at=at) == 0
    )


def test_who_is_not_mailed_is_told_and_stays_so_after_a_deletion(cast: Cast) -> None:
    from masthead.members.deleting import delete_member

    assert suppress("Free@Readers.example", Reason.BOUNCE, source="test", at=timezone.now())
    assert not suppress("free@readers.example", Reason.STAFF, source="test", at=timezone.now())
    assert "came back" in shown(cast.free) and "came back" not in shown(cast.paid)
    delete_member(cast.free, at=timezone.now())
    assert Suppression.objects.get().reason == Reason.BOUNCE


def test_ones_own_data_tell_it_all(cast: Cast, newsletters: dict[str, Newsletter]) -> None:
    choose(cast.free, newsletters["Daily"], takes=True, by=By.MEMBER, at=timezone.now())
    Member.objects.filter(pk=cast.free.pk).update(note="likes ships")
    told = own_data(Member.objects.get(pk=cast.free.pk))
    assert told["newsletters"]["choices"][0]["newsletter"] == "Daily" and told["note of staff"] == "likes ships"


def test_the_form_wants_its_token_and_a_member(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.free)
    assert client.post("/account/newsletters/", {}).status_code == 403
    assert Client().post("/account/newsletters/", {}).status_code == 302
