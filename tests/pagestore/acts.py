"""What tests of the running server let happen, each as the desk, the provider or a command does it. Told and answered in JSON."""

import os
import signal
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from masthead.access.entitlements import end_entitlement, entitle
from masthead.access.models import Tier
from masthead.access.models.entitlement import Why
from masthead.billing.models import Price
from masthead.billing.pricing import archive, offer, price_like
from masthead.content.attaching import keep_attachment, path_of
from masthead.content.changing import change_publication
from masthead.content.deleting import delete_post
from masthead.content.document import Document
from masthead.content.editing import draft_of, freeze, save_draft, start_post
from masthead.content.models import Post, Revision, Tag
from masthead.content.publishing import change_visibility, unpublish
from masthead.content.publishing import publish as publish_revision
from masthead.content.redirecting import keep_redirect
from masthead.content.tagging import change_tag
from masthead.core import events
from masthead.importers.markdown.importing import import_folder
from masthead.members.models import Member
from masthead.members.signing_in import end_sessions
from masthead.members.standing import ban
from masthead.ops import worker
from masthead.pagestore import parts
from masthead.pagestore.purging import RULES
from tests import cast as people
from tests.cast import Cast

_cast: list[Cast] = []


def make_cast() -> dict[str, Any]:
    """Make the cast; return the pk of every member and tier by name."""
    made = people.make_cast()
    _cast.append(made)
    return {
        "members": {name: row.pk for name, row in made.members.items()},
        "tiers": {name: row.pk for name, row in made.tiers.items()},
    }


def publish(
    title: str, text: str, visibility: str = "public", tiers: list[int] | None = None, hours: float = 1, **fields: Any
) -> dict[str, Any]:
    """Publish a post from Markdown, dated back by some hours; return its pk, public id and path."""
    at = timezone.now() - timedelta(hours=hours)
    post = people.published(title, text, cast=_cast[0], at=at, visibility=visibility, tier_ids=tiers or [], **fields)
    return {"pk": post.pk, "public_id": post.public_id, "path": post.path}


def changed_to(post: Post, **fields: Any) -> Revision:
    """Save these fields to a post's draft and freeze it."""
    now = timezone.now()
    save_draft(post, fields, version=draft_of(post).version, by=None, at=now)
    return freeze(post, by=None, at=now)


def edit(pk: int, **fields: Any) -> str:
    """Publish a post again with these fields changed; return its path."""
    path: str = publish_revision(changed_to(Post.objects.get(pk=pk), **fields), by=None, at=timezone.now()).path
    return path


def publish_file(size: int, visibility: str = "public") -> dict[str, Any]:
    """Publish a post that shows a file of so many bytes; return the file's path and its SHA-256."""
    row = keep_attachment(bytes(range(256)) * (size // 256), "film.bin", at=timezone.now())
    node = {"type": "file", "attrs": {"file": row.token, "title": "A film"}}
    draft = start_post(
        by=None, at=timezone.now(), title="Film", visibility=visibility, document=Document.of([node]).json
    )
    publish_revision(freeze(draft.post, by=None, at=timezone.now()), by=None, at=timezone.now())
    return {"path": path_of(row), "sha256": row.sha256}


def show_to(pk: int, visibility: str, tiers: list[int] | None = None) -> None:
    """Change the visibility of a post that is out."""
    change_visibility(Post.objects.get(pk=pk), visibility, tiers=tiers or [], by=None, at=timezone.now())


def take_down(pk: int) -> None:
    """Unpublish a post."""
    unpublish(Post.objects.get(pk=pk), by=None, at=timezone.now())


def delete(pk: int) -> None:
    """Delete a post for good."""
    delete_post(Post.objects.get(pk=pk), by=None, at=timezone.now())


def session_of(name: str) -> str:
    """Sign a member of the cast in; return the value of the session cookie."""
    browser = people.client_of(Member.objects.get(pk=_cast[0].members[name].pk))
    return next(morsel.value for cookie, morsel in browser.cookies.items() if "session" in cookie)


def give(name: str, tier: str, seconds: float | None = None) -> None:
    """Let a member hold a tier from now on, without end or for some seconds."""
    now = timezone.now()
    ends_at = now + timedelta(seconds=seconds) if seconds is not None else None
    member, row = _cast[0].members[name], Tier.objects.get(slug=tier)
    source = f"act:{name}:{tier}"
    entitle(member, row, source=source, why=Why.COMPLIMENTARY, starts_at=now, ends_at=ends_at, at=now)


def take(name: str, tier: str) -> None:
    """End what `give`, or the cast itself, gave a member."""
    now = timezone.now()
    if not end_entitlement(f"act:{name}:{tier}", at=now):
        end_entitlement(f"test:{name}", at=now)


def shut_out(name: str) -> None:
    """Ban a member."""
    ban(Member.objects.get(pk=_cast[0].members[name].pk), by=None, at=timezone.now())


def sign_out_everywhere(name: str) -> None:
    """End every session of a member."""
    end_sessions(Member.objects.get(pk=_cast[0].members[name].pk), at=timezone.now())


def change_settings(**changed: Any) -> None:
    """Change settings of the publication."""
    change_publication(changed, by=None, at=timezone.now())


def redirect(source: str, target: str) -> None:
    """Keep a redirect."""
    keep_redirect(source, target)


def rename_tag(slug: str, name: str) -> None:
    """Give a tag another name."""
    change_tag(Tag.objects.get(slug=slug), {"name": name}, by=None, at=timezone.now())


def offer_at(tier: str, units: int) -> None:
    """Sell a tier by the month at this price, and at no other."""
    now, row = timezone.now(), Tier.objects.get(slug=tier)
    for price in Price.objects.offered().filter(tier=row, period="month"):
        archive(price, at=now)
    offer(price_like(row, "month", units, "EUR", at=now), at=now)


def bring_in(folder: str) -> str:
    """Import a folder of Markdown files."""
    return import_folder(Path(folder)).summary


def tier(slug: str) -> int:
    """Return the id of a tier."""
    return Tier.objects.get(slug=slug).pk


def bring_in_tier(slug: str, name: str) -> None:
    """Rename a tier as an import does: the row, and one event for its batch."""
    with transaction.atomic():
        Tier.objects.filter(slug=slug).update(name=name)
        events.write("publication.imported", "import:ghost", at=timezone.now(), stage="tiers", rows=1)


def member_named(name: str) -> Member:
    """Return a member of the cast as the database has them now."""
    found: Member = Member.objects.get(pk=_cast[0].members[name].pk)
    return found


def new_member(name: str) -> int:
    """Let somebody join."""
    member: Member = Member.objects.create_user(f"{name}@readers.example", name=name.capitalize())
    _cast[0].members[name] = member
    return member.pk


def without_rules(kinds: list[str], what: str, **told: Any) -> None:
    """Let something happen as if nobody had said what these kinds of event purge."""
    rules = {kind: RULES.pop(kind) for kind in kinds}
    try:
        globals()[what](**told)
    finally:
        RULES.update(rules)


def work_off() -> None:
    """Do all that is queued, as the task worker does."""
    worker.work_off()


def die_before_telling() -> None:
    """Let this process be killed as soon as it wants to tell the workers of what it committed."""

    class Deadly:
        def change(self) -> None:
            os.kill(os.getpid(), signal.SIGKILL)

    parts.counter = Deadly  # type: ignore[assignment]
