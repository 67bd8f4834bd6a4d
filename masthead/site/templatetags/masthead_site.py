"""Tags for the site's templates."""

import json
from datetime import datetime
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info

from masthead.access.reader import ANYONE
from masthead.content.document import Picture
from masthead.content.document.picture_html import picture_html
from masthead.content.document.rendering import Page
from masthead.content.reading import Lead, Reading
from masthead.site.wall import Wall, wall_for

register = template.Library()
CARD_SIZES = "(min-width: 60rem) 24rem, (min-width: 40rem) 50vw, 100vw"
LEAD_SIZES = "(min-width: 60rem) 46rem, 100vw"


@register.filter
def json_ld(value: Any) -> SafeString:
    """Write a value as a JSON data block that cannot end its <script>."""
    text = json.dumps(value, ensure_ascii=False)
    escaped = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return mark_safe(escaped.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))  # noqa: S308


@register.simple_tag(takes_context=True)
def wall_before(context: dict[str, Any], reading: Reading) -> Wall | None:
    """Return the wall that the page's Reader stands before in this reading, or None."""
    return wall_for(reading, context.get("reader") or ANYONE)


@register.simple_tag
def lead_picture(lead: Lead, *, is_card: bool = False) -> SafeString:
    """Write the picture above a text, or the small one of a card (which repeats the headline's link: no alt text)."""
    sizes = CARD_SIZES if is_card else LEAD_SIZES
    written = picture_html(lead.picture, alt="" if is_card else lead.alt, page=Page(), sizes=sizes, eager=not is_card)
    return mark_safe(written)  # noqa: S308  (picture_html escapes)


@register.simple_tag
def picture(shown: Picture, alt: str, sizes: str) -> SafeString:
    """Write a picture of the paper's own, such as its logo; `sizes` as in HTML."""
    return mark_safe(picture_html(shown, alt=alt, page=Page(), sizes=sizes, eager=True))  # noqa: S308


@register.filter
def moment(value: datetime) -> str:
    """Write a moment for `datetime` attributes and meta data, to the second, in the current time zone (HTML, 2.4.5.7)."""
    return timezone.localtime(value).isoformat(timespec="seconds")


@register.filter
def direction(language: str) -> str:
    """Return rtl for a language that is written from right to left."""
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "ltr"


@register.simple_tag(takes_context=True)
def here(context: dict[str, Any]) -> str:
    """Return the path of this page, to come back to."""
    request = context.get("request")
    return request.path if isinstance(request, HttpRequest) else "/"
