"""Tags for the desk's templates."""

from typing import Any

from django import template

from masthead.desk.permissions import PERMISSIONS
from masthead.members.models import Member

register = template.Library()


@register.simple_tag(takes_context=True)
def may_open(context: dict[str, Any], route: str) -> bool:
    """Say whether whoever is signed in may open this route of the desk."""
    user = getattr(context.get("request"), "user", None)
    least = PERMISSIONS.get(("GET", route))
    return least is not None and isinstance(user, Member) and user.may(least)
