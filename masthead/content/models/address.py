"""Public addresses: every path that leads, or once led, to something."""

from django.db import models
from django.db.models import Q

from masthead.content.models.author import Author
from masthead.content.models.post import Post
from masthead.content.models.tag import Tag


class Address(models.Model):
    """A path of this site and what stands there; one that is no longer current redirects to the current one."""

    path = models.CharField(max_length=400, unique=True)
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.CASCADE, related_name="addresses")
    tag = models.ForeignKey(Tag, null=True, blank=True, on_delete=models.CASCADE, related_name="addresses")
    author = models.ForeignKey(Author, null=True, blank=True, on_delete=models.CASCADE, related_name="addresses")
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, tag=None, author=None)
                | Q(post=None, tag__isnull=False, author=None)
                | Q(post=None, tag=None, author__isnull=False),
                name="address_has_one_target",
            ),
            models.UniqueConstraint(fields=["post"], condition=Q(is_current=True), name="one_current_address"),
        ]

    def __str__(self) -> str:
        return self.path
