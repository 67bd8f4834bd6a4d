"""What `masthead new` asks, and where the answers come from."""

import argparse
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from masthead.commands import Refused
from masthead.core.config import SETTINGS_FILE, Config

Ask = Callable[[str], str]


@dataclass(frozen=True)
class Question:
    """One question: the answer's name, what is asked, the setting that remembers it, what is taken for no answer."""

    name: str
    about: str
    setting: str = ""
    default: str | None = None  # None: it must be answered

    @property
    def flag(self) -> str:
        return "--" + self.name.replace("_", "-")


QUESTIONS = [
    Question("name", "the publication's name"),
    Question("address", "its address, such as https://paper.example", "address"),
    Question("owner", "the owner's mail address"),
    Question("smtp_host", "the SMTP relay's host", "mail.host"),
    Question("smtp_port", "the relay's port", "mail.port", "587"),
    Question("smtp_security", "none, starttls or tls", "mail.security", "starttls"),
    Question("smtp_user", "the name to sign in to the relay with, if it asks for one", "mail.user", ""),
    Question("sender", "the address that mail comes from, if not news@ its host", "mail.sender", ""),
    Question("port", "the port the web server listens on", "server.port", "8000"),
]


@dataclass(frozen=True)
class Answers:
    """All answers, checked."""

    name: str
    address: str
    owner: str
    smtp_host: str
    smtp_port: int
    smtp_security: str
    smtp_user: str
    sender: str
    port: int

    def settings(self) -> Mapping[str, Any]:
        """Return what goes into masthead.toml."""
        mail = {
            "host": self.smtp_host,
            "port": self.smtp_port,
            "security": self.smtp_security,
            "user": self.smtp_user,
        }
        if self.sender:
            mail["sender"] = self.sender
        return {"mode": "live", "address": self.address, "server": self._server(), "mail": mail}

    def _server(self) -> Mapping[str, Any]:
        """Behind https stands a proxy on this machine: without its word every reader would have its address."""
        is_proxied = self.address.startswith("https://")
        return {"port": self.port} | ({"proxies": ["127.0.0.1", "::1"]} if is_proxied else {})


def find_answers(folder: Path, args: argparse.Namespace, *, ask: Ask | None) -> Answers:
    """Return the answers: from flags, else asked for, with what masthead.toml remembers as the default.

    Without `ask` the defaults are taken; refuses a missing or impossible answer.
    """
    known = _known(folder)
    given = {question.name: _answer(question, getattr(args, question.name), known, ask) for question in QUESTIONS}
    missing = [question.flag for question in QUESTIONS if given[question.name] is None]
    if missing:
        raise Refused(f"missing {', '.join(missing)}. Give them as flags, or run this in a terminal to be asked.")
    return _checked({name: (value or "").strip() for name, value in given.items()})


def _known(folder: Path) -> dict[str, str]:
    """What an earlier run wrote, by setting."""
    if not (folder / SETTINGS_FILE).exists():
        return {}
    values = Config(folder).values()
    return {value.setting.name: str(value.value) for value in values if value.source == SETTINGS_FILE}


def _answer(question: Question, given: str | None, known: Mapping[str, str], ask: Ask | None) -> str | None:
    if given is not None:
        return given
    default = known.get(question.setting, question.default)
    if ask is None:
        return default
    hint = f" [{default}]" if default else ""
    return ask(f"{question.about[0].upper()}{question.about[1:]}{hint}: ").strip() or default


def _checked(given: Mapping[str, str]) -> Answers:
    address = given["address"].rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise Refused(f"“{address}” is no address; write it as https://paper.example.")
    if given["smtp_security"] not in ("none", "starttls", "tls"):
        raise Refused("--smtp-security must be none, starttls or tls.")
    if not given["name"]:
        raise Refused("the publication needs a name: --name.")
    return Answers(
        name=given["name"],
        address=address,
        owner=_mail(given["owner"], "--owner"),
        smtp_host=given["smtp_host"],
        smtp_port=_port(given["smtp_port"], "--smtp-port"),
        smtp_security=given["smtp_security"],
        smtp_user=given["smtp_user"],
        sender=_mail(given["sender"], "--sender") if given["sender"] else "",
        port=_port(given["port"], "--port"),
    )


def _mail(value: str, flag: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", value):
        raise Refused(f"{flag}: “{value}” is no mail address.")
    return value.lower()


def _port(value: str, flag: str) -> int:
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise Refused(f"{flag}: “{value}” is no port; use a number from 1 to 65535.")
    return int(value)
