"""A row of the purge log."""

from django.db import models


class Purge(models.Model):
    """What was shown with this tag until `serial` is to be rendered anew; written in the transaction of the act itself."""

    serial = models.BigIntegerField(db_index=True, help_text="pagestore/log.py says how it orders transactions")
    tag = models.CharField(max_length=60)
    at = models.DateTimeField(db_index=True)
    is_told = models.BooleanField(default=False, help_text="whether what stands in front of us was told (in_front.py)")

    class Meta:
        indexes = [models.Index(fields=["id"], condition=models.Q(is_told=False), name="pagestore_purge_untold")]

    def __str__(self) -> str:
        return f"{self.serial} {self.tag}"
