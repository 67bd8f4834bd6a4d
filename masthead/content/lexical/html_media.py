"""Ghost's cards of pictures and files in HTML, put back into the fields that they were made of."""

from selectolax.lexbor import LexborNode

from masthead.content.document.node import Json
from masthead.content.lexical.elements import attribute, inner, one_of, words

UNITS = {"bytes": 1, "byte": 1, "b": 1, "kb": 1024, "mb": 1024**2, "gb": 1024**3}


def image(figure: LexborNode) -> Json:
    """Return the fields of a picture card."""
    image = {"type": "image", "caption": inner(figure, "figcaption"), "cardWidth": one_of(figure, "kg-width-", "")}
    return image | _picture(figure) | {"href": attribute(figure, "a:has(> img)", "href")}


def _picture(element: LexborNode) -> Json:
    return {name: attribute(element, "img", name) for name in ("src", "alt", "title")}


def gallery(figure: LexborNode) -> Json:
    """Return the fields of a gallery."""
    pictures = figure.css(".kg-gallery-image") or [image.parent for image in figure.css("img") if image.parent]
    images = [_picture(one) | {"href": attribute(one, "a", "href")} for one in pictures]
    return {"type": "gallery", "images": images, "caption": inner(figure, "figcaption")}


def video(figure: LexborNode) -> Json:
    """Return the fields of a video."""
    film = figure.css_first("video")
    found = film.attributes if film else {}
    poster = figure.attributes.get("data-kg-custom-thumbnail") or figure.attributes.get("data-kg-thumbnail")
    return {
        "type": "video",
        "src": attribute(figure, "video[src], video source", "src"),
        "width": found.get("width"),
        "height": found.get("height"),
        "duration": seconds(words(figure, ".kg-video-duration")),
        "thumbnailSrc": poster or "",
        "cardWidth": one_of(figure, "kg-width-", ""),
        "loop": "loop" in found,
        "caption": inner(figure, "figcaption"),
    }


def seconds(shown: str) -> int:
    """Read a duration such as 1:02:03 or 2:03, 0 if it is none."""
    parts = shown.strip().split(":")
    if not all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts):
        return 0
    return sum(int(part) * 60**place for place, part in enumerate(reversed(parts[-3:])))


def audio(card: LexborNode) -> Json:
    """Return the fields of a sound."""
    return {
        "type": "audio",
        "src": attribute(card, "audio[src], audio source", "src"),
        "title": words(card, ".kg-audio-title"),
        "duration": seconds(words(card, ".kg-audio-duration")),
        "thumbnailSrc": attribute(card, "img.kg-audio-thumbnail", "src"),
    }


def file(card: LexborNode) -> Json:
    """Return the fields of a file."""
    return {
        "type": "file",
        "src": attribute(card, "a", "href"),
        "fileTitle": words(card, ".kg-file-card-title"),
        "fileCaption": words(card, ".kg-file-card-caption"),
        "fileName": words(card, ".kg-file-card-filename"),
        "fileSize": size(words(card, ".kg-file-card-filesize")),
    }


def size(shown: str) -> int:
    """Read a size such as `12 KB` as bytes, 0 if it is none."""
    number, _, unit = shown.strip().partition(" ")
    try:
        return max(round(float(number) * UNITS.get(unit.strip().lower(), 0)), 0)
    except (ValueError, OverflowError):
        return 0
