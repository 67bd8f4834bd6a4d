"""Tags and authors at addresses of their own, such as /topics/ships/ instead of /tag/ships/."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from masthead.content.addresses import RESERVED, AddressError, is_path, keep_old_path
from masthead.content.models.address import Address
from masthead.content.models.author import Author
from masthead.content.models.tag import Tag
from masthead.core import events

LONGEST = 400  # characters


def listed_at(path: str) -> Tag | Author | None:
    """Return the tag or author whose own path this is; a tag for staff only has none."""
    if len(path) > LONGEST:
        return None
    tag = Tag.objects.filter(own_path=path, is_internal=False).first()
    return tag or Author.objects.filter(own_path=path).first()


def give_own_path(target: Tag | Author, path: str, *, at: datetime | None = None) -> None:
    """Let the tag or author stand at exactly this path; '' brings back the usual one. The former one leads there.

    Raises AddressError for a path that is reserved, taken, or not written as /topics/ships/.
    """
    if path == target.own_path:
        return
    if path and not is_path(path):
        raise AddressError(_("Write the address with a slash at both ends, as /topics/ships/."))
    if path and path.split("/")[1] in RESERVED and path != usual_path(target):
        raise AddressError(_("“%(path)s” is an address of this site itself.") % {"path": path})
    with transaction.atomic():
        if target.own_path:
            keep_old_path(target, target.own_path)
        if path:
            _take(target, path)
        target.own_path = path
        target.save(update_fields=["own_path"])
        _tell(target, at or timezone.now())


def _tell(target: Tag | Author, at: datetime) -> None:
    if isinstance(target, Tag):
        events.write("tag.changed", f"tag:{target.pk}", at=at, fields=["own_path"])
    else:
        events.write("author.changed", f"author:{target.pk}", at=at, fields=["own_path"])


def usual_path(target: Tag | Author) -> str:
    """Return the usual address of a tag or author, whether or not it has its own."""
    return f"/{'tag' if isinstance(target, Tag) else 'author'}/{target.slug}/"


def _take(target: Tag | Author, path: str) -> None:
    field = "tag" if isinstance(target, Tag) else "author"
    held = Address.objects.filter(path=path).first()
    if held is not None and getattr(held, f"{field}_id") != target.pk:
        raise AddressError(_("Something else stands at “%(path)s”.") % {"path": path})
    try:
        with transaction.atomic():
            Address.objects.update_or_create(path=path, defaults={field: target})
    except IntegrityError as error:
        raise AddressError(_("Something else stands at “%(path)s”.") % {"path": path}) from error
