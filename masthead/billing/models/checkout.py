"""A checkout: one try to buy one price."""

from typing import Self

from django.db import models
from django.db.models import Q

from masthead.billing.models.price import Price
from masthead.core.ids import new_token
from masthead.members.models import Member


class CheckoutQuerySet(models.QuerySet["Checkout"]):
    def open(self) -> Self:
        """Those that may still be paid: neither synced, nor replaced, nor expired."""
        return self.filter(closed_at=None)


class Checkout(models.Model):
    """A member went to the provider to pay. The public id is the idempotency key of its creation there.

    A member has one open checkout at a provider at most, so that two tabs cannot both be paid. It outlives the
    member, so that a payment that comes after a deletion is recognised and given back.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    price = models.ForeignKey(Price, on_delete=models.PROTECT, related_name="+")
    provider = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=120, blank=True, db_index=True)
    return_to = models.CharField(max_length=600, default="/")
    begun_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CheckoutQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "provider"], condition=Q(closed_at=None), name="one_open_checkout"
            )
        ]

    def __str__(self) -> str:
        return self.public_id
