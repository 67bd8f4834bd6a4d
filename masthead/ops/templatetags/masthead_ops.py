"""Tags for the demo's strip."""

from typing import Any

from django import template

from masthead.ops.demo.personas import PERSONAS

register = template.Library()


@register.simple_tag(takes_context=True)
def personas(context: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the people of the strip, and which of them is reading."""
    user = getattr(context.get("request"), "user", None)
    email = getattr(user, "email", "")
    people = [{"key": "anyone", "label": "Anyone", "is_current": not email}]
    shown = [p for p in PERSONAS if p.key in ("free", "paid", "gold", "lapsed", "editor", "owner")]
    return people + [{"key": p.key, "label": p.label, "is_current": p.email == email} for p in shown]
