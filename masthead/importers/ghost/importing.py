"""Running an import of Ghost from its export to the report."""

import zipfile
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from masthead.importers.ghost.images import Images
from masthead.importers.ghost.options import Options
from masthead.importers.ghost.run import Progress, Run, silent
from masthead.importers.ghost.sources import Folder, Site, Source, Zip
from masthead.importers.ghost.stages import STAGES
from masthead.importers.ghost.staging import stage
from masthead.importers.report import Report


def imports_folder() -> Path:
    """Return the folder where exports are staged."""
    folder: Path = settings.CONFIG.data / "imports"
    return folder


def import_ghost(options: Options, *, progress: Progress = silent) -> Run:
    """Import an export of Ghost, stage after stage, and return the run with its report.

    A stopped import goes on where it stopped; a second one changes only what changed. The staging file is removed once
    all stages are through. Raises ExportError for an export that cannot be read at all.
    """
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
