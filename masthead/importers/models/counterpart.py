"""A row elsewhere, and ours that was made of it."""

from django.db import models


class Counterpart(models.Model):
    """What a foreign row became: the reason a second run makes no doubles and changes only what changed since.

    `object_id` is the id of ours (a tag's, a member's, a tier's: `kind` says which; empty: it has none, and `facts` keep
    what it said). `fingerprint` tells whether the foreign one changed; `facts` hold what we have no column for, so that
    it can be shown, and given back on the way out.
    """

    source = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    foreign_id = models.CharField(max_length=191)
    object_id = models.BigIntegerField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "kind", "foreign_id"], name="counterpart_once")]
        indexes = [models.Index(fields=["kind", "object_id"], name="counterpart_object")]

    def __str__(self) -> str:
        return f"{self.source} {self.kind}: {self.foreign_id}"
