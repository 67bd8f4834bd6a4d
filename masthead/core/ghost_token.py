"""The tokens that an Admin API in Ghost's manner is asked with: JWT (RFC 7519), HS256 and no other way."""

import binascii
import hmac
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Any

LIFE = 5 * 60  # seconds from iat to exp, at most; what Ghost's own clients use
LEEWAY = 10  # seconds that another clock may be ahead of ours
LONGEST = 2048  # characters; a real one has about 200
SECRET = 16  # bytes, at least; Ghost's have 32
AUDIENCE = "/admin/"
KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
PART = re.compile(r"[A-Za-z0-9_-]+")


class TokenError(Exception):
    """A token is refused; the message says why, and holds nothing of the token or the secret."""


def make_token(key_id: str, secret_hex: str, *, at: datetime, audience: str = AUDIENCE) -> str:
    """Return a token that is good for five minutes from `at`; raises TokenError if the secret is no hex of 16 bytes."""
    issued = int(at.timestamp())
    header = {"alg": "HS256", "typ": "JWT", "kid": key_id}
    claims = {"iat": issued, "exp": issued + LIFE, "aud": audience}
    signed = f"{_packed(header)}.{_packed(claims)}"
    return f"{signed}.{_signature(signed, secret_hex)}"


def token_key_id(token: str) -> str:
    """Return which key a token says it was made with, by which to look its secret up; nothing is proved by it.

    Raises TokenError for what is no HS256 token with a key's id.
    """
    header = _unpacked(_parts(token)[0])
    if header.get("alg") != "HS256":
        raise TokenError("The token is not signed with HS256.")
    if "crit" in header:
        raise TokenError("The token asks for something that is not known here (crit).")
    if not isinstance(kid := header.get("kid"), str) or not KEY_ID.fullmatch(kid):
        raise TokenError("The token does not name its key (kid).")
    return kid


def check_token(token: str, secret_hex: str, *, at: datetime, audience: str = AUDIENCE) -> None:
    """Raise TokenError unless the secret's holder made the token for this audience and for now.

    `exp` and `iat` are required and at most five minutes apart. The audience may have a version before it, as
    "/v3/admin/" or "/canary/admin/", since older clients write it so.
    """
    token_key_id(token)
    header, claims, signature = _parts(token)
    if not hmac.compare_digest(_signature(f"{header}.{claims}", secret_hex), signature):
        raise TokenError("The token is not signed by this key.")
    said = _unpacked(claims)
    if not re.fullmatch(rf"(/v\d{{1,2}}|/canary)?{re.escape(audience)}", str(said.get("aud"))):
        raise TokenError(f"The token is not made for {audience} (aud).")
    _check_time(_moment(said, "iat"), _moment(said, "exp"), at.timestamp())
    if "nbf" in said and _moment(said, "nbf") > at.timestamp() + LEEWAY:
        raise TokenError("The token is not valid yet (nbf). Is a clock wrong?")


def _check_time(issued: float, expires: float, now: float) -> None:
    if expires - issued > LIFE:
        raise TokenError("The token is made for longer than five minutes (exp after iat).")
    if issued > now + LEEWAY:
        raise TokenError("The token is not valid yet (iat). Is a clock wrong?")
    if expires <= now:
        raise TokenError("The token has expired (exp). Make a new one for each request.")


def _moment(said: dict[str, Any], name: str) -> float:
    value = said.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e11:
        raise TokenError(f"The token does not say its time rightly ({name}).")
    return value


def _parts(token: str) -> tuple[str, str, str]:
    parts = token.split(".") if len(token) <= LONGEST else []
    if len(parts) != 3 or not all(PART.fullmatch(part) for part in parts):
        raise TokenError("That is no token: three parts in base64url, with dots between them.")
    return parts[0], parts[1], parts[2]


def _packed(value: dict[str, Any]) -> str:
    return _text(json.dumps(value, separators=(",", ":")).encode())


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _unpacked(part: str) -> dict[str, Any]:
    try:
        value = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise TokenError("The token is damaged: a part of it is no JSON.") from error
    if not isinstance(value, dict):
        raise TokenError("The token is damaged: a part of it is no JSON object.")
    return value


def _signature(signed: str, secret_hex: str) -> str:
    try:
        secret = bytes.fromhex(secret_hex)
    except ValueError:
        secret = b""
    if len(secret) < SECRET:
        raise TokenError("The key's secret is not of the right form: an even number of hex digits, 32 or more.")
    return _text(hmac.digest(secret, signed.encode("ascii"), "sha256"))
