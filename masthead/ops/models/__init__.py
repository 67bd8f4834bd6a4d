"""What runs beside the site keeps."""

from masthead.ops.models.outbox_mail import OutboxMail

__all__ = ["OutboxMail"]
