"""Ghost's cards by name, and how one is read."""

from collections.abc import Callable

from masthead.content.document.node import Json, walk_nodes
from masthead.content.lexical import asking_cards, embeds, media_cards, text_cards
from masthead.content.lexical.fields import Fields
from masthead.content.lexical.fragments import MEMBERS_ONLY
from masthead.content.lexical.notebook import Notebook
from masthead.content.lexical.unknown import texts_in, unknown
from masthead.content.lexical.visibility import audience_of

Card = Callable[[Fields, Notebook], list[Json]]

CARDS: dict[str, Card] = {
    "paywall": text_cards.paywall,
    "horizontalrule": text_cards.rule,
    "html": text_cards.html,
    "markdown": text_cards.markdown,
    "codeblock": text_cards.code,
    "callout": text_cards.callout,
    "toggle": text_cards.toggle,
    "email": text_cards.email,
    "transistor": text_cards.transistor,
    "image": media_cards.image,
    "gallery": media_cards.gallery,
    "video": media_cards.video,
    "audio": media_cards.audio,
    "file": media_cards.file,
    "embed": embeds.embed,
    "bookmark": embeds.bookmark,
    "button": asking_cards.button,
    "product": asking_cards.product,
    "header": asking_cards.header,
    "signup": asking_cards.sign_up,
    "call-to-action": asking_cards.call_to_action,
    "email-cta": asking_cards.email_call,
}


def is_card(kind: str) -> bool:
    """Say whether a card of this name is known."""
    return kind in CARDS


def read_card(node: Json, note: Notebook) -> list[Json]:
    """Read one card; fields that nobody took are noted, and its visibility becomes an audience around it."""
    fields = Fields(node)
    kind = fields.text("type")
    blocks = CARDS.get(kind, unknown)(fields, note)
    if kind in CARDS and (unread := fields.unread()):
        note.problem(f"a “{kind}” card had fields that were left out: {', '.join(unread)}")
    around = audience_of(node.get("visibility"), note).around(blocks)
    if kind != "codeblock" and not _has_cut(blocks) and any(map(MEMBERS_ONLY.search, texts_in(node))):
        note.problem(f"a cut inside a “{kind}” card was moved before it")
        return [{"type": "cut"}, *around]
    return around


def _has_cut(blocks: list[Json]) -> bool:
    return any(node["type"] == "cut" for block in blocks for _, node in walk_nodes(block))
