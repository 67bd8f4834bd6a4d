"""A member as a provider knows them."""

from django.db import models

from masthead.members.models import Member


class Customer(models.Model):
    """The name that a provider has for a member; a member may have several there."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="customers")
    provider = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "provider_id"], name="customer_once")]

    def __str__(self) -> str:
        return f"{self.provider}:{self.provider_id}"
