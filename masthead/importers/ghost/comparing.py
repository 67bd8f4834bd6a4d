"""What came in, beside what was there."""

from masthead.importers.ghost.run import Run


def compare(run: Run) -> None:
    """Compare what Ghost had with what is here, and report the differences."""
