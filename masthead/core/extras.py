"""Extras: what search engines, social networks and old themes are told, kept with a post, a tag, an author or the publication.

They are one JSON object a row. A name that is not in `EXTRAS` is refused, so that nothing is kept that nobody reads.
"""

from collections.abc import Mapping
from typing import Any, Final

# name -> (type, most characters). Pictures are tokens of uploads.
EXTRAS: Final[dict[str, tuple[type, int]]] = {
    "meta_title": (str, 300),
    "meta_description": (str, 500),
    "og_title": (str, 300),
    "og_description": (str, 500),
    "og_image": (str, 32),
    "twitter_title": (str, 300),
    "twitter_description": (str, 500),
    "twitter_image": (str, 32),
    "canonical_url": (str, 2000),
    "head_code": (str, 65_535),
    "foot_code": (str, 65_535),
    "template": (str, 100),  # a template of the theme
    "frontmatter": (str, 65_535),
    "email_subject": (str, 300),
    "is_mail_only": (bool, 0),  # sent as a letter and never a page
    "mail_to": (str, 2000),  # which members a letter is for, as the source said it
    "newsletter": (str, 191),  # slug of the newsletter it goes out with
    "hides_title": (bool, 0),  # a page without its headline and picture
    "comment_id": (str, 50),  # what a comment system elsewhere knows the post as
    "accent_colour": (str, 7),
    "cover": (str, 32),
    "website": (str, 2000),
    "location": (str, 150),
    "accounts": (dict, 0),  # network -> name or address there
}
MAIL_ONLY: Final = "is_mail_only"
# Code of a gated post is sealed as its body is: it may hold words that are paid for.
SEALED_EXTRAS: Final = frozenset({"head_code", "foot_code"})


def checked_extras(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return extras without the empty ones; raise ValueError for a name, type or length that is not ours."""
    out: dict[str, Any] = {}
    for name, value in values.items():
        if name not in EXTRAS:
            raise ValueError(f"There is no extra {name!r}; use one of {', '.join(sorted(EXTRAS))}.")
        kind, longest = EXTRAS[name]
        if value in (None, "", False, {}):
            continue
        if not isinstance(value, kind):
            raise ValueError(f"The extra {name} must be {kind.__name__}.")
        if isinstance(value, str) and len(value) > longest:
            raise ValueError(f"The extra {name} may have at most {longest} characters.")
        out[name] = value
    return out
