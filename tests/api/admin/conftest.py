"""Fixtures of the Admin API."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from tests.api.admin.asking import Tool, an_admin_key
from tests.cast import Cast


@pytest.fixture
def tool(cast: Cast) -> Tool:
    """A program that holds an admin key."""
    return Tool(an_admin_key(cast))


@pytest.fixture(autouse=True)
def _uncounted() -> Iterator[None]:
    """Begin each test with nobody having asked yet."""
    cache.clear()
    yield
    cache.clear()
