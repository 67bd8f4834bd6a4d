"""Ids in Ghost's form: 24 hex digits for every object, and a UUID; both are made from its public id and stay."""

import hashlib
import re
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode

OURS = re.compile(r"[A-Za-z0-9_-]{12}")  # 9 bytes, as core/ids.py makes them
THEIRS = re.compile(r"[0-9a-f]{24}")
SPACE = uuid.UUID("1f0c7a52-6d0b-5c7e-9a53-4d6173746865")


def shown_id(kind: str, public_id: str) -> str:
    """Return the id that clients see: a mark of the kind and the nine bytes of the public id, so that it leads back."""
    if OURS.fullmatch(public_id):
        return _mark(kind) + urlsafe_b64decode(public_id).hex()
    return hashlib.sha256(f"{kind}:{public_id}".encode()).hexdigest()[:24]


def public_id_of(kind: str, shown: str) -> str | None:
    """Return the public id behind an id that clients see; None for one of another kind or form."""
    if not THEIRS.fullmatch(shown) or not shown.startswith(_mark(kind)):
        return None
    return urlsafe_b64encode(bytes.fromhex(shown.removeprefix(_mark(kind)))).decode()


def shown_uuid(kind: str, public_id: str) -> str:
    """Return a UUID (version 5) of the object."""
    return str(uuid.uuid5(SPACE, f"{kind}:{public_id}"))


def _mark(kind: str) -> str:
    return hashlib.sha256(kind.encode()).hexdigest()[:6]
