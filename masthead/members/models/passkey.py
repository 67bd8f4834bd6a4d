"""A passkey: a public key whose private half never leaves the member's device."""

from django.db import models

from masthead.core.ids import new_public_id
from masthead.members.models.member import Member


class Passkey(models.Model):
    """One WebAuthn credential. `credential` is the attested credential data, which is public."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="passkeys")
    credential_id = models.BinaryField(unique=True, max_length=1023)
    credential = models.BinaryField()
    sign_count = models.PositiveBigIntegerField(default=0)
    name = models.CharField(max_length=80)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
