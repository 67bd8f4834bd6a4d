"""What each card of the sample becomes."""

from tests.content.lexical import sample
from tests.content.lexical.ours import Json, held, item, linked, plain
from tests.content.lexical.site import CREW, FILM, HARBOUR, PAPER, POSTER, SONG

AT_DAWN: Json = {
    "type": "figure",
    "attrs": {"media": HARBOUR, "alt": "Boats", "credit": "", "size": "regular", "href": "/boats/"},
    "content": [plain("At dawn")],
}
CREW_ALONE: Json = {
    "type": "figure",
    "attrs": {"media": CREW, "alt": "", "credit": "", "size": "regular", "href": ""},
    "content": [],
}
BUTTON: Json = {"label": "Go aboard", "href": "/tickets/"}
CARDS: list[tuple[Json, Json]] = [
    (
        sample.IMAGE,
        {
            "type": "figure",
            "attrs": {"media": HARBOUR, "alt": "Boats", "credit": "", "size": "wide", "href": "/boats/"},
            "content": [plain("The "), plain("harbour", "bold"), plain(" at "), linked("dawn", "/dawn/")],
        },
    ),
    (
        sample.GALLERY,
        {"type": "gallery", "attrs": {"caption": "Two pictures"}, "content": [AT_DAWN, CREW_ALONE]},
    ),
    (
        sample.VIDEO,
        {
            "type": "video",
            "attrs": {
                "file": FILM,
                "name": "film.mp4",
                "width": 1280,
                "height": 720,
                "duration": 12,
                "media": POSTER,
                "size": "full",
                "loops": True,
            },
            "content": [plain("The "), plain("film", "italic")],
        },
    ),
    (
        sample.AUDIO,
        {"type": "audio", "attrs": {"file": SONG, "title": "A song", "duration": 62, "media": CREW}},
    ),
    (
        sample.FILE,
        {
            "type": "file",
            "attrs": {
                "file": PAPER,
                "title": "The whole paper",
                "caption": "As printed",
                "name": "paper.pdf",
                "size": 12345,
            },
        },
    ),
    (
        sample.EMBED,
        {
            "type": "embed",
            "attrs": {
                "url": "https://video.example/watch?v=1",
                "title": "The film",
                "author": "The filmer",
                "provider": "Video",
                "kind": "video",
                "media": POSTER,
                "caption": "Seen from the quay",
            },
        },
    ),
    (
        sample.BOOKMARK,
        {
            "type": "bookmark",
            "attrs": {
                "url": "https://else.example/story",
                "title": "A story",
                "description": "What it says",
                "author": "Ana",
                "publisher": "Else",
                "media": CREW,
                "caption": "Read it",
            },
        },
    ),
    (
        sample.CALLOUT,
        {
            "type": "callout",
            "attrs": {"tone": "yellow", "emoji": "⚓"},
            "content": [plain("Mind the "), plain("gap", "bold")],
        },
    ),
    (
        sample.TOGGLE,
        {
            "type": "toggle",
            "attrs": {"heading": "What is inside?"},
            "content": [held("paragraph", plain("One thing")), held("bulletList", item("and another"))],
        },
    ),
    (
        {"type": "button", "alignment": "left", **sample.BUTTON},
        {"type": "button", "attrs": {"align": "left", **BUTTON}},
    ),
    (
        sample.CALL,
        {
            "type": "audience",
            "attrs": {"web": ["paid"], "mail": ["paid"], "number": 0},
            "content": [
                {
                    "type": "callToAction",
                    "attrs": {
                        "layout": "immersive",
                        "align": "center",
                        **BUTTON,
                        "media": CREW,
                        "sponsor": "SPONSORED",
                        "tone": "green",
                        "has_dividers": False,
                    },
                    "content": [held("paragraph", plain("Come "), plain("aboard", "bold"))],
                }
            ],
        },
    ),
    (
        sample.HEADER_1,
        {
            "type": "headerCard",
            "attrs": {
                "title": "The first header",
                "text": "And its line",
                **BUTTON,
                "media": HARBOUR,
                "size": "full",
                "align": "center",
            },
        },
    ),
    (
        sample.HEADER_2,
        {
            "type": "headerCard",
            "attrs": {
                "title": "The second header",
                "text": "With a line",
                "label": "",
                "href": "",
                "media": "",
                "size": "full",
                "align": "left",
            },
        },
    ),
    (
        sample.SIGN_UP,
        {
            "type": "signUp",
            "attrs": {
                "header": "Join the crew",
                "text": "Every Monday",
                "disclaimer": "No spam",
                "success": "Look at your mail",
                "label": "Join",
                "labels": ["From the harbour", "Crew"],
                "align": "center",
                "size": "wide",
            },
        },
    ),
    (
        sample.PRODUCT,
        {
            "type": "product",
            "attrs": {
                "title": "A rope",
                "media": HARBOUR,
                "rating": 4,
                "label": "Buy it",
                "href": "https://shop.example/rope",
            },
            "content": [held("paragraph", plain("Ten "), plain("metres", "italic"))],
        },
    ),
]
