"""Every route that the resolver knows, and addresses for it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """A route: its name, its address with {parameters}, and their names."""

    name: str
    template: str
    parameters: tuple[str, ...]

    def paths(self, fills: Mapping[str, Callable[[], list[str]]]) -> list[str]:
        """Return an address for every filling; fails for a parameter that nobody has named yet."""
        missing = [name for name in self.parameters if name not in fills]
        assert not missing, f"The route {self.template} has parameters that cannot be filled: {missing}"
        filled = [self.template]
        for name in self.parameters:
            filled = [path.replace("{" + name + "}", value) for path in filled for value in fills[name]()]
        return ["/" + path for path in filled]


def routes() -> list[Route]:
    """Return every route, from the resolver and not from a hand list."""
    return list(_routes(get_resolver().url_patterns, ""))


def _routes(patterns: list[Any], prefix: str) -> Iterator[Route]:
    for entry in patterns:
        template = prefix + _template(entry)
        if isinstance(entry, URLResolver):
            yield from _routes(entry.url_patterns, template)
        elif isinstance(entry, URLPattern):
            names = dict.fromkeys([*entry.pattern.converters, *entry.pattern.regex.groupindex])
            free = tuple(name for name in names if name not in (entry.default_args or {}))
            yield Route(entry.name or "", template, free)


def _template(entry: URLPattern | URLResolver) -> str:
    text = str(entry.pattern)
    if "(?P<" in text:
        text = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"{\1}", text)
    else:
        text = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", text)
    return text.lstrip("^").rstrip("$").replace("\\.", ".")
