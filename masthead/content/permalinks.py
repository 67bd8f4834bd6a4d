"""Permalinks: the pattern from which a post gets its address when it is first published."""

import re
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from masthead.content.addresses import RESERVED

VARIABLES: Final = ("slug", "id", "year", "month", "day", "primary_tag", "primary_author", "author")
NOTHING: Final = "all"  # stands for the tag or author that a post does not have, as in Ghost
LONGEST: Final = 200  # characters
_VARIABLE = re.compile(r"\{([a-z_]*)\}")
_PART = re.compile(r"[\w.~-]+")


def path_for(
    pattern: str,
    *,
    slug: str,
    public_id: str,
    published_at: datetime,
    primary_tag: str,
    primary_author: str,
) -> str:
    """Return the path that a post gets from a permalink pattern.

    `published_at` is in the publication's own zone; `primary_tag` and `primary_author` are slugs, '' where there is
    none. Raises ValidationError for a pattern that `check_pattern` refuses.
    """
    check_pattern(pattern)
    values = {
        "slug": slug,
        "id": public_id,
        "year": f"{published_at.year:04}",
        "month": f"{published_at.month:02}",
        "day": f"{published_at.day:02}",
        "primary_tag": primary_tag or NOTHING,
        "primary_author": primary_author or NOTHING,
        "author": primary_author or NOTHING,
    }
    return _VARIABLE.sub(lambda found: values[found[1]], pattern)


def check_pattern(pattern: str) -> None:
    """Raise ValidationError for what is no permalink pattern; the message says what to write instead."""
    problem = _problem(pattern)
    if problem:
        raise ValidationError(problem, code="permalink")


def _problem(pattern: str) -> str:
    parts = pattern.split("/")
    if len(pattern) > LONGEST or len(parts) < 3 or parts[0] or parts[-1]:
        return _("An address begins and ends with a slash and has at most 200 characters, as /{slug}/.")
    unknown = next((name for name in _VARIABLE.findall(pattern) if name not in VARIABLES), None)
    if unknown is not None:
        return _("There is no {%(name)s}. Use %(known)s.") % {
            "name": unknown,
            "known": ", ".join(f"{{{name}}}" for name in VARIABLES),
        }
    if "{slug}" not in pattern and "{id}" not in pattern:
        return _("Put {slug} or {id} into it, so that no two posts get the same address.")
    if not all(_is_part(part) for part in parts[1:-1]):
        return _("Between slashes, use letters, digits, hyphens and {variables} only.")
    if parts[1] in RESERVED:
        return _("/%(word)s/ is an address of this site itself. Begin with another word.") % {"word": parts[1]}
    return ""


def _is_part(part: str) -> bool:
    plain = _VARIABLE.sub("x", part)
    return bool(_PART.fullmatch(plain)) and plain.strip(".") != ""
