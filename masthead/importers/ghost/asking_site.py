"""Asking the running site whether the addresses that we gave are those that it has."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from masthead.core.fetching import FetchError, fetch
from masthead.importers.ghost.run import Run

MOST_ASKED: Final = 200  # addresses; a wrong routes.yaml shows in the first few
MOST_FAILURES: Final = 5  # in a row, until the site is let alone
STAGE: Final = "asking the site"


def ask_site(run: Run, paths: Sequence[str]) -> tuple[int, list[tuple[str, str]]]:
    """Ask the site that the export is of for some of these paths; return how many were asked, and those it does not have.

    Only a rehearsal with --site asks. They are spread over all of the paths; a site that does not answer is let alone.
    """
    if not (run.options.rehearse and run.home) or not paths:
        return 0, []
    some = paths[:: -(-len(paths) // MOST_ASKED)]
    asked, failures, wrong = 0, 0, []
    for path in some:
        try:
            found = fetch(run.home + quote(path, safe="/%~"), method="HEAD")
        except FetchError as error:
            failures += 1
            if failures == MOST_FAILURES:
                run.problem("the running site", f"does not answer, so its addresses were not compared: {error}")
                break
            continue
        asked, failures = asked + 1, 0
        if found.status != 200:
            wrong.append((path, f"the running site answers {found.status}; is its routes.yaml the one of --routes?"))
        elif not found.url.rstrip("/").endswith(quote(path, safe="/%~").rstrip("/")):
            wrong.append((path, f"the running site leads on to {found.url}"))
        run.progress(STAGE, asked, len(some))
    return asked, wrong
