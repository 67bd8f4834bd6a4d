"""Junk in every parameter and every part of an address: an answer as JSON, and never a 500 (check 92)."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from tests.api.content.asking import BASE, Program
from tests.cast import Cast, published
from tests.hostile.routes import JUNK, PATH_JUNK

NAMES = ("fields", "formats", "include", "limit", "page", "order", "filter", "absolute_urls", "search", "collection")
PATHS = ("posts/", "pages/", "tags/", "authors/", "tiers/", "newsletters/", "settings/", "recommendations/")
FILTERS = (
    "{}:a",
    "title:{}",
    "tag:{}",
    "id:{}",
    "published_at:>{}",
    "featured:{}",
    "slug:'{}'",
    "title:~'{}'",
    "tag:[{}]",
)
ORDERS = ("{}", "{} desc", "title {}", "title asc,{}")


def broken(program: Program, path: str, **query: str) -> list[str]:
    shown = "&".join(
        f"{name}={quote(value.encode('utf-8', 'surrogatepass'), safe='')}" for name, value in query.items()
    )
    browser = Client(raise_request_exception=False)
    answer: Any = browser.get(f"{BASE}{path}?key={program.key}&{shown}")
    if answer.status_code in (200, 400, 404, 422) and isinstance(json.loads(answer.content), dict):
        return []
    return [f"{path} {shown[:80]}: {answer.status_code}"]


@pytest.fixture(autouse=True)
def _paper(cast: Cast) -> None:
    published("A ship", "Words.", cast=cast)


@pytest.mark.parametrize("name", NAMES)
def test_junk_in_a_parameter_is_answered(program: Program, name: str) -> None:
    found = [
        fault
        for number, value in enumerate(JUNK)
        for path in {"posts/", PATHS[number % len(PATHS)]}
        for fault in broken(program, path, **{name: value})
    ]
    assert found == []


@pytest.mark.parametrize("form", [*FILTERS, *(f"order {order}" for order in ORDERS)])
def test_junk_inside_a_filter_or_an_order_is_answered(program: Program, form: str) -> None:
    name, _, shape = form.partition(" ") if form.startswith("order ") else ("filter", "", form)
    assert [fault for value in JUNK for fault in broken(program, "posts/", **{name: shape.replace("{}", value)})] == []


def test_junk_in_an_address_is_answered(program: Program) -> None:
    forms = ("posts/{}/", "posts/slug/{}/", "tags/{}/", "authors/slug/{}/", "offers/{}/", "search-index/{}/")
    found = []
    for form in forms:
        for value in PATH_JUNK:
            answer = Client(raise_request_exception=False).get(f"{BASE}{form.format(value)}?key={program.key}")
            if answer.status_code != 404 or "errors" not in json.loads(answer.content):
                found.append(f"{form} {value[:20]}: {answer.status_code}")
    assert found == []
