"""Ids in Ghost's form: 24 hex digits for every object, and a UUID; both are made from its public id and stay.

What came from Ghost has Ghost's own id as its public id. Those begin with the time at which they were made; the ones
that are made here begin with an f, which that time reaches in 2097.
"""

import hashlib
import re
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode

OURS = re.compile(r"[A-Za-z0-9_-]{12}")  # 9 bytes, as core/ids.py makes them
THEIRS = re.compile(r"[0-9a-f]{24}")
MADE_HERE = "f"
SPACE = uuid.UUID("1f0c7a52-6d0b-5c7e-9a53-4d6173746865")


def shown_id(kind: str, public_id: str) -> str:
    """Return the id that clients see: the one from Ghost, or a mark of the kind and the nine bytes of the public id."""
    if THEIRS.fullmatch(public_id):
        return public_id
    if OURS.fullmatch(public_id):
        return _mark(kind) + urlsafe_b64decode(public_id).hex()
    return MADE_HERE + hashlib.sha256(f"{kind}:{public_id}".encode()).hexdigest()[:23]


def public_id_of(kind: str, shown: str) -> str | None:
    """Return the public id behind an id that clients see; None for one of another kind or form."""
    if not THEIRS.fullmatch(shown):
        return None
    if not shown.startswith(MADE_HERE):
        return shown
    if not shown.startswith(_mark(kind)):
        return None
    return urlsafe_b64encode(bytes.fromhex(shown.removeprefix(_mark(kind)))).decode()


def shown_uuid(kind: str, public_id: str) -> str:
    """Return a UUID (version 5) of the object."""
    return str(uuid.uuid5(SPACE, f"{kind}:{public_id}"))


def _mark(kind: str) -> str:
    return MADE_HERE + hashlib.sha256(kind.encode()).hexdigest()[:5]
