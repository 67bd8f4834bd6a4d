"""Accounts elsewhere: from a network and a name, or an address, to a link."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from masthead.content.document.escaping import is_safe_address

# Network -> (its name, where a name there leads).
NETWORKS: Final[dict[str, tuple[str, str]]] = {
    "facebook": ("Facebook", "https://www.facebook.com/{}"),
    "twitter": ("X", "https://x.com/{}"),
    "x": ("X", "https://x.com/{}"),
    "threads": ("Threads", "https://www.threads.net/@{}"),
    "bluesky": ("Bluesky", "https://bsky.app/profile/{}"),
    "tiktok": ("TikTok", "https://www.tiktok.com/@{}"),
    "youtube": ("YouTube", "https://www.youtube.com/{}"),
    "instagram": ("Instagram", "https://www.instagram.com/{}"),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/{}"),
    "mastodon": ("Mastodon", ""),
}
KEPT_SIGN: Final = {"youtube"}  # its addresses have the @ of a name


@dataclass(frozen=True)
class Account:
    """A link to an account elsewhere."""

    label: str
    address: str


def accounts_of(kept: Mapping[str, Any]) -> tuple[Account, ...]:
    """Return links to the accounts; one of an unknown network needs an address, and what cannot be a link is left out."""
    found = (
        (NETWORKS.get(network, (network, ""))[0], _address(network, str(value))) for network, value in kept.items()
    )
    return tuple(Account(label[:40], address) for label, address in found if address)


def _address(network: str, value: str) -> str:
    value = value.strip()
    if value.startswith(("http://", "https://")):
        return value if is_safe_address(value) else ""
    name = value.strip("/") if network in KEPT_SIGN else value.strip("/").removeprefix("@")
    if network == "mastodon":
        return _mastodon(name)
    pattern = NETWORKS.get(network, ("", ""))[1]
    return pattern.format(quote(name, safe="/@._-~")) if pattern and name else ""


def _mastodon(name: str) -> str:
    """Read user@host or host/@user, as people write it."""
    user, sign, host = name.partition("@")
    if "/" in user:
        user, host = host, user.rstrip("/")
    address = f"https://{host}/@{quote(user, safe='._-')}"
    return address if sign and user and host and "/" not in host and is_safe_address(address) else ""
