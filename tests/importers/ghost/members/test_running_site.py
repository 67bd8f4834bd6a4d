"""The second pass, through the running Ghost."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from masthead.access.models import Entitlement
from masthead.importers.models import Counterpart
from masthead.members.models import Member
from masthead.newsletters.choosing import choose
from masthead.newsletters.models import Newsletter, OldLink, Suppression
from masthead.newsletters.models.choice import By
from tests.importers.ghost.members.bringing import (
    DAILY,
    GOLD,
    INSIDERS,
    NOW,
    SILVER,
    WEEKLY,
    Ghost,
    member,
    row,
    says,
    takes,
)
from tests.importers.ghost.members.remote import complimentary, reader, site_of
from tests.stand_ins.ghost import failing

LATER = NOW + timedelta(days=2)


def test_what_each_takes_is_exact_and_a_guess_of_the_list_is_put_right(ghost: Ghost, settings: Any) -> None:
    ghost.rows = [row(1), row(2, subscribed_to_emails="false")]
    run = ghost.bring()
    assert takes(member(1)) == {"Daily": True} and takes(member(2)) == {
        "Daily": False,
        "Weekly": False,
        "Insiders": False,
    }
    assert says(run, "takes any newsletter")
    with site_of(ghost, settings, reader(1, WEEKLY), reader(2)):
        run = ghost.bring()
    assert takes(member(1)) == {"Daily": False, "Weekly": True, "Insiders": False}
    assert not says(run, "takes any newsletter")


def test_a_choice_that_was_made_here_stands(ghost: Ghost, settings: Any) -> None:
    ghost.rows = [row(1)]
    ghost.bring()
    choose(member(1), Newsletter.objects.get(name="Daily"), takes=False, by=By.MEMBER, at=NOW)
    with site_of(ghost, settings, reader(1, DAILY, WEEKLY)):
        ghost.bring()
    assert takes(member(1)) == {"Daily": False, "Weekly": True, "Insiders": False}
    ghost.rows = [row(1, name="Changed")]
    ghost.bring()
    assert takes(member(1)) == {"Daily": False, "Weekly": True, "Insiders": False}


def test_a_complimentary_plan_gets_its_end_and_a_gift_is_one(ghost: Ghost, settings: Any) -> None:
    ghost.rows = [row(1, complimentary_plan="true", tiers="Gold, the best"), row(2, gift_id="g1", tiers="Silver")]
    ghost.bring()
    assert Entitlement.objects.get(member=member(1)).ends_at is None
    gift = Entitlement.objects.get(member=member(2))
    assert (gift.why, gift.ends_at) == ("gift", NOW + timedelta(days=366))
    until = "2026-09-01T00:00:00.000Z"
    comped = reader(1, status="comped", tiers=[complimentary(until=until)])
    gifted = reader(2, status="gift", tiers=[complimentary(SILVER, until=until)])
    with site_of(ghost, settings, comped, gifted):
        ghost.bring()
        assert {one.ends_at for one in Entitlement.objects.all()} == {datetime(2026, 9, 1, tzinfo=UTC)}
        assert sorted(Entitlement.objects.values_list("why", flat=True)) == ["complimentary", "gift"]
    with site_of(ghost, settings, reader(1), gifted):
        ghost.bring(at=LATER)
    assert not Entitlement.objects.current(LATER).filter(member=member(1)).exists()


def test_an_end_that_the_desk_moved_is_not_moved_back(ghost: Ghost, settings: Any) -> None:
    comped = reader(1, tiers=[complimentary(until="2026-09-01T00:00:00.000Z")])
    with site_of(ghost, settings, comped):
        ghost.bring()
    Entitlement.objects.update(ends_at=NOW)
    with site_of(ghost, settings, comped | {"note": "changed"}):
        ghost.bring(at=LATER)
    assert Entitlement.objects.get().ends_at == NOW and member(1).note == "changed"


def test_old_links_and_suppressed_addresses_come(ghost: Ghost, settings: Any) -> None:
    info = {"reason": "spam", "timestamp": "2025-05-05T05:05:05.000Z"}
    with site_of(ghost, settings, reader(1, email_suppression={"suppressed": True, "info": info}), reader(2)):
        ghost.bring()
    with site_of(ghost, settings, reader(1, name="Changed"), reader(2)):
        ghost.bring()
    only = Suppression.objects.get()
    assert (only.email, only.reason, only.at.year) == ("reader1@readers.example", "complaint", 2025)
    link = OldLink.objects.get(member=member(1))
    assert link.uuid == reader(1)["uuid"] and len(link.key_hash) == 64 and "key-of" not in link.key_hash


def test_who_joined_since_comes_and_who_was_deleted_here_does_not(ghost: Ghost, settings: Any) -> None:
    from masthead.members.deleting import delete_member

    ghost.rows = [row(1)]
    ghost.bring()
    delete_member(member(1), at=NOW)
    with site_of(ghost, settings, reader(1, DAILY), reader(2, DAILY, labels=[{"name": "VIP, gold"}])):
        run = ghost.bring(text="id,email\n")
    assert list(Member.objects.all()) == [member(2)]
    assert member(2).labels.get().name == "VIP, gold"
    assert says(run, "stays deleted")


def test_a_key_that_is_refused_is_reported_and_the_list_is_in(ghost: Ghost, settings: Any) -> None:
    ghost.rows = [row(1)]
    with site_of(ghost, settings, reader(1)) as site:
        ghost.key = ghost.key[:-4] + "0000"
        run = ghost.bring()
        assert not any("members" in asked for asked in site.asked)
    assert run.report.counts["remote failed"] == 1 and says(run, "The key was refused") and member(1)


def test_a_member_without_an_address_stops_no_other(ghost: Ghost, settings: Any) -> None:
    members = [reader(number, DAILY) for number in range(1, 4)]
    with site_of(ghost, settings, *members, {"id": 5, "email": None}, {}):
        run = ghost.bring(text="id,email\n")
    assert Member.objects.count() == 3 and run.report.counts["remote members left out"] == 2


def test_a_pass_that_was_stopped_goes_on_at_its_page(ghost: Ghost, settings: Any) -> None:
    from masthead.importers.ghost import member_writing, remote_members

    members = [reader(number, DAILY) for number in range(1, 251)]
    with site_of(ghost, settings, *members) as site, pytest.MonkeyPatch.context() as patch:
        real, calls = member_writing.bring_batch, list[object]()

        def killed(*args: object, **kwargs: object) -> None:
            calls.append(args)
            if len(calls) == 2:
                raise KeyboardInterrupt
            real(*args, **kwargs)  # type: ignore[arg-type]

        patch.setattr(remote_members, "bring_batch", killed)
        with pytest.raises(KeyboardInterrupt):
            ghost.bring(text="id,email\n")
        assert Member.objects.count() == 100
        before = len(site.asked)
        ghost.bring(text="id,email\n")
        pages = [one.partition("page=")[2] for one in site.asked[before:] if "/members/" in one]
    assert pages == ["2", "3"] and Member.objects.count() == 250
    assert not Counterpart.objects.filter(kind="reached").exists()


def test_staff_there_are_named_and_get_no_role_here(ghost: Ghost, settings: Any) -> None:
    staff = [{"id": "1", "name": "Inês", "email": "ines@paper.example", "roles": [{"name": "Owner"}]}]
    with site_of(ghost, settings, reader(1, email="ines@paper.example"), users=staff):
        run = ghost.bring(text="id,email\n")
    assert Member.objects.get().role == "" and says(run, "Inês", "Owner", "no role")


def test_comments_are_kept_with_their_writer_and_go_with_them(ghost: Ghost, settings: Any) -> None:
    from masthead.members.deleting import delete_member
    from masthead.members.own_data import own_data

    ghost.tables["posts"] = [{"id": "p1", "title": "A ship"}, {"id": "p2", "title": "Another"}]
    comments = [
        {
            "id": "c1",
            "post_id": "p1",
            "member": {"id": reader(1)["id"]},
            "html": "<p>First!</p>",
            "status": "published",
        },
        {"id": "c2", "post_id": "p1", "parent_id": "c1", "member": {"id": reader(2)["id"]}, "html": "<p>Well</p>"},
        {"id": "c3", "post_id": "p2", "member": None, "html": "<p>Gone</p>"},
    ]
    with site_of(ghost, settings, reader(1), reader(2), comments=comments):
        ghost.bring()
        run = ghost.bring()
    assert run.report.counts["comments unchanged"] == 2
    kept = {one.foreign_id: one for one in Counterpart.objects.filter(kind="comment")}
    assert set(kept) == {"c1", "c2"} and kept["c2"].facts["parent_id"] == "c1"
    assert "First!" in str(own_data(member(1)))
    delete_member(member(1), at=NOW)
    assert set(Counterpart.objects.filter(kind="comment").values_list("foreign_id", flat=True)) == {"c2"}


def test_a_server_that_is_down_for_a_moment_is_asked_again(
    ghost: Ghost, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    with site_of(ghost, settings, reader(1, DAILY)) as site:
        site.failures.append(failing("503 Service Unavailable"))
        ghost.bring(text="id,email\n")
    assert takes(member(1))["Daily"]


def test_newsletters_and_tiers_made_since_the_export_come_too(ghost: Ghost, settings: Any) -> None:
    newsletters, ghost.tables["newsletters"] = ghost.tables["newsletters"], ghost.tables["newsletters"][:1]
    tier, ghost.tables["products"] = ghost.tables["products"][2], ghost.tables["products"][:2]
    comped = reader(1, INSIDERS, tiers=[complimentary(GOLD)])
    with site_of(ghost, settings, comped, newsletters=newsletters, tiers=[tier | {"benefits": ["All of it"]}]):
        ghost.bring(text="id,email\n")
    assert takes(member(1))["Insiders"]
    held = Entitlement.objects.get().tier
    assert (held.slug, held.benefits, held.prices.get().units) == ("gold", ["All of it"], 1500)
