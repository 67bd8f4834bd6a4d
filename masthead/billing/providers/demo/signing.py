"""The demo provider's webhook signatures: `t=<seconds>,v1=<HMAC-SHA256 over "t.body">`, as Stripe signs."""

import hashlib
import hmac
from datetime import datetime

from masthead.billing.providers.base import BadSignature

HEADER = "Demo-Signature"
OLDEST = 300  # seconds
AHEAD = 300  # seconds that the sender's clock may be fast


def sign(body: bytes, secret: str, *, at: datetime) -> str:
    """Return the header's value for this body, sent at this moment."""
    moment = int(at.timestamp())
    return f"t={moment},v1={_mac(moment, body, secret)}"


def check(body: bytes, header: str, secret: str, *, at: datetime) -> None:
    """Raise BadSignature unless one v1 of the header is over these very bytes, and not older than five minutes."""
    parts = [part.split("=", 1) for part in header.split(",") if "=" in part]
    moments = [value for name, value in parts if name.strip() == "t"]
    if len(moments) != 1 or not moments[0].isdecimal() or not moments[0].isascii() or len(moments[0]) > 12:
        raise BadSignature("no time in the signature")
    moment = int(moments[0])
    if not -AHEAD <= at.timestamp() - moment <= OLDEST:
        raise BadSignature("the signature is too old")
    right = _mac(moment, body, secret).encode()
    given = [value.encode(errors="replace") for name, value in parts if name.strip() == "v1"]  # it may hold anything
    if not any(hmac.compare_digest(right, value) for value in given):
        raise BadSignature("the signature is not over these bytes")


def _mac(moment: int, body: bytes, secret: str) -> str:
    return hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
