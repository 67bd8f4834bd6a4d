"""Tokens of the Admin API: what is taken, and every refusal."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from masthead.core.ghost_token import TokenError, check_token, make_token, token_key_id

AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
NOW = int(AT.timestamp())
KEY = "6748592f4b9b7700010f6564"
SECRET = "0f" * 32
HEADER = {"alg": "HS256", "typ": "JWT", "kid": KEY}
CLAIMS = {"iat": NOW, "exp": NOW + 300, "aud": "/admin/"}


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def made(header: Any = HEADER, claims: Any = CLAIMS, secret: bytes = bytes.fromhex(SECRET), way: str = "sha256") -> str:
    """Sign anything, rightly or not, apart from the code under test."""
    signed = ".".join(b64(part if isinstance(part, bytes) else json.dumps(part).encode()) for part in (header, claims))
    return f"{signed}.{b64(hmac.new(secret, signed.encode(), getattr(hashlib, way)).digest())}"


def without(table: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key != name}


def test_a_token_of_ours_is_taken_and_names_its_key() -> None:
    token = make_token(KEY, SECRET, at=AT)
    check_token(token, SECRET, at=AT)
    assert token_key_id(token) == KEY


def test_a_token_that_another_program_made_is_taken() -> None:
    """Made with PyJWT's algorithm in other words (RFC 7515, A.1): header, claims, HMAC over both."""
    check_token(made(), SECRET, at=AT)


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "/v2/admin/"},
        {"aud": "/v3/admin/"},
        {"aud": "/v4/admin/"},
        {"aud": "/v5/admin/"},
        {"aud": "/canary/admin/"},
        {"exp": NOW + 1},
        {"iat": NOW + 10, "exp": NOW + 310},
        {"iat": NOW - 299, "exp": NOW + 1},
        {"nbf": NOW + 10},
        {"iat": NOW + 0.5},
        {"more": "is not minded"},
    ],
)
def test_what_real_clients_send_is_taken(claims: dict[str, Any]) -> None:
    check_token(made(claims=CLAIMS | claims), SECRET, at=AT)


@pytest.mark.parametrize(
    ("token", "said"),
    [
        (made(HEADER | {"alg": "none"}), "HS256"),
        (made(HEADER | {"alg": "none"}).rpartition(".")[0] + ".", "no token"),
        (made(HEADER | {"alg": "None"}), "HS256"),
        (made(HEADER | {"alg": "RS256"}), "HS256"),
        (made(HEADER | {"alg": "HS384"}, way="sha384"), "HS256"),
        (made(HEADER | {"alg": "hs256"}), "HS256"),
        (made(HEADER | {"alg": ["HS256"]}), "HS256"),
        (made(without(HEADER, "alg")), "HS256"),
        (made(without(HEADER, "kid")), "kid"),
        (made(HEADER | {"kid": ""}), "kid"),
        (made(HEADER | {"kid": 7}), "kid"),
        (made(HEADER | {"kid": "../x"}), "kid"),
        (made(HEADER | {"kid": "a" * 65}), "kid"),
        (made(HEADER | {"crit": ["exp"]}), "crit"),
        (made(secret=b"another secret of good length!!!"), "not signed"),
        (made(way="sha512"), "not signed"),
        (made()[:-1] + ("A" if made()[-1] != "A" else "B"), "not signed"),
        (made(claims=CLAIMS | {"aud": "/content/"}), "aud"),
        (made(claims=CLAIMS | {"aud": "/admin"}), "aud"),
        (made(claims=CLAIMS | {"aud": "/v3/admin/x"}), "aud"),
        (made(claims=CLAIMS | {"aud": "x/admin/"}), "aud"),
        (made(claims=CLAIMS | {"aud": "/admin/\n"}), "aud"),
        (made(claims=CLAIMS | {"aud": ["/admin/"]}), "aud"),
        (made(claims=without(CLAIMS, "aud")), "aud"),
        (made(claims=without(CLAIMS, "exp")), "exp"),
        (made(claims=without(CLAIMS, "iat")), "iat"),
        (made(claims=CLAIMS | {"exp": None}), "exp"),
        (made(claims=CLAIMS | {"exp": str(NOW + 300)}), "exp"),
        (made(claims=CLAIMS | {"exp": True}), "exp"),
        (made(claims=CLAIMS | {"exp": float("inf")}), "exp"),
        (made(claims=CLAIMS | {"exp": float("nan")}), "exp"),
        (made(claims=CLAIMS | {"iat": float("nan")}), "iat"),
        (made(claims=CLAIMS | {"exp": 10**30}), "exp"),
        (made(claims=CLAIMS | {"exp": NOW + 301}), "five minutes"),
        (made(claims=CLAIMS | {"iat": NOW - 1000, "exp": NOW + 100}), "five minutes"),
        (made(claims=CLAIMS | {"iat": NOW - 300, "exp": NOW}), "expired"),
        (made(claims=CLAIMS | {"iat": NOW - 9000, "exp": NOW - 8800}), "expired"),
        (made(claims=CLAIMS | {"iat": NOW + 11, "exp": NOW + 300}), "not valid yet"),
        (made(claims=CLAIMS | {"nbf": NOW + 11}), "not valid yet"),
        (made(claims=CLAIMS | {"nbf": "soon"}), "nbf"),
        (made(claims=CLAIMS | {"more": "x" * 2000}), "no token"),
        (made(header=b"["), "no JSON"),
        (made(header=b"[" * 1400), "no JSON"),
        (made(header=b"\xff\xfe"), "no JSON"),
        (made(claims=b"[" * 1200), "no JSON"),
        (made(header=[HEADER]), "no JSON object"),
        (made(claims=[CLAIMS]), "no JSON object"),
        ("", "no token"),
        ("a.b", "no token"),
        ("..", "no token"),
        (made() + ".x", "no token"),
        (made() + "=", "no token"),
        (made().replace(".", " ."), "no token"),
        ("é.é.é", "no token"),
        ("A.A.A", "no JSON"),
    ],
)
def test_every_other_token_is_refused_for_its_reason(token: str, said: str) -> None:
    with pytest.raises(TokenError, match=said) as error:
        check_token(token, SECRET, at=AT)
    assert SECRET not in str(error.value) and (not token or token not in str(error.value))


def test_a_token_lives_for_five_minutes() -> None:
    token = make_token(KEY, SECRET, at=AT)
    check_token(token, SECRET, at=AT + timedelta(seconds=299))
    with pytest.raises(TokenError, match="expired"):
        check_token(token, SECRET, at=AT + timedelta(seconds=300))
    check_token(token, SECRET, at=AT - timedelta(seconds=10))
    with pytest.raises(TokenError, match="not valid yet"):
        check_token(token, SECRET, at=AT - timedelta(seconds=11))


@pytest.mark.parametrize("secret", ["", "0f", "zz" * 32, "0f" * 15, "0" * 63])
def test_a_secret_that_anybody_could_guess_signs_and_opens_nothing(secret: str) -> None:
    with pytest.raises(TokenError, match="secret"):
        make_token(KEY, secret, at=AT)
    with pytest.raises(TokenError, match="secret"):
        check_token(made(secret=b""), secret, at=AT)


def test_another_audience_may_be_asked_for() -> None:
    token = make_token(KEY, SECRET, at=AT, audience="/content/")
    check_token(token, SECRET, at=AT, audience="/content/")
    with pytest.raises(TokenError, match="aud"):
        check_token(token, SECRET, at=AT)


def test_the_signature_is_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A seeded fault: with the comparison always true, a forged token is taken, so nothing else compares it."""
    forged = made(secret=b"another secret of good length!!!")
    monkeypatch.setattr("masthead.core.ghost_token.hmac.compare_digest", lambda a, b: True)
    check_token(forged, SECRET, at=AT)
