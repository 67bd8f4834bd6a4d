"""The commands, one a file with `add_arguments(parser)` and `run(args) -> int`; this is their list."""

from typing import Final

COMMANDS: Final[dict[str, str]] = {
    "demo": "run a demo publication with posts, members, checkout and mail, ready to click through",
    "new": "make a publication in a folder: settings, secrets, database, owner, one test mail",
    "serve": "run a publication: the web server and the worker, as one process tree",
    "web": "run the web server alone",
    "worker": "run the worker alone: mail, schedules, and all that follows from what happened",
    "dev": "run a publication for developers, which restarts when code changes",
    "migrate": "bring the database and the static files up to date",
    "settings": "print each setting with its value and where the value comes from",
    "staff": "list who has a desk, give a role, or remove lost passkeys",
    "import": "bring a publication in from elsewhere",
    "export": "take the whole publication out: every row as JSON Lines, every file, or what Ghost imports",
    "manage": "pass a command on to Django's own management commands (for developers)",
}


class Refused(Exception):
    """A command cannot do what was asked; the message says, in one line, what is wrong and what to do."""
