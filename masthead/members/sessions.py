"""Sessions whose keys no table holds: a row is found by a hash of the cookie (CHECKS.md 36)."""

import hashlib
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session


def hash_of_key(session_key: str | None) -> str:
    """Return the key under which a session's row is kept: 160 bits of BLAKE2b over the cookie."""
    return hashlib.blake2b((session_key or "").encode(), digest_size=20).hexdigest()


class SessionStore(db.SessionStore):
    """Django's sessions in the database, with hashed keys."""

    def _get_session_from_db(self) -> Any:
        rows = Session.objects.filter(session_key=hash_of_key(self.session_key), expire_date__gt=_now())
        row = rows.first() if self.session_key else None
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=hash_of_key(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row = super().create_model_instance(data)
        row.session_key = hash_of_key(self.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(session_key=hash_of_key(key)).delete()


def _now() -> datetime:
    from django.utils import timezone

    return timezone.now()
