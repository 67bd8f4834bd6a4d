"""Posts and what they are made of. Body, Draft, Revision, Schedule and SealedBlock are sealed: import them only in this package."""

from masthead.content.models.address import Address
from masthead.content.models.attachment import Attachment, AttachmentUse
from masthead.content.models.author import Author
from masthead.content.models.body import Body
from masthead.content.models.draft import Draft
from masthead.content.models.media import Media
from masthead.content.models.post import Post, PostAuthor, PostTag
from masthead.content.models.redirect import Redirect
from masthead.content.models.revision import Revision
from masthead.content.models.schedule import Schedule
from masthead.content.models.sealed_block import SealedBlock
from masthead.content.models.snippet import Snippet
from masthead.content.models.tag import Tag

__all__ = [
    "Address",
    "Attachment",
    "AttachmentUse",
    "Author",
    "Body",
    "Draft",
    "Media",
    "Post",
    "PostAuthor",
    "PostTag",
    "Redirect",
    "Revision",
    "Schedule",
    "SealedBlock",
    "Snippet",
    "Tag",
]
