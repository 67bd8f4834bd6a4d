"""Writing the report of an import as a Markdown file."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from masthead.importers.ghost.run import Run
from masthead.importers.report import one_line

if TYPE_CHECKING:
    from masthead.importers.ghost.comparing import Comparison

MOST_LINES: Final = 2000  # of one list
NOT_IN_FILES: Final = {
    "which newsletter each member takes (the list of members knows only whether any)": True,
    "subscriptions: what is paid, until when, and whether it ends then": True,
    "when complimentary access ends": True,
    "addresses that bounced or complained": True,
    "comments and likes": True,
    "statistics of letters that were sent, and earlier states of posts": False,
    "passwords, keys of integrations, and what connects Ghost with Stripe and Mailgun": False,
}  # what it is -> whether the running site tells it


def write_report(run: Run, found: "Comparison", path: Path) -> Path | None:
    """Write the report where only its owner may read it, and return where; None, and a problem, if it cannot be."""
    text = "\n".join(_lines(run, found)) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        run.problem("the report", f"cannot be written to {path}: {error.strerror}")
        return None
    return path


def _lines(run: Run, found: "Comparison") -> Iterable[str]:
    what = "rehearsal" if run.options.rehearse else "import"
    yield f"# The {what} of {_safe(run.options.path.name)}, {run.at:%Y-%m-%d %H:%M} UTC\n"
    yield f"Ghost {_safe(run.staged.version) or 'of an unknown release'}: {run.report.summary}.\n"
    yield "## Counts\n\n| table of Ghost | rows | here |\n| --- | ---: | ---: |"
    yield from (f"| {table} | {there} | {here} |" for table, there, here in found.counts)
    others = {
        name: count for name, count in run.staged.tables().items() if name not in {row[0] for row in found.counts}
    }
    yield "\nTables beside these: " + ", ".join(f"{_safe(name)} {count}" for name, count in others.items()) + "."
    yield f"\n## Addresses\n\n{found.right} lead where they led at Ghost; {len(found.wrong)} do not.\n"
    yield from _listed(found.wrong)
    if found.asked:
        yield f"\nThe running site was asked for {found.asked} of them; it does not have {len(found.strange)}.\n"
        yield from _listed(found.strange)
    if found.gone:
        yield f"\n## Posts that are no longer at Ghost\n\n{len(found.gone)} came in with an earlier export.\n"
        yield from _listed(found.gone)
    yield f"\n## Words\n\n{found.whole} texts have every word; {len(found.lossy)} do not.\n"
    yield from _listed(found.lossy)
    yield f"\n## Pictures and files that are missing\n\n{len(found.missing)} in all.\n"
    yield from _listed(found.missing.items())
    yield f"\n## Posts that are not quite what they were\n\n{len(found.noted)} lines, unknown cards among them.\n"
    yield from _listed(found.noted)
    yield "\n## What the files of Ghost do not hold\n"
    for thing, is_told in NOT_IN_FILES.items():
        asked = is_told and bool(run.options.site and run.options.key)
        yield f"- {thing}" + (": asked of the running site" if asked else ": give --site and a key" if is_told else "")
    yield f"\n## Everything that was noted in this run\n\n{len(run.report.problems)} lines.\n"
    yield from (f"- {_safe(line)}" for line in run.report.problems)


def _listed(pairs: Iterable[tuple[str, str]]) -> Iterable[str]:
    for number, (where, what) in enumerate(pairs):
        if number == MOST_LINES:
            yield f"- and more; these are the first {MOST_LINES}"
            return
        yield f"- {_safe(where)}: {_safe(what)}"


def _safe(text: str) -> str:
    """Write somebody else's words as one line that no reader of Markdown takes for markup."""
    return (
        one_line(text)
        .replace("\\", "\\\\")
        .replace("<", "\\<")
        .replace("`", "\\`")
        .replace("[", "\\[")
        .replace("|", "\\|")
    )
