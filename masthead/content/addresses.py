"""Giving posts their addresses, and keeping the old ones leading there."""

from collections.abc import Callable, Iterator

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from masthead.content.document.escaping import is_safe_address
from masthead.content.models.address import Address
from masthead.content.models.author import Author
from masthead.content.models.post import Post
from masthead.content.models.tag import Tag

# First parts of a path that Masthead itself answers; a test holds this list to the URL resolver.
RESERVED = frozenset(
    """account archive atom.xml author billing demo desk favicon.ico feed feed.json files healthz humans.txt media outbox
    page pay rss rss.xml robots.txt search security.txt sign-in sign-out sign-up sitemap.xml sitemap-news.xml sitemaps
    static subscribe tag try .well-known api ghost p p2 webhooks preferences unsubscribe""".split()
)


LONGEST_PATH = 400  # characters
MOST_ALIKE = 10_000  # posts with one slug


class AddressError(ValueError):
    """An address that cannot be given; the message says what to do."""


def is_path(path: str) -> bool:
    """Say whether something may stand at this path: one that a browser asks this site for, as it is written.

    `/\\host/` leads elsewhere, `?` and `#` end a path, and dots go up in it.
    """
    parts = path.split("/")
    plain = is_safe_address(path) and not set("?#") & set(path) and len(path) <= LONGEST_PATH
    return (
        plain and path.startswith("/") and len(parts) > 2 and parts[-1] == "" and all(p.strip(".") for p in parts[1:-1])
    )


def settle(post: Post, slug: str, *, place: Callable[[str], str] = "/{}/".format) -> str:
    """Give the post the address that `place` makes of its slug and return it; its former ones go on as redirects.

    A slug that another post holds gets a number behind it; a reserved word is refused (AddressError).
    """
    first = place(slug).strip("/").partition("/")[0]
    if first in RESERVED:
        raise AddressError(_("“%(slug)s” is an address of this site itself. Choose another slug.") % {"slug": first})
    path = next((path for path in map(place, _candidates(slug)) if _is_taken_for(post, path)), None)
    if path is None:  # of a permalink without the slug in it
        raise AddressError(_("Something else stands at “%(path)s”. Choose another address.") % {"path": place(slug)})
    _make_current(post, path)
    return path


def settle_at(post: Post, path: str) -> str:
    """Give the post exactly this address and return it; its former ones go on as redirects.

    Raises AddressError if something else stands there, if it is one of the site's own, or if it is no path.
    """
    if not is_path(path):
        raise AddressError(_("“%(path)s” is no address. Write it as /one/ or /one/two/.") % {"path": path})
    first = path.split("/")[1]
    if first in RESERVED:
        raise AddressError(_("“%(slug)s” is an address of this site itself. Choose another slug.") % {"slug": first})
    if not _is_taken_for(post, path):
        raise AddressError(_("Something else stands at “%(path)s”. Choose another address.") % {"path": path})
    _make_current(post, path)
    return path


def _make_current(post: Post, path: str) -> None:
    Address.objects.filter(post=post, is_current=True).exclude(path=path).update(is_current=False)
    Address.objects.filter(path=path).update(is_current=True)


def _candidates(slug: str) -> Iterator[str]:
    yield slug
    yield from (f"{slug}-{number}" for number in range(2, MOST_ALIKE))


def _is_taken_for(post: Post, path: str) -> bool:
    """Take the path for the post; False if it leads elsewhere, even if somebody took it this very moment."""
    held = Address.objects.filter(path=path).first()
    if held is not None:
        return held.post_id == post.pk
    try:
        with transaction.atomic():
            Address.objects.create(path=path, post=post, is_current=False)
    except IntegrityError:
        return False
    return True


def target_of(path: str) -> Post | Tag | Author | None:
    """Return what stands, or once stood, at this path; compare its own `path` to see whether to redirect."""
    address = Address.objects.select_related("post", "tag", "author").filter(path=path).first()
    return (address.post or address.tag or address.author) if address else None


def keep_old_path(target: Tag | Author, path: str) -> None:
    """Let a former path of a tag or author lead to it."""
    field = "tag" if isinstance(target, Tag) else "author"
    defaults: dict[str, Model | bool] = {field: target, "is_current": False}
    Address.objects.update_or_create(path=path, defaults=defaults)
