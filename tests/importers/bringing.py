"""Folders of Markdown as a test writes them, brought in with the importer's own command."""

import argparse
import contextlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from masthead.content.models import Post
from masthead.importers.markdown import command
from masthead.importers.models import Imported


@dataclass(frozen=True)
class Run:
    """What one run printed and answered."""

    code: int
    out: str
    report: str

    def says(self, name: str, *words: str) -> bool:
        """Say whether the report has a line for this file with all these words."""
        return any(name in line and all(word in line for word in words) for line in self.report.splitlines())


def write(folder: Path, files: Mapping[str, Any]) -> Path:
    """Write files, by path below the folder, and return the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def bring_in(folder: Path, *flags: str) -> Run:
    """Run `masthead import markdown` on a folder, in this process and its database."""
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    out, report = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(report):
        code = command.run(parser.parse_args([str(folder), *flags]))
    return Run(code, out.getvalue(), report.getvalue())


def post_from(name: str) -> Post:
    """The post that a file became."""
    return Post.objects.get(pk=Imported.objects.get(foreign_id__endswith=name).post_id)


def picture(colour: tuple[int, int, int] = (40, 90, 160), format: str = "PNG") -> bytes:
    """Draw a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, format)
    return out.getvalue()
