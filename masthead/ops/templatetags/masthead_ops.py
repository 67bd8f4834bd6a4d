"""Tags for the demo's strip."""

from django import template

from masthead.ops.demo.personas import PERSONAS

register = template.Library()


SHOWN = ("free", "paid", "gold", "lapsed", "editor", "owner")


@register.simple_tag
def personas() -> list[dict[str, str]]:
    """Return the people of the strip. It is the same on everybody's page; a script marks who is reading."""
    people = [{"key": persona.key, "label": persona.label} for persona in PERSONAS if persona.key in SHOWN]
    return [{"key": "anyone", "label": "Anyone"}, *people]
