"""Writing a publication's files: `masthead.toml` with comments kept, `.env` for its owner alone."""

import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit
from dotenv import dotenv_values, set_key

from masthead.core.config import SECRETS_FILE, SETTINGS_FILE


def write_settings(folder: Path, changes: Mapping[str, Any]) -> None:
    """Put these settings into masthead.toml; what else stands there, comments too, stays."""
    path = folder / SETTINGS_FILE
    document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
    for name, value in changes.items():
        if isinstance(value, Mapping):
            document.setdefault(name, tomlkit.table()).update(value)
        else:
            document[name] = value
    path.write_text(tomlkit.dumps(document), encoding="utf-8")


def write_secret(folder: Path, name: str, value: str | None = None) -> None:
    """Put a secret into `.env`, readable by its owner alone: `value`, or a new random one unless one is there."""
    path = folder / SECRETS_FILE
    path.touch(mode=0o600)
    os.chmod(path, stat.S_IRUSR | stat.S_IWUSR)
    if value is None and dotenv_values(path).get(name):
        return
    set_key(path, name, value or secrets.token_urlsafe(48), quote_mode="always")
    os.chmod(path, stat.S_IRUSR | stat.S_IWUSR)
