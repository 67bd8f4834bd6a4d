"""What search engines and networks are told, under Ghost's names, as our extras."""

from collections.abc import Mapping
from typing import Any

from masthead.api.admin.errors import invalid
from masthead.api.admin.foreign import Pictures
from masthead.api.admin.taking.values import flag, text
from masthead.api.content.shapes.common import META, PICTURES
from masthead.content.document.escaping import is_safe_address
from masthead.core.extras import EXTRAS

OF_POSTS = META | {"custom_template": "template", "email_subject": "email_subject", "frontmatter": "frontmatter"}
OF_TAGS = META | {"accent_color": "accent_colour"}
SHOWS_TITLE = "show_title_and_feature_image"


def changed_extras(
    given: Mapping[str, Any], told: Mapping[str, Any], resource: str, names: Mapping[str, str], pictures: Pictures
) -> dict[str, Any]:
    """Return the extras that are sent with another value than we told, by our names; empty ones are to go."""
    changed = {field: given[field] for field in given if told.get(field) != given[field]}
    out: dict[str, Any] = {}
    for field, name in names.items():
        if field in changed:
            out[name] = text(changed[field], resource, field, longest=EXTRAS[name][1])
    if out.get("canonical_url") and not is_safe_address(out["canonical_url"]):
        raise invalid(resource, "canonical_url", "canonical_url must be an address, as https://paper.example/a/.")
    for field in PICTURES:
        if field in changed:
            address = text(changed[field], resource, field, longest=2000)
            token = pictures(address) if address else ""
            out |= {field: token} if token is not None else {}
    if SHOWS_TITLE in changed and resource == "page":
        out["hides_title"] = not flag(changed[SHOWS_TITLE], resource, SHOWS_TITLE)
    return out
