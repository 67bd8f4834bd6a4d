"""Posts full of canaries: unique words in every place, to be looked for at every door."""

import base64
import gzip
import html
import io
import re
import urllib.parse
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone
from PIL import Image

from masthead.content.document import Document, from_markdown
from masthead.content.editing import draft_of, freeze, save_draft, start_post
from masthead.content.models import Post
from masthead.content.publishing import publish, schedule, unpublish
from masthead.content.uploading import keep_picture
from tests.cast import Cast

VISIBILITIES = ("public", "members", "paid", "tiers", "vip")
PLACES = (
    "paragraph", "bold", "heading", "item", "numbered", "cell", "head", "code", "quote", "pull", "footnote", "alt", "caption",
    "credit", "card", "link", "language",
)  # fmt: skip


@dataclass
class Canaries:
    """The posts, and which canary belongs to which post and side of the cut."""

    posts: dict[str, Post] = field(default_factory=dict)
    sealed: dict[str, str] = field(default_factory=dict)  # canary -> name of the post
    tokens: dict[str, str] = field(default_factory=dict)  # token of a picture below the cut -> name of the post


def picture(colour: tuple[int, int, int]) -> bytes:
    """Draw a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "PNG")
    return out.getvalue()


def text_of(name: str, token: str) -> str:
    """Write a text with a canary in every kind of node, below the cut."""
    c = {place: f"PAID{name.upper()}{place.upper()}X" for place in PLACES}
    return f"""FREE{name.upper()}X stands above.

<!--more-->

{c["paragraph"]} and **{c["bold"]}** and [{c["link"]}T](/{c["link"]}/) and^[{c["footnote"]}]

## {c["heading"]}

- {c["item"]}

1. {c["numbered"]}

| {c["head"]} |
| --- |
| {c["cell"]} |

```{c["language"]}
{c["code"]}
```

> {c["quote"]}

> [!pull]
> {c["pull"]}

![{c["alt"]}](media:{token} "{c["caption"]} | {c["credit"]}")

<details><summary>{c["card"]}</summary></details>
"""


def make_canaries(cast: Cast) -> Canaries:
    """Publish one post of each visibility, and leave a draft, a changed, a scheduled and an unpublished one."""
    made = Canaries()
    for number, name in enumerate((*VISIBILITIES, "draft", "changed", "scheduled", "unpublished")):
        _make(made, cast, name, number)
    _make_parts(made, cast)
    return made


# Parts for some readers only, by name: who gets them on the web, and in mail.
PARTS = {
    "anyone": (["anyone"], []),
    "free": (["free"], ["free"]),
    "payers": (["paid"], ["paid"]),
    "joined": (["free", "paid"], []),
    "letter": ([], ["free", "paid"]),
    "nobody": ([], []),
}


def parts(stem: str) -> list[dict[str, Any]]:
    """Write a part for each audience with a canary in it, one of them with another part inside."""

    def part(name: str, inner: list[dict[str, Any]]) -> dict[str, Any]:
        web, mail = PARTS[name]
        return {
            "type": "audience",
            "attrs": {"web": web, "mail": mail},
            "content": [line(f"{stem}{name.upper()}X"), *inner],
        }

    made = [part(name, []) for name in PARTS]
    return [*made, part("joined", [part("payers", [line(f"{stem}INNERX")])])]


def line(words: str) -> dict[str, Any]:
    """Write one paragraph."""
    return {"type": "paragraph", "content": [{"type": "text", "text": words}]}


def _make_parts(made: Canaries, cast: Cast) -> None:
    """Publish a public post and one for members with such parts, above the cut and below it."""
    at = timezone.now() - timedelta(hours=2)
    for name, visibility in (("parts", "public"), ("memberparts", "members")):
        blocks = [
            line("FREEPARTS stands above."),
            *parts(f"PART{name.upper()}ABOVE"),
            {"type": "cut"},
            *parts(f"PART{name.upper()}BELOW"),
        ]
        draft = start_post(
            by=None,
            at=at,
            title=f"Title {name}",
            slug=f"post-{name}",
            document=Document.of(blocks).json,
            visibility=visibility,
        )
        made.posts[name] = publish(freeze(draft.post, by=None, at=at), by=None, at=at)
        for place in ("ABOVE", "BELOW"):
            readers = "below" if place == "BELOW" and visibility == "members" else "above"
            for part in (*PARTS, "inner"):
                made.sealed[f"PART{name.upper()}{place}{part.upper()}X"] = f"{readers}:{part}"


def _make(made: Canaries, cast: Cast, name: str, number: int) -> None:
    at = timezone.now() - timedelta(hours=2)
    media = keep_picture(picture((number * 20, 90, 200 - number * 20)), f"{name}.png", at=at)
    document = from_markdown(text_of(name, media.token)).document
    visibility = name if name in VISIBILITIES else "paid"
    tiers = [cast.tiers["gold"].pk] if visibility == "tiers" else []
    draft = start_post(
        by=None, at=at, title=f"TITLE{name.upper()}X", slug=f"post-{name}", standfirst=f"Standfirst {name}",
        document=document.json, visibility=visibility, tier_ids=tiers, tag_ids=[cast.section.pk], author_ids=[cast.writer.pk],
    )  # fmt: skip
    post = made.posts[name] = draft.post
    _put(post, name, at)
    made.tokens[media.token] = name
    made.sealed |= {f"PAID{name.upper()}{place.upper()}X": name for place in PLACES}
    if name in ("draft", "scheduled", "unpublished"):
        made.sealed |= {f"FREE{name.upper()}X": name, f"TITLE{name.upper()}X": name}
    post.refresh_from_db()


def _put(post: Post, name: str, at: object) -> None:
    now = timezone.now() - timedelta(hours=1)
    if name == "draft":
        return
    revision = freeze(post, by=None, at=now)
    if name == "scheduled":
        schedule(revision, timezone.now() + timedelta(days=1), by=None, at=now)
        return
    publish(revision, by=None, at=now)
    if name == "unpublished":
        unpublish(post, by=None, at=now)
    if name == "changed":
        words = Document.of(
            [{"type": "paragraph", "content": [{"type": "text", "text": "PAIDCHANGEDPARAGRAPHX of the draft"}]}]
        )
        version = draft_of(post).version
        save_draft(post, {"document": words.json, "visibility": "public"}, version=version, by=None, at=now)


READS: dict[str, set[str]] = {
    "public": {"*"},
    "members": {"free", "lapsed", "paid", "gifted", "gold"},
    "paid": {"paid", "gifted", "gold"},
    "changed": {"paid", "gifted", "gold"},
    "tiers": {"gold"},
    "vip": set(),
    "above:anyone": {"*"},  # no secret: whoever signs out gets it
    "below:anyone": set(),
    **{f"{side}:free": {"free", "lapsed"} for side in ("above", "below")},
    **{f"{side}:{name}": {"paid", "gifted", "gold"} for side in ("above", "below") for name in ("payers", "inner")},
    **{f"{side}:joined": {"free", "lapsed", "paid", "gifted", "gold"} for side in ("above", "below")},
    **{f"{side}:{name}": set() for side in ("above", "below") for name in ("letter", "nobody")},
    "draft": set(),
    "scheduled": set(),
    "unpublished": set(),
}


def may_see(persona: str, post: str) -> bool:
    """Say whether this persona may read this post to the end, from the issue's own words and not from the rule."""
    staff = persona in ("editor", "administrator", "owner")
    reads_live = persona in ("contributor", "author") and post not in ("draft", "scheduled", "unpublished")
    return staff or reads_live or "*" in READS[post] or persona in READS[post]


def forms_of(response: Any) -> str:
    """Return everything of an answer, raw and decoded, in one text to look through."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:2] == b"\x1f\x8b":
        body = gzip.decompress(body)
    text = body.decode("utf-8", "replace") + "\n".join(f"{name}: {value}" for name, value in response.items())
    forms = [text, html.unescape(html.unescape(text)), urllib.parse.unquote(text), text.replace("=\n", "")]
    if "\\u" in text:
        forms.append(text.encode("ascii", "replace").decode("unicode_escape", "replace"))
    for part in re.findall(r"[A-Za-z0-9+/]{40,}={0,2}", text)[:50]:
        try:
            forms.append(base64.b64decode(part + "==").decode("utf-8", "ignore"))
        except ValueError:
            continue
    return "\n".join(forms)
