"""Settings of the machine: each lives in one place and is listed here, with where its value came from."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

FOLDER_VARIABLE = "MASTHEAD_DIR"
SETTINGS_FILE = "masthead.toml"
SECRETS_FILE = ".env"


class ConfigError(Exception):
    """A setting cannot be used; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: where it is written, its kind, its default, and what it is for."""

    name: str  # "mail.host" in masthead.toml, "MASTHEAD_MAIL_PASSWORD" for a secret
    kind: type
    default: Any
    about: str

    @property
    def is_secret(self) -> bool:
        return self.name.isupper()


SETTINGS = [
    Setting("mode", str, "live", "live, dev or demo; a live site refuses stand-ins, DEBUG and a default secret"),
    Setting("address", str, "http://127.0.0.1:8000", "the publication's own address, with scheme and without a path"),
    Setting("apps", list, [], "Django apps that extend Masthead"),
    Setting("database.url", str, "", "postgresql://user@host/name; empty for SQLite in data/"),
    Setting("server.host", str, "127.0.0.1", "the address the web server listens on"),
    Setting("server.port", int, 8000, "the port the web server listens on"),
    Setting("server.workers", int, 2, "web workers: processes that answer, one for each core at most"),
    Setting("server.threads", int, 8, "requests handled by Django at the same time, in each web worker"),
    Setting("server.connections", int, 4000, "connections of one web worker; beyond them those at rest are closed"),
    Setting("server.largest_body", int, 200, "megabytes that a request may bring, such as an upload"),
    Setting("server.access_log", str, "", "a file for one line a request, - for standard output; empty for none"),
    Setting("server.proxies", list, [], "addresses of proxies whose X-Forwarded-For is believed"),
    Setting("pages.memory", int, 64, "megabytes that one web worker keeps in memory of pages and files"),
    Setting("pages.disk", int, 1024, "megabytes of rendered pages in data/pages; the oldest go first"),
    Setting(
        "purge.provider", str, "", "http or json: how a proxy or CDN in front is told what changed; empty for none"
    ),
    Setting("purge.address", str, "", "where it is told"),
    Setting("purge.seconds", int, 3600, "how long it may keep anyone's pages; only where it is told what changed"),
    Setting("mail.host", str, "", "the SMTP relay; empty in dev and demo: mail goes to the page /outbox/"),
    Setting("mail.port", int, 25, "the relay's port"),
    Setting("mail.user", str, "", "the name to sign in to the relay with, if it asks for one"),
    Setting("mail.security", str, "none", "none, starttls or tls"),
    Setting("mail.sender", str, "", "the address that mail comes from; default: news@ the publication's host"),
    Setting(
        "fetch_allow", list, [], "host:port of machines of your own that may be fetched from though they are private"
    ),
    Setting("billing.provider", str, "", "demo (refused when live), or empty for no payments"),
    Setting("MASTHEAD_SECRET_KEY", str, "", "signs sessions and links; 50 random characters"),
    Setting("MASTHEAD_MAIL_PASSWORD", str, "", "the relay's password"),
    Setting("MASTHEAD_PURGE_TOKEN", str, "", "what the proxy or CDN in front knows us by, sent as a bearer token"),
    Setting("MASTHEAD_BILLING_WEBHOOK_SECRET", str, "", "signs and verifies the provider's webhooks"),
]


@dataclass(frozen=True, slots=True)
class Value:
    """A setting's value and where it came from."""

    setting: Setting
    value: Any
    source: str

    @property
    def shown(self) -> str:
        """The value as it may be printed: a secret only as set or not set."""
        if self.setting.is_secret:
            return "set" if self.value else "not set"
        return str(self.value)


class Config:
    """The settings of one publication's folder."""

    def __init__(self, folder: Path, *, environment: Mapping[str, str] | None = None) -> None:
        """Read `masthead.toml` and `.env` in `folder`; raises ConfigError for what cannot be used."""
        self.folder = folder
        self._environment = os.environ if environment is None else environment
        self._secrets = dotenv_values(folder / SECRETS_FILE) if (folder / SECRETS_FILE).exists() else {}
        self._written = _flat(_read(folder / SETTINGS_FILE))
        self._refuse_unknown()

    def _refuse_unknown(self) -> None:
        known = {setting.name for setting in SETTINGS}
        for name in self._written:
            if name in known and name.isupper():
                raise ConfigError(f"{SETTINGS_FILE} has {name}: a secret stands in {SECRETS_FILE} or the environment.")
            if name not in known:
                raise ConfigError(f"{SETTINGS_FILE} has “{name}”, which is no setting. See `masthead settings`.")

    def value(self, setting: Setting) -> Value:
        """Look a setting up: a secret in the environment, then .env; the rest in masthead.toml."""
        if setting.is_secret:
            return self._secret(setting)
        if setting.name in self._written:
            return Value(setting, _checked(setting, self._written[setting.name]), SETTINGS_FILE)
        return Value(setting, setting.default, "default")

    def _secret(self, setting: Setting) -> Value:
        if setting.name in self._environment:
            return Value(setting, self._environment[setting.name], "environment")
        if self._secrets.get(setting.name):
            return Value(setting, self._secrets[setting.name], SECRETS_FILE)
        return Value(setting, setting.default, "default")

    def values(self) -> list[Value]:
        """Every setting with its value and source, in the order of the list."""
        return [self.value(setting) for setting in SETTINGS]

    def __getitem__(self, name: str) -> Any:
        return self.value(next(setting for setting in SETTINGS if setting.name == name)).value

    @property
    def data(self) -> Path:
        """The folder of everything that Masthead writes."""
        return self.folder / "data"


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path.name} cannot be read: {error}. Correct that line and start again.") from error


def _flat(tree: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = value
    return flat


def _checked(setting: Setting, value: Any) -> Any:
    if not isinstance(value, setting.kind) or isinstance(value, bool) is not (setting.kind is bool):
        raise ConfigError(f"{SETTINGS_FILE}: “{setting.name}” must be a {setting.kind.__name__}, not {value!r}.")
    return value


def current_folder() -> Path:
    """The publication's folder: MASTHEAD_DIR, or the folder one stands in."""
    return Path(os.environ.get(FOLDER_VARIABLE) or ".").resolve()
