"""Cards that ask for something: buttons, products, headers, sign-up, calls to action."""

from masthead.content.document.node import Json
from masthead.content.lexical.fields import Fields, as_text
from masthead.content.lexical.fragments import blocks_of, plain_of
from masthead.content.lexical.notebook import Notebook
from masthead.content.lexical.parts import folded, labelled, mailed, paragraph, size_of, tone_of
from masthead.content.lexical.visibility import Audience, segment

MOST_LABELS = 50


def button(fields: Fields, note: Notebook) -> list[Json]:
    """Read a button; without an address its label is kept as a paragraph."""
    label, href = labelled(fields, note, "buttonText", "buttonUrl")
    align = fields.choice("alignment", ("center", "left"))
    if not href:
        return paragraph(folded(fields.text("buttonText")))
    return [{"type": "button", "attrs": {"label": label, "href": href, "align": align}}]


def product(fields: Fields, note: Notebook) -> list[Json]:
    """Read a product; its stars count only if they were shown."""
    stars = fields.number("productStarRating", 5)
    label, href = labelled(fields, note, "productButton", "productUrl", "productButtonEnabled")
    attrs = {
        "title": plain_of(fields.text("productTitle"), note, "the name of a product"),
        "media": note.small_picture(fields.text("productImageSrc")),
        "rating": stars if fields.flag("productRatingEnabled", default=False) else 0,
        "label": label,
        "href": href,
    }
    return [{"type": "product", "attrs": attrs, "content": blocks_of(fields.text("productDescription"), note)}]


def header(fields: Fields, note: Notebook) -> list[Json]:
    """Read a header of either version; the first one was always as wide as the page."""
    label, href = labelled(fields, note, "buttonText", "buttonUrl", "buttonEnabled")
    attrs = {
        "title": plain_of(fields.text("header"), note, "a header"),
        "text": plain_of(fields.text("subheader"), note, "the second line of a header"),
        "label": label,
        "href": href,
        "media": note.small_picture(fields.text("backgroundImageSrc")),
        "size": size_of(fields, note, "full" if fields.number("version") < 2 else "regular"),
        "align": fields.choice("alignment", ("center", "left")),
    }
    return [{"type": "headerCard", "attrs": attrs}]


def sign_up(fields: Fields, note: Notebook) -> list[Json]:
    """Read a card that asks readers to sign up; its background picture has no place here."""
    if picture := fields.text("backgroundImageSrc"):
        note.problem(f"the background of a sign-up card was left out: {picture[:160]}")
    attrs = {
        "header": plain_of(fields.text("header"), note, "a sign-up card"),
        "text": plain_of(fields.text("subheader"), note, "a sign-up card"),
        "disclaimer": plain_of(fields.text("disclaimer"), note, "a sign-up card"),
        "success": folded(fields.text("successMessage")),
        "label": folded(fields.text("buttonText")),
        "labels": _labels(fields, note),
        "align": fields.choice("alignment", ("left", "center")),
        "size": size_of(fields, note, "wide"),
    }
    return [{"type": "signUp", "attrs": attrs}]


def _labels(fields: Fields, note: Notebook) -> list[str]:
    names = [folded(as_text(name)) for name in fields.items("labels")]
    labels = list(dict.fromkeys(filter(None, names)))
    if len(labels) > MOST_LABELS:
        note.problem(f"labels of a sign-up card were left out: {', '.join(labels[MOST_LABELS:])}")
    return labels[:MOST_LABELS]


def call_to_action(fields: Fields, note: Notebook) -> list[Json]:
    """Read a call to action."""
    is_sponsored = fields.flag("hasSponsorLabel", default=False)
    sponsor = plain_of(fields.text("sponsorLabel"), note, "the sponsor's line of a call to action")
    if sponsor and not is_sponsored and sponsor.upper() != "SPONSORED":
        note.problem(f"a sponsor's line that was switched off was left out: “{sponsor}”")
    own = {
        "layout": fields.choice("layout", ("minimal", "immersive")),
        "media": note.small_picture(fields.text("imageUrl")),
        "sponsor": sponsor if is_sponsored else "",
        "tone": tone_of(fields, "grey", note),
    }
    return _call(fields, note, own, fields.text("textValue"))


def email_call(fields: Fields, note: Notebook) -> list[Json]:
    """Read a call to action that goes by mail to one segment."""
    who = segment(fields.text("segment") or "status:free", note)
    own = {"layout": "minimal", "media": "", "sponsor": "", "tone": "white"}
    return Audience((), who).around(_call(fields, note, own, fields.text("html")))


def _call(fields: Fields, note: Notebook, own: Json, html: str) -> list[Json]:
    label, href = labelled(fields, note, "buttonText", "buttonUrl", "showButton")
    attrs = own | {
        "align": fields.choice("alignment", ("left", "center")),
        "label": label,
        "href": href,
        "has_dividers": fields.flag("showDividers", default=True),
    }
    return [{"type": "callToAction", "attrs": attrs, "content": mailed(html, note)}]
