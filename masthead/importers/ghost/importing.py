"""Running an import of Ghost from its export to the report."""

import zipfile
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from masthead.core.models import Publication
from masthead.importers.ghost import SOURCE
from masthead.importers.ghost.images import Images
from masthead.importers.ghost.options import Options
from masthead.importers.ghost.remote import Ghost, GhostError
from masthead.importers.ghost.routes import DEFAULT, read_routes
from masthead.importers.ghost.run import Progress, Run, silent
from masthead.importers.ghost.sources import Folder, Site, Source, Zip
from masthead.importers.ghost.stages import STAGES
from masthead.importers.ghost.staging import ExportError, stage
from masthead.importers.models import Counterpart
from masthead.importers.report import Report


def imports_folder() -> Path:
    """Return the folder where exports are staged."""
    folder: Path = settings.CONFIG.data / "imports"
    return folder


def import_ghost(options: Options, *, progress: Progress = silent) -> Run:
    """Import an export of Ghost, stage after stage, and return the run with its report.

    A stopped import goes on where it stopped; a second one changes only what changed. The staging file is removed once
    all stages are through. Raises ExportError, and changes nothing, for an export or routes that cannot be read at all, and
    for what would undo an earlier run.
    """
    read_routes(options.routes)
    _check_follows_on(options)
    _check_key(options)
    report = Report()
    at = timezone.now()
    staged = stage(options.path, imports_folder())
    for where, what in staged.problems:
        report.problem(where, what)
    home = options.site.rstrip("/")
    images = Images(report, at, home=home, sources=sources_of(options))
    run = Run(staged, options, report, images, at, home=home, progress=progress)
    try:
        for _name, bring in STAGES:
            bring(run)
    except BaseException:
        staged.close()
        raise
    staged.remove()
    return run


def _check_follows_on(options: Options) -> None:
    """Refuse what would undo an earlier run: without its routes every post would move; a live site would fall silent."""
    if not Counterpart.objects.filter(source=SOURCE, kind="post").exists():
        return
    here = Publication.current()
    if options.routes is None and here.permalink not in ("", DEFAULT):
        raise ExportError(
            f"An earlier run was given a routes.yaml (posts stand at {here.permalink}), and this one is not, so every post "
            f"would move. Name it again with --routes; or one with the permalink {DEFAULT}, if they are to move."
        )
    if options.rehearse and not here.is_rehearsal:
        raise ExportError(
            "This publication was imported into before and is no rehearsal now, so its members may get mail and pay. "
            "Leave out --rehearse to bring in what changed; to rehearse again, make another one with `masthead new`."
        )


def _check_key(options: Options) -> None:
    """Refuse a key, or a site, that gives nothing, before hours of work end with it."""
    if options.site and options.key:
        try:
            Ghost(options.site, options.key).about()
        except GhostError as error:
            raise ExportError(
                f"{error} Or leave the key out: what only the running site knows can be brought in later."
            ) from error


def sources_of(options: Options) -> list[Source]:
    """Return where pictures are looked for, in that order: the folder, the zip, the running site."""
    sources: list[Source] = []
    if options.images:
        sources.append(Folder(options.images))
    if zipfile.is_zipfile(options.path):
        sources.append(Zip(options.path))
    if options.site:
        sources.append(Site(options.site))
    return sources
