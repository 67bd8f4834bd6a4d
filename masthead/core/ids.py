"""Public ids and unguessable tokens."""

import secrets

PUBLIC_ID_BYTES = 9
TOKEN_BYTES = 16


def new_public_id() -> str:
    """Make a short random id that is safe to show; it is no secret (72 bits, 12 characters)."""
    return secrets.token_urlsafe(PUBLIC_ID_BYTES)


def new_token() -> str:
    """Make an unguessable token of 128 bits (22 characters; ASVS 5.0, 11.5.1)."""
    return secrets.token_urlsafe(TOKEN_BYTES)
