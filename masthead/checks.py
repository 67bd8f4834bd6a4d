"""What a site is refused to start with, one clear line each."""

from typing import Any, Protocol
from urllib.parse import urlsplit

from masthead.core.outbound.allowed import pairs

MODES = ("live", "dev", "demo")
MAIL_SECURITY = ("none", "starttls", "tls")
PURGE_PROVIDERS = ("", "http", "json")
SECRET_LENGTH = 50  # characters, as Django's own deployment check asks
SECRET_VARIETY = 5  # different characters, the same


class Settings(Protocol):
    """The settings that decide."""

    MODE: str
    ADDRESS: str
    DEBUG: bool
    SECRET_KEY: str
    BILLING_PROVIDER: str
    PURGE_PROVIDER: str
    PURGE_ADDRESS: str
    PURGE_SECONDS: int
    PURGE_TOKEN: str
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
        *_purge(settings),
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


def _purge(settings: Settings) -> list[str]:
    """A proxy that keeps pages for an hour and is told nothing would show what was taken down."""
    if settings.PURGE_PROVIDER not in PURGE_PROVIDERS:
        return [f"purge.provider is “{settings.PURGE_PROVIDER}” in masthead.toml; use http or json, or leave it out."]
    parts = urlsplit(settings.PURGE_ADDRESS)
    if settings.PURGE_PROVIDER and not (parts.scheme in ("http", "https") and parts.hostname):
        return [
            f"purge.address is “{settings.PURGE_ADDRESS}” in masthead.toml; write the whole address at which the proxy "
            "or CDN is told what changed, as https://cdn.example/purge."
        ]
    if settings.PURGE_SECONDS < 0:
        return ["purge.seconds is below nought in masthead.toml."]
    if settings.PURGE_TOKEN and parts.scheme == "http" and not _is_own(parts.netloc, settings):
        return [
            "purge.address begins with http:// in masthead.toml, and MASTHEAD_PURGE_TOKEN would go there for all to read. "
            "Use https, or name the machine in fetch_allow if it is your own."
        ]
    return []


def _is_own(place: str, settings: Settings) -> bool:
    return place in settings.CONFIG["fetch_allow"]


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
