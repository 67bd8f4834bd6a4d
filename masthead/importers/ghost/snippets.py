"""Snippets of Ghost as ours."""

from masthead.content.models import Snippet
from masthead.importers.ghost.merging import bring_as
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.staging import Row
from masthead.importers.ghost.texts import Text, read_text

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
    name = (row.text("name") or f"Snippet {row.place}")[:191]
    for problem in text.problems:
        run.problem(row, problem)
    told = {"name": name, "document": text.document.json}
    _, word = bring_as(run, "snippet", row.id, told, known_as=Snippet.objects.filter(name=name), facts={})
    return word
