"""A post with every text, block and card of Ghost's, each with every field that it has."""

from typing import Any

from tests.content.lexical.sample_texts import TEXTS
from tests.content.lexical.site import element, paragraph

Json = dict[str, Any]
SPAN = '<span style="white-space: pre-wrap;">{}</span>'
PAID_ONLY: Json = {
    "web": {"nonMember": False, "memberSegment": "status:-free"},
    "email": {"memberSegment": "status:-free"},
}
EVERYBODY: Json = {
    "web": {"nonMember": True, "memberSegment": "status:free,status:-free"},
    "email": {"memberSegment": "status:free,status:-free"},
}
BUTTON: Json = {"buttonText": "Go aboard", "buttonUrl": "__GHOST_URL__/tickets/"}
COLOURS: Json = {"buttonColor": "#ffffff", "buttonTextColor": "#000000", "textColor": "#FFFFFF"}


IMAGE: Json = {
    "type": "image",
    "version": 1,
    "src": "__GHOST_URL__/content/images/size/w600/2024/harbour.jpg",
    "caption": SPAN.format("The <b>harbour</b> at ") + '<a href="__GHOST_URL__/dawn/">dawn</a>',
    "title": "",
    "alt": "Boats",
    "cardWidth": "wide",
    "width": 600,
    "height": 400,
    "href": "https://paper.example/boats/",
}
GALLERY: Json = {
    "type": "gallery",
    "version": 1,
    "images": [
        {
            "src": "__GHOST_URL__/content/images/2024/harbour.jpg",
            "fileName": "harbour.jpg",
            "row": 0,
            "width": 600,
            "height": 400,
            "alt": "Boats",
            "caption": "At dawn",
            "href": "__GHOST_URL__/boats/",
        },
        {"src": "https://paper.example/content/images/2024/crew.jpg", "row": 0, "width": 3, "height": 2},
    ],
    "caption": SPAN.format("Two pictures"),
}
VIDEO: Json = {
    "type": "video",
    "version": 1,
    "src": "__GHOST_URL__/content/media/film.mp4",
    "caption": "The <i>film</i>",
    "fileName": "film.mp4",
    "mimeType": "video/mp4",
    "width": 1280,
    "height": 720,
    "duration": 12.4,
    "thumbnailSrc": "__GHOST_URL__/content/images/2024/harbour.jpg",
    "customThumbnailSrc": "__GHOST_URL__/content/images/2024/poster.jpg",
    "thumbnailWidth": 1280,
    "thumbnailHeight": 720,
    "cardWidth": "full",
    "loop": True,
}
AUDIO: Json = {
    "type": "audio",
    "version": 1,
    "title": "A song",
    "duration": 61.7,
    "mimeType": "audio/mpeg",
    "src": "__GHOST_URL__/content/media/song.mp3",
    "thumbnailSrc": "__GHOST_URL__/content/images/2024/crew.jpg",
}
FILE: Json = {
    "type": "file",
    "version": 1,
    "src": "__GHOST_URL__/content/files/paper.pdf",
    "fileTitle": "The whole paper",
    "fileCaption": "As printed",
    "fileName": "paper.pdf",
    "fileSize": 12345,
}
EMBED: Json = {
    "type": "embed",
    "version": 1,
    "url": "https://video.example/watch?v=1",
    "embedType": "video",
    "html": '<iframe width="200" src="https://video.example/embed/1" title="A film"></iframe>',
    "metadata": {
        "title": "The film",
        "author_name": "The filmer",
        "provider_name": "Video",
        "thumbnail_url": "https://paper.example/content/images/2024/poster.jpg",
        "type": "video",
    },
    "caption": SPAN.format("Seen from the quay"),
}
BOOKMARK: Json = {
    "type": "bookmark",
    "version": 1,
    "url": "https://else.example/story",
    "metadata": {
        "icon": "https://else.example/icon.png",
        "title": "A story",
        "description": "What it says",
        "author": "Ana",
        "publisher": "Else",
        "thumbnail": "__GHOST_URL__/content/images/2024/crew.jpg",
    },
    "caption": "Read it",
}
CALLOUT: Json = {
    "type": "callout",
    "version": 1,
    "calloutText": SPAN.format("Mind the <strong>gap</strong>"),
    "calloutEmoji": "⚓",
    "backgroundColor": "yellow",
}
TOGGLE: Json = {
    "type": "toggle",
    "version": 1,
    "heading": SPAN.format("What is inside?"),
    "content": "<p>One thing</p><ul><li>and another</li></ul>",
}
CALL: Json = {
    "type": "call-to-action",
    "version": 1,
    "layout": "immersive",
    "alignment": "center",
    "textValue": "<p>Come <b>aboard</b></p>",
    "showButton": True,
    "showDividers": False,
    "hasSponsorLabel": True,
    "sponsorLabel": "<p>" + SPAN.format("SPONSORED") + "</p>",
    "backgroundColor": "green",
    "linkColor": "text",
    "imageUrl": "__GHOST_URL__/content/images/2024/crew.jpg",
    "imageWidth": 3,
    "imageHeight": 2,
    "visibility": PAID_ONLY,
    **BUTTON,
    **COLOURS,
}
HEADER_1: Json = {
    "type": "header",
    "version": 1,
    "size": "large",
    "style": "image",
    "header": "The first header",
    "subheader": "And its line",
    "buttonEnabled": True,
    "backgroundImageSrc": "__GHOST_URL__/content/images/2024/harbour.jpg",
    **BUTTON,
}
HEADER_2: Json = {
    "type": "header",
    "version": 2,
    "size": "small",
    "style": "dark",
    "header": SPAN.format("The second header"),
    "subheader": SPAN.format("With a line"),
    "buttonEnabled": False,
    "buttonText": "",
    "buttonUrl": "",
    "backgroundImageSrc": "",
    "accentColor": "#15171A",
    "alignment": "left",
    "backgroundColor": "#000000",
    "backgroundImageWidth": None,
    "backgroundImageHeight": None,
    "backgroundSize": "cover",
    "layout": "split",
    "swapped": True,
    **COLOURS,
}
SIGN_UP: Json = {
    "type": "signup",
    "version": 1,
    "header": SPAN.format("Join the crew"),
    "subheader": SPAN.format("Every Monday"),
    "disclaimer": SPAN.format("No spam"),
    "successMessage": "Look at your mail",
    "buttonText": "Join",
    "backgroundColor": "#F0F0F0",
    "backgroundImageSrc": "",
    "backgroundSize": "cover",
    "alignment": "center",
    "layout": "wide",
    "swapped": False,
    "labels": ["From the harbour", "Crew"],
    **COLOURS,
}
PRODUCT: Json = {
    "type": "product",
    "version": 1,
    "productImageSrc": "__GHOST_URL__/content/images/2024/harbour.jpg",
    "productImageWidth": 600,
    "productImageHeight": 400,
    "productTitle": SPAN.format("A rope"),
    "productDescription": "<p>Ten <em>metres</em></p>",
    "productRatingEnabled": True,
    "productStarRating": 4,
    "productButtonEnabled": True,
    "productButton": "Buy it",
    "productUrl": "https://shop.example/rope",
}
CARDS: list[Json] = [
    IMAGE,
    GALLERY,
    VIDEO,
    AUDIO,
    FILE,
    EMBED,
    BOOKMARK,
    {"type": "html", "version": 1, "html": "<table><tr><td>A cell</td></tr></table>", "visibility": EVERYBODY},
    {"type": "markdown", "version": 1, "markdown": "## By hand\n\nWith a note[^1].\n\n[^1]: The note\n"},
    {"type": "codeblock", "version": 1, "code": "print(1)\n  x", "language": "python", "caption": "A program"},
    {"type": "horizontalrule", "version": 1},
    CALLOUT,
    TOGGLE,
    {"type": "button", "version": 1, "alignment": "left", **BUTTON},
    {"type": "paywall", "version": 1},
    CALL,
    HEADER_1,
    HEADER_2,
    SIGN_UP,
    PRODUCT,
    {"type": "email", "version": 1, "html": '<p>Hello {first_name, "there"}</p>'},
    {
        "type": "email-cta",
        "version": 1,
        "alignment": "center",
        "html": "<p>Only by mail</p>",
        "segment": "status:free",
        "showButton": True,
        "showDividers": True,
        **BUTTON,
    },
    {
        "type": "transistor",
        "version": 1,
        "accentColor": "",
        "backgroundColor": "",
        "visibility": {"web": {"nonMember": False, "memberSegment": "status:free,status:-free"}},
    },
]
WHOLE: Json = {"root": element("root", *TEXTS, *CARDS, paragraph("The end"), version=1)}
