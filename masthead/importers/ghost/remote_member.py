"""A member as the running site tells of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from masthead.importers.ghost.counterparts import fingerprint
from masthead.importers.ghost.member_file import key_of_address
from masthead.importers.ghost.values import moment
from masthead.importers.models import Counterpart

# What may change from one hour to the next without anything having been decided.
PASSING = frozenset(
    "last_seen_at email_count email_opened_count email_open_rate updated_at geolocation avatar_image".split()
)


@dataclass(frozen=True)
class RemoteMember:
    """One member of the running site, as its Admin API gives them."""

    said: dict[str, Any]

    def text(self, name: str) -> str:
        """Return a text; empty for what is none."""
        found = self.said.get(name)
        return found.strip() if isinstance(found, str) else ""

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Return a list of objects; empty for what is none."""
        found = self.said.get(name)
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    @property
    def key(self) -> str:
        return self.text("id")[:60] or self.address_key

    @property
    def address_key(self) -> str:
        return key_of_address(self.text("email"))

    @property
    def where(self) -> str:
        return f"member {self.key} of the running site"

    @property
    def name(self) -> str:
        return " ".join(self.text("name").split())[:120]

    @property
    def note(self) -> str:
        return self.text("note")

    @property
    def created_at(self) -> datetime | None:
        return moment(self.said.get("created_at"))

    @property
    def uuid(self) -> str:
        return self.text("uuid").lower()[:36]

    @property
    def link_key(self) -> str:
        """The secret of the member's unsubscribe links; empty for one that is not theirs."""
        query = parse_qs(urlsplit(self.text("unsubscribe_url")).query)
        return query.get("key", [""])[0]

    @property
    def state(self) -> str:
        """What tells whether anything changed since that somebody decided."""
        return fingerprint({name: value for name, value in self.said.items() if name not in PASSING})

    def is_as_before(self, known: Counterpart) -> bool:
        return bool(known.facts.get("remote") == self.state)

    def note_state(self, known: Counterpart) -> None:
        known.facts |= {"remote": self.state, "uuid": self.uuid, "exact": True}

    def label_names(self, known: Collection[str]) -> list[str]:
        names = (label.get("name") for label in self.rows("labels"))
        return [name for name in names if isinstance(name, str)]
