"""A request to prove that somebody reads a mailbox: to sign in, or to change the address."""

from django.db import models

from masthead.core.ids import new_token
from masthead.members.models.member import Member


class SignInRequest(models.Model):
    """One request for a code, which is derived from the site's secret and `public_id` and stands in no table.

    `public_id` is in the asking browser's session and in the mail's link; without that session it opens nothing.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    email = models.EmailField(max_length=254, db_index=True)
    changes = models.ForeignKey(Member, null=True, on_delete=models.CASCADE, related_name="+")
    former_email = models.EmailField(max_length=254, blank=True, help_text="the address that a change replaced")
    next_path = models.CharField(max_length=600, default="/")
    network = models.CharField(
        max_length=50, blank=True, db_index=True, help_text="who asked: an address, or an IPv6 /64"
    )
    is_withheld = models.BooleanField(default=False, help_text="no mail goes out: a limit was reached")
    asked_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    spent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"request {self.pk}"
