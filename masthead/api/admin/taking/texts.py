"""The text of a post, which comes as HTML, Lexical or Mobiledoc."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from masthead.api.admin.call import Call
from masthead.api.admin.errors import invalid
from masthead.api.admin.foreign import Pictures
from masthead.api.admin.uploads import own_file
from masthead.content.document import DocumentError
from masthead.content.lexical import from_ghost_html, from_lexical, from_mobiledoc

READERS = {"html": from_ghost_html, "lexical": from_lexical, "mobiledoc": from_mobiledoc}


def changed_text(
    given: Mapping[str, Any], told: Mapping[str, Any], resource: str, call: Call, pictures: Pictures
) -> object | None:
    """Return the document that is sent, as it is stored; None if none is sent or it is what we told.

    HTML counts with ?source=html alone, and then before the others, as in Ghost. What could not be kept as it was is
    told in `call.warnings`.
    """
    name = _sent(given, is_html=call.request.GET.get("source") == "html")
    if name is None or given[name] == told.get(name):
        return None
    source = given[name]
    if not isinstance(source, str):
        raise invalid(resource, name, f"{name} must be a text.")
    try:
        parsed = READERS[name](source, images=pictures, files=own_file, home=settings.ADDRESS)
    except DocumentError as error:
        raise invalid(resource, name, str(error)) from error
    call.warnings.extend(parsed.problems)
    return parsed.document.json


def _sent(given: Mapping[str, Any], *, is_html: bool) -> str | None:
    order = ("html", "lexical", "mobiledoc") if is_html else ("lexical", "mobiledoc")
    return next((name for name in order if given.get(name) is not None), None)
