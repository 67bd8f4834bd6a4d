"""A choice: whether a member takes a newsletter."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from masthead.members.models import Member
from masthead.newsletters.models.newsletter import Newsletter


class By(models.TextChoices):
    """Who chose."""

    MEMBER = "member", _("The member")
    STAFF = "staff", _("Staff")
    IMPORT = "import", _("An import")
    SIGNING_UP = "signing-up", _("Taken on signing up")


class Choice(models.Model):
    """A member takes a newsletter, or said no to it. A no is kept, so that no import or default undoes it."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="newsletter_choices")
    newsletter = models.ForeignKey(Newsletter, on_delete=models.CASCADE, related_name="choices")
    takes = models.BooleanField()
    by = models.CharField(max_length=12, choices=By.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "newsletter"], name="newsletter_choice_once")]
        indexes = [models.Index(fields=["newsletter", "takes", "member"], name="newsletter_takers")]

    def __str__(self) -> str:
        return f"{self.member_id} {'takes' if self.takes else 'leaves'} {self.newsletter_id}"
