from django.db import migrations

TABLES = [
    """CREATE VIRTUAL TABLE search_open USING fts5(
        title, words, revision UNINDEXED, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3')""",
    """CREATE VIRTUAL TABLE search_sealed USING fts5(
        words, revision UNINDEXED, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3')""",
]


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in TABLES:
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE search_open")
        schema_editor.execute("DROP TABLE search_sealed")


class Migration(migrations.Migration):
    dependencies = [("content", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
