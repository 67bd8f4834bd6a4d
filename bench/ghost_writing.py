"""Writing an export of Ghost to measure with, in the shape of Ghost 6 and the same each time."""

import csv
import json
import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, TextIO

from bench.writing import AUTHORS, FIRST, ONE_IN_PAID, SYLLABLES, TAGS

WORDS_OF_A_PARAGRAPH, PARAGRAPHS = 70, 9
HEAD = (
    "id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers"
)
Row = dict[str, Any]


def write_export(path: Path, posts: int) -> Path:
    """Write an export with `posts` posts, row by row."""
    tables: dict[str, Iterator[Row]] = {
        "settings": (_setting(i, *pair) for i, pair in enumerate({"title": "The Paper", "timezone": "UTC"}.items())),
        "users": ({"id": key("u", i), "name": name, "slug": f"author-{i}", "email": f"a{i}@paper.example"} for i, name in enumerate(AUTHORS)),
        "tags": ({"id": key("t", i), "name": name, "slug": name.lower(), "visibility": "public"} for i, name in enumerate(TAGS)),
        "products": iter([{"id": key("p", 0), "name": "Reader", "slug": "reader", "active": 1, "type": "paid", "visibility": "public", "currency": "eur", "monthly_price": 800, "yearly_price": 8000}]),
        "newsletters": iter([{"id": key("n", 0), "name": "Weekly", "slug": "weekly", "status": "active", "visibility": "members", "subscribe_on_signup": 1}]),
        "posts": (_post(place) for place in range(posts)),
        "posts_tags": ({"id": key("x", i), "post_id": key("a", i), "tag_id": key("t", i % len(TAGS)), "sort_order": 0} for i in range(posts)),
        "posts_authors": ({"id": key("y", i), "post_id": key("a", i), "author_id": key("u", i % len(AUTHORS)), "sort_order": 0} for i in range(posts)),
    }  # fmt: skip
    with path.open("w", encoding="utf-8") as out:
        out.write('{"db":[{"meta":{"exported_on":1760000000000,"version":"6.65.0"},"data":{')
        for place, (name, rows) in enumerate(tables.items()):
            out.write("," * bool(place) + json.dumps(name) + ":[")
            _write_rows(out, rows)
            out.write("]")
        out.write("}}]}")
    return path


def write_members(path: Path, members: int) -> Path:
    """Write a list of members as Ghost's desk gives it; one in five has a complimentary plan."""
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(HEAD.split(","))
        for place in range(members):
            joined = (FIRST + timedelta(minutes=place)).isoformat()
            free = place % 5
            rows.writerow([
                key("m", place), f"reader{place}@readers.example", f"Reader {place}", "", "true" if place % 3 else "false",
                "" if free else "true", "", joined, "", f"Label {place % 7}", "" if free else "Reader",
            ])  # fmt: skip
    return path


def key(kind: str, place: int) -> str:
    """Make an id of 24 hexadecimal digits, as Ghost's are."""
    return f"{ord(kind):02x}{place:022x}"


def _write_rows(out: TextIO, rows: Iterator[Row]) -> None:
    for place, row in enumerate(rows):
        out.write("," * bool(place) + json.dumps(row))


def _setting(place: int, name: str, value: str) -> Row:
    return {"id": key("s", place), "group": "site", "key": name, "value": value, "type": "string"}


def _post(place: int) -> Row:
    chance = random.Random(place)
    is_paid = place % ONE_IN_PAID == 1
    at = (FIRST + timedelta(hours=place)).isoformat()
    blocks: list[Row] = [_paragraph(chance) for _ in range(PARAGRAPHS)]
    blocks.insert(5, _node("heading", [_text(_words(chance, 4))], tag="h2"))
    blocks.insert(
        3, {"type": "callout", "version": 1, "calloutText": f"<p>{_words(chance, 9)}</p>", "calloutEmoji": "💡"}
    )
    if is_paid:
        blocks.insert(2, {"type": "paywall", "version": 1})
    lexical = json.dumps({"root": _node("root", blocks)})
    return {
        "id": key("a", place), "uuid": f"00000000-0000-4000-8000-{place:012x}", "title": _words(chance, 7), "slug": f"post-{place:05}",
        "lexical": lexical, "mobiledoc": None, "html": None, "type": "post", "status": "published", "featured": 0,
        "visibility": "paid" if is_paid else "public", "custom_excerpt": _words(chance, 14),
        "created_at": at, "updated_at": at, "published_at": at,
    }  # fmt: skip


def _paragraph(chance: random.Random) -> Row:
    bold = _text(_words(chance, 12)) | {"format": 1}
    return _node("paragraph", [_text(_words(chance, WORDS_OF_A_PARAGRAPH)), bold, _text(_words(chance, 9))])


def _node(kind: str, children: list[Row], **more: Any) -> Row:
    return {"type": kind, "children": children, "direction": "ltr", "format": "", "indent": 0, "version": 1} | more


def _text(words: str) -> Row:
    return {
        "type": "extended-text",
        "text": words,
        "format": 0,
        "style": "",
        "mode": "normal",
        "detail": 0,
        "version": 1,
    }


def _words(chance: random.Random, number: int) -> str:
    return " ".join("".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(number))
