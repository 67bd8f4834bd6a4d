"""Searching: what a Reader may find, and nothing that shows there is more."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from masthead.access.reader import Reader
from masthead.access.rule import may_read
from masthead.content.models import Post
from masthead.content.models.post import PostQuerySet
from masthead.content.reading import Reading, read
from masthead.search.dialects import WORD, composed, dialect

A_PAGE = 10
MOST_WORDS = 12
MOST_FOUND = 2000  # rows that one table may give; what is older is not ranked
SNIPPET = 220  # characters


@dataclass(frozen=True)
class Hit:
    """A post that was found, as this Reader gets it, with the place where it was found."""

    reading: Reading
    snippet: SafeString


@dataclass(frozen=True)
class Results:
    """One page of hits; `total` counts what this Reader may find."""

    hits: list[Hit]
    total: int
    page: int
    pages: int


def search(text: str, reader: Reader, *, at: datetime, page: int = 1) -> Results:
    """Return the posts in which this Reader may read all these words, in the title first, then the newest.

    A hit in gated words is joined with the rule before anything is ranked or counted; the order depends on nothing
    that this Reader may not see, so a gated word gives the same answer as a nonsense word (CHECKS.md 8).
    """
    words = WORD.findall(composed(text))[:MOST_WORDS]
    if not words:
        return Results([], 0, 1, 1)
    found = _found(words, reader, at)
    total = found.count()
    pages = max(1, -(-total // A_PAGE))
    page = min(max(page, 1), pages)
    posts = found.with_bylines()[(page - 1) * A_PAGE : page * A_PAGE]
    hits = [Hit(reading, _snippet(reading, words)) for reading in read(list(posts), reader)]
    return Results(hits, total, page, pages)


def _found(words: list[str], reader: Reader, at: datetime) -> PostQuerySet:
    live = Post.objects.live(at)
    in_title = _rows("search_open", words, in_title=True)
    in_open = _rows("search_open", words)
    in_sealed = _rows("search_sealed", words)
    open_to = live.filter(may_read(reader, post="")).filter(_current(in_sealed)).values("pk")
    hits = live.filter(Q(_current(in_open)) | Q(pk__in=open_to))
    rank = Case(When(pk__in=list(in_title), then=Value(0)), default=Value(1), output_field=IntegerField())
    return hits.annotate(rank=rank).order_by("rank", "-published_at", "-id")


def _rows(table: str, words: list[str], *, in_title: bool = False) -> dict[int, int]:
    """Return {post id: revision} of the rows that have all the words, the newest posts first."""
    condition, query = dialect().match(table, words, in_title=in_title)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid, revision FROM {table} WHERE {condition} ORDER BY rowid DESC LIMIT %s",  # noqa: S608
            [query, MOST_FOUND],
        )
        return dict(cursor.fetchall())


def _current(rows: dict[int, int]) -> Q:
    """Match the posts of these rows whose live revision is the row's own."""
    by_revision: dict[int, list[int]] = {}
    for post_id, revision in rows.items():
        by_revision.setdefault(revision, []).append(post_id)
    condition = Q(pk__in=[])
    for revision, ids in by_revision.items():
        condition |= Q(revision_number=revision, pk__in=ids)
    return condition


def _between_words(text: str, begin: int) -> tuple[int, int]:
    """Move both ends of a piece to the nearest blanks inside it, where there are any."""
    end = min(len(text), begin + SNIPPET)
    if begin:
        begin = max(begin, text.find(" ", begin, begin + 40) + 1)
    if end < len(text):
        end = max(text.rfind(" ", end - 40, end), begin + 1) if " " in text[end - 40 : end] else end
    return begin, end


def _snippet(reading: Reading, words: list[str]) -> SafeString:
    """Cut a piece around the first hit out of what this Reader may see, with the words marked."""
    text = composed(" ".join(f"{reading.standfirst} {reading.text}".split()))
    pattern = re.compile("|".join(rf"\b{re.escape(word)}" for word in words), re.IGNORECASE)
    first = pattern.search(text)
    begin, end = _between_words(text, max(0, (first.start() if first else 0) - SNIPPET // 3))
    piece = text[begin:end]
    out, last = [], 0
    for hit in pattern.finditer(piece):
        out += [escape(piece[last : hit.start()]), "<mark>", escape(hit[0]), "</mark>"]
        last = hit.end()
    marked = "".join([*out, escape(piece[last:])])
    before, after = ("… " if begin else ""), (" …" if end < len(text) else "")
    return mark_safe(f"{before}{marked}{after}")  # noqa: S308  (escaped piece by piece)
