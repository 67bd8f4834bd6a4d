"""YAML of Ghost's own files, in which nothing stands for something else."""

from typing import Any

import yaml


class _Loader(yaml.SafeLoader):
    """YAML without aliases, which could be nested into a bomb (CHECKS.md 87)."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases (*name) are not read")
        return super().compose_node(parent, index)


def read_yaml(text: str) -> Any:
    """Read a text; raises YAMLError for one that is none, or has an alias in it."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506  (a SafeLoader)
