"""The mail backend of every mode: it hands mail on to the one that settings name, and holds it back in a rehearsal."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from masthead.core.models import Publication
from masthead.members.models import Member


class Backend(BaseEmailBackend):
    """While a publication is rehearsed beside the system that it comes from, only staff get mail from it.

    Its members are real people, who must hear nothing from a site that they do not know yet.
    """

    def __init__(self, fail_silently: bool = False, **options: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self.onward = get_connection(settings.MAIL_ONWARD, fail_silently=fail_silently, **options)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send the messages, each only to whom it may go now, and return how many went."""
        if Publication.current().is_rehearsal:
            email_messages = [kept for message in email_messages if (kept := _for_staff(message)) is not None]
        return self.onward.send_messages(list(email_messages)) or 0


def _for_staff(message: EmailMessage) -> EmailMessage | None:
    asked = {address.lower() for address in message.recipients()}
    staff = set(Member.objects.staff().filter(email__in=asked).values_list("email", flat=True))
    for name in ("to", "cc", "bcc"):
        setattr(message, name, [address for address in getattr(message, name) if address.lower() in staff])
    return message if message.recipients() else None
