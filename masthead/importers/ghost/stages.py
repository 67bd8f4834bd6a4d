"""The stages of an import, in their order; each goes on where a former run stopped."""

from collections.abc import Callable
from typing import Final

from masthead.importers.ghost.authors import bring_authors
from masthead.importers.ghost.comparing import compare
from masthead.importers.ghost.members import bring_members
from masthead.importers.ghost.newsletters import bring_newsletters
from masthead.importers.ghost.offers import bring_offers
from masthead.importers.ghost.posts import bring_pages, bring_posts
from masthead.importers.ghost.redirects import bring_redirects
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.second_pass import bring_remote
from masthead.importers.ghost.settings import bring_settings
from masthead.importers.ghost.snippets import bring_snippets
from masthead.importers.ghost.tags import bring_tags
from masthead.importers.ghost.tiers import bring_tiers

Stage = Callable[[Run], None]

STAGES: Final[list[tuple[str, Stage]]] = [
    ("settings", bring_settings),
    ("authors", bring_authors),
    ("tags", bring_tags),
    ("newsletters", bring_newsletters),
    ("tiers", bring_tiers),
    ("offers", bring_offers),
    ("snippets", bring_snippets),
    ("posts", bring_posts),
    ("pages", bring_pages),
    ("redirects", bring_redirects),
    ("members", bring_members),
    ("remote", bring_remote),
    ("comparing", compare),
]
