"""The parts of the page store as Django's settings make them: one of each in a process."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

import masthead
from masthead.pagestore.cookies import Keys
from masthead.pagestore.counter import Counter
from masthead.pagestore.store import Store
from masthead.pagestore.visit import Names

MEGABYTE = 1024 * 1024
FOLDER = settings.CONFIG.data / "pages"


@cache
def counter() -> Counter:
    """Return the shared counter."""
    found = Counter(FOLDER / "counter")
    found.renew()
    return found


@cache
def keys() -> Keys:
    """Return what the cookies are verified with."""
    return Keys(settings.SECRET_KEY, settings.ADDRESS)


@cache
def store() -> Store:
    """Return the store on disk."""
    key = hashlib.blake2b(f"{settings.SECRET_KEY}\n{_made_for()}".encode(), digest_size=32).digest()
    return Store(FOLDER, key=key, most=settings.CONFIG["pages.disk"] * MEGABYTE)


@cache
def names() -> Names:
    """Return the names of the cookies that the page store looks at."""
    return Names(
        session=settings.SESSION_COOKIE_NAME.encode(),
        reader=settings.READER_COOKIE_NAME.encode(),
        unlocked=settings.UNLOCKED_COOKIE_NAME.encode(),
        messages=b"messages",
    )


def _made_for() -> str:
    """Return all that pages depend on and that no event tells of: software, settings, the theme's files."""
    theme: Path = settings.CONFIG.folder / "theme"
    files = sorted(path for path in theme.rglob("*") if path.is_file()) if theme.is_dir() else []
    stamps = [f"{path.relative_to(theme)} {path.stat().st_mtime_ns} {path.stat().st_size}" for path in files]
    told = [
        masthead.__version__,
        settings.ADDRESS,
        settings.MODE,
        *settings.EXTRA_APPS,
        settings.BILLING_PROVIDER,
        settings.PURGE_PROVIDER,
        str(settings.PURGE_SECONDS),
        *stamps,
    ]
    return "\n".join(told)
