"""What a site is refused to start with, one clear line each."""

from typing import Any, Protocol
from urllib.parse import urlsplit

from masthead.core.outbound.allowed import pairs

MODES = ("live", "dev", "demo")
MAIL_SECURITY = ("none", "starttls", "tls")
SECRET_LENGTH = 50  # characters, as Django's own deployment check asks
SECRET_VARIETY = 5  # different characters, the same


class Settings(Protocol):
    """The settings that decide."""

    MODE: str
    ADDRESS: str
    DEBUG: bool
    SECRET_KEY: str
    BILLING_PROVIDER: str
    CONFIG: Any  # by name, as in masthead.toml


def refusals(settings: Settings) -> list[str]:
    """Return one line for each reason not to start; none if all is well.

    A live site is refused the demo provider, DEBUG and a secret that could be guessed; every site, a mode or an
    address that cannot be.
    """
    return [
        *_mode(settings),
        *_address(settings),
        *_mail(settings),
        *_fetch_allow(settings),
        *(_live(settings) if settings.MODE == "live" else _at_home(settings)),
    ]


def _mode(settings: Settings) -> list[str]:
    if settings.MODE in MODES:
        return []
    return [f"mode is “{settings.MODE}” in masthead.toml; it must be one of {', '.join(MODES)}."]


def _address(settings: Settings) -> list[str]:
    parts = urlsplit(settings.ADDRESS)
    if parts.scheme in ("http", "https") and parts.hostname and not parts.path and not parts.query:
        return []
    return [
        f"address is “{settings.ADDRESS}” in masthead.toml; write it with its scheme and without a path, "
        "as https://paper.example."
    ]


def _mail(settings: Settings) -> list[str]:
    """A word that is none of ours would otherwise send the relay's password in the clear."""
    if settings.CONFIG["mail.security"] in MAIL_SECURITY:
        return []
    return [f"mail.security is not one of {', '.join(MAIL_SECURITY)} in masthead.toml."]


def _fetch_allow(settings: Settings) -> list[str]:
    try:
        pairs(settings.CONFIG["fetch_allow"])
    except ValueError as error:
        return [f"fetch_allow has “{error}” in masthead.toml; write host and port, as 127.0.0.1:2368."]
    return []


def _live(settings: Settings) -> list[str]:
    refused = []
    if settings.BILLING_PROVIDER == "demo":
        refused.append(
            "billing.provider is “demo” in masthead.toml: a live site cannot take money with a stand-in. "
            "Name your provider, or leave it empty for no payments."
        )
    if settings.ADDRESS.startswith("https://") and not settings.CONFIG["server.proxies"]:
        refused.append(
            "server.proxies is empty in masthead.toml, and the address is https: name the proxy that speaks TLS, such as "
            'proxies = ["127.0.0.1"], or every reader counts as one.'
        )
    if settings.DEBUG:
        refused.append("DEBUG is on: a live site would show its settings to anybody. Turn it off.")
    if is_guessable(settings.SECRET_KEY):
        refused.append(
            f"MASTHEAD_SECRET_KEY is missing, a default or shorter than {SECRET_LENGTH} characters: "
            "sessions could be forged. Put a long random one into .env or the environment."
        )
    return refused


def _at_home(settings: Settings) -> list[str]:
    """A demo or development site shows every code on a page: it must not be reachable from elsewhere."""
    if settings.CONFIG["server.host"] in ("127.0.0.1", "::1", "localhost"):
        return []
    return [
        f"server.host is “{settings.CONFIG['server.host']}” in masthead.toml, and mode is “{settings.MODE}”: anybody "
        "could read the codes in its outbox. Use 127.0.0.1."
    ]


def is_guessable(secret: str) -> bool:
    """Say whether a secret is too short, too plain, or one that stands in our code."""
    return len(secret) < SECRET_LENGTH or len(set(secret)) < SECRET_VARIETY or secret.startswith("django-insecure-")
