"""Our nodes as Ghost's cards; None for one that Ghost's card cannot hold."""

from masthead.content.document.escaping import escape
from masthead.content.document.node import Json
from masthead.content.lexical.pen import Pen
from masthead.content.lexical.writing_lines import line


def card(kind: str, **fields: object) -> Json:
    """Return a card."""
    return {"type": kind, "version": 1} | fields


def html(node: Json, pen: Pen) -> Json:
    """Write an HTML card."""
    return card("html", html=node["attrs"]["html"])


def code(node: Json, pen: Pen) -> Json:
    """Write a block of code."""
    text = "".join(part["text"] for part in node["content"])
    return card("codeblock", code=text, language=node["attrs"]["language"], caption="")


def figure(node: Json, pen: Pen) -> Json:
    """Write a picture; Ghost has no credit, so it stands in the caption."""
    return card("image", cardWidth=node["attrs"]["size"], **_picture(node, pen))


def _picture(node: Json, pen: Pen) -> Json:
    attrs = node["attrs"]
    address = {"src": pen.picture(attrs["media"]), "href": pen.address(attrs["href"])}
    return address | {"alt": attrs["alt"], "title": "", "caption": pen.caption(node), "width": None, "height": None}


def gallery(node: Json, pen: Pen) -> Json:
    """Write a gallery, three pictures a row."""
    images = [
        _picture(child, pen) | {"row": place // 3, "fileName": pen.picture(child["attrs"]["media"]).rpartition("/")[2]}
        for place, child in enumerate(node["content"])
    ]
    return card("gallery", images=images, caption=escape(node["attrs"]["caption"]))


def embed(node: Json, pen: Pen) -> Json | None:
    """Write an embed, with a link as its HTML: Ghost asks the provider again when somebody edits it."""
    attrs = node["attrs"]
    if not attrs["url"]:
        return None
    metadata = {
        "title": attrs["title"],
        "author_name": attrs["author"],
        "provider_name": attrs["provider"],
        "thumbnail_url": pen.picture(attrs["media"]),
    }
    link = f'<a href="{escape(attrs["url"])}">{escape(attrs["title"] or attrs["url"])}</a>'
    caption = escape(attrs["caption"])
    return card("embed", url=attrs["url"], embedType=attrs["kind"], html=link, metadata=metadata, caption=caption)


def bookmark(node: Json, pen: Pen) -> Json | None:
    """Write a bookmark."""
    attrs = node["attrs"]
    if not attrs["url"]:
        return None
    names = ("title", "description", "author", "publisher")
    metadata = {name: attrs[name] for name in names} | {"icon": "", "thumbnail": pen.picture(attrs["media"])}
    return card("bookmark", url=attrs["url"], metadata=metadata, caption=escape(attrs["caption"]))


def button(node: Json, pen: Pen) -> Json:
    """Write a button."""
    attrs = node["attrs"]
    href = pen.address(attrs["href"])
    return card("button", buttonText=attrs["label"], buttonUrl=href, alignment=attrs["align"])


def callout(node: Json, pen: Pen) -> Json | None:
    """Write a callout."""
    if line(node["content"], pen) is None:
        return None
    attrs = node["attrs"]
    text = pen.line_html(node)
    return card("callout", calloutText=text, calloutEmoji=attrs["emoji"], backgroundColor=attrs["tone"])


def toggle(node: Json, pen: Pen) -> Json:
    """Write a toggle."""
    return card("toggle", heading=escape(node["attrs"]["heading"]), content=pen.blocks_html(node["content"]))


def file(node: Json, pen: Pen) -> Json:
    """Write a file."""
    attrs = node["attrs"]
    names = {"fileTitle": attrs["title"], "fileCaption": attrs["caption"], "fileName": attrs["name"]}
    return card("file", src=pen.upload(attrs["file"]), fileSize=attrs["size"], **names)


def audio(node: Json, pen: Pen) -> Json:
    """Write a sound."""
    attrs = node["attrs"]
    shown = {"title": attrs["title"], "duration": attrs["duration"], "thumbnailSrc": pen.picture(attrs["media"])}
    return card("audio", src=pen.upload(attrs["file"]), mimeType="", **shown)


def video(node: Json, pen: Pen) -> Json:
    """Write a video."""
    attrs = node["attrs"]
    same = {name: attrs[name] for name in ("width", "height", "duration")}
    pictures = {"thumbnailSrc": pen.picture(attrs["media"]), "customThumbnailSrc": ""}
    shown = {"cardWidth": attrs["size"], "loop": attrs["loops"], "caption": pen.line_html(node)}
    return card(
        "video", src=pen.upload(attrs["file"]), fileName=attrs["name"], mimeType="", **same, **pictures, **shown
    )


def product(node: Json, pen: Pen) -> Json:
    """Write a product."""
    attrs = node["attrs"]
    return card(
        "product",
        productImageSrc=pen.picture(attrs["media"]),
        productTitle=escape(attrs["title"]),
        productDescription=pen.blocks_html(node["content"]),
        productRatingEnabled=attrs["rating"] > 0,
        productStarRating=attrs["rating"] or 5,
        productButtonEnabled=bool(attrs["href"]),
        productButton=attrs["label"],
        productUrl=pen.address(attrs["href"]),
    )


def header(node: Json, pen: Pen) -> Json:
    """Write a header of the second version."""
    attrs = node["attrs"]
    return card(
        "header",
        header=escape(attrs["title"]),
        subheader=escape(attrs["text"]),
        buttonEnabled=bool(attrs["href"]),
        buttonText=attrs["label"],
        buttonUrl=pen.address(attrs["href"]),
        backgroundImageSrc=pen.picture(attrs["media"]),
        alignment=attrs["align"],
        layout=attrs["size"],
    ) | {"version": 2}


def sign_up(node: Json, pen: Pen) -> Json:
    """Write a card that asks readers to sign up."""
    attrs = node["attrs"]
    return card(
        "signup",
        header=escape(attrs["header"]),
        subheader=escape(attrs["text"]),
        disclaimer=escape(attrs["disclaimer"]),
        successMessage=attrs["success"],
        buttonText=attrs["label"],
        backgroundImageSrc="",
        labels=attrs["labels"],
        alignment=attrs["align"],
        layout=attrs["size"],
    )


def call_to_action(node: Json, pen: Pen) -> Json:
    """Write a call to action."""
    attrs = node["attrs"]
    return card(
        "call-to-action",
        layout=attrs["layout"],
        alignment=attrs["align"],
        textValue=pen.blocks_html(node["content"]),
        showButton=bool(attrs["href"]),
        showDividers=attrs["has_dividers"],
        buttonText=attrs["label"],
        buttonUrl=pen.address(attrs["href"]),
        hasSponsorLabel=bool(attrs["sponsor"]),
        sponsorLabel=escape(attrs["sponsor"]),
        backgroundColor=attrs["tone"],
        imageUrl=pen.picture(attrs["media"]),
        imageWidth=None,
        imageHeight=None,
    )
