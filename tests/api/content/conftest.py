"""Fixtures of the Content API."""

import logging
from collections.abc import Iterator

import pytest

from tests.api.content.asking import Program, a_key
from tests.cast import Cast


@pytest.fixture
def program(cast: Cast) -> Program:
    """A program that holds a content key."""
    return Program(a_key(cast))


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Thousands of refusals are expected here."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)
