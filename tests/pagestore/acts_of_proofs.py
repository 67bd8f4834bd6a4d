"""What the proofs let happen, beside what acts.py has."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from masthead.core.page_tags import MISSING, SITE
from masthead.ops import worker
from masthead.pagestore import log, purging
from tests.pagestore import acts
from tests.shape import canaries
from tests.shape.test_canary import paths
from tests.site import test_twins


def make_canaries() -> dict[str, Any]:
    """Publish the canaries; return every address to crawl, the canaries by word, and the path of each post."""
    made = canaries.make_canaries(acts._cast[0])
    worker.work_off()
    return {
        "paths": list(dict.fromkeys(paths(made, acts._cast[0]))),
        "words": made.sealed | made.tokens,
        "posts": {name: post.path for name, post in made.posts.items()},
        "ids": {name: post.public_id for name, post in made.posts.items()},
    }


def purge_everything() -> None:
    """Purge every page, so that the store is as good as empty."""
    with transaction.atomic():
        log.write([SITE, MISSING], at=timezone.now())
        transaction.on_commit(purging.tell)


def position() -> int:
    """Return the position of the purge log."""
    return log.everything().position


def make_twin(text: str, visibility: str, opening: str, at: str) -> str:
    """Put a post in the place of all others, always under one id and address; return its path."""
    post = test_twins.twin(acts._cast[0], text, visibility, datetime.fromisoformat(at), opening)
    purge_everything()
    return post.path
