"""Slugs of Ghost's rows, kept exactly where they can be."""

import re
from typing import Any

from django.db.models import QuerySet

from masthead.core.slugs import slug_from
from masthead.importers.ghost.counterparts import find
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.staging import Row
from masthead.importers.models import Counterpart

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,191}")
POST_SLUG = re.compile(r"[\w.~-]{1,191}")


def slug_of(run: Run, row: Row, fallback: str) -> str:
    """Return a row's slug as it is; one that no address may have is made anew, and reported."""
    slug = row.text("slug")
    if SLUG.fullmatch(slug):
        return slug
    made = slug_from(slug or row.text("name"), fallback=fallback)
    run.problem(row, f"its slug “{slug[:80]}” cannot be an address; it is “{made}” here")
    return made


def free_slug(run: Run, row: Row, kind: str, slug: str, same: QuerySet[Any]) -> str:
    """Return the slug, or one with a number where another row of Ghost became the one of ours that has it."""
    known = find({"author": "user"}.get(kind, kind), row.id)
    number, found = 1, slug
    while (held := same.model._default_manager.filter(slug=found).first()) and not _is_ours(kind, held.pk, known):
        number += 1
        found = f"{slug}-{number}"
    if found != slug:
        run.problem(row, f"its slug “{slug}” is taken by another row; it is “{found}” here")
    return found


def _is_ours(kind: str, pk: int, known: Counterpart | None) -> bool:
    """Whether a row of ours may be taken for this one: it is the one it became, or no other row of Ghost became it."""
    if known:
        return known.object_id == pk
    kinds = [{"author": "user"}.get(kind, kind)]
    return not Counterpart.objects.filter(kind__in=kinds, object_id=pk).exists()


def post_slug(row: Row) -> str:
    """Return a post's slug as it is; one that cannot stand in an address, or is none, is made of it or of its title."""
    slug = row.text("slug")
    if POST_SLUG.fullmatch(slug) and slug.strip("."):
        return slug
    return slug_from(slug or row.text("title"), fallback=slug_from(row.id))
