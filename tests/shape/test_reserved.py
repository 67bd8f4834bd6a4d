"""No post can take an address that Masthead itself answers."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern

from masthead.content.addresses import RESERVED


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """Every route of the resolver, joined from its parts."""
    for entry in patterns:
        assert isinstance(entry.pattern, RoutePattern | RegexPattern)
        route = prefix + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, route)
        else:
            yield route


def first_parts(found: Iterator[str]) -> set[str]:
    """The fixed first parts of routes; one that begins with a placeholder is the catch-all and has none."""
    parts = {re.split(r"[/?$]", route.replace("\\", ""))[0] for route in found}
    return {part for part in parts if part and not part.startswith(("<", "("))}


def test_the_first_part_of_every_route_is_reserved() -> None:
    assert first_parts(routes(get_resolver().url_patterns)) - RESERVED == set()


def test_a_route_whose_word_is_free_is_found() -> None:
    assert first_parts(iter(["ships/<slug>/", "<path:path>", ""])) - RESERVED == {"ships"}
