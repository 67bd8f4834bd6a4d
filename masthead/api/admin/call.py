"""A call: one request of a program, with its key and its parameters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from masthead.api.admin.body import json_of
from masthead.api.content.asked import Asked
from masthead.api.errors import ApiError
from masthead.core.models import Publication
from masthead.members.models import ApiKey


@dataclass(frozen=True)
class Call:
    """One request that was let in. `warnings` is what the program is told beside the answer."""

    request: HttpRequest
    at: datetime
    key: ApiKey | None = None  # none where the address is for anyone
    warnings: list[str] = field(default_factory=list)

    @property
    def asked(self) -> Asked:
        return Asked.of(self.request.GET)

    @property
    def publication(self) -> Publication:
        found: Publication = self.request.publication  # type: ignore[attr-defined]
        return found

    def names(self, parameter: str) -> frozenset[str]:
        """Return the words of a parameter that is a list with commas."""
        return frozenset(word.strip() for word in self.request.GET.get(parameter, "").split(",") if word.strip())

    def sent(self, resource: str) -> Mapping[str, Any]:
        """Return the object that the body holds under the resource's name, the first of its list.

        ApiError for a body that is none.
        """
        body = json_of(self.request)
        rows = body.get(resource)
        if not isinstance(rows, list) or not rows or not isinstance(rows[0], dict):
            context = f'Send {{"{resource}": [{{...}}]}}.'
            raise ApiError(f"No root key ('{resource}') provided.", context)
        return rows[0]
