"""What each event purges, in its own transaction: every rule, on one screen."""

from collections.abc import Callable, Iterable

from django.db import transaction

from masthead.content.models import Post, Tag
from masthead.core.events import on_write
from masthead.core.models import Event
from masthead.core.page_tags import LISTS, MISSING, MORE, SITE, of_author, of_member, of_post, of_tag
from masthead.pagestore import log, parts

Rule = Callable[[Event], Iterable[str]]


def number(event: Event) -> int:
    """Return the id of the event's subject."""
    return int(event.subject.partition(":")[2])


def a_post(event: Event) -> list[str]:
    """Purge the post wherever it is shown, what lists posts, and its neighbours where it came between some."""
    return [of_post(number(event)), LISTS, MISSING, *([MORE] if _came_between(event) else [])]


def _came_between(event: Event) -> bool:
    """Whether an older post appeared in a section, so that those published after it have another neighbour."""
    if not event.facts.get("moved"):
        return False
    post = Post.objects.filter(pk=number(event)).first()
    return post is not None and Post.objects.live(event.at).filter(published_at__gt=post.published_at).exists()


def a_tag(event: Event) -> list[str]:
    """Purge a tag wherever it is shown; a section is named on every page."""
    is_section = Tag.objects.filter(pk=number(event), is_section=True).exists()
    return [of_tag(number(event)), LISTS, MISSING, *([SITE] if is_section else [])]


def an_author(event: Event) -> list[str]:
    """Purge an author wherever they are shown."""
    return [of_author(number(event)), LISTS, MISSING]


def a_member(event: Event) -> list[str]:
    """Void every reader cookie that this member was given before."""
    return [of_member(number(event))]


def everything(event: Event) -> list[str]:
    """Purge every page."""
    return [SITE, MISSING]


# Event kind -> what it purges. A kind that stands in neither table fails a test (tests/pagestore/test_purging.py).
RULES: dict[str, Rule] = {
    "post.published": a_post,
    "post.unpublished": a_post,
    "post.deleted": a_post,
    "post.cut_again": a_post,
    "tag.changed": a_tag,
    "tag.deleted": lambda event: [of_tag(number(event)), SITE, MISSING],
    "sections.changed": everything,
    "publication.changed": everything,
    "publication.restored": everything,
    "access.changed": a_member,
    "member.signed_out": a_member,
    "member.signed_out_everywhere": a_member,
    "member.role_changed": a_member,
    "member.banned": a_member,
    "member.deleted": a_member,
}


@on_write
def owe(event: Event) -> None:
    """Write what the event purges into the log, and let every worker of this machine know once it is committed."""
    rule = RULES.get(event.kind)
    if rule is None:
        return
    log.write(rule(event), at=event.at)
    transaction.on_commit(tell, robust=True)  # what is done stays done: without the counter it shows a second later


def tell() -> None:
    """Let every worker of this machine look at the log before its next answer."""
    parts.counter().change()
