"""A price as a provider knows it."""

from django.db import models

from masthead.billing.models.price import Price


class KnownPrice(models.Model):
    """The name that a provider has for a price of ours; several of its prices may be one of ours."""

    price = models.ForeignKey(Price, on_delete=models.CASCADE, related_name="known")
    provider = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=120)
    product_id = models.CharField(max_length=120, blank=True, help_text="the provider's name for the tier")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "provider_id"], name="known_price_once")]

    def __str__(self) -> str:
        return f"{self.provider}:{self.provider_id}"
