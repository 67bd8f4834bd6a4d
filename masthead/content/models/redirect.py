"""A redirect: an address, or a pattern of addresses, that leads elsewhere."""

from typing import ClassVar

from django.db import models


class Redirect(models.Model):
    """Where an address that nothing stands at leads; the first that matches counts.

    A pattern is a regular expression in RE2's syntax, searched in the path with its query; `target` may use \\1.
    """

    source = models.CharField(max_length=500, unique=True, help_text="a path, or a pattern")
    is_pattern = models.BooleanField(default=False)
    target = models.CharField(max_length=2000)
    is_permanent = models.BooleanField(default=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "id"]
        indexes = [models.Index(fields=["position"], condition=models.Q(is_pattern=True), name="redirect_patterns")]

    def __str__(self) -> str:
        return f"{self.source} -> {self.target}"
