"""A member: somebody who can sign in; staff are members with a role."""

from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from masthead.core.ids import new_public_id
from masthead.members.models.label import Label
from masthead.members.roles import Role, is_at_least


def normal_address(email: str) -> str:
    """Return the one spelling under which an address is kept: trimmed and in lower case.

    Dots and plus signs stay: they are different mailboxes at most providers.
    """
    return email.strip().lower()


class MemberQuerySet(models.QuerySet["Member"]):
    def staff(self) -> Self:
        """Members with a desk."""
        return self.exclude(role=Role.NONE)


class MemberManager(BaseUserManager["Member"].from_queryset(MemberQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, **fields: Any) -> "Member":
        """Create a member without a password; signing in needs the mailbox or a passkey."""
        member: Member = self.model(email=normal_address(email), **fields)
        member.set_unusable_password()
        member.save(using=self._db)
        return member

    def get_by_natural_key(self, username: str | None) -> "Member":
        """Find a member by address, whatever its case."""
        member: Member = self.get(email=normal_address(username or ""))
        return member


class Member(AbstractBaseUser):
    """Somebody who can sign in. The address is unique; the role says whether there is a desk."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    email = models.EmailField(_("mail address"), unique=True, max_length=254)
    name = models.CharField(_("name"), max_length=120, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.NONE, blank=True)
    is_active = models.BooleanField(default=True, help_text="false for a banned member, who cannot sign in")
    joined_at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True, help_text="what staff wrote about the member, who may ask to read it")
    labels = models.ManyToManyField(Label, blank=True, related_name="members")

    objects = MemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.public_id

    @property
    def is_staff(self) -> bool:
        """Whether this member has a desk."""
        return self.is_active and self.role != Role.NONE

    def may(self, least: Role) -> bool:
        """Say whether this member's role is `least` or above it."""
        return self.is_active and is_at_least(self.role, least)
