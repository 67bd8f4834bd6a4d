"""A publication's process tree: how many web workers, at which port, and what a rolling restart does."""

from collections.abc import Callable
from pathlib import Path

from masthead.commands import Refused
from masthead.commands.listening import Port
from masthead.commands.part import Part, say
from masthead.commands.supervising import Tree
from masthead.core.config import Config, ConfigError


class Publication:
    """The publication of a folder, as the parent of its processes sees it."""

    def __init__(self, folder: Path) -> None:
        """Read its settings; refuses what cannot be used."""
        self._folder = folder
        config = _config(folder)
        self._address = config["address"]
        self._host, self._number = config["server.host"], config["server.port"]
        self.port = Port(self._host, self._number, config.data)
        self.where = ("--dir", str(folder))
        self._listener = -1

    def serve(self, *, tasks: bool, before_renewing: Callable[[Tree], bool] = lambda _: True) -> int:
        """Run web workers, and a task worker beside them if `tasks`, until stopped; return the exit code.

        SIGHUP replaces them one after another, with the settings of now, unless `before_renewing` says no.
        """
        self.port.hold()
        self._listener = self.port.take()
        first = self._web()
        parts = [first, *(self._web(first) for _ in range(_workers(_config(self._folder)) - 1))]
        if tasks:
            parts.append(Part(["worker", *self.where], after=first))
        return Tree(parts, announce=self._announce).run(renew=lambda tree: self._renew(tree, before_renewing))

    def _web(self, after: Part | None = None) -> Part:
        words = ["web", *self.where, "--listener", str(self._listener)]
        return Part(words, inherited=self._inherited, after=after)

    def _inherited(self) -> tuple[int, ...]:
        self.port.hold()  # where the first worker made data/
        return self.port.inherited()

    def _announce(self) -> None:
        print(f"{self._address} answers at {self._host}:{self._number}", flush=True)

    def _renew(self, tree: Tree, before: Callable[[Tree], bool]) -> None:
        try:
            wanted = _workers(_config(self._folder))
        except (Refused, ConfigError) as error:
            say(f"{error} What runs goes on as it was.")
            return
        if not before(tree):
            return
        web = [part for part in tree.parts if part.name == "web"]
        for part in web[wanted:]:
            tree.drop(part)
        tree.parts[1:1] = [self._web(web[0]) for _ in range(wanted - len(web))]
        if tree.roll():
            say("every process was replaced by a new one")


def _config(folder: Path) -> Config:
    config = Config(folder)
    config.values()  # every one of them is looked at now, not when it is first used
    _workers(config)
    return config


def _workers(config: Config) -> int:
    wanted: int = config["server.workers"]
    if wanted < 1:
        raise Refused(f"server.workers is {wanted} in masthead.toml; at least one must answer.")
    return wanted
