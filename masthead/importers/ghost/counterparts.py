"""What a run remembers of Ghost's rows: which of ours each became, and whether it changed since."""

import hashlib
import json
from datetime import datetime
from typing import Any

from masthead.importers.ghost import SOURCE
from masthead.importers.models import Counterpart

LONGEST = 191


def find(kind: str, foreign_id: str) -> Counterpart | None:
    """Return what is remembered of a row; None if it was never brought in."""
    return Counterpart.objects.filter(source=SOURCE, kind=kind, foreign_id=key_of(foreign_id)).first()


def ours(kind: str, foreign_id: str) -> int | None:
    """Return the id of ours that a row became; None if there is none."""
    found = find(kind, foreign_id)
    return found.object_id if found else None


def all_ours(kind: str) -> dict[str, int]:
    """Return every foreign id of a kind with the id of ours, where there is one."""
    rows = Counterpart.objects.filter(source=SOURCE, kind=kind, object_id__isnull=False)
    return {foreign_id: pk for foreign_id, pk in rows.values_list("foreign_id", "object_id") if pk is not None}


def remember(
    kind: str,
    foreign_id: str,
    *,
    at: datetime,
    object_id: int | None = None,
    fingerprint: str = "",
    facts: dict[str, Any] | None = None,
) -> Counterpart:
    """Write down what a row became, in place of what was known of it before."""
    values = {"object_id": object_id, "fingerprint": fingerprint, "facts": facts or {}, "imported_at": at}
    row, _ = Counterpart.objects.update_or_create(
        source=SOURCE, kind=kind, foreign_id=key_of(foreign_id), defaults=values
    )
    return row


def key_of(foreign_id: str) -> str:
    """Return a foreign id as it is remembered: of one that is too long, a part and a hash."""
    if len(foreign_id) <= LONGEST:
        return foreign_id
    return f"{hashlib.sha256(foreign_id.encode('utf-8', 'replace')).hexdigest()[:32]}…{foreign_id[-(LONGEST - 33) :]}"


def fingerprint(*parts: Any) -> str:
    """Return what tells one state of a foreign row from another."""
    text = json.dumps(parts, sort_keys=True, default=str, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
