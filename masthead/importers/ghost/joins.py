"""A post of Ghost with the rows that belong to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from masthead.importers.ghost.run import Run
from masthead.importers.ghost.staging import Row
from masthead.importers.ghost.tags import is_internal


@dataclass(frozen=True)
class Joined:
    """A post, its page of meta, its tags and authors in their order; `problems` name rows that are not there."""

    row: Row
    meta: Row | None
    tags: list[Row]
    authors: list[Row]
    problems: list[str]

    @property
    def is_page(self) -> bool:
        """Whether it is a standing page; Ghost 2 and before said it in a column of its own."""
        return self.row.text("type") == "page" or self.row.is_on("page")

    @property
    def is_mail_only(self) -> bool:
        """Whether it was sent as a letter and never was a page."""
        return self.row.text("status") == "sent" or bool(self.meta and self.meta.is_on("email_only"))

    def text(self, column: str) -> str:
        """Return a text of the page of meta, or else of the post itself, where Ghost 2 had it."""
        return (self.meta.text(column) if self.meta else "") or self.row.text(column)

    def facts(self) -> dict[str, frozenset[str]]:
        """Return what filters ask for; a primary tag is the first one, unless it is internal."""
        tags, authors = [tag.text("slug") for tag in self.tags], [one.text("slug") for one in self.authors]
        first = self.tags[:1] if self.tags and not is_internal(self.tags[0]) else []
        return {
            "tag": frozenset(tags),
            "primary_tag": frozenset(tag.text("slug") for tag in first),
            "author": frozenset(authors),
            "primary_author": frozenset(authors[:1]),
            "featured": frozenset({_word(self.row.is_on("featured"))}),
            "page": frozenset({_word(self.is_page)}),
            "type": frozenset({"page" if self.is_page else "post"}),
            **{name: frozenset({self.row.text(name)}) for name in ("status", "visibility", "slug")},
            "id": frozenset({self.row.id}),
        }


def _word(is_on: bool) -> str:
    return "true" if is_on else "false"


def join(run: Run, row: Row) -> Joined:
    """Find what belongs to a post."""
    problems: list[str] = []
    meta = next(iter(run.staged.where("posts_meta", "post_id", row.id)), None)
    tags = _linked(run, row, "posts_tags", "tag_id", "tags", problems)
    authors = _linked(run, row, "posts_authors", "author_id", "users", problems)
    if not authors and (single := run.staged.get("users", row.get("author_id"))):
        authors = [single]
    return Joined(row, meta, tags, authors, problems)


def _linked(run: Run, row: Row, links: str, column: str, table: str, problems: list[str]) -> list[Row]:
    found = []
    for link in in_order(run.staged.where(links, "post_id", row.id)):
        target = run.staged.get(table, link.get(column))
        if target is None:
            problems.append(f"its {table[:-1]} {link.text(column)[:40] or '?'} is not in the export")
        else:
            found.append(target)
    return found


def in_order(links: Iterable[Row]) -> list[Row]:
    """Sort links by their sort_order; what has none keeps its place."""
    return sorted(links, key=lambda link: (_number(link.get("sort_order")), link.place))


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0
