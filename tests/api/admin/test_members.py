"""Members, as the tools of a paper keep them: never the staff, never against a member's own choice."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from masthead.access.entitlements import entitle
from masthead.access.models import Entitlement
from masthead.access.models.entitlement import Why
from masthead.core.models import Event
from masthead.members.models import Label, Member, Tombstone
from masthead.newsletters.choosing import choose
from masthead.newsletters.models import Choice, Newsletter
from masthead.newsletters.models.choice import By
from masthead.newsletters.models.suppression import Reason
from masthead.newsletters.suppressing import suppress
from tests.api.admin.asking import Tool
from tests.cast import STAFF, Cast


@pytest.fixture
def letters(db: None) -> dict[str, Newsletter]:
    """A daily that newcomers take, a weekly that they do not, and one that is over."""
    made = [("daily", True, None), ("weekly", False, None), ("old", True, timezone.now())]
    return {
        slug: Newsletter.objects.create(slug=slug, name=slug, is_taken_on_signing_up=at_first, archived_at=over)
        for slug, at_first, over in made
    }


def taken(email: str) -> list[str]:
    rows = Choice.objects.filter(member__email=email, takes=True)
    return sorted(rows.values_list("newsletter__slug", flat=True))


def test_a_member_is_added_changed_and_deleted(tool: Tool, cast: Cast, mailoutbox: list[Any]) -> None:
    begun = Event.objects.count()
    made = tool.add(
        "members", email=" Ada@Readers.example ", name="Ada", note="Met in Brakk", labels=["VIP", {"name": "vip"}]
    )
    assert (made["email"], made["name"], made["note"], made["status"]) == (
        "ada@readers.example", "Ada", "Met in Brakk", "free")  # fmt: skip
    assert [label["slug"] for label in made["labels"]] == ["vip"] and made["id"] == tool.one(f"members/{made['id']}/")[
        "id"
    ]
    edited = tool.edit(made, "members", name="Ada L.", labels=[{"slug": "vip"}, "Ships"], email="ADA@readers.example")
    assert edited["name"] == "Ada L." and edited["note"] == "Met in Brakk"
    assert [label["name"] for label in edited["labels"]] == ["Ships", "VIP"]
    assert tool.edit(edited, "members", labels=[])["labels"] == []
    tool.delete(made, "members")
    tool.error("GET", f"members/{made['id']}/", status=404)
    kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))[begun:]
    assert kinds == [
        "member.added", "member.changed", "member.changed", "member.signed_out_everywhere", "member.deleted"]  # fmt: skip
    assert all(event.facts["key"] for event in Event.objects.order_by("pk")[begun:])
    assert Tombstone.objects.count() == 1 and mailoutbox == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "email"), ({"email": "no address"}, "email"), ({"email": "a@b@c.example"}, "email"), ({"email": 5}, "email"),
        ({"email": "free@readers.example"}, "email"), ({"email": "OWNER@paper.example"}, "email"),
        ({"email": "x@y.example", "name": "n" * 121}, "name"), ({"email": "x@y.example", "labels": [{}]}, "labels"),
        ({"email": "x@y.example", "labels": [{"id": "0" * 24}]}, "labels"), ({"email": "x@y.example", "tiers": ["none"]}, "tiers"),
        ({"email": "x@y.example", "tiers": [{"slug": "gold", "expiry_at": "2020-01-01T00:00:00Z"}]}, "tiers"),
        ({"email": "x@y.example", "newsletters": [{"id": "0" * 24}]}, "newsletters"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_by_its_field(tool: Tool, fields: Any, field: str) -> None:
    before = Member.objects.count()
    error = tool.error("POST", "members/", {"members": [fields]}, status=422)
    assert error["property"] == field and error["context"]
    assert (Member.objects.count(), Label.objects.count(), Choice.objects.count()) == (before, 0, 0)


def test_nobody_on_the_staff_is_told_changed_or_deleted(tool: Tool, cast: Cast) -> None:
    from masthead.core.shown_ids import shown_id

    told = tool.ask("GET", "members/", limit=100)["members"]
    assert {row["email"] for row in told} == {m.email for m in cast.members.values() if not m.role}
    assert tool.ask("GET", "members/", search="paper.example")["members"] == []
    for role in STAFF:
        member = cast.members[role.value]
        path = f"members/{shown_id('member', member.public_id)}/"
        for method in ("GET", "PUT", "DELETE"):
            tool.error(method, path, {"members": [{"name": "Changed"}]}, status=404)
        member.refresh_from_db()
        assert (member.role, member.name) == (role, role.value)
    tool.error("POST", "members/", {"members": [{"email": cast.owner.email, "role": "owner"}]}, status=422)
    made = tool.add("members", email="new@readers.example", role="owner", is_staff=True, is_active=False)
    member = Member.objects.get(email="new@readers.example")
    assert (member.role, member.is_active, "role" in made) == ("", True, False)


def test_an_address_is_the_members_own_to_change(tool: Tool, cast: Cast) -> None:
    row = tool.one("members/", filter="email:free@readers.example")
    body = {"members": [{"email": "thief@elsewhere.example"}]}
    assert tool.error("PUT", f"members/{row['id']}/", body, status=422)["property"] == "email"
    cast.free.refresh_from_db()
    assert cast.free.email == "free@readers.example"


def test_a_tier_is_given_for_a_while_moved_and_taken_back(tool: Tool, cast: Cast) -> None:
    until = timezone.now().replace(microsecond=0) + timedelta(days=30)
    made = tool.add("members", email="a@b.example", tiers=[{"slug": "gold", "expiry_at": until.isoformat()}])
    assert (made["status"], [tier["slug"] for tier in made["tiers"]]) == ("comped", ["gold"])
    held = Entitlement.objects.get(member__email="a@b.example")
    assert (held.ends_at, held.why) == (until, Why.COMPLIMENTARY)
    assert tool.edit(made, "members", tiers=made["tiers"])["tiers"] == made["tiers"]
    assert tool.edit(made, "members", name="A")["tiers"] == made["tiers"]  # tiers unsaid are tiers unchanged
    longer = tool.edit(made, "members", tiers=[{"id": made["tiers"][0]["id"], "expiry_at": None}])
    assert longer["tiers"][0]["expiry_at"] is None and Entitlement.objects.filter(member=held.member).count() == 1
    assert tool.edit(made, "members", tiers=[{"slug": "free"}])["status"] == "free"
    assert not Entitlement.objects.current(timezone.now()).filter(member=held.member).exists()


def test_what_is_paid_for_is_neither_ended_nor_doubled(tool: Tool, cast: Cast) -> None:
    now, paid = timezone.now(), cast.tiers["paid"]
    ends = now + timedelta(days=9)
    entitle(cast.free, paid, source="subscription:1", why=Why.SUBSCRIPTION, starts_at=now, ends_at=ends, at=now)
    row = tool.one("members/", filter="email:free@readers.example")
    assert (row["status"], row["comped"]) == ("paid", False)
    for tiers in (row["tiers"], [{"slug": "paid"}], []):
        assert tool.edit(row, "members", tiers=tiers)["tiers"] == row["tiers"], tiers
    assert list(Entitlement.objects.filter(member=cast.free).values_list("source", "ends_at")) == [
        ("subscription:1", ends)
    ]


def test_a_newcomer_takes_what_is_named_or_what_newcomers_take(tool: Tool, letters: dict[str, Newsletter]) -> None:
    tool.add("members", email="a@b.example")
    made = tool.add("members", email="b@b.example", newsletters=[{"slug": "weekly"}])
    tool.add("members", email="c@b.example", newsletters=[])
    tool.add("members", email="d@b.example", subscribed=False)
    assert [taken(f"{name}@b.example") for name in "abcd"] == [["daily"], ["weekly"], [], []]
    assert [row["slug"] for row in made["newsletters"]] == ["weekly"] and made["subscribed"] is True
    assert set(Choice.objects.values_list("by", flat=True)) == {By.SIGNING_UP, By.STAFF}
    edited = tool.edit(made, "members", newsletters=[{"id": row["id"]} for row in tool.ask("GET", "newsletters/")["newsletters"]
                                                     if row["slug"] == "daily"])  # fmt: skip
    assert taken("b@b.example") == ["daily"] and [row["slug"] for row in edited["newsletters"]] == ["daily"]
    assert tool.edit(made, "members", subscribed=False)["subscribed"] is False and taken("b@b.example") == []


def test_no_program_undoes_what_a_member_chose(tool: Tool, cast: Cast, letters: dict[str, Newsletter]) -> None:
    at = timezone.now()
    choose(cast.free, letters["daily"], takes=False, by=By.MEMBER, at=at)
    choose(cast.free, letters["weekly"], takes=False, by=By.STAFF, at=at)
    row = tool.one("members/", filter="email:free@readers.example")
    body = {"members": [{"newsletters": [{"slug": "daily"}, {"slug": "weekly"}]}]}
    answer = tool.answer("PUT", f"members/{row['id']}/", body)
    assert answer.status_code == 200 and "daily was not taken: they left it" in answer["Masthead-Warnings"]
    assert taken(cast.free.email) == ["weekly"]


def test_an_address_that_must_not_be_mailed_takes_nothing(
    tool: Tool, letters: dict[str, Newsletter], cast: Cast
) -> None:
    for email in ("gone@readers.example", cast.free.email):
        suppress(email, Reason.COMPLAINT, source="test:1", at=timezone.now())
    made = tool.add("members", email="gone@readers.example", newsletters=[{"slug": "daily"}])
    assert (
        made["email_suppression"] == {"suppressed": True, "info": {"reason": "complaint"}} and made["newsletters"] == []
    )
    row = tool.one("members/", filter="email:free@readers.example")
    assert (
        tool.edit(row, "members", newsletters=[{"slug": "weekly"}], email_suppression={"suppressed": False})[
            "subscribed"
        ]
        is False
    )
    assert not Choice.objects.filter(takes=True).exists()


def test_members_are_filtered_searched_and_turned(tool: Tool, cast: Cast, letters: dict[str, Newsletter]) -> None:
    tool.add("members", email="ada@b.example", name="Ada", labels=["VIP"], note="x")
    asked = {
        "label:vip": ["ada@b.example"], "status:comped": [f"{n}@readers.example" for n in ("banned", "gifted", "gold", "paid")],
        "status:free+label:-vip": ["free@readers.example", "lapsed@readers.example"], "email:'ada@b.example'": ["ada@b.example"],
        "subscribed:true": ["ada@b.example"], "name:~'da'": ["ada@b.example"], "created_at:<now-1d": [], "label:null+name:Gold":
        ["gold@readers.example"],
    }  # fmt: skip
    for text, emails in asked.items():
        found = tool.ask("GET", "members/", filter=text, order="email asc")["members"]
        assert [row["email"] for row in found] == emails, text
    assert [row["email"] for row in tool.ask("GET", "members/", search="ADA")["members"]] == ["ada@b.example"]
    page = tool.ask("GET", "members/", order="email asc", limit=2, page=2)
    assert [row["name"] for row in page["members"]] == ["Free", "Gifted"]
    assert page["meta"]["pagination"]["total"] == 7
    for wrong in ("password:x", "role:owner", "sign_in_requests:x"):
        tool.error("GET", "members/", status=400, filter=wrong)


def test_a_list_of_members_takes_as_many_queries_for_many_as_for_few(
    tool: Tool, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(14):
        tool.ask("GET", "members/")


def test_what_there_is_to_join_and_who_writes_is_told(tool: Tool, cast: Cast, letters: dict[str, Newsletter]) -> None:
    assert tool.slugs("tiers/") == ["free", "paid", "gold"] and tool.slugs("tiers/", filter="type:free") == ["free"]
    found = tool.ask("GET", "newsletters/", filter="status:active")["newsletters"]
    assert [row["slug"] for row in found] == ["daily", "weekly"]
    assert tool.ask("GET", "offers/")["offers"] == [] and tool.slugs("users/") == ["ines-okafor"]
    assert tool.one("users/slug/ines-okafor/")["name"] == "Inês Okafor"
    tool.error("GET", "users/me/", status=404)
