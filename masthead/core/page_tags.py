"""What a kept page shows, in the words by which it is purged: one rule for the page store and for a proxy in front."""

from typing import Final

SITE: Final = "site"  # on every page: the publication's settings, sections, look, prices, staff's theme
LISTS: Final = "lists"  # pages that a post enters or leaves: front page, tags, authors, archive, feeds, sitemaps
MORE: Final = "more"  # pages that name their neighbours in a section
MISSING: Final = "missing"  # answers that lead elsewhere or say that nothing is there
MEMBERS: Final = "members"  # no page, but every reader cookie of every member given before is void


def of_post(pk: int) -> str:
    """Name a post that a page shows, if only as a card."""
    return f"post:{pk}"


def of_tag(pk: int) -> str:
    """Name a tag that a page shows."""
    return f"tag:{pk}"


def of_author(pk: int) -> str:
    """Name an author that a page shows."""
    return f"author:{pk}"


def of_member(pk: int) -> str:
    """Name a member whose access changed: no page, but every reader cookie of theirs given before is void."""
    return f"member:{pk}"
