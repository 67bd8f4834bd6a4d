"""What goes out of content: everything written, sealed words too, for whoever keeps the publication's machine.

Nothing that readers or staff ask for leads here; only taking the whole publication out does (docs/reference/export-format.md).
"""

from collections.abc import Sequence
from typing import Any

from masthead.access.models import Tier
from masthead.content.carried_values import document_of, file_type_of, part_of, path_of
from masthead.content.document import Document, Picture, Rendition, file_ids, media_ids, to_html, to_markdown
from masthead.content.document.attached import Attached
from masthead.content.models import (
    Address,
    Attachment,
    AttachmentUse,
    Author,
    Body,
    Draft,
    Media,
    Post,
    Redirect,
    Revision,
    Schedule,
    SealedBlock,
    Snippet,
    Tag,
)
from masthead.content.models.post import Status
from masthead.core.carrying import (
    Checked,
    Column,
    Derived,
    FileName,
    Keys,
    LineError,
    Many,
    OwnRef,
    Ref,
    RefList,
    Table,
    plain,
)
from masthead.core.carrying.columns import Line
from masthead.core.carrying.references import id_of
from masthead.core.extras import checked_extras

MEMBER = ("members", "public_id")
POST = ("post", "posts", "public_id")
ORIGINALS = FileName("file", "media", "originals/")
FILES = FileName("file", "attachments", "attachments/")
CHUNK = 50  # rows with a document, held in memory


def _extras() -> Column:
    return Checked("extras", checked_extras)


def _written(*more: Column) -> list[Column]:
    """The columns of everything that staff write about a post."""
    return [
        *plain("title standfirst slug visibility"),
        RefList("tiers", "tier_ids", "tiers", Tier, "slug"),
        RefList("tags", "tag_ids", "tags", Tag, "slug"),
        RefList("authors", "author_ids", "authors", Author, "slug"),
        Ref("lead", "media", "token"),
        *plain("lead_alt lead_caption lead_credit is_featured language"),
        _extras(),
        Checked("document", document_of),
        *more,
    ]


class Live(Derived):
    """The whole of what is out, the cut and what stands below it too, as `live` of each row; None if it is not out."""

    def load(self, rows: Sequence[Any]) -> None:
        out = {row.pk: row.revision_number for row in rows if row.status == Status.PUBLISHED}
        found = Revision.objects.filter(post__in=out).values_list("post_id", "number", "document")
        documents = {pk: document for pk, number, document in found.iterator() if out[pk] == number}
        for row in rows:
            row.live = Document.stored(documents[row.pk]) if row.pk in documents else None


def _html(document: Document | None) -> str | None:
    """Write a document for the web, its pictures being the files of the export."""
    if document is None:
        return None
    media = Media.objects.filter(token__in=media_ids(document))
    files = Attachment.objects.filter(token__in=file_ids(document))
    return str(
        to_html(
            document,
            pictures={row.token: _picture(row) for row in media},
            files={row.token: Attached(FILES.out(row), row.name, row.size, row.type) for row in files},
        )
    )


def _picture(media: Media) -> Picture:
    return Picture(media.width, media.height, (Rendition("jpeg", media.width, ORIGINALS.out(media)),))


def _markdown(document: Document | None) -> str | None:
    return to_markdown(document) if document else None


def _draft(draft: Draft) -> Document:
    return Document.stored(draft.document)


class RevisionNumber(Column):
    """A revision of the post that the line names, by its number."""

    related = ("revision",)

    def out(self, row: Any) -> Any:
        return row.revision.number

    def take(self, line: Line, keys: Keys) -> dict[str, Any]:
        post = id_of(keys, "posts", line["post"])
        number = line[self.name] if type(line[self.name]) is int else 0
        found = Revision.objects.filter(post=post, number=number).first()
        if found is None:
            raise LineError(f"is {line[self.name]!r}, which the post has not")
        return {"revision_id": found.pk}


TABLES = [
    Table(
        "media",
        Media,
        [
            *plain("token"),
            ORIGINALS,
            *plain("name sha256 width height alt caption credit uploaded_at"),
        ],
        key="token",
    ),
    Table(
        "attachments",
        Attachment,
        [
            *plain("token"),
            FILES,
            *plain("name sha256 size"),
            Checked("type", file_type_of),
            *plain("uploaded_at"),
        ],
        key="token",
    ),
    Table(
        "tags",
        Tag,
        [
            *plain("public_id slug name description picture"),
            Checked("own_path", path_of),
            *plain("is_internal is_section position"),
            _extras(),
        ],
        key="slug",
    ),
    Table(
        "authors",
        Author,
        [*plain("public_id slug name bio picture"), Checked("own_path", path_of), Ref("member", *MEMBER), _extras()],
        key="slug",
    ),
    Table(
        "posts",
        Post,
        [
            *plain("public_id kind status"),
            Checked("path", path_of),
            *plain("title standfirst visibility"),
            Many("tiers", "tier", "tiers", "slug"),
            Many("tags", "tag", "tags", "slug", "position"),
            Many("authors", "author", "authors", "slug", "position"),
            Ref("lead", "media", "token"),
            *plain("lead_alt lead_caption lead_credit is_featured language"),
            _extras(),
            OwnRef("translation_of", "posts", "public_id"),
            *plain("revision_number started_at published_at updated_at"),
            Checked("opening", part_of),
            Live("document", lambda post: post.live.tree if post.live else None),
            Derived("html", lambda post: _html(post.live)),
            Derived("markdown", lambda post: _markdown(post.live)),
        ],
        key="public_id",
        chunk=CHUNK,
    ),
    Table("bodies", Body, [Ref(*POST), Checked("document", part_of), _extras()], chunk=CHUNK),
    Table(
        "sealed_blocks",
        SealedBlock,
        [
            Ref(*POST),
            *plain("number is_below web_anyone web_free web_paid mail_free mail_paid"),
            Checked("document", part_of),
        ],
    ),
    Table(
        "drafts",
        Draft,
        [
            Ref(*POST),
            *plain("version saved_at"),
            Ref("saved_by", *MEMBER),
            *_written(
                Derived("html", lambda draft: _html(_draft(draft))),
                Derived("markdown", lambda draft: _markdown(_draft(draft))),
            ),
        ],
        chunk=CHUNK,
    ),
    Table(
        "revisions",
        Revision,
        [Ref(*POST), *plain("number draft_version made_at"), Ref("made_by", *MEMBER), *_written()],
        chunk=CHUNK,
    ),
    Table(
        "schedules",
        Schedule,
        [Ref(*POST), RevisionNumber("revision"), *plain("publish_at"), Ref("set_by", *MEMBER)],
    ),
    Table(
        "addresses",
        Address,
        [
            Checked("path", path_of),
            *plain("is_current"),
            Ref(*POST),
            Ref("tag", "tags", "slug"),
            Ref("author", "authors", "slug"),
        ],
    ),
    Table("redirects", Redirect, plain("source is_pattern target is_permanent position"), key="source"),
    Table("snippets", Snippet, [*plain("public_id name"), Checked("document", document_of)], key="public_id"),
    Table(
        "attachment_uses",
        AttachmentUse,
        [Ref("attachment", "attachments", "token"), Ref(*POST), *plain("is_open")],
    ),
]
LEFT_OUT = {
    "content.PostAuthor": "is the posts' column authors",
    "content.PostTag": "is the posts' column tags",
}
