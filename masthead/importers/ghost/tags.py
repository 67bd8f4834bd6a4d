"""Tags of Ghost as ours."""

from typing import Any

from masthead.content.models import Tag
from masthead.importers.ghost.extras import colour_of, extras_of, pictures_in
from masthead.importers.ghost.list_paths import OWN_PATH, give_path, told_before
from masthead.importers.ghost.merging import bring_as
from masthead.importers.ghost.naming import free_slug, slug_of
from masthead.importers.ghost.routes import routes_of
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.staging import Row

PICTURES = ("feature_image", "image")  # the second before Ghost 1


def bring_tags(run: Run) -> None:
    """Bring in every tag, internal ones too."""
    run.each("tags", run.staged.rows("tags"), run.staged.count("tags"), _bring, before=_fetch)


def _fetch(run: Run, row: Row) -> None:
    for address in pictures_in(row, columns=PICTURES):
        run.images.fetch(address, row.where)


def is_internal(row: Row) -> bool:
    """Whether a tag is for staff only."""
    return row.text("visibility") == "internal" or row.text("name").startswith("#")


def _bring(run: Run, row: Row) -> str:
    slug = slug_of(run, row, "tag")
    told: dict[str, Any] = {
        "name": (row.text("name") or slug)[:191],
        "slug": free_slug(run, row, "tag", slug, Tag.objects.all()),
        "description": row.text("description"),
        "picture": run.images.token(row.text("feature_image") or row.text("image")) or "",
        "is_internal": is_internal(row),
        "extras": extras_of(run, row, also={"accent_colour": _colour(run, row)}),
    }
    before, path = told_before("tag", row), "" if is_internal(row) else routes_of(run).own_path("tag", slug)
    known_as = Tag.objects.filter(slug=told["slug"])
    tag, word = bring_as(run, "tag", row.id, told, known_as=known_as, facts={OWN_PATH: path})
    if tag is None:
        run.problem(row, "was deleted at the desk since, so it stays so")
    else:
        give_path(run, row, tag, path, before)
    return word


def _colour(run: Run, row: Row) -> str:
    text = row.text("accent_color")
    colour = colour_of(text)
    if text and not colour:
        run.problem(row, f"its accent colour “{text[:40]}” is no colour such as #1a2b3c, so it was left out")
    return colour
