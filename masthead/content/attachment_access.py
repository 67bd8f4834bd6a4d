"""Who may fetch an attachment."""

from datetime import datetime

from masthead.access.reader import Reader
from masthead.content.document import file_ids
from masthead.content.models.attachment import Attachment, AttachmentUse
from masthead.content.models.post import Post
from masthead.content.reading import Through, read


def is_open(attachment: Attachment, *, at: datetime) -> bool:
    """Say whether a post that is out shows the file to anyone."""
    return AttachmentUse.objects.filter(attachment=attachment, is_open=True, post__in=Post.objects.live(at)).exists()


def may_fetch(attachment: Attachment, reader: Reader, *, at: datetime) -> bool:
    """Say whether this Reader gets to see the file in any post that is out, on the web or in mail; staff always.

    The posts are read as the Reader gets them, so that the rule which seals the words (content/reading.py) seals the
    file between them, too.
    """
    if reader.is_staff or is_open(attachment, at=at):
        return True
    uses = AttachmentUse.objects.filter(attachment=attachment).values("post")
    posts = list(Post.objects.live(at).filter(pk__in=uses).with_bylines())
    ways = (read(posts, reader, through=way) for way in (Through.WEB, Through.MAIL))
    return any(attachment.token in file_ids(reading.document) for readings in ways for reading in readings)
