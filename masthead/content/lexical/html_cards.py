"""Ghost's cards in HTML, found by their classes and put back into the fields that they were made of."""

from collections.abc import Callable

from selectolax.lexbor import LexborNode

from masthead.content.document.node import Json
from masthead.content.lexical import html_media
from masthead.content.lexical.elements import attribute, classes, inner, one_of, words


def card_in(element: LexborNode) -> Json | None:
    """Return the Lexical card that an element was made from; None if it was made from none."""
    for name in classes(element):
        if name in CARDS:
            return CARDS[name](element)
    if element.tag == "iframe":
        return {"type": "embed", "html": element.html or ""}
    return None


def _bookmark(figure: LexborNode) -> Json:
    # Ghost gives the publisher the class of the author, and the author that of the publisher, for old themes' sake.
    metadata = {
        "title": words(figure, ".kg-bookmark-title"),
        "description": words(figure, ".kg-bookmark-description"),
        "publisher": words(figure, ".kg-bookmark-author"),
        "author": words(figure, ".kg-bookmark-publisher"),
        "thumbnail": attribute(figure, ".kg-bookmark-thumbnail img", "src"),
    }
    url = attribute(figure, "a.kg-bookmark-container", "href") or attribute(figure, "a", "href")
    return {"type": "bookmark", "url": url, "metadata": metadata, "caption": inner(figure, "figcaption")}


def _embed(figure: LexborNode) -> Json:
    parts = [child.html or "" for child in figure.iter(include_text=True) if child.tag != "figcaption"]
    html = "".join(parts).strip()
    links = [link.attributes.get("href") or "" for link in figure.css("a") if link.parent and link.parent.tag != "p"]
    url = "" if figure.css_first("iframe") or not links else links[-1]
    return {"type": "embed", "html": html, "url": url, "caption": inner(figure, "figcaption")}


def _callout(card: LexborNode) -> Json:
    colour = one_of(card, "kg-callout-card-", "blue").replace("background-", "")
    text = inner(card, ".kg-callout-text")
    return {
        "type": "callout",
        "calloutEmoji": words(card, ".kg-callout-emoji"),
        "calloutText": text,
        "backgroundColor": colour,
    }


def _toggle(card: LexborNode) -> Json:
    heading = inner(card, ".kg-toggle-heading-text")
    return {"type": "toggle", "heading": heading, "content": inner(card, ".kg-toggle-content")}


def _button(card: LexborNode) -> Json:
    href, label = attribute(card, "a", "href"), words(card, "a")
    return {"type": "button", "buttonText": label, "buttonUrl": href, "alignment": one_of(card, "kg-align-", "center")}


def _product(card: LexborNode) -> Json:
    stars = len(card.css(".kg-product-card-rating-active"))
    return {
        "type": "product",
        "productImageSrc": attribute(card, "img.kg-product-card-image", "src"),
        "productTitle": inner(card, ".kg-product-card-title"),
        "productDescription": inner(card, ".kg-product-card-description"),
        "productRatingEnabled": stars > 0,
        "productStarRating": stars,
        "productButtonEnabled": card.css_first("a.kg-product-card-button") is not None,
        "productButton": words(card, "a.kg-product-card-button"),
        "productUrl": attribute(card, "a.kg-product-card-button", "href"),
    }


def _header(card: LexborNode) -> Json:
    is_second = "kg-v2" in classes(card)
    layout = "split" if "kg-layout-split" in classes(card) else one_of(card, "kg-width-", "regular")
    background = attribute(card, "img.kg-header-card-image", "src") or card.attributes.get("data-kg-background-image")
    is_left = is_second and not card.css_first(".kg-align-center")
    return {
        "type": "header",
        "version": 2 if is_second else 1,
        "header": inner(card, ".kg-header-card-heading, .kg-header-card-header"),
        "subheader": inner(card, ".kg-header-card-subheading, .kg-header-card-subheader"),
        "buttonEnabled": card.css_first("a.kg-header-card-button") is not None,
        "buttonText": words(card, "a.kg-header-card-button"),
        "buttonUrl": attribute(card, "a.kg-header-card-button", "href"),
        "backgroundImageSrc": background or "",
        "alignment": "left" if is_left else "center",
    } | ({"layout": layout} if is_second else {})


def _sign_up(card: LexborNode) -> Json:
    labels = (field.attributes.get("value") or "" for field in card.css("input[data-members-label]"))
    return {
        "type": "signup",
        "header": inner(card, ".kg-signup-card-heading"),
        "subheader": inner(card, ".kg-signup-card-subheading"),
        "disclaimer": inner(card, ".kg-signup-card-disclaimer"),
        "successMessage": words(card, ".kg-signup-card-success"),
        "buttonText": words(card, ".kg-signup-card-button-default") or words(card, ".kg-signup-card-button"),
        "backgroundImageSrc": attribute(card, "img.kg-signup-card-image", "src"),
        "labels": list(labels),
        "alignment": "center" if card.css_first(".kg-align-center") else "left",
        "layout": "split" if "kg-layout-split" in classes(card) else one_of(card, "kg-width-", "regular"),
    }


def _call(card: LexborNode) -> Json:
    label = inner(card, ".kg-cta-sponsor-label")
    return {
        "type": "call-to-action",
        "layout": "immersive" if "kg-cta-immersive" in classes(card) else "minimal",
        "alignment": "center" if "kg-cta-centered" in classes(card) else "left",
        "textValue": inner(card, ".kg-cta-text"),
        "showButton": card.css_first("a.kg-cta-button") is not None,
        "buttonText": words(card, "a.kg-cta-button"),
        "buttonUrl": attribute(card, "a.kg-cta-button", "href"),
        "hasSponsorLabel": bool(label),
        "sponsorLabel": label,
        "backgroundColor": one_of(card, "kg-cta-bg-", "none"),
        "imageUrl": attribute(card, ".kg-cta-image-container img", "src"),
        "showDividers": "kg-cta-no-dividers" not in classes(card),
    }


def _code(figure: LexborNode) -> Json:
    code = figure.css_first("pre code") or figure.css_first("pre")
    return {
        "type": "codeblock",
        "code": code.text().removesuffix("\n") if code else "",
        "language": one_of(code, "language-", "") if code else "",
        "caption": inner(figure, "figcaption"),
    }


CARDS: dict[str, Callable[[LexborNode], Json]] = {
    "kg-image-card": html_media.image,
    "kg-gallery-card": html_media.gallery,
    "kg-bookmark-card": _bookmark,
    "kg-embed-card": _embed,
    "kg-callout-card": _callout,
    "kg-toggle-card": _toggle,
    "kg-button-card": _button,
    "kg-video-card": html_media.video,
    "kg-audio-card": html_media.audio,
    "kg-file-card": html_media.file,
    "kg-product-card": _product,
    "kg-header-card": _header,
    "kg-signup-card": _sign_up,
    "kg-cta-card": _call,
    "kg-code-card": _code,
}
