"""A draft or revision as it would read if it were published now."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from masthead.access.reader import Reader
from masthead.access.rule import audience_of, opens
from masthead.content.cutting import cut
from masthead.content.document import Document, join
from masthead.content.models.author import Author
from masthead.content.models.fields import PostFields
from masthead.content.models.post import Post
from masthead.content.models.tag import Tag
from masthead.content.reading import Reading, lead_of
from masthead.content.sealing import only_for
from masthead.core.extras import SEALED_EXTRAS
from masthead.core.models import Publication

Row = TypeVar("Row")


def preview(post: Post, fields: PostFields, reader: Reader) -> Reading:
    """Return a draft or revision as it would read to this Reader if it were published now.

    Only for staff who may edit the post: the desk asks that before it calls this.
    """
    publication = Publication.current()
    who = "staff" if reader.is_staff else audience_of(reader, post_id=post.pk).value
    document = only_for(Document.stored(fields.document), who)
    opening, body = cut(document, fields.visibility, uncut_paragraphs=publication.uncut_paragraphs)
    may = opens(reader, fields.visibility, fields.tier_ids, post_id=post.pk)
    return Reading(
        post_id=post.pk,
        public_id=post.public_id,
        kind=post.kind,
        path=post.path,
        title=fields.title,
        standfirst=fields.standfirst,
        document=join(opening, body) if may and body else opening,
        is_whole=may,
        visibility=fields.visibility,
        tier_ids=tuple(fields.tier_ids),
        authors=_in_order(Author.objects.in_bulk(fields.author_ids), fields.author_ids),
        tags=_in_order(Tag.objects.filter(is_internal=False).in_bulk(fields.tag_ids), fields.tag_ids),
        lead=lead_of(fields.lead, fields.lead_alt, fields.lead_caption, fields.lead_credit),
        language=fields.language,
        is_featured=fields.is_featured,
        extras={name: value for name, value in fields.extras.items() if may or name not in SEALED_EXTRAS},
        started_at=post.started_at,
        published_at=post.published_at,
        updated_at=post.updated_at,
    )


def _in_order(rows: Mapping[int, Row], ids: Iterable[int]) -> tuple[Row, ...]:
    return tuple(rows[key] for key in ids if key in rows)
