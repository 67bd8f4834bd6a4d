"""Addresses in Ghost's posts: which of them are of the site itself, and where they lead here."""

import re
from urllib.parse import urlsplit

GHOST_URL = "__GHOST_URL__"
SIZED = re.compile(r"/content/images/size/w\d+(?:h\d+)?/(?:format/\w+/)?")
SLASHES = re.compile(r"^/+")
PORTAL = {
    "": "/sign-up/",
    "signup": "/sign-up/",
    "signin": "/sign-in/",
    "account": "/account/",
    "account/plans": "/subscribe/",
    "subscription": "/subscribe/",
    "upgrade": "/subscribe/",
}


def grounded(html: str, home: str) -> str:
    """Put the site's address where Ghost's mark for it stands; without `home`, paths of this site."""
    return re.sub(rf"{GHOST_URL}/*", lambda _: home.rstrip("/") + "/", html)


def at_home(address: str, home: str) -> str:
    """Return the path of an address of the site itself; other addresses as they are."""
    address = address.strip().replace(" ", "%20")
    if address.startswith(GHOST_URL):
        return _path(address.removeprefix(GHOST_URL))
    own, given = _bare(home.rstrip("/")), _bare(address)
    rest = given[len(own) :]
    if own and given.lower().startswith(own.lower()) and rest[:1] in ("", "/", "?", "#"):
        return _path(rest)
    return address


def _bare(address: str) -> str:
    """Drop http: or https:, so that both are the same site."""
    return re.sub(r"^https?:(?=//)", "", address, flags=re.IGNORECASE)


def _path(rest: str) -> str:
    return SLASHES.sub("/", rest if rest.startswith("/") else f"/{rest}")


def original_picture(address: str, home: str) -> str:
    """Return where the picture itself is, for an address of one of Ghost's resized copies."""
    return SIZED.sub("/content/images/", at_home(address, home))


def portal_address(address: str) -> str | None:
    """Return our page for one of Ghost's portal anchors, '' if we have none; None for any other address."""
    before, sign, anchor = address.partition("#")
    if not sign or (before and not before.startswith("/")):
        return None
    anchor = anchor.strip("/")
    if anchor == "search":
        return "/search/"
    if anchor.partition("/")[0] != "portal":
        return None
    page = anchor.removeprefix("portal").strip("/")
    return PORTAL.get(page, PORTAL.get(page.partition("/")[0], ""))


def without_ref(address: str, home: str) -> str:
    """Take Ghost's `?ref=` with the name of the site itself out of an address."""
    host = _host(home)
    before, sign, query = address.partition("?")
    if not host or not sign or "ref=" not in query.lower():
        return address
    query, hash_sign, anchor = query.partition("#")
    own = {f"ref={host}", f"ref={host.removeprefix('www.')}"}
    kept = "&".join(part for part in query.split("&") if part.lower() not in own)
    return before + (f"?{kept}" if kept else "") + hash_sign + anchor


def _host(home: str) -> str:
    try:
        return (urlsplit(home).hostname or "").lower()
    except ValueError:
        return ""


def is_web(address: str) -> bool:
    """Say whether an address leads to a page on the web."""
    return address.lower().startswith(("http://", "https://")) and bool(_host(address))
