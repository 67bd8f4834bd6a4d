"""Posts and what they are made of. Body, Draft, Revision and Schedule are sealed: import them only in this package."""

from masthead.content.models.address import Address
from masthead.content.models.author import Author
from masthead.content.models.body import Body
from masthead.content.models.draft import Draft
from masthead.content.models.media import Media
from masthead.content.models.post import Post, PostAuthor, PostTag
from masthead.content.models.revision import Revision
from masthead.content.models.schedule import Schedule
from masthead.content.models.tag import Tag

__all__ = [
    "Address",
    "Author",
    "Body",
    "Draft",
    "Media",
    "Post",
    "PostAuthor",
    "PostTag",
    "Revision",
    "Schedule",
    "Tag",
]
