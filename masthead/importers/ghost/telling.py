"""Telling what happened to rows of which there may be a million."""

from masthead.importers.ghost.run import Run

MOST_LINES = 300  # of one kind in a report; the rest is only counted


def tell(run: Run, word: str, where: str, what: str) -> None:
    """Count something by `word`, and say where and what as long as the report is not full of it."""
    run.report.count(word)
    if run.report.counts[word] <= MOST_LINES:
        run.problem(where, what)
