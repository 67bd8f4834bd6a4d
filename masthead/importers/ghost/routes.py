"""routes.yaml: where each post, tag and author stood."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import yaml

from masthead.importers.ghost.naming import post_slug
from masthead.importers.ghost.nql import Facts, Filter, NqlError, filter_of
from masthead.importers.ghost.plain_yaml import read_yaml
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.staging import ExportError, Row

ROUTES: Final = "routes"
WHERE: Final = "routes.yaml"
LARGEST = 1_000_000  # bytes
DEFAULT: Final = "/{slug}/"
FETCH: Final = "Nothing was changed. Download it anew in Ghost, under Settings, Labs, Routes."
USUAL: Final = {"tag": "/tag/{slug}/", "author": "/author/{slug}/"}
VARIABLES: Final = ("slug", "id", "year", "month", "day", "primary_tag", "primary_author", "author")


@dataclass(frozen=True)
class Collection:
    """Posts that the filter admits stand at the permalink."""

    path: str
    permalink: str
    admits: Filter | None


@dataclass
class Routes:
    """What a routes.yaml says, as far as addresses follow from it; `problems` name the rest."""

    collections: list[Collection] = field(default_factory=lambda: [Collection("/", DEFAULT, None)])
    taxonomies: dict[str, str] = field(default_factory=lambda: dict(USUAL))
    fixed: dict[tuple[str, str], str] = field(default_factory=dict)  # ("page", slug) -> path
    problems: list[str] = field(default_factory=list)

    def own_path(self, kind: str, slug: str) -> str:
        """Return the address of a tag or author where it is not our usual one; else an empty text."""
        pattern = self.taxonomies.get(kind, USUAL[kind])
        return "" if pattern == USUAL[kind] else pattern.replace("{slug}", slug)

    def permalink_for(self, facts: Facts) -> str | None:
        """Return the permalink of the first collection that admits a post; None if none does."""
        return next((one.permalink for one in self.collections if one.admits is None or one.admits(facts)), None)

    @property
    def main(self) -> str:
        """The permalink of the collection that most posts belong to: that of the front page, or else the last one."""
        at_front = [one for one in self.collections if one.path == "/"] or self.collections[-1:]
        return at_front[0].permalink if at_front else DEFAULT


def routes_of(run: Run) -> Routes:
    """Return the routes of this run, read once; what is not understood is reported then."""
    if ROUTES not in run.facts:
        found = run.facts[ROUTES] = read_routes(run.options.routes)
        for problem in found.problems:
            run.problem(WHERE, problem)
    routes: Routes = run.facts[ROUTES]
    return routes


def read_routes(path: Path | None) -> Routes:
    """Read a routes.yaml; without one, or where it says nothing, Ghost's own routes hold.

    Raises ExportError for a file that is no routes.yaml: with Ghost's own routes, every post would move.
    """
    routes = Routes()
    if path is None:
        return routes
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError("it is larger than 1 MB")
        told = read_yaml(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
        raise ExportError(f"{path} cannot be read as YAML: {error}. {FETCH}") from error
    if not isinstance(told, dict):
        raise ExportError(f"{path} is no routes.yaml: it has no “collections:”. {FETCH}")
    _take_collections(routes, told.get("collections"))
    _take_taxonomies(routes, told.get("taxonomies"))
    _take_routes(routes, told.get("routes"))
    return routes


def _take_collections(routes: Routes, told: Any) -> None:
    if not isinstance(told, dict):
        return
    routes.collections = []
    for path, about in told.items():
        about = about if isinstance(about, dict) else {}
        permalink = _permalink(routes, str(path), about.get("permalink", DEFAULT))
        try:
            admits = filter_of(str(about["filter"])) if about.get("filter") else None
        except NqlError as error:
            routes.problems.append(
                f"the collection {path} has a filter that was not understood, so it was left out: {error}"
            )
            continue
        routes.collections.append(Collection(str(path), permalink, admits))
        if str(path) != "/":
            routes.problems.append(f"the collection {path} is a list of posts that has no page of its own here")


def _permalink(routes: Routes, path: str, told: Any) -> str:
    text = "/" + str(told).strip("/") + "/"
    # Ghost also takes :slug for {slug}.
    for name in VARIABLES:
        text = text.replace(f"/:{name}/", f"/{{{name}}}/")
    rest = text
    for name in VARIABLES:
        rest = rest.replace(f"{{{name}}}", "")
    if "{" in rest or ":" in rest or not ("{slug}" in text or "{id}" in text):
        routes.problems.append(f"the permalink {text} of {path} was not understood; {DEFAULT} was taken")
        return DEFAULT
    return text


def _take_taxonomies(routes: Routes, told: Any) -> None:
    for name, pattern in told.items() if isinstance(told, dict) else ():
        text = "/" + str(pattern).strip("/") + "/"
        if name in USUAL and text.count("{slug}") == 1 and text.count("{") == 1:
            routes.taxonomies[name] = text
        else:
            routes.problems.append(f"the taxonomy {name}: {pattern} was not understood")


def _take_routes(routes: Routes, told: Any) -> None:
    """Take pages that have an address of their own from a route; every other kind of route is named."""
    for path, about in told.items() if isinstance(told, dict) else ():
        about = about if isinstance(about, dict) else {"template": about}
        kind, _, slug = str(about.get("data", "")).partition(".")
        if kind in ("page", "post") and slug and slug != "*":
            routes.fixed[kind, slug] = "/" + str(path).strip("/") + "/"
        elif about.get("controller") == "channel":
            routes.problems.append(f"{path} is a channel (a list of posts by a filter), which has no page here")
        else:
            routes.problems.append(f"{path} shows a template of the theme, which has no page here")


def path_of(routes: Routes, row: Row, facts: Facts, at: datetime, *, is_page: bool) -> str | None:
    """Return the exact path that a post or page had; None for a post that no collection admits.

    `at` is when it was published, in the time zone of the site.
    """
    kind, slug = "page" if is_page else "post", post_slug(row)
    if fixed := routes.fixed.get((kind, slug)):
        return fixed
    pattern = DEFAULT if is_page else routes.permalink_for(facts)
    if pattern is None:
        return None
    first = {name: next(iter(facts.get(name, ())), "all") for name in ("primary_tag", "primary_author")}
    values = first | {
        "slug": slug,
        "id": row.id,
        "year": f"{at.year:04}",
        "month": f"{at.month:02}",
        "day": f"{at.day:02}",
        "author": first["primary_author"],
    }
    for name in VARIABLES:
        pattern = pattern.replace(f"{{{name}}}", values[name])
    return pattern
