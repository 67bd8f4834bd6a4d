"""Snippets of Ghost as ours."""

from masthead.content.models import Snippet
from masthead.importers.ghost import SOURCE
from masthead.importers.ghost.counterparts import key_of
from masthead.importers.ghost.merging import bring_as
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.staging import Row
from masthead.importers.ghost.texts import Text, read_text
from masthead.importers.models import Counterpart

READ = "snippets"


def bring_snippets(run: Run) -> None:
    """Bring in every snippet."""
    run.facts[READ] = {}
    run.each("snippets", run.staged.rows("snippets"), run.staged.count("snippets"), _bring, before=_read)
    del run.facts[READ]


def _read(run: Run, row: Row) -> None:
    run.facts[READ][row.id] = read_text(run, row)


def _bring(run: Run, row: Row) -> str:
    text: Text = run.facts[READ].pop(row.id)
    name = _name(row)
    for problem in text.problems:
        run.problem(row, problem)
    told = {"name": name, "document": text.document.json}
    known_as = Snippet.objects.filter(name=name)
    _, word = bring_as(run, "snippet", row.id, told, known_as=known_as, facts={})
    return word


def _name(row: Row) -> str:
    """Return its name; with its place behind it where another row of Ghost became the snippet of that name."""
    name = (row.text("name") or f"Snippet {row.place}")[:170]
    taken = Snippet.objects.filter(name=name).values_list("pk", flat=True).first()
    others = Counterpart.objects.filter(source=SOURCE, kind="snippet", object_id=taken).exclude(
        foreign_id=key_of(row.id)
    )
    return f"{name} ({row.place})" if taken and others.exists() else name
