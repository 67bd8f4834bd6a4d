"""The templates of the publication's theme: what is changed there is seen within a second, without a restart."""

import logging
from pathlib import Path
from typing import Final

from django.template import TemplateSyntaxError, engines
from django.template.backends.django import DjangoTemplates

logger = logging.getLogger(__name__)
KINDS: Final = frozenset((".html", ".txt", ".xml"))


class Theme:
    """The templates in a folder, as this process last took them up."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen = self.taken_up = self._stamps()

    def take_up(self) -> bool:
        """Let templates that were changed be used from now on, and say whether any were; `taken_up` tells them from others.

        One that cannot be read as a template is logged once, and those before it go on being used until it is mended.
        """
        stamps = self._stamps()
        if stamps == self._seen:
            return False
        self._seen = stamps
        if problems := self._problems():
            logger.error("The theme was changed, and is not taken up until this is mended: %s", "; ".join(problems))
            return False
        if stamps == self.taken_up:
            return False
        for engine in _engines():
            # New loaders, not emptied ones: a thread that reads a file at this moment puts it into the old ones.
            engine.engine.__dict__.pop("template_loaders", None)
        self.taken_up = stamps
        return True

    def _files(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        found = (path for path in self._folder.rglob("*") if path.suffix in KINDS and not path.name.startswith("."))
        return sorted(path for path in found if path.is_file())

    def _stamps(self) -> str:
        try:
            told = [(path, path.stat()) for path in self._files()]
        except OSError:  # a file went while they were listed; the next look sees the rest
            return ""
        return "\n".join(f"{path.relative_to(self._folder)} {held.st_mtime_ns} {held.st_size}" for path, held in told)

    def _problems(self) -> list[str]:
        found = []
        for path in self._files():
            try:
                text = path.read_text(encoding="utf-8")
                for engine in _engines():
                    engine.engine.from_string(text)
            except (TemplateSyntaxError, OSError, UnicodeDecodeError) as error:
                found.append(f"{path.relative_to(self._folder)}: {error}")
        return found


def _engines() -> list[DjangoTemplates]:
    return [engine for engine in engines.all() if isinstance(engine, DjangoTemplates)]
