"""Newsletters and snippets as Ghost's rows."""

from collections.abc import Callable

from masthead.access.visibility import Visibility
from masthead.content.document import Document
from masthead.content.models import Snippet
from masthead.core.models import Publication
from masthead.importers.to_ghost.ids import Ids
from masthead.importers.to_ghost.spooling import Spool, flag, moment
from masthead.importers.to_ghost.texts import lexical_of
from masthead.importers.to_ghost.uploads import Uploads
from masthead.newsletters.models import Newsletter
from masthead.newsletters.old_links import FORMER_UUID


def write_newsletters(spool: Spool, note: Callable[[str], None]) -> None:
    """Write every newsletter; one of which nobody here can say who may take it is for those who pay, and noted."""
    ids, contact = Ids("newsletter"), Publication.current().contact
    for letter in Newsletter.objects.all():
        is_known = letter.visibility in (Visibility.MEMBERS, Visibility.PAID)
        if not is_known:
            note(f"{letter.name}: Ghost has no word for who may take it, so there it is for those who pay")
        design = {name: value for name, value in letter.design.items() if name != FORMER_UUID}
        spool.add(
            "newsletters",
            design
            | {
                "id": ids.of(letter.pk, letter.public_id),
                "uuid": letter.design.get(FORMER_UUID) or ids.uuid(letter.pk, letter.public_id),
                "name": letter.name,
                "description": letter.description or None,
                "slug": letter.slug,
                "sender_name": letter.sender_name or None,
                "sender_email": letter.sender_address or None,
                "sender_reply_to": _reply_to(letter, contact),
                "status": "active" if letter.archived_at is None else "archived",
                "visibility": letter.visibility if is_known else "paid",
                "subscribe_on_signup": flag(letter.is_taken_on_signing_up),
                "sort_order": letter.position,
                "created_at": moment(letter.added_at),
                "updated_at": moment(letter.archived_at or letter.added_at),
            },
        )


def _reply_to(letter: Newsletter, contact: str) -> str:
    if not letter.reply_to:
        return "newsletter"
    return "support" if letter.reply_to == contact else letter.reply_to


def write_snippets(spool: Spool, uploads: Uploads) -> None:
    """Write every snippet."""
    ids = Ids("snippet")
    for snippet in Snippet.objects.order_by("pk").iterator():
        text = lexical_of(Document.stored(snippet.document), uploads)
        id = ids.of(snippet.pk, snippet.public_id)
        spool.add("snippets", {"id": id, "name": snippet.name, "mobiledoc": None, "lexical": text})
