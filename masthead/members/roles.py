"""Roles of staff, in rising order, and what each may do at the desk."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A member's place at the desk; readers have none."""

    NONE = "", _("Reader")
    CONTRIBUTOR = "contributor", _("Contributor")
    AUTHOR = "author", _("Author")
    EDITOR = "editor", _("Editor")
    ADMINISTRATOR = "administrator", _("Administrator")
    OWNER = "owner", _("Owner")


RANK = {role: rank for rank, role in enumerate(Role.values)}


def is_at_least(role: str, least: Role) -> bool:
    """Say whether `role` is `least` or above it; an unknown role is nobody."""
    return RANK.get(role, 0) >= RANK[least]
