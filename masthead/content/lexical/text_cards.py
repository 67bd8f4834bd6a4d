"""Cards that are text: HTML, Markdown, code, callouts, toggles, the cut, and what goes by mail alone."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from masthead.content.document.node import Json
from masthead.content.document.nodes.code_block import LANGUAGE
from masthead.content.lexical.embeds import embedded
from masthead.content.lexical.fields import Fields
from masthead.content.lexical.fragments import blocks_of, blocks_of_markdown, led_html, line_of, plain_of, texts_of
from masthead.content.lexical.notebook import Notebook
from masthead.content.lexical.parts import mailed, tone_of
from masthead.content.lexical.visibility import MAIL, Audience

OURS = "<!--masthead-->"  # begins an HTML card that to_lexical wrote
LOST = "script, object, embed, form, input, button, select, textarea, svg, math, video, audio, canvas"


def paywall(fields: Fields, note: Notebook) -> list[Json]:
    """Read the paywall: the cut."""
    return [{"type": "cut"}]


def rule(fields: Fields, note: Notebook) -> list[Json]:
    """Read a rule."""
    return [{"type": "horizontalRule"}]


def html(fields: Fields, note: Notebook) -> list[Json]:
    """Read an HTML card; its frames and pictures, which such a card cannot hold here, stand below it."""
    source = fields.text("html")
    if source.startswith(OURS):
        return blocks_of(source.removeprefix(OURS), note)
    body = LexborHTMLParser(source).body
    found = body.css("iframe, img, " + LOST) if body else []
    beside = [block for element in found for block in _beside(element, note)]
    return [{"type": "htmlCard", "attrs": {"html": led_html(source, note)}}, *beside]


def _beside(element: LexborNode, note: Notebook) -> list[Json]:
    tag = str(element.tag)
    address = (element.attributes.get("src") or "").strip()
    if tag == "iframe" and (blocks := embedded(element.html or "", note)):
        note.problem(f"a frame in an HTML card became an embed below it: {address}")
        return blocks
    if tag == "img" and address:
        note.problem(f"a picture in an HTML card now stands below it: {address}")
        return blocks_of(element.html or "", note)
    note.problem(f"a <{tag}> in an HTML card was left out" + (f": {address}" if address else ""))
    return []


def markdown(fields: Fields, note: Notebook) -> list[Json]:
    """Read a Markdown card as blocks of the text."""
    return blocks_of_markdown(fields.text("markdown"), note)


def code(fields: Fields, note: Notebook) -> list[Json]:
    """Read code; its caption becomes a paragraph below it."""
    language, text = fields.text("language").strip(), fields.text("code")
    if not LANGUAGE.fullmatch(language):
        note.problem(f"the language of a block of code was left out: “{language[:60]}”")
        language = ""
    content = [{"type": "text", "text": text}] if text else []
    block: Json = {"type": "codeBlock", "attrs": {"language": language}, "content": content}
    caption = texts_of(fields.text("caption"), note, "the caption of a block of code")
    if caption:
        note.problem("the caption of a block of code became a paragraph below it")
    return [block, *([{"type": "paragraph", "content": caption}] if caption else [])]


def callout(fields: Fields, note: Notebook) -> list[Json]:
    """Read a callout."""
    emoji = " ".join(fields.text("calloutEmoji", "💡").split())
    attrs = {"tone": tone_of(fields, "blue", note), "emoji": emoji}
    return [{"type": "callout", "attrs": attrs, "content": line_of(fields.text("calloutText"), note, "a callout")}]


def toggle(fields: Fields, note: Notebook) -> list[Json]:
    """Read a toggle."""
    heading = plain_of(fields.text("heading"), note, "the heading of a toggle")
    content = blocks_of(fields.text("content"), note)
    return [{"type": "toggle", "attrs": {"heading": heading}, "content": content}]


def email(fields: Fields, note: Notebook) -> list[Json]:
    """Read what only mail shows."""
    return Audience((), MAIL).around(mailed(fields.text("html"), note))


def transistor(fields: Fields, note: Notebook) -> list[Json]:
    """Leave out a player that has no address of its own, and say so."""
    note.problem("a “transistor” card, the podcasts of the member who looks at it, was left out")
    return []
