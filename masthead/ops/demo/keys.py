"""Keys that sign a persona of the demo in, so that no other page can do it for the visitor."""

import hashlib
import hmac


def persona_key(secret: str, name: str) -> str:
    """Return the key of a persona, made from the site's secret."""
    return hmac.new(secret.encode(), f"demo-persona:{name}".encode(), hashlib.sha256).hexdigest()[:32]
