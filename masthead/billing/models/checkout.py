"""A checkout: one try to buy one price."""

from django.db import models

from masthead.billing.models.price import Price
from masthead.core.ids import new_token
from masthead.members.models import Member


class Checkout(models.Model):
    """A member went to the provider to pay. The public id is the idempotency key of its creation there."""

    public_id = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    price = models.ForeignKey(Price, on_delete=models.PROTECT, related_name="+")
    provider = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=120, blank=True, db_index=True)
    return_to = models.CharField(max_length=600, default="/")
    begun_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.public_id
