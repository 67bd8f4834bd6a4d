"""What a client asks for beside the address: fields, formats, pages."""

from dataclasses import dataclass
from typing import Self

from django.http import QueryDict

from masthead.api.errors import ApiError, Invalid

LIMIT, MOST = 15, 100  # items a page
LONGEST = 2000  # characters of a parameter
FORMATS = frozenset({"html", "plaintext"})  # mobiledoc and lexical hold what is sealed, and are left out silently


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of a request. `fields` is None where all are asked for."""

    fields: frozenset[str] | None
    formats: frozenset[str]
    include: frozenset[str]
    limit: int
    page: int
    order: str
    filter: str

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Read the parameters; ApiError for one that is too long or no number."""
        given = {name: query.get(name, "") for name in ("fields", "formats", "include", "order", "filter")}
        for name, text in given.items():
            if len(text) > LONGEST:
                raise ApiError(f"The {name} is too long.", f"Give at most {LONGEST} characters.", field=name)
        return cls(
            fields=_names(given["fields"]) or None,
            formats=_names(given["formats"]) & FORMATS,
            include=_names(given["include"]),
            limit=MOST if query.get("limit") == "all" else min(_number(query, "limit", LIMIT), MOST),
            page=_number(query, "page", 1),
            order=given["order"],
            filter=given["filter"],
        )

    def wants(self, field: str) -> bool:
        """Say whether a field belongs into the answer."""
        return self.fields is None or field in self.fields


def _names(text: str) -> frozenset[str]:
    return frozenset(name for part in text.split(",") if (name := part.strip()))


def _number(query: QueryDict, name: str, default: int) -> int:
    """Read a whole number from 1 on. Seven digits are enough for any page."""
    text = query.get(name) or str(default)
    if not (text.isascii() and text.isdecimal() and len(text) < 8):
        raise Invalid(f"The {name} is not a number.", f"Give a whole number for {name}.", field=name)
    return max(1, int(text))
