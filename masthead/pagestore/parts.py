"""The parts of the page store as Django's settings make them: one of each in a process."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

import masthead
from masthead.pagestore.cookies import Keys
from masthead.pagestore.counter import Counter
from masthead.pagestore.store import Store
from masthead.pagestore.theme import Theme
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
def theme() -> Theme:
    """Return the publication's own templates."""
    return Theme(settings.CONFIG.folder / "theme" / "templates")


@cache
def store() -> Store:
    """Return the store on disk."""
    return Store(FOLDER, key=_key(), most=settings.CONFIG["pages.disk"] * MEGABYTE)


def take_up_theme() -> bool:
    """Take up templates that were changed and say whether any were: all that was rendered before counts for nothing.

    The key comes after the templates, so that nothing is kept under it which was begun with former ones.
    """
    is_changed = theme().take_up()
    if is_changed:
        store().key = _key()
    return is_changed


def _key() -> bytes:
    """Return the key under which pages are kept; those under another were made by other software, or another theme."""
    told = f"{settings.SECRET_KEY}\n{_made_for()}\n{theme().taken_up}"
    return hashlib.blake2b(told.encode(), digest_size=32).digest()


@cache
def names() -> Names:
    """Return the names of the cookies that the page store looks at."""
    return Names(
        session=settings.SESSION_COOKIE_NAME.encode(),
        reader=settings.READER_COOKIE_NAME.encode(),
        unlocked=settings.UNLOCKED_COOKIE_NAME.encode(),
        messages=b"messages",
    )


@cache
def _made_for() -> str:
    """Return all that pages depend on and that no event tells of, as it was when this process began."""
    told = [masthead.__version__, settings.ADDRESS, settings.MODE, *settings.EXTRA_APPS, settings.BILLING_PROVIDER]
    told += [settings.PURGE_PROVIDER, str(settings.PURGE_SECONDS)]
    try:
        collected = (Path(settings.STATIC_ROOT) / "staticfiles.json").read_text(encoding="utf-8")
    except OSError:
        collected = ""  # names without hashes
    return "\n".join([*told, collected])
