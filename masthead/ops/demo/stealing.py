"""Try to steal it: fetches one post through every door as somebody, and counts gated words in the answers."""

import html
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from masthead.access.reader import ANYONE, STAFF, Reader
from masthead.content.models import Post
from masthead.content.reading import Reading, read, read_one

RUN = 4  # so many words in a row count as stolen; single words stand everywhere
WORD = re.compile(r"\w+")
TAG = re.compile(r"<[^>]*>")
ROBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


@dataclass(frozen=True)
class Door:
    """One way to ask for a post; `asked` are words that the question itself holds, which an answer may repeat."""

    name: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    asked: str = ""


@dataclass(frozen=True)
class Answer:
    """What one door gave."""

    door: str
    path: str
    status: int
    size: int  # bytes
    stolen: int  # gated words


def gated_runs(post: Post) -> set[tuple[str, ...]]:
    """Return every run of four words that stands below the cut and nowhere in what the paper shows to anyone."""
    if not read_one(post, ANYONE).is_cut:
        return set()
    everything = read(Post.objects.live(timezone.now()).with_bylines(), ANYONE)
    return _runs(read_one(post, STAFF).text).difference(*(_runs(_shown(reading)) for reading in everything))


def _shown(reading: Reading) -> str:
    lead = reading.lead
    picture = f"{lead.alt} {lead.caption} {lead.credit}" if lead else ""
    return f"{reading.title} {reading.standfirst} {picture} {reading.text}"


def _runs(text: str) -> set[tuple[str, ...]]:
    words = [word.lower() for word in WORD.findall(text)]
    return set(zip(*(words[start:] for start in range(RUN)), strict=False))


def count_stolen(body: bytes, runs: set[tuple[str, ...]], *, asked: str = "") -> int:
    """Count the gated words in an answer, whatever it is escaped as: HTML, JSON, or XML with HTML inside."""
    text = body.decode("utf-8", "replace")
    text = text.replace(asked, "") if asked else text
    unescaped = text.encode("utf-8", "replace").decode("unicode_escape", "replace") if "\\u" in text else text
    forms = {text, html.unescape(text), html.unescape(html.unescape(text)), unescaped}
    found = set().union(*(_runs(TAG.sub(" ", form)) for form in forms)) & runs
    return min(len(found) + (RUN - 1 if found else 0), len(runs) + RUN - 1)


def doors(post: Post) -> list[Door]:
    """List the doors of a post."""
    reading = read_one(post, STAFF)
    slug = reading.path.strip("/")
    sealed = sorted(gated_runs(post))
    phrase = " ".join(sealed[len(sealed) // 2]) if sealed else reading.title
    found = [
        Door("Page", reading.path),
        Door("Page, as Googlebot", reading.path, {"User-Agent": ROBOT}),
        Door("Page, asking for Markdown", reading.path, {"Accept": "text/markdown"}),
        Door("Page, asking for JSON", reading.path, {"Accept": "application/json"}),
        Door("Page, only its end", reading.path, {"Range": "bytes=8000-"}),
        Door("Page, with ?format=txt", f"{reading.path}?format=txt"),
        Door("Page, as .md", f"/{slug}.md"),
        Door("Page, as AMP", f"{reading.path}amp/"),
        Door("Front page", "/"),
        Door("Search for its own words", f"{reverse('search')}?{urlencode({'q': phrase})}", asked=phrase),
        Door("RSS", "/rss/"),
        Door("Atom", "/atom.xml"),
        Door("JSON Feed", "/feed.json"),
        Door("News sitemap", "/sitemap-news.xml"),
        Door("Desk preview", f"/desk/posts/{reading.public_id}/preview/staff/"),
        Door("Desk", f"/desk/posts/{reading.public_id}/"),
    ]
    for tag in reading.tags[:1]:
        found += [Door(f"Section {tag.name}", tag.path), Door(f"RSS of {tag.name}", f"{tag.path}rss/")]
    for author in reading.authors[:1]:
        found += [Door(f"Author {author.name}", author.path), Door(f"Feed of {author.name}", f"{author.path}feed.json")]
    return found


def try_to_steal(post: Post, *, session_key: str | None) -> list[Answer]:
    """Fetch every door with this session (none: as anyone) and count."""
    runs = gated_runs(post)
    client = Client(raise_request_exception=False)
    if session_key:
        client.cookies[settings.SESSION_COOKIE_NAME] = session_key
    host = settings.ADDRESS.partition("://")[2]
    answers = []
    for door in doors(post):
        response = client.get(door.path, headers={"Host": host, **door.headers}, secure=settings.IS_SECURE)
        body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        told = body + "\n".join(f"{key}: {value}" for key, value in response.items()).encode()
        stolen = count_stolen(told, runs, asked=door.asked)
        answers.append(Answer(door.name, door.path, response.status_code, len(body), stolen))
    return answers


def may_have_it(post: Post, reader: Reader) -> bool:
    """Say whether this Reader may read the post to the end, so that finding its words is no theft."""
    return read_one(post, reader).is_whole
