"""Users of Ghost as our authors."""

from masthead.importers.ghost.run import Run


def bring_authors(run: Run) -> None:
    """Bring in the staff of Ghost as authors; nobody gets a login or a role by it (CHECKS.md 89)."""
