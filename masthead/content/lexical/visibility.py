"""Who sees a card: Ghost's three ways to say it, as an audience node around the card."""

from dataclasses import dataclass
from typing import Any

from masthead.content.document.node import Json
from masthead.content.lexical.fields import Fields, shown
from masthead.content.lexical.notebook import Notebook

WEB = ("anyone", "free", "paid")
MAIL = ("free", "paid")
SEGMENTS = {"status:free": "free", "status:-free": "paid", "status:paid": "paid"}


@dataclass(frozen=True)
class Audience:
    """Who sees something on the web and who gets it by mail."""

    web: tuple[str, ...] = WEB
    mail: tuple[str, ...] = MAIL

    @property
    def is_everybody(self) -> bool:
        return self == Audience()

    def narrowed(self, other: "Audience") -> "Audience":
        """Return those who are in both."""
        web = tuple(name for name in self.web if name in other.web)
        return Audience(web, tuple(name for name in self.mail if name in other.mail))

    def around(self, blocks: list[Json]) -> list[Json]:
        """Put blocks into a node for these readers; for everybody they stand as they are."""
        if self.is_everybody or not blocks:
            return blocks
        attrs = {"web": list(self.web), "mail": list(self.mail)}
        return [{"type": "audience", "attrs": attrs, "content": blocks}]


def audience_in(node: Json) -> Audience:
    """Read the readers of an audience node."""
    return Audience(tuple(node["attrs"]["web"]), tuple(node["attrs"]["mail"]))


def audience_of(visibility: Any, note: Notebook) -> Audience:
    """Read a card's visibility: that of now, {showOnWeb, showOnEmail, segment} or {emailOnly, segment}.

    Nothing said is everybody. What cannot be understood is shown to nobody, with a line.
    """
    if visibility is None or visibility == {}:
        return Audience()
    fields = Fields(visibility)
    if "web" in fields.node or "email" in fields.node:
        return _now(fields, note)
    if "emailOnly" in fields.node:
        web = () if fields.flag("emailOnly", default=True) else WEB
        return Audience(web, _everybody_or(fields.text("segment"), note))
    if {"showOnWeb", "showOnEmail", "segment"} & set(fields.node):
        web = WEB if fields.flag("showOnWeb", default=True) else ()
        is_mailed = fields.flag("showOnEmail", default=True)
        return Audience(web, _everybody_or(fields.text("segment"), note) if is_mailed else ())
    note.problem(f"it was not clear who may see a card, and now nobody does: {shown(visibility)}")
    return Audience((), ())


def _now(fields: Fields, note: Notebook) -> Audience:
    web, email = fields.inner("web"), fields.inner("email")
    anyone = ("anyone",) if web.flag("nonMember", default=False) else ()
    return Audience(
        anyone + segment(web.text("memberSegment"), note) if "web" in fields.node else WEB,
        segment(email.text("memberSegment"), note) if "email" in fields.node else MAIL,
    )


def _everybody_or(named: str, note: Notebook) -> tuple[str, ...]:
    return segment(named, note) if named else MAIL


def segment(named: str, note: Notebook) -> tuple[str, ...]:
    """Read the members that a segment names; '' is none, and one that we do not know is none, with a line."""
    parts = [part.strip() for part in named.split(",") if part.strip()]
    for part in parts:
        if part not in SEGMENTS:
            note.problem(f"there are no readers like “{part[:40]}” here; what was for them is now shown to nobody")
    chosen = {SEGMENTS[part] for part in parts if part in SEGMENTS}
    return tuple(name for name in MAIL if name in chosen)
