"""What the desk lists: drafts with the state of what is out."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from masthead.access.visibility import Visibility
from masthead.content.models.author import Author
from masthead.content.models.draft import Draft
from masthead.content.models.post import Post, Status
from masthead.content.models.revision import Revision
from masthead.content.models.schedule import Schedule
from masthead.members.models import Member


@dataclass(frozen=True)
class Row:
    """One line of the desk's list."""

    public_id: str
    title: str
    kind: str
    visibility: str
    state: str  # draft, scheduled, published, changed, unpublished
    authors: str
    path: str
    at: datetime  # published, scheduled or last saved


def posts_for_desk(
    *, text: str = "", state: str = "", only_of: Member | None = None, limit: int = 50, start: int = 0
) -> tuple[list[Row], int]:
    """Return one page of posts as staff see them, and how many there are; `only_of` keeps to a member's own."""
    drafts = Draft.objects.select_related("post").order_by(Coalesce("post__published_at", "saved_at").desc(), "-pk")
    if text:
        drafts = drafts.filter(Q(title__icontains=text) | Q(slug__icontains=text))
    if state == "scheduled":
        drafts = drafts.filter(post__in=Schedule.objects.values("post"))
    elif state in Status.values:
        drafts = drafts.filter(post__status=state)
    if only_of is not None:
        author = Author.objects.filter(member=only_of).values_list("pk", flat=True).first()
        rows = drafts.values_list("pk", "author_ids")
        own = [pk for pk, authors in rows if author in authors]
        drafts = drafts.filter(pk__in=own)
    page = list(drafts[start : start + limit])
    return _rows(page), drafts.count()


def _rows(drafts: list[Draft]) -> list[Row]:
    posts = [draft.post_id for draft in drafts]
    due = dict(Schedule.objects.filter(post__in=posts).values_list("post_id", "publish_at"))
    made = {
        (r.post_id, r.number): r.draft_version
        for r in Revision.objects.filter(post__in=posts, number=F("post__revision_number")).only(
            "post_id", "number", "draft_version"
        )
    }
    names = dict(Author.objects.filter(pk__in={pk for d in drafts for pk in d.author_ids}).values_list("pk", "name"))
    return [_row(draft, due.get(draft.post_id), made, names) for draft in drafts]


def _row(draft: Draft, due: datetime | None, made: dict[tuple[int, int], int], names: dict[int, str]) -> Row:
    post = draft.post
    state = "scheduled" if due else str(post.status)
    if state == Status.PUBLISHED and made.get((post.pk, post.revision_number)) != draft.version:
        state = "changed"
    return Row(
        public_id=post.public_id,
        title=draft.title,
        kind=post.kind,
        visibility=str(dict(Visibility.choices).get(draft.visibility, draft.visibility)),
        state=state,
        authors=", ".join(names[pk] for pk in draft.author_ids if pk in names),
        path=post.path if post.status == Status.PUBLISHED else "",
        at=due or post.published_at or draft.saved_at,
    )


def is_own(draft: Draft, member: Member) -> bool:
    """Say whether the member's byline stands on the draft."""
    author = Author.objects.filter(member=member).first()
    return author is not None and author.pk in draft.author_ids


def standing_revision(post: Post) -> int:
    """Return the number of the revision that is out, or else scheduled; 0 if none is."""
    if post.status == Status.PUBLISHED:
        return post.revision_number
    return Schedule.objects.filter(post=post).values_list("revision__number", flat=True).first() or 0


def scheduled_for(post: Post) -> datetime | None:
    """Return when the post will be published, if that is set."""
    return Schedule.objects.filter(post=post).values_list("publish_at", flat=True).first()
