"""Cards that show a file: pictures, galleries, video, audio, downloads."""

from typing import Any

from masthead.content.document.escaping import escape
from masthead.content.document.node import Json
from masthead.content.lexical.fields import Fields
from masthead.content.lexical.fragments import blocks_of, plain_of, texts_of
from masthead.content.lexical.notebook import Notebook
from masthead.content.lexical.parts import SIZES, folded, paragraph


def image(fields: Fields, note: Notebook) -> list[Json]:
    """Read a picture; one that was not found leaves its words and a link."""
    source = fields.text("src").strip()
    size, href = fields.choice("cardWidth", SIZES), note.address(fields.text("href"))
    alt, caption, title = fields.text("alt"), fields.text("caption"), folded(fields.text("title"))
    if title:
        note.problem(f"the title of a picture was left out: “{title[:160]}”")
    if not source:
        note.problem(f"an image card without a picture was left out{f': {alt} {caption}' if alt or caption else ''}")
        return []
    written = f"<figcaption>{caption}</figcaption>" if caption.strip() else ""
    read = blocks_of(f'<figure><img src="{escape(source)}" alt="{escape(alt)}">{written}</figure>', note)
    for figure in (block for block in read if block["type"] == "figure"):
        figure["attrs"] |= {"size": size, "href": href}
    return read


def gallery(fields: Fields, note: Notebook) -> list[Json]:
    """Read a gallery; what is left of pictures that were not found stands below it."""
    read = [block for picture in fields.items("images") for block in image(_in_gallery(picture), note)]
    figures = [block for block in read if block["type"] == "figure"]
    others = [block for block in read if block["type"] != "figure"]
    caption = plain_of(fields.text("caption"), note, "the caption of a gallery")
    if figures:
        return [{"type": "gallery", "attrs": {"caption": caption}, "content": figures}, *others]
    return others + paragraph(caption)


def _in_gallery(picture: Any) -> Fields:
    fields = Fields(picture)
    return Fields(fields.node | {"cardWidth": "regular"})


def video(fields: Fields, note: Notebook) -> list[Json]:
    """Read a video; the picture that stands for it is the chosen one, or else the one Ghost made."""
    made, chosen = fields.text("thumbnailSrc"), fields.text("customThumbnailSrc")
    attrs = {
        "file": note.file(fields.text("src")),
        "name": folded(fields.text("fileName")),
        "width": fields.number("width", 100_000),
        "height": fields.number("height", 100_000),
        "duration": fields.number("duration", 10_000_000),
        "media": note.small_picture(chosen or made),
        "size": fields.choice("cardWidth", SIZES),
        "loops": fields.flag("loop", default=False),
    }
    caption = texts_of(fields.text("caption"), note, "the caption of a video")
    return [{"type": "video", "attrs": attrs, "content": caption}]


def audio(fields: Fields, note: Notebook) -> list[Json]:
    """Read a sound."""
    attrs = {
        "file": note.file(fields.text("src")),
        "title": folded(fields.text("title")),
        "duration": fields.number("duration", 10_000_000),
        "media": note.small_picture(fields.text("thumbnailSrc")),
    }
    return [{"type": "audio", "attrs": attrs}]


def file(fields: Fields, note: Notebook) -> list[Json]:
    """Read a file to download."""
    attrs = {
        "file": note.file(fields.text("src")),
        "title": folded(fields.text("fileTitle")),
        "caption": folded(fields.text("fileCaption")),
        "name": folded(fields.text("fileName")),
        "size": fields.number("fileSize", 2**40),
    }
    return [{"type": "file", "attrs": attrs}]
