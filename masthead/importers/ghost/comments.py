"""Comments of the running site, kept for the day on which posts here have comments."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction

from masthead.importers.ghost.counterparts import find, fingerprint, ours, remember
from masthead.importers.ghost.places_reached import reached
from masthead.importers.ghost.remote import Ghost
from masthead.importers.ghost.run import Run

Said = dict[str, Any]
COUNT = "comments"


def bring_comments(run: Run, ghost: Ghost) -> None:
    """Keep every comment of every post in the export, as it stands; raises GhostError.

    The row's object is the member who wrote it, so that it goes with the member. What somebody wrote who was deleted
    here, or is not here, is not kept.
    """
    total = run.staged.count("posts")
    with reached(COUNT, run.at) as place:
        for number, post in enumerate(run.staged.rows("posts"), start=1):
            if number < place.next:
                continue
            written = list(_flat(ghost.comments(post.id)))
            with transaction.atomic():
                for said in written:
                    run.report.count(f"{COUNT} {_keep(run, said, post.id)}")
            place.note(number)
            run.progress(COUNT, number, total)


def _flat(rows: Iterable[Said]) -> Iterator[Said]:
    for said in rows:
        yield said
        replies = said.get("replies")
        for reply in replies if isinstance(replies, list) else []:
            if isinstance(reply, dict):
                yield {"parent_id": said.get("id")} | reply


def _keep(run: Run, said: Said, post_id: str) -> str:
    writer = said.get("member") if isinstance(said.get("member"), dict) else {}
    writer_id = str((writer or {}).get("id") or said.get("member_id") or "")
    member = ours("member", writer_id) if writer_id else None
    if member is None or not said.get("id"):
        return "left out (their writer is not here)"
    kept = "parent_id in_reply_to_id status html created_at edited_at pinned_at".split()
    facts = {name: said.get(name) for name in kept} | {"post": post_id, "member": writer_id}
    state, known = fingerprint(facts), find("comment", str(said["id"]))
    if known and known.fingerprint == state:
        return "unchanged"
    remember("comment", str(said["id"]), at=run.at, object_id=member, fingerprint=state, facts=facts)
    return "updated" if known else "kept"
