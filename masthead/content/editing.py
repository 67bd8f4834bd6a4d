"""Working on a post without publishing it: drafts and revisions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from masthead.content.document import Document
from masthead.content.models.draft import Draft
from masthead.content.models.fields import FIELD_NAMES, copied
from masthead.content.models.post import Kind, Post
from masthead.content.models.revision import Revision
from masthead.core import events
from masthead.core.models import Publication
from masthead.members.models import Member


class EditConflict(Exception):
    """Somebody saved this draft in between; nothing was overwritten. `draft` is what is stored now."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(
            _("Somebody else saved this post in the meantime. Your text is below; nothing was overwritten.")
        )
        self.draft = draft


def start_post(*, by: Member | None, at: datetime, kind: str = Kind.POST, public_id: str = "", **fields: Any) -> Draft:
    """Start a post or page and return its draft; nobody but staff can see it yet.

    `public_id` is one that it had elsewhere, and no post here has.
    """
    fields.setdefault("visibility", Publication.current().default_visibility)
    with transaction.atomic():
        post = Post.objects.create(kind=kind, **({"public_id": public_id} if public_id else {}))
        draft = Draft.objects.create(post=post, saved_at=at, saved_by=by, **_checked(fields))
        events.write("post.started", f"post:{post.pk}", at=at, actor_id=by.pk if by else None)
    return draft


def draft_of(post: Post) -> Draft:
    """Return the post's draft, which every post has from its start."""
    return Draft.objects.select_related("post", "lead").get(post=post)


def save_draft(post: Post, fields: Mapping[str, Any], *, version: int, by: Member | None, at: datetime) -> Draft:
    """Save these fields to the draft if it is still at `version`, and return it; what is out does not change.

    Raises EditConflict, and writes nothing, if somebody else saved in between; DocumentError for a malformed document.
    """
    changed = _checked(fields) | {"version": F("version") + 1, "saved_at": at, "saved_by": by}
    if not Draft.objects.filter(post=post, version=version).update(**changed):
        raise EditConflict(draft_of(post))
    return draft_of(post)


def freeze(post: Post, *, by: Member | None, at: datetime) -> Revision:
    """Freeze the draft as the post's next revision and return it."""
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(post=post)
        return next_revision(post, copied(draft), draft_version=draft.version, by=by, at=at)


def next_revision(
    post: Post, fields: Mapping[str, Any], *, draft_version: int, by: Member | None, at: datetime
) -> Revision:
    """Write a revision with these fields under the post's next number; `draft_version` is that of the draft it equals."""
    last = Revision.objects.filter(post=post).aggregate(last=Max("number"))["last"] or 0
    return Revision.objects.create(
        post=post, number=last + 1, draft_version=draft_version, made_at=at, made_by=by, **fields
    )


def revisions_of(post: Post) -> list[Revision]:
    """Return the post's revisions, newest first."""
    return list(Revision.objects.select_related("made_by").filter(post=post).order_by("-number"))


def _checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - set(FIELD_NAMES) - {"lead"}
    if unknown:
        raise TypeError(f"A post has no field {', '.join(sorted(unknown))}.")
    checked = dict(fields)
    if "document" in checked:
        checked["document"] = Document.load(checked["document"]).json
    return checked
