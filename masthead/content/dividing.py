"""Dividing what is published into rows: opening, body, parts for some readers, and the files that each shows."""

from masthead.content.attaching import record_uses
from masthead.content.cutting import cut
from masthead.content.document import Document
from masthead.content.models.body import Body
from masthead.content.models.post import Post
from masthead.content.models.revision import Revision
from masthead.content.models.sealed_block import SealedBlock
from masthead.content.sealing import Block, take_out
from masthead.core.extras import SEALED_EXTRAS
from masthead.core.models import Publication


def make_cut(post: Post, revision: Revision) -> None:
    """Write opening, body and parts for some from the revision's document; none of them holds another's words."""
    document = Document.stored(revision.document)
    opening, body = cut(document, revision.visibility, uncut_paragraphs=Publication.current().uncut_paragraphs)
    opening, above = take_out(opening)
    post.opening, post.extras = opening.json, _extras(revision, sealed=False)
    SealedBlock.objects.filter(post=post).delete()
    below: list[Block] = []
    if body is None:
        post.extras = revision.extras
        Body.objects.filter(post=post).delete()
    else:
        body, below = take_out(body, first=len(above) + 1)
        kept = {"document": body.json, "extras": _extras(revision, sealed=True)}
        Body.objects.update_or_create(post=post, defaults=kept)
    record_uses(post, opening, body, [block.document for block in above + below])
    SealedBlock.objects.bulk_create(
        [_sealed(post, block, False) for block in above] + [_sealed(post, block, True) for block in below]
    )


def _extras(revision: Revision, *, sealed: bool) -> dict[str, object]:
    return {name: value for name, value in revision.extras.items() if (name in SEALED_EXTRAS) == sealed}


def _sealed(post: Post, block: Block, is_below: bool) -> SealedBlock:
    web = {f"web_{word}": True for word in block.web}
    mail = {f"mail_{word}": True for word in block.mail}
    return SealedBlock(post=post, number=block.number, is_below=is_below, document=block.document.json, **web, **mail)
