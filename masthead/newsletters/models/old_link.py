"""A link in mail that another system sent."""

from django.db import models

from masthead.members.models import Member


class OldLink(models.Model):
    """What a former system put into its mails to know a member by, so that its unsubscribe links still work.

    `key_hash` is the SHA-256 of the link's own secret, where we were told it; without it the link only leads to a page
    that asks for the address.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    uuid = models.CharField(max_length=36, unique=True)
    key_hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"old link of {self.member_id}"
