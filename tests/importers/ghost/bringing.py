"""Bringing an export in with the importer's own command, in this process and its database."""

import argparse
import contextlib
import io
from pathlib import Path

from masthead.content.models import Post
from masthead.importers.ghost import command
from masthead.importers.models import Counterpart
from tests.importers.bringing import Run
from tests.importers.ghost.exports import Export


def bring_in(export: Export | Path, folder: Path, *flags: str | Path) -> Run:
    """Run `masthead import ghost` on an export, which is written below `folder` first, and return what it said."""
    path = export if isinstance(export, Path) else export.write(folder)
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    out, report = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(report):
        code = command.run(parser.parse_args([str(path), *map(str, flags)]))
    return Run(code, out.getvalue(), report.getvalue())


def post_of(foreign_id: str) -> Post:
    """The post that a row became."""
    return Post.objects.get(pk=Counterpart.objects.get(kind="post", foreign_id=foreign_id).object_id or 0)
