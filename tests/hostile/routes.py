"""Every route with junk in every parameter that its view reads."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.test import Client

from masthead.content.models import Post
from tests.shape.routes import Route, routes
from tests.shape.sources import PACKAGE

# What a view asks a request for: request.GET.get("q"), request.POST["email"], given.get("next"), answer.get("name").
READS = re.compile(r"(?:GET|POST|FILES|given|answer)(?:\.get(?:list)?\(|\[)\s*\"(\w+)\"")
JUNK: list[str] = [
    "", "0", "-1", "1.5", "1e9", "9" * 30, "NaN", "None", "true", "[]", "{}", "\0", "a\0b", "\x01\x1f", "\u0661", "²", "①", "\ud800",
    "x" * 5000, "../../etc/hostname", "%00", "%ff%fe", "' OR 1=1 --", "\"; DROP TABLE x", "*", "a OR b NEAR c", "\"unclosed", "<script>",
    "🚢", "שלום", "\u202e", "//evil.example", "javascript:x", "a@b\r\nBcc: c@d", "2026-13-45", "2026-01-01T00:00", "0001-01-01T00:00",
    "9999-12-31T23:59", "10000-01-01T00:00",
]  # fmt: skip
PATH_JUNK = [
    "0",
    "-1",
    "9" * 30,
    "99999",
    "none",
    "%00",
    "%ff",
    "%ed%a0%80",
    "%2e%2e",
    "a%0d%0ab",
    "x" * 3000,
    "%D7%A9",
    "²",
    "a b",
    ";x",
    "%5c",
    "*",
    "'",
    "<b>",
]
_taking: list[Route] = []
KNOWN = {
    "public_id": "{post}",
    "slug": "world",
    "token": "a" * 22,
    "width": "480",
    "format": "webp",
    "colour": "8a1c1c",
    "number": "1",
    "year": "2026",
    "month": "1",
    "persona": "anyone",
    "name": "demo",
    "checkout_id": "co_x",
    "shown_id": "0" * 24,
    "post_slug": "a-post",
    "rest": "v4/content/posts/",
    "path": "about/",
}


@cache
def parameters() -> list[str]:
    """Every name that some view reads from a request, and every field of the desk's forms."""
    from masthead.desk.forms import PostForm
    from masthead.desk.settings_form import SettingsForm

    found = {name for path in PACKAGE.rglob("views/*.py") for name in READS.findall(path.read_text(encoding="utf-8"))}
    return sorted(found | set(PostForm.base_fields) | set(SettingsForm.base_fields) | {"act"})


def plain_paths(post: Post) -> list[str]:
    """Each route once, with good values."""
    return [filled(route.template, route.parameters, post) for route in routes()]


def form_paths(post: Post, client: Client) -> list[str]:
    """Each route that takes a POST, once; which these are is asked once."""
    if not _taking:
        asked = {route: client.post(filled(route.template, route.parameters, post)) for route in routes()}
        _taking.extend(route for route, answer in asked.items() if answer.status_code != 405)
    return [filled(route.template, route.parameters, post) for route in _taking]


def junk_paths(post: Post) -> Iterator[str]:
    """Each route with junk in each of its parameters, one at a time."""
    for route in routes():
        for name in route.parameters:
            for value in PATH_JUNK:
                yield filled(route.template.replace("{" + name + "}", value), route.parameters, post)


def filled(template: str, names: Iterable[str], post: Post) -> str:
    for name in names:
        template = template.replace("{" + name + "}", KNOWN[name].replace("{post}", post.public_id))
    return "/" + template


def fields(names: list[str], value: Any) -> dict[str, Any]:
    """All parameters at once, with one value."""
    return dict.fromkeys(names, value)
