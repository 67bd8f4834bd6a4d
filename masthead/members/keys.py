"""Keys of the API: making them, naming them, revoking them, and finding the one that a program shows."""

import hashlib
import hmac
import re
import secrets
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from masthead.core import events
from masthead.members.models import ApiKey, Member
from masthead.members.models.api_key import KeyKind

CONTENT_KEY = re.compile(r"[0-9a-f]{26}")  # the form that Ghost's clients check for


class KeyNameError(ValueError):
    """A name that another working key of the kind has; the message says what to do."""


def make_key(name: str, kind: KeyKind, *, by: Member, at: datetime) -> tuple[ApiKey, str]:
    """Make a key and return it with the text that opens the API, which cannot be had from any table afterwards.

    A content key is 26 hex digits, an admin key is `id:secret`. Raises KeyNameError where a working key of the kind
    has the name: a form that is sent twice makes one key.
    """
    content_key = secrets.token_hex(13) if kind == KeyKind.CONTENT else None
    try:
        with transaction.atomic():
            key = ApiKey.objects.create(
                name=name,
                kind=kind,
                key_hash=_hashed(content_key) if content_key else None,
                made_at=at,
                made_by=by,
            )
            events.write("key.made", f"key:{key.pk}", at=at, actor_id=by.pk)
    except IntegrityError as error:
        raise KeyNameError(_taken(name)) from error
    return key, content_key or f"{key.public_id}:{admin_secret(key)}"


def admin_secret(key: ApiKey) -> str:
    """Derive the secret half of an admin key, 64 hex digits, from the site's secret and the key's random id.

    As with a sign-in code (codes.py), no table holds it, not even as a hash. Raises ValueError for another kind.
    """
    if key.kind != KeyKind.ADMIN:
        raise ValueError("Only an admin key has a secret half.")
    site = hashlib.sha256(b"admin-key:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(site, key.public_id.encode(), hashlib.sha256).hexdigest()


def rename_key(key: ApiKey, name: str, *, by: Member, at: datetime) -> None:
    """Give a key another name; KeyNameError where a working key of the kind has it."""
    try:
        with transaction.atomic():
            key.name = name
            key.save(update_fields=["name"])
            events.write("key.renamed", f"key:{key.pk}", at=at, actor_id=by.pk)
    except IntegrityError as error:
        raise KeyNameError(_taken(name)) from error


def revoke_key(key: ApiKey, *, by: Member, at: datetime) -> None:
    """Close a key for good: it opens nothing from the next request on. Revoking it twice is once."""
    with transaction.atomic():
        if ApiKey.objects.working().filter(pk=key.pk).update(revoked_at=at):
            events.write("key.revoked", f"key:{key.pk}", at=at, actor_id=by.pk)


def content_key(text: str) -> ApiKey | None:
    """Return the working content key with this text; None for any other text."""
    if not CONTENT_KEY.fullmatch(text):
        return None
    return ApiKey.objects.working().filter(kind=KeyKind.CONTENT, key_hash=_hashed(text)).first()


def note_use(key: ApiKey, *, at: datetime) -> None:
    """Note the day on which a key was used; it writes for the first use of a day alone."""
    if key.last_used_on != at.date():
        ApiKey.objects.filter(pk=key.pk).update(last_used_on=at.date())


def _hashed(text: str) -> str:
    """Hash a key of 104 random bits: nobody guesses those, so it needs no salt and no slow hash (ASVS 5.0, 11.4)."""
    return hashlib.sha256(text.encode()).hexdigest()


def _taken(name: str) -> str:
    return _("There is a key named “%(name)s”. Choose another name, or revoke that one first.") % {"name": name}
