"""Links in the mails of a former system, by which it knew a member."""

import hashlib
import hmac
import re
from collections.abc import Mapping

from masthead.members.models import Member
from masthead.newsletters.models import Newsletter, OldLink

NAME = re.compile(r"[0-9A-Za-z-]{1,36}")
FORMER_UUID = "former_uuid"  # in a newsletter's design: what the former system's links name it by


def hash_of_key(key: str) -> str:
    """Return what is kept of a link's secret: without the mail the row opens nothing."""
    return hashlib.sha256(key.encode()).hexdigest()


def member_of(uuid: str, key: str) -> Member | None:
    """Return whom a link with its right key is for; None, after the same work, for an unknown link or another key."""
    name = _as_name(uuid)
    link = OldLink.objects.select_related("member").filter(uuid=name).first() if name else None
    kept = link.key_hash if link and link.key_hash else "-" * 64
    is_right = hmac.compare_digest(kept, hash_of_key(key))
    return link.member if link and is_right else None


def newsletter_of(uuid: str) -> Newsletter | None:
    """Return the newsletter that a former system's links name like this."""
    name = _as_name(uuid)
    return Newsletter.objects.filter(**{f"design__{FORMER_UUID}": name}).first() if name else None


def _as_name(uuid: str) -> str:
    """Return a name as it is kept; empty for what can be none, such as text that no database takes."""
    return uuid.lower() if NAME.fullmatch(uuid) else ""


def remember_links(links: Mapping[str, tuple[int, str]]) -> int:
    """Remember links by uuid, as (member id, key or ""), and return how many are new or learned their key.

    A link that is known stays with its member; a key that is known is not forgotten by a run that does not know it.
    """
    held = {link.uuid: link for link in OldLink.objects.filter(uuid__in=links)}
    hashes = {uuid: hash_of_key(key) if key else "" for uuid, (_, key) in links.items()}
    new = [
        OldLink(uuid=uuid, member_id=member, key_hash=hashes[uuid])
        for uuid, (member, _) in links.items()
        if uuid not in held
    ]
    learned = [
        link
        for uuid, link in held.items()
        if hashes[uuid] and link.key_hash != hashes[uuid] and link.member_id == links[uuid][0]
    ]
    for link in learned:
        link.key_hash = hashes[link.uuid]
    OldLink.objects.bulk_create(new, ignore_conflicts=True)
    OldLink.objects.bulk_update(learned, ["key_hash"])
    return len(new) + len(learned)
