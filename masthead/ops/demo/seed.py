"""Filling the demo publication; run as a process of its own, so that the parent stays small."""

import sys
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

PAPER = Path(__file__).resolve().parent / "paper"


def seed(*, at: datetime) -> str:
    """Make the paper, its people and its prices, each once, and return what the import said."""
    from django.db import transaction

    from masthead.core import events
    from masthead.importers.markdown.importing import import_folder
    from masthead.ops.demo.personas import make_members, make_tiers
    from masthead.ops.worker import work_off

    told = tomllib.loads((PAPER / "paper.toml").read_text(encoding="utf-8"))
    with transaction.atomic():
        _make_publication(told)
        make_tiers()
        make_members(at=at)
        events.write("publication.imported", "import:demo", at=at, stage="demo")
    report = import_folder(PAPER / "posts")
    pages = import_folder(PAPER / "pages", kind="page")
    work_off(without=["pictures"])
    return f"Posts: {report.summary}. Pages: {pages.summary}. {'; '.join(report.problems + pages.problems)}".strip()


def seed_people(*, at: datetime) -> str:
    """Make the demo's people for a paper that was imported, with its own tiers."""
    from django.db import transaction

    from masthead.access.models import Tier
    from masthead.core import events
    from masthead.ops.demo.personas import make_members, make_tiers
    from masthead.ops.worker import work_off

    own = list(Tier.objects.offered().order_by("position", "pk").values_list("slug", flat=True))
    if not own:
        make_tiers()
    make_members(at=at, tiers=own)
    with transaction.atomic():
        events.write("publication.imported", "import:demo", at=at, stage="tiers")
    work_off(without=["pictures"])
    return "The demo's people are there."


def _make_publication(told: dict[str, Any]) -> None:
    from masthead.content.models import Author, Tag
    from masthead.core.models import Publication

    known = ("name", "tagline", "description", "time_zone", "language", "contact", "navigation")
    Publication.objects.get_or_create(pk=1, defaults={key: told[key] for key in known if key in told})
    for position, section in enumerate(told.get("sections", [])):
        words = {"name": section["name"], "description": section.get("description", "")}
        Tag.objects.get_or_create(slug=section["slug"], defaults=words | {"is_section": True, "position": position})
    for author in told.get("authors", []):
        Author.objects.get_or_create(
            slug=author["slug"], defaults={"name": author["name"], "bio": author.get("bio", "")}
        )


def main() -> None:
    """Start Django on the folder that MASTHEAD_DIR names, and seed it."""
    import django

    django.setup()
    from django.utils import timezone

    print(seed_people(at=timezone.now()) if sys.argv[1:] == ["people"] else seed(at=timezone.now()))


if __name__ == "__main__":
    main()
