"""The words below the cut. Sealed: only content/reading.py loads it, with the rule in its query."""

from django.db import models

from masthead.content.models.post import Post, empty_document


class Body(models.Model):
    """What stands below the cut of a gated post; every gated post that is out has one, even an empty one."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="+", primary_key=True)
    document = models.JSONField(default=empty_document)
    extras = models.JSONField(default=dict, blank=True, help_text="those that are sealed")

    def __str__(self) -> str:
        return f"body of {self.post_id}"
