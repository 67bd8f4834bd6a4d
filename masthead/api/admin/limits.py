"""How often the Admin API is answered, by each process that serves it: against a loop gone wild and against guessing."""

import time

from django.core.cache import cache

from masthead.api.admin.errors import TooOften

WINDOW = 60  # seconds
PER_KEY = 600  # requests within it
WRONG_PER_NETWORK = 60  # tokens that were refused within it


def count_request(key_id: str) -> None:
    """Count a request of a key; raises TooOften for one too many."""
    _refuse_over(f"admin-key:{key_id}", PER_KEY, is_counted=True)


def refuse_guessing(network: str) -> None:
    """Raise TooOften where too many wrong tokens came from this network."""
    _refuse_over(f"admin-wrong:{network}", WRONG_PER_NETWORK, is_counted=False)


def count_wrong(network: str) -> None:
    """Count a token that was refused."""
    _count(f"admin-wrong:{network}")


def _refuse_over(name: str, most: int, *, is_counted: bool) -> None:
    number = _count(name) if is_counted else cache.get(_slot(name), 0)
    if number > most or (not is_counted and number >= most):
        raise TooOften("Too many requests.", f"Wait {WINDOW} seconds and ask again, less often.")


def _count(name: str) -> int:
    slot = _slot(name)
    cache.add(slot, 0, WINDOW * 2)
    try:
        return cache.incr(slot)
    except ValueError:  # it ran out in between
        return 1


def _slot(name: str) -> str:
    return f"{name}:{int(time.time()) // WINDOW}"
