"""Exports of Ghost 3 to 6 as a test writes them, from what Ghost's own tables hold."""

import gzip
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Row = dict[str, Any]
DAY = "2020-05-17 08:30:00"


@dataclass
class Export:
    """One export; `add` puts a row into a table and gives it back, `write` writes the file."""

    version: str = "5.82.2"
    tables: dict[str, list[Any]] = field(default_factory=dict)
    count: int = 0

    def id(self) -> str:
        """Give the next id, as Ghost's look."""
        self.count += 1
        return f"5f{self.count:022x}"

    def add(self, table: str, **columns: Any) -> Row:
        """Add a row with these columns, and an id if it has none."""
        row = {"id": self.id()} | columns
        self.tables.setdefault(table, []).append(row)
        return row

    def settings(self, **values: Any) -> None:
        """Add settings; lists and objects are kept as JSON, as Ghost does."""
        for key, value in values.items():
            text = json.dumps(value) if isinstance(value, list | dict) else value
            self.add("settings", key=key, value=text, group="site", type="string", created_at=DAY, updated_at=DAY)

    def user(self, slug: str, *, role: str = "", **columns: Any) -> Row:
        """Add somebody of the staff, with a role."""
        given = {
            "name": slug.replace("-", " ").title(),
            "slug": slug,
            "email": f"{slug}@ghost.example",
            "status": "active",
        }
        row = self.add("users", **(given | {"password": "$2a$10$" + "x" * 53, "visibility": "public"} | columns))
        if role:
            known = [one for one in self.tables.get("roles", []) if one["name"] == role]
            found = known[0] if known else self.add("roles", name=role)
            self.add("roles_users", role_id=found["id"], user_id=row["id"])
        return row

    def tag(self, name: str, **columns: Any) -> Row:
        """Add a tag; one with a # is internal."""
        slug = name.lower().replace("#", "hash-").replace(" ", "-")
        visibility = "internal" if name.startswith("#") else "public"
        return self.add("tags", **({"name": name, "slug": slug, "visibility": visibility} | columns))

    def tier(self, slug: str, **columns: Any) -> Row:
        """Add a product."""
        given = {
            "name": slug.title(),
            "slug": slug,
            "type": "paid",
            "active": 1,
            "visibility": "public",
            "created_at": DAY,
        }
        return self.add(
            "products", **(given | {"currency": "eur", "monthly_price": 500, "yearly_price": 5000} | columns)
        )

    def post(
        self,
        slug: str,
        *,
        words: str = "",
        tags: list[Row] | None = None,
        authors: list[Row] | None = None,
        tiers: list[Row] | None = None,
        meta: Mapping[str, Any] | None = None,
        **columns: Any,
    ) -> Row:
        """Add a post that is out, with its text in the form that this release of Ghost kept."""
        given: Row = {
            "title": slug.replace("-", " ").title(),
            "slug": slug,
            "status": "published",
            "visibility": "public",
        }
        given |= {"uuid": f"00000000-0000-4000-8000-{self.count:012x}", "featured": 0, "created_at": DAY}
        given |= {"updated_at": DAY, "published_at": DAY, "feature_image": None, "custom_excerpt": None}
        given |= self._form(words or f"The words of {slug}.")
        given |= {"page": False} if self.major < 3 else {"type": "post"}
        row = self.add("posts", **(given | columns))
        row.setdefault("comment_id", row["id"])
        for table, column, linked in (("posts_tags", "tag_id", tags), ("posts_authors", "author_id", authors)):
            for place, one in enumerate(linked or []):
                self.add(table, post_id=row["id"], sort_order=place, **{column: one["id"]})
        for place, one in enumerate(tiers or []):
            self.add("posts_products", post_id=row["id"], product_id=one["id"], sort_order=place)
        if meta is not None:
            self.add("posts_meta", post_id=row["id"], **meta)
        return row

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def _form(self, words: str) -> Row:
        texts = words.split("\n\n")
        html = "".join("<!--members-only-->" if text == "~" else f"<p>{text}</p>" for text in texts)
        source = (
            {"lexical": lexical(*texts), "mobiledoc": None} if self.major >= 5 else {"mobiledoc": mobiledoc(*texts)}
        )
        return source | {"html": html, "plaintext": "\n\n".join(text for text in texts if text != "~")}

    def content(self, *, wrapped: bool = False) -> bytes:
        """Return the file's bytes; `wrapped` as the Admin API gives it."""
        one = {"meta": {"exported_on": 1_700_000_000_000, "version": self.version}, "data": self.tables}
        return json.dumps({"db": [one]} if wrapped else one).encode()

    def write(self, folder: Path, name: str = "paper.ghost.json", files: Mapping[str, bytes] | None = None) -> Path:
        """Write the export and return its path; a .gz is packed, a .zip holds it with these files."""
        folder.mkdir(parents=True, exist_ok=True)
        path, content = folder / name, self.content()
        if name.endswith(".gz"):
            content = gzip.compress(content)
        if name.endswith(".zip"):
            content = zipped({"paper.ghost.json": content} | dict(files or {}))
        path.write_bytes(content)
        return path


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Pack files into a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def lexical(*texts: str | Row) -> str:
    """Write a Lexical document: a paragraph a text, "~" for the paywall, and any node as it is."""
    nodes = [text if isinstance(text, dict) else PAYWALL if text == "~" else paragraph(text) for text in texts]
    return json.dumps(
        {"root": {"type": "root", "children": nodes, "direction": "ltr", "format": "", "indent": 0, "version": 1}}
    )


PAYWALL: Row = {"type": "paywall", "version": 1}


def paragraph(text: str) -> Row:
    """Write a paragraph of Lexical."""
    words = {
        "type": "extended-text",
        "text": text,
        "format": 0,
        "detail": 0,
        "mode": "normal",
        "style": "",
        "version": 1,
    }
    return {"type": "paragraph", "children": [words], "direction": "ltr", "format": "", "indent": 0, "version": 1}


def image(src: str, **more: Any) -> Row:
    """Write an image card of Lexical."""
    return {
        "type": "image",
        "version": 1,
        "src": src,
        "caption": "",
        "title": "",
        "alt": "",
        "cardWidth": "regular",
    } | more


def mobiledoc(*texts: str) -> str:
    """Write a Mobiledoc document: a paragraph a text, "~" for the paywall."""
    sections = [[10, 0] if text == "~" else [1, "p", [[0, [], 0, text]]] for text in texts]
    return json.dumps(
        {
            "version": "0.3.1",
            "ghostVersion": "4.0",
            "markups": [],
            "atoms": [],
            "cards": [["paywall", {}]],
            "sections": sections,
        }
    )


def paper(version: str = "5.82.2") -> Export:
    """A small paper in the shape of this release: an owner, a writer, tags, settings, and a post of each visibility."""
    export = Export(version)
    export.settings(title="The Old Paper", description="News of the harbour", timezone="Europe/Lisbon", navigation=MENU)
    export.settings(**{"locale" if export.major >= 4 else "lang": "pt"})
    owner = export.user("ana-owner", role="Owner")
    writer = export.user("rui-writer", role="Author", bio="Writes of ships.", facebook="rui")
    news, inside = export.tag("News", description="All news"), export.tag("#desk")
    gold, silver = (export.tier("gold"), export.tier("silver")) if export.major >= 4 else (None, None)
    for visibility in ("public", "members", "paid"):
        export.post(
            f"for-{visibility}",
            words=f"Opening of {visibility}.\n\n~\n\nSealed of {visibility}.",
            visibility=visibility,
            tags=[news, inside],
            authors=[writer, owner],
        )
    if gold and silver:
        tiered = "Opening of tiers.\n\n~\n\nSealed of tiers."
        export.post("for-tiers", words=tiered, visibility="tiers", tiers=[gold], authors=[writer])
        export.post("for-filter", words=tiered, visibility="product:'gold',product:silver", authors=[writer])
    page = {"page": True} if export.major < 3 else {"type": "page"}
    export.post("about", **page, authors=[owner])
    return export


MENU = [
    {"label": "Home", "url": "/"},
    {"label": "About", "url": "__GHOST_URL__/about/"},
    {"label": "Join", "url": "#/portal/signup"},
]
