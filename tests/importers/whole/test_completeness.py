"""No table and no column is forgotten: what is not carried stands on a list, with the reason."""

from django.apps import apps
from django.db import models

from masthead.core.carrying import Table, carried_tables, plain
from masthead.core.carrying.table import left_out_tables, unnamed_fields
from masthead.members.models import Label, Member
from tests.shape.sources import ROOT

# Not ours, or not of the publication: framework tables, and the demo's outbox.
FOREIGN = {
    "auth.Permission", "auth.Group", "contenttypes.ContentType", "sessions.Session", "django_tasks_database.DBTaskResult", "ops.OutboxMail",
}  # fmt: skip


def test_every_column_of_every_carried_table_is_carried_or_left_out_with_a_reason() -> None:
    assert {table.name: sorted(unnamed_fields(table)) for table in carried_tables() if unnamed_fields(table)} == {}
    assert all(len(why) > 10 for table in carried_tables() for why in table.left_out.values())


def test_every_table_is_carried_or_left_out_with_a_reason() -> None:
    known = {table.model._meta.label for table in carried_tables()}
    assert known & set(left_out_tables()) == set()
    assert {model._meta.label for model in apps.get_models()} == known | set(left_out_tables()) | FOREIGN


def test_a_forgotten_column_is_found() -> None:
    assert unnamed_fields(Table("labels", Label, plain("slug"))) == {"name"}
    assert "note" in unnamed_fields(Table("members", Member, plain("email")))


def test_what_names_rows_is_unique() -> None:
    for table in carried_tables():
        if table.key:
            field = table.model._meta.get_field(table.key)
            assert isinstance(field, models.Field) and field.unique, table.name


def test_no_secret_of_the_sign_in_is_carried() -> None:
    fields = {name for table in carried_tables() for column in table.columns for name in column.fields}
    assert fields & {"password", "session_key", "credential", "credential_id"} == set()


def test_every_table_is_documented_with_its_columns() -> None:
    text = (ROOT / "docs" / "reference" / "export-format.md").read_text(encoding="utf-8")
    for table in carried_tables():
        row = next((line for line in text.splitlines() if line.startswith(f"| `{table.name}.jsonl` |")), "")
        missing = [column.name for column in table.columns if f"`{column.name}`" not in row]
        assert missing == [], (table.name, missing)
    told = [line.split("`")[1] for line in text.splitlines() if line.startswith("| `") and ".jsonl`" in line]
    assert told == [f"{table.name}.jsonl" for table in carried_tables()]
