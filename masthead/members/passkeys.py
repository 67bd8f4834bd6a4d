"""Passkeys (WebAuthn Level 2) through the fido2 library: adding one, and signing in with one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from fido2.server import Fido2Server
from fido2.utils import websafe_decode
from fido2.webauthn import (
    AttestedCredentialData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from masthead.core.models import Publication
from masthead.members.models import Member, Passkey

MOST = 20  # passkeys of one member


class PasskeyError(ValueError):
    """A passkey that could not be added or does not open; the message says what to do."""


def can_work(address: str) -> bool:
    """Say whether browsers allow passkeys at this address: a name over https, or localhost (WebAuthn Level 2, 5.1.2)."""
    site = urlsplit(address)
    host = site.hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    is_number = host.replace(".", "").isdecimal() or ":" in host
    return site.scheme == "https" and not is_number


def _server() -> Fido2Server:
    """Speak for the configured address only, never for the Host of a request."""
    site = urlsplit(settings.ADDRESS)
    party = PublicKeyCredentialRpEntity(name=Publication.current().name, id=site.hostname or "localhost")
    return Fido2Server(party, verify_origin=lambda origin: origin == settings.ADDRESS)


def begin_adding(member: Member) -> tuple[dict[str, Any], Any]:
    """Return (options for the browser, state for the session) to add a passkey."""
    user = PublicKeyCredentialUserEntity(
        id=member.public_id.encode(), name=member.email, display_name=member.name or member.email
    )
    options, state = _server().register_begin(
        user,
        credentials=[AttestedCredentialData(bytes(row.credential)) for row in member.passkeys.all()],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options), state


def finish_adding(member: Member, state: Any, answer: Mapping[str, Any], *, name: str, at: datetime) -> Passkey:
    """Keep the passkey that the browser made; raises PasskeyError for an answer that is not for this question."""
    if member.passkeys.count() >= MOST:
        raise PasskeyError("You have 20 passkeys. Remove one that you no longer use first.")
    try:
        made = _server().register_complete(state, answer).credential_data
    except (ValueError, TypeError, KeyError) as error:
        raise PasskeyError("This passkey could not be added. Try again.") from error
    if made is None or Passkey.objects.filter(credential_id=made.credential_id).exists():
        raise PasskeyError("This passkey is in use already.")
    return Passkey.objects.create(
        member=member,
        credential_id=made.credential_id,
        credential=bytes(made),
        name=name[:80] or "Passkey",
        added_at=at,
    )


def begin_signing_in() -> tuple[dict[str, Any], Any]:
    """Return (options for the browser, state for the session) to sign in with any passkey of this site."""
    options, state = _server().authenticate_begin(user_verification=UserVerificationRequirement.REQUIRED)
    return dict(options), state


def finish_signing_in(state: Any, answer: Mapping[str, Any], *, at: datetime) -> Member:
    """Return the member whose passkey answered; raises PasskeyError otherwise, in the same words for every reason."""
    try:
        used = websafe_decode(str(answer["rawId"]))
        passkey = Passkey.objects.select_related("member").get(credential_id=used, member__is_active=True)
        _server().authenticate_complete(state, [AttestedCredentialData(bytes(passkey.credential))], answer)
    except (Passkey.DoesNotExist, ValueError, TypeError, KeyError) as error:
        raise PasskeyError(
            "This passkey does not open an account here. Sign in with a code by mail instead."
        ) from error
    passkey.used_at = at
    passkey.save(update_fields=["used_at"])
    return passkey.member
