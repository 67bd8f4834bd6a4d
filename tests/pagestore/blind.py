"""`masthead` with a web worker that looks at the purge log only when the counter changed: a fault that a test must see."""

from pathlib import Path
from typing import Any

from masthead.cli import main
from masthead.commands import web
from masthead.commands.starting import start_publication


def start_blind(args: Any) -> Path:
    """Start Django, and take from the worker its look each second."""
    folder = start_publication(args)
    from masthead.pagestore.serving import Serving

    async def nothing(*_: Any) -> None:
        return None

    setattr(Serving, "poll", nothing)  # noqa: B010  (mypy would not have it otherwise)
    return folder


if __name__ == "__main__":
    setattr(web, "start_publication", start_blind)  # noqa: B010
    main()
