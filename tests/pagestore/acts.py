"""What tests of the running server let happen, each as the desk, the provider or a command does it. Told and answered in JSON."""

import os
import signal
from datetime import timedelta
from typing import Any

from django.utils import timezone

from masthead.access.entitlements import end_entitlement, entitle
from masthead.access.models import Tier
from masthead.access.models.entitlement import Why
from masthead.content.changing import change_publication
from masthead.content.deleting import delete_post
from masthead.content.models import Post
from masthead.content.publishing import change_visibility, unpublish
from masthead.members.models import Member
from masthead.members.signing_in import end_sessions
from masthead.members.standing import ban
from masthead.pagestore import parts
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
    title: str, text: str, visibility: str = "public", tiers: list[int] | None = None, **fields: Any
) -> dict[str, Any]:
    """Publish a post from Markdown; return its pk, public id and path."""
    post = people.published(title, text, cast=_cast[0], visibility=visibility, tier_ids=tiers or [], **fields)
    return {"pk": post.pk, "public_id": post.public_id, "path": post.path}


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


def die_before_telling() -> None:
    """Let this process be killed as soon as it wants to tell the workers of what it committed."""

    class Deadly:
        def change(self) -> None:
            os.kill(os.getpid(), signal.SIGKILL)

    parts.counter = Deadly  # type: ignore[assignment]
