"""Where measurements stand: temporary publications, and what several of them share."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bench.running import free_port, masthead
from bench.writing import write_posts
from masthead.commands.dev import make
from masthead.core.config import SETTINGS_FILE


@dataclass(frozen=True)
class Publication:
    """A publication in a folder of its own."""

    folder: Path
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@dataclass(frozen=True)
class Imported:
    """A publication that a folder of posts was brought into, and the seconds that it took: anew, and once more."""

    publication: Publication
    posts: Path
    anew: float
    again: float


class Ground:
    """The temporary folder of one run."""

    def __init__(self, root: Path, *, posts: int) -> None:
        self.root = root
        self.posts = posts

    def publication(self, name: str, *, workers: int = 0) -> Publication:
        """Make an empty publication as developers have it: without the demo's strip, with a stand-in for payments.

        `workers` web workers, or as many as there are by default.
        """
        made = Publication(self.root / name, free_port())
        make(made.folder, made.port)
        if workers:
            settings = made.folder / SETTINGS_FILE
            told = settings.read_text(encoding="utf-8")
            settings.write_text(told.replace("[server]\n", f"[server]\nworkers = {workers}\n"), encoding="utf-8")
        masthead("migrate", "--dir", made.folder)
        return made

    @cached_property
    def imported(self) -> Imported:
        """The publication with many posts; brought in once in a run, twice over."""
        posts = write_posts(self.root / "posts", self.posts)
        publication = self.publication("imported")
        words = ("import", "markdown", posts, "--dir", publication.folder, "--quiet")
        return Imported(publication, posts, anew=masthead(*words), again=masthead(*words))
