"""What each event purges, in its own transaction: every rule, on one screen."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from masthead.content.models import Post, Tag
from masthead.content.models.post import Status
from masthead.core.events import on_write
from masthead.core.models import Event
from masthead.core.page_tags import LISTS, MEMBERS, MISSING, MORE, SITE, of_author, of_member, of_post, of_tag
from masthead.pagestore import log, parts

Rule = Callable[[Event], Iterable[str]]


def number(event: Event) -> int:
    """Return the id of the event's subject."""
    return int(event.subject.partition(":")[2])


def a_post(event: Event) -> list[str]:
    """Purge the post and its translations wherever they are shown, what lists posts, and its neighbours where it came
    between some."""
    pk = number(event)
    # Each language names all that are out. Mostly there is one, and this is the only question.
    rows = Post.objects.filter(Q(pk=pk) | Q(translation_of=pk)).values_list("pk", "translation_of", "published_at")
    family = {row: (origin, published_at) for row, origin, published_at in rows}
    origin, published_at = family.get(pk, (None, None))
    shown = {pk, *family, *(_translations_of(origin) if origin else ())}
    is_between = bool(event.facts.get("moved")) and _stands_before_another(published_at)
    return [*map(of_post, shown), LISTS, MISSING, *([MORE] if is_between else [])]


def _translations_of(origin: int) -> Iterable[int]:
    return Post.objects.filter(Q(pk=origin) | Q(translation_of=origin)).values_list("pk", flat=True)


def _stands_before_another(published_at: datetime | None) -> bool:
    """Whether a post that appeared in a section is an older one, so that some published after it have another neighbour.

    Of one that leaves a section, the pages that showed it are purged by its own tag.
    """
    if published_at is None:
        return False
    return Post.objects.posts().filter(status=Status.PUBLISHED, published_at__gt=published_at).exists()


def a_tag(event: Event) -> list[str]:
    """Purge a tag wherever it is shown; a section is named on every page, and one that was for staff only may now be."""
    is_section = Tag.objects.filter(pk=number(event), is_section=True).exists()
    is_everywhere = is_section or "is_internal" in event.facts.get("fields", ())
    return [of_tag(number(event)), LISTS, MISSING, *([SITE] if is_everywhere else [])]


def an_author(event: Event) -> list[str]:
    """Purge an author wherever they are shown."""
    return [of_author(number(event)), LISTS, MISSING]


def missing(event: Event) -> list[str]:
    """Purge what was answered where nothing stands."""
    return [MISSING]


def a_member(event: Event) -> list[str]:
    """Void every reader cookie that this member was given before."""
    return [of_member(number(event))]


def all_members(event: Event) -> list[str]:
    """Void every reader cookie."""
    return [MEMBERS]


def everything(event: Event) -> list[str]:
    """Purge every page."""
    return [SITE, MISSING]


# Event kind -> what it purges. A kind that stands in neither table fails a test (tests/pagestore/test_purging.py).
RULES: dict[str, Rule] = {
    "post.published": a_post,
    "post.unpublished": a_post,
    "post.deleted": a_post,
    "post.cut_again": lambda event: [of_post(number(event))],
    "tag.made": a_tag,
    "tag.changed": a_tag,
    "tag.deleted": lambda event: [of_tag(number(event)), SITE, MISSING],
    "author.made": an_author,
    "author.changed": an_author,
    "redirect.kept": missing,
    "sections.changed": everything,
    "publication.changed": everything,
    "publication.imported": everything,
    "publication.restored": lambda event: [SITE, MISSING, MEMBERS],
    "price.offered": everything,
    "price.archived": everything,
    "access.changed": a_member,
    "members.imported": all_members,
    "member.signed_out": a_member,
    "member.signed_out_everywhere": a_member,
    "member.mail_changed": a_member,
    "member.role_changed": a_member,
    "member.banned": a_member,
    "member.deleted": a_member,
}
# Event kind -> why no page and no reader cookie says anything else after it.
NOTHING: Final[dict[str, str]] = {
    "post.started": "a draft is at the desk only",
    "post.saved": "a draft is at the desk only",
    "post.scheduled": "post.published follows when its time has come",
    "post.unscheduled": "it was not out",
    "member.joined": "there was no cookie yet",
    "member.added": "there was no cookie yet",
    "member.changed": "no page shows a name, a note or a label",
    "member.signed_in": "a new session has a cookie of its own",
    "member.passkeys_forgotten": "member.signed_out_everywhere is written with it",
    "subscription.started": "what it opens is told by access.changed",
    "subscription.taken_over": "what it opens is told by access.changed",
    "subscription.cancelled": "it stays open until its period ends; what moves that is told by access.changed",
    "subscription.resumed": "what it opens is told by access.changed",
    "subscription.lapsed": "the cookie ended with the entitlement",
    "subscription.doubled": "what is ended is told by access.changed when the provider has done it",
    "subscription.orphaned": "its member is gone or banned, and told as such",
    "payment.received": "what it opens is told by access.changed",
    "payment.refunded": "what it closes is told by access.changed",
    "newsletter.taken": "no page shows who takes what",
    "newsletter.left": "no page shows who takes what",
    "key.made": "keys are for programs",
    "key.renamed": "keys are for programs",
    "key.revoked": "keys are for programs",
}


@on_write
def owe(event: Event) -> None:
    """Write what the event purges into the log, and let every worker of this machine know once it is committed."""
    rule = RULES.get(event.kind)
    if rule is None:
        return
    # The moment at which it is written: an act may be dated back, and the row must not be forgotten before its time.
    log.write(rule(event), at=timezone.now())
    transaction.on_commit(tell, robust=True)  # what is done stays done: without the counter it shows a second later


def tell() -> None:
    """Let every worker of this machine look at the log before its next answer."""
    parts.counter().change()
