"""What only the running site knows: who takes which newsletter, subscriptions, comments."""

from masthead.importers.ghost.run import Run


def bring_remote(run: Run) -> None:
    """Ask the running site for what its files do not hold, where its address and a key were given."""
