"""What came in as an address and is none that a link may have goes out to no program (checks 84, 89)."""

import json
from collections import Counter
from typing import Any

import pytest

from masthead.access.models import Tier
from masthead.content.models import Author, Tag
from masthead.core.models import Publication
from tests.api.content.asking import Program
from tests.cast import Cast, published

GOOD = "https://elsewhere.example/a/"


def told(program: Program) -> str:
    posts = program.ask("posts/", include="tags,authors,tiers")
    return json.dumps([posts, *(program.ask(path) for path in ("pages/", "tags/", "authors/", "tiers/", "settings/"))])


def write(cast: Cast, address: str) -> None:
    """Write an address wherever an import puts one."""
    extras: dict[str, Any] = {"canonical_url": address, "website": address}
    published("A ship", "Words.", cast=cast, extras={"canonical_url": address})
    published("About", "Words.", cast=cast, kind="page", extras={"canonical_url": address})
    Tag.objects.update(extras={"canonical_url": address})
    Author.objects.update(extras=extras)
    Tier.objects.update(welcome_address=address)
    links = [{"label": "There", "address": address}]
    Publication.objects.update(
        navigation=links, second_navigation=links, extras=extras, free_tier={"welcome_address": address}
    )


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVaScript:alert(1)", "//evil.example/", "data:text/html,x", "/\\evil.example"]
)
def test_no_program_is_told_an_address_that_would_run_or_mislead(cast: Cast, program: Program, address: str) -> None:
    write(cast, address)
    assert json.dumps(address) not in told(program)


def test_a_good_address_is_told_in_every_place(cast: Cast, program: Program) -> None:
    """The seeded opposite."""
    write(cast, GOOD)
    every = (*["canonical_url"] * 5, *["website"] * 3, *["welcome_page_url"] * 6, *["url"] * 2)
    assert {name: told(program).count(f'"{name}": "{GOOD}"') for name in every} == dict(Counter(every))
