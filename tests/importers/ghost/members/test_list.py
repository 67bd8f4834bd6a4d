"""The list of members (CSV): whatever is in a cell, and whoever is here already."""

import pytest
from django.utils import timezone

from masthead.importers.models import Counterpart
from masthead.members.deleting import delete_member
from masthead.members.models import Label, Member
from masthead.members.roles import Role
from tests.importers.ghost.members.bringing import HEADER, Ghost, as_csv, member, row, says


def test_a_member_comes_with_every_field(ghost: Ghost) -> None:
    ghost.rows = [row(1, name="Inês", note="met at\nthe fair", labels="VIP,press", stripe_customer_id="cus_1")]
    run = ghost.bring()
    one = member(1)
    assert (one.name, one.note, one.role, one.is_active) == ("Inês", "met at\nthe fair", "", True)
    assert one.joined_at.isoformat() == "2024-01-01T08:00:00+00:00" and not one.has_usable_password()
    assert sorted(one.labels.values_list("name", flat=True)) == ["VIP", "press"]
    assert one.customers.get().provider_id == "cus_1"
    known = Counterpart.objects.get(kind="member")
    assert (known.foreign_id, known.object_id) == (row(1)["id"], one.pk)
    assert run.report.counts["members created"] == 1


@pytest.mark.parametrize("cell", ["=1+1", "+351 93", "-5", "@home", "\tx"])
def test_a_cell_that_was_made_safe_for_spreadsheets_is_as_it_was(ghost: Ghost, cell: str) -> None:
    """Check 90."""
    ghost.rows = [row(1, note=f"'{cell}"), row(2, note="'quoted'")]
    ghost.bring()
    assert member(1).note == cell.strip() and member(2).note == "'quoted'"


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + as_csv([row(1, name="É")]),
        as_csv([row(1, name="É")], header=[*reversed(HEADER), "favourite_ship"]),
        as_csv([row(1, name="É")]).replace(",", ";"),
        as_csv([row(1, name="É")]).replace("\r\n", "\n\n"),
        as_csv([row(1, name="É")]).upper().replace("READER1@READERS.EXAMPLE", " Reader1@Readers.example ").replace("TRUE", "true"),
    ],
    ids=["byte order mark", "other order", "semicolons", "blank lines", "capitals"],
)  # fmt: skip
def test_the_file_may_be_written_in_other_ways(ghost: Ghost, text: str) -> None:
    ghost.bring(text=text)
    assert member(1).name == "É"


def test_a_file_saved_by_a_spreadsheet_in_utf_16_is_read(ghost: Ghost) -> None:
    ghost.bring(text=as_csv([row(1, name="Łucja")]).encode("utf-16"))
    assert member(1).name == "Łucja"


def test_a_file_that_is_no_list_is_refused_and_says_so(ghost: Ghost) -> None:
    run = ghost.bring(text="title,url\nA ship,/a-ship/\n")
    assert run.report.counts == {**run.report.counts, "members failed": 1} and says(run, "no column “email”")


@pytest.mark.parametrize(
    "address",
    ["", "nobody", '"a@evil"@good.example', "-oQ/tmp@x.example", "a@b,c@d.example", "a b@x.example", "é@x.example", "a" * 250 + "@x.example"],
)  # fmt: skip
def test_an_address_that_is_none_is_left_out_and_the_others_come(ghost: Ghost, address: str) -> None:
    """Check 77."""
    ghost.rows = [row(1, email=address), row(2)]
    run = ghost.bring()
    assert list(Member.objects.all()) == [member(2)]
    assert run.report.counts["members left out"] == 1 and says(run, "members row 1", "no address")


def test_one_address_in_two_cases_is_one_member_and_the_first_row_stands(ghost: Ghost) -> None:
    ghost.rows = [row(1, name="First"), row(2, email="READER1@readers.EXAMPLE", name="Second", labels="VIP")]
    for _ in range(2):
        run = ghost.bring()
        assert Member.objects.get().name == "First" and not member(1).labels.exists()
    assert run.report.counts["members unchanged"] == 2
    assert set(Counterpart.objects.filter(kind="member").values_list("object_id", flat=True)) == {member(1).pk}


def test_names_that_hold_a_comma_are_found_where_they_are_known(ghost: Ghost) -> None:
    Label.objects.create(slug="red-blue", name="red, blue")
    ghost.rows = [row(1, labels="press,red, blue,green", tiers="Silver,Gold, the best", complimentary_plan="true")]
    ghost.bring()
    assert sorted(member(1).labels.values_list("name", flat=True)) == ["green", "press", "red, blue"]
    held = member(1).entitlements.order_by("tier__slug").values_list("tier__slug", flat=True)
    assert list(held) == ["gold", "silver"]


def test_staff_keep_what_they_are_called_and_their_role(ghost: Ghost) -> None:
    Member.objects.create_user("reader1@readers.example", name="The Owner", role=Role.OWNER)
    ghost.rows = [row(1, name="Somebody", note="x", labels="VIP")]
    ghost.bring()
    owner = member(1)
    assert (owner.name, owner.role, owner.note, owner.labels.count()) == ("The Owner", "owner", "", 0)


def test_who_was_deleted_here_stays_deleted(ghost: Ghost) -> None:
    ghost.rows = [row(1), row(2)]
    ghost.bring()
    delete_member(member(1), at=timezone.now())
    assert Counterpart.objects.filter(kind="member").count() == 1
    for more in ({}, {"name": "Back again"}, {"id": f"{99:024x}"}):
        ghost.rows = [row(1, **more), row(2)]
        run = ghost.bring()
        assert list(Member.objects.all()) == [member(2)]
        assert run.report.counts["members left alone"] == 1 and says(run, "row 1", "stays deleted")


def test_a_second_run_changes_only_what_changed_in_the_file_since(ghost: Ghost) -> None:
    ghost.rows = [row(1, labels="a,b"), row(2), row(3)]
    ghost.bring()
    one, two = member(1), member(2)
    Member.objects.filter(pk=one.pk).update(name="By the desk")
    one.labels.remove(Label.objects.get(name="a"))
    ghost.rows = [row(1, name="By Ghost", note="new", labels="a,b,c"), row(2, name="Changed"), row(3)]
    run = ghost.bring()
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.name, one.note, two.name) == ("By the desk", "new", "Changed")
    assert sorted(one.labels.values_list("name", flat=True)) == ["b", "c"]
    assert (run.report.counts["members updated"], run.report.counts["members unchanged"]) == (2, 1)


def test_a_changed_address_is_followed_unless_it_is_anothers(ghost: Ghost) -> None:
    ghost.rows = [row(1), row(2)]
    ghost.bring()
    one, two = member(1), member(2)
    ghost.rows = [row(1, email="new@readers.example"), row(2, email="new@readers.example")]
    run = ghost.bring()
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.email, two.email) == ("new@readers.example", "reader2@readers.example")
    assert says(run, "row 2", "another member")


def test_a_list_without_ids_and_then_with_them_makes_no_doubles(ghost: Ghost) -> None:
    ghost.bring(text=as_csv([row(1), row(2)], header=HEADER[1:]))
    ghost.rows = [row(1), row(2), row(3)]
    ghost.bring()
    assert Member.objects.count() == 3
    assert sorted(Counterpart.objects.filter(kind="member").values_list("foreign_id", flat=True)) == [
        row(number)["id"] for number in (1, 2, 3)
    ]


def test_a_row_that_cannot_come_in_stops_no_other(ghost: Ghost, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seeded fault: one name breaks while it is written."""
    from masthead.importers.ghost import member_list

    real = member_list._write_access

    def breaks(run: object, shared: object, entry: object) -> None:
        if entry.row.name == "Reader 4":  # type: ignore[attr-defined]
            raise RuntimeError
        real(run, shared, entry)  # type: ignore[arg-type]

    monkeypatch.setattr(member_list, "_write_access", breaks)
    ghost.rows = [row(number, labels=f"label {number}") for number in range(9)]
    run = ghost.bring()
    assert Member.objects.count() == 8 and not Member.objects.filter(name="Reader 4").exists()
    assert (run.report.counts["members created"], run.report.counts["members failed"]) == (8, 1)
    assert all(one.labels.count() == 1 for one in Member.objects.all())


def test_a_quotation_mark_that_is_never_closed_swallows_nothing_in_silence(ghost: Ghost) -> None:
    lines = as_csv([row(1), row(2), row(3)]).splitlines()
    lines[2] = lines[2].replace("Reader 2", '"Reader 2')
    run = ghost.bring(text="\r\n".join(lines) + "\r\n")
    assert member(1) and says(run, "members row 2") and run.report.counts["members left out"] == 1
    assert not Member.objects.filter(email=row(2)["email"]).exists()


def test_a_report_is_not_filled_with_one_kind_of_line(ghost: Ghost) -> None:
    ghost.rows = [row(number, email="nobody") for number in range(400)] + [row(1000)]
    run = ghost.bring()
    assert run.report.counts["members left out"] == 400 and len(run.report.problems) < 310 and member(1000)
