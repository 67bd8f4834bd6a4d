from django.db import migrations

TABLES = {
    "sqlite": [
        """CREATE VIRTUAL TABLE search_open USING fts5(
            title, words, revision UNINDEXED, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3')""",
        """CREATE VIRTUAL TABLE search_sealed USING fts5(
            words, revision UNINDEXED, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3')""",
    ],
    "postgresql": [
        "CREATE TABLE search_open (rowid bigint PRIMARY KEY, title tsvector, words tsvector, revision integer)",
        "CREATE TABLE search_sealed (rowid bigint PRIMARY KEY, words tsvector, revision integer)",
        "CREATE INDEX search_open_title ON search_open USING gin (title)",
        "CREATE INDEX search_open_words ON search_open USING gin (words)",
        "CREATE INDEX search_sealed_words ON search_sealed USING gin (words)",
    ],
}


def make(apps, schema_editor):
    for statement in TABLES[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_open")
    schema_editor.execute("DROP TABLE search_sealed")


class Migration(migrations.Migration):
    dependencies = [("content", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
