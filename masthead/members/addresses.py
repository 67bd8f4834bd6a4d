"""Mail addresses that may belong to a member."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _

from masthead.members.models.member import normal_address

LONGEST = 254  # characters (RFC 5321, 4.5.3.1.3)
# Quoted local parts, comments, lists and a leading hyphen are legal somewhere and dangerous everywhere (CHECKS.md 77).
DANGEROUS = re.compile(r'["(),:;<>\[\]\\\s\x00-\x1f\x7f\u2028\u2029]|^-|@.*@')
_validate = EmailValidator()


def checked_address(text: str) -> str:
    """Return the address as it is kept; raises ValidationError for what no mail should be sent to."""
    email = normal_address(text)
    try:
        if len(email) > LONGEST or DANGEROUS.search(email) or not email.isascii():
            raise ValidationError("")
        _validate(email)
    except ValidationError:
        raise ValidationError(
            _("This is not a mail address we can write to. Write it like name@example.org.")
        ) from None
    return email
