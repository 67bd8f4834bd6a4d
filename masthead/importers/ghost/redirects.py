"""Redirects of Ghost as ours."""

import json
from pathlib import Path
from typing import Any, Final

import yaml

from masthead.content.lexical.addresses import at_home
from masthead.content.models import Redirect
from masthead.content.redirect_targets import TargetError, check_target
from masthead.importers.ghost.merging import bring_as
from masthead.importers.ghost.patterns import LONGEST, PatternError, is_plain, to_re2, to_target
from masthead.importers.ghost.plain_yaml import read_yaml
from masthead.importers.ghost.routes import routes_of
from masthead.importers.ghost.run import RowError, Run
from masthead.importers.ghost.staging import Row

LARGEST = 5_000_000  # bytes
WHERE: Final = "redirects"


def bring_redirects(run: Run) -> None:
    """Bring in redirects.json or redirects.yaml, and the addresses that pages have beside those of routes.yaml.

    A pattern that ours cannot say is reported, and left out; nothing is guessed.
    """
    found = [*_read(run, run.options.redirects), *_of_routes(run)]
    rows = _without_doubles(run, [Row(WHERE, place, one) for place, one in enumerate(found, 1)])
    run.each(WHERE, rows, len(rows), _bring)


def _without_doubles(run: Run, rows: list[Row]) -> list[Row]:
    """Leave out what has the source of one before it: the first counts, as in Ghost."""
    first: dict[str, Row] = {}
    for row in rows:
        if row.text("from") in first:
            run.problem(row, f"“{row.text('from')[:100]}” is redirected by one before it, so this one was left out")
        first.setdefault(row.text("from"), row)
    return list(first.values())


def _of_routes(run: Run) -> list[dict[str, Any]]:
    """A page that a route shows at an address of its own leads there from its usual one, too."""
    fixed = routes_of(run).fixed.items()
    return [{"from": f"/{slug}/", "to": path, "permanent": True} for (_, slug), path in fixed if path != f"/{slug}/"]


def _read(run: Run, path: Path | None) -> list[dict[str, Any]]:
    if path is None:
        return []
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError("it is larger than 5 MB")
        text = path.read_text(encoding="utf-8-sig")
        told = json.loads(text) if path.suffix.lower() == ".json" else read_yaml(text)
    except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
        run.problem(path.name, f"cannot be read, so no redirect was brought in: {error}")
        run.report.count("redirects failed")
        return []
    if isinstance(told, list):
        return [one if isinstance(one, dict) else {"from": one} for one in told]
    return _of_yaml(run, path, told)


def _of_yaml(run: Run, path: Path, told: Any) -> list[dict[str, Any]]:
    found = []
    for code, pairs in told.items() if isinstance(told, dict) else ():
        if str(code) not in ("301", "302") or not isinstance(pairs, dict):
            run.problem(path.name, f"“{str(code)[:60]}” was not understood; it holds 301: and 302:")
            continue
        found += [{"from": source, "to": target, "permanent": str(code) == "301"} for source, target in pairs.items()]
    return found


def _bring(run: Run, row: Row) -> str:
    source, target = row.text("from"), at_home(row.text("to"), run.home)
    told = {"is_permanent": row.is_on("permanent"), "position": row.place} | _translated(source, target)
    known_as = Redirect.objects.filter(source=told["source"])
    _, word = bring_as(run, "redirect", source, told, known_as=known_as, facts={})
    return word


def _translated(source: str, target: str) -> dict[str, Any]:
    """Return source and target as ours; raises RowError for what ours cannot say."""
    try:
        told = {"source": source, "is_pattern": False, "target": target}
        if not is_plain(source):
            told = {"source": to_re2(source), "is_pattern": True, "target": to_target(target)}
        check_target(str(told["target"]))
    except (PatternError, TargetError) as error:
        raise RowError(
            f"“{source[:100]}” to “{target[:100]}”: {error}; write it there with what is known here, and run the import again"
        ) from error
    if not source or len(source) > LONGEST:
        raise RowError(f"“{source[:100]}” is no path of at most {LONGEST} characters")
    return told
