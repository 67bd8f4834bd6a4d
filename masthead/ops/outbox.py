"""The mail backend of demo and development: mail goes to a page instead of a relay."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from masthead.ops.models import OutboxMail


class OutboxBackend(BaseEmailBackend):
    """Keeps each mail in the database."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the messages, one row for each recipient, and return how many there were."""
        for message in email_messages:
            html = next((str(part[0]) for part in getattr(message, "alternatives", []) if part[1] == "text/html"), "")
            for recipient in message.recipients():
                OutboxMail.objects.create(
                    to=recipient,
                    subject=str(message.subject)[:300],
                    text=str(message.body),
                    html=html,
                    raw=message.message().as_string(),
                )
        return len(email_messages)
