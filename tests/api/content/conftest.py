"""Fixtures of the Content API."""

import pytest

from tests.api.content.asking import Program, a_key
from tests.cast import Cast


@pytest.fixture
def program(cast: Cast) -> Program:
    """A program that holds a content key."""
    return Program(a_key(cast))
