"""What came in, beside what was there: the report of an import, written as Markdown."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from django.conf import settings

from masthead.content.addresses import target_of
from masthead.content.document import Document, to_html, to_text
from masthead.content.editing import draft_of
from masthead.content.models import Author, Post, Tag
from masthead.content.models.post import Status
from masthead.importers.ghost import SOURCE
from masthead.importers.ghost.asking_site import ask_site
from masthead.importers.ghost.counterparts import all_ours, key_of, ours
from masthead.importers.ghost.naming import post_slug
from masthead.importers.ghost.posts import KIND
from masthead.importers.ghost.report_writing import write_report
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.staging import Row
from masthead.importers.ghost.tags import is_internal
from masthead.importers.ghost.words import lost, words_of, words_of_html
from masthead.importers.models import Counterpart

STEP: Final = 100  # posts that are looked up together
MOST_WORDS: Final = 12  # shown of what a post lost
KINDS: Final = {"posts": KIND, "tags": "tag", "users": "user", "products": "tier", "newsletters": "newsletter",
                "offers": "offer", "snippets": "snippet"}  # fmt: skip


@dataclass
class Comparison:
    """What was compared: addresses that lead to their post and those that do not, posts that lost words, and counts."""

    right: int = 0
    wrong: list[tuple[str, str]] = field(default_factory=list)
    whole: int = 0
    lossy: list[tuple[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)  # of every post that was public
    asked: int = 0  # of them, at the running site
    strange: list[tuple[str, str]] = field(default_factory=list)  # that the running site does not have
    noted: list[tuple[str, str]] = field(default_factory=list)  # when the post came in, maybe in an earlier run
    seen: set[str] = field(default_factory=set)  # keys of the posts in the export
    gone: list[tuple[str, str]] = field(default_factory=list)  # that an earlier export had and this one has not
    counts: list[tuple[str, int, int]] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    path: Path | None = None

    @property
    def summary(self) -> list[str]:
        """Return the lines for the terminal."""
        posts = self.whole + len(self.lossy)
        lines = [
            f"{self.right} of {self.right + len(self.wrong)} public addresses lead where they led at Ghost",
            f"{self.whole} of {posts} texts have every word",
            f"{len(self.missing)} pictures and files are missing",
        ]
        if self.asked:
            lines.append(
                f"{self.asked - len(self.strange)} of {self.asked} addresses that were asked for are at the running site"
            )
        if self.gone:
            lines.append(f"{len(self.gone)} posts of an earlier export are not in this one, and stay here")
        return [*lines, f"The whole report: {self.path}"] if self.path else lines


def compare(run: Run) -> None:
    """Compare every address, every post's words and the counts with the export, and write the report.

    It goes to the file that was asked for, or beside the staged export; the lines of its summary stay with the run.
    """
    found = Comparison(missing=dict(run.images.missing))
    total, done = run.staged.count("posts"), 0
    rows = run.staged.rows("posts")
    while some := list(islice(rows, STEP)):
        _compare_posts(found, some)
        run.progress("comparing", done := done + len(some), total)
    if not run.staged.problems:  # of one that broke, nobody knows what it held
        found.gone = _gone(found.seen)
    for table, kind in (("tags", "tag"), ("users", "user")):
        for row in run.staged.rows(table):
            _compare_list(found, row, kind)
    for table, kind in KINDS.items():
        known = all_ours(kind)
        here = sum(key_of(row.id) in known for row in run.staged.rows(table))
        found.counts.append((table, run.staged.count(table), here))
    found.asked, found.strange = ask_site(run, found.paths)
    path = run.options.report or settings.CONFIG.data / "imports" / "ghost-report.md"
    found.path = write_report(run, found, path)
    run.comparison = found.summary


def _compare_posts(found: Comparison, rows: list[Row]) -> None:
    known = {one.foreign_id: one for one in Counterpart.objects.filter(source=SOURCE, kind=KIND, foreign_id__in=[
        key_of(row.id) for row in rows])}  # fmt: skip
    posts = Post.objects.in_bulk([one.object_id for one in known.values() if one.object_id])
    found.seen.update(key_of(row.id) for row in rows)
    for row in rows:
        one = known.get(key_of(row.id))
        post = posts.get(one.object_id or 0) if one else None
        if one and post:
            _compare_post(found, row, one, post)
        else:
            found.wrong.append((f"{row.where} “{row.text('title')[:60]}”", "was not imported"))


def _gone(seen: set[str]) -> list[tuple[str, str]]:
    """Name the posts that came in earlier and were deleted at Ghost since; a person decides what becomes of them."""
    came = Counterpart.objects.filter(source=SOURCE, kind=KIND, object_id__isnull=False)
    ids = [one.object_id or 0 for one in came.iterator() if one.foreign_id not in seen]
    posts = Post.objects.filter(pk__in=ids).order_by("pk").values_list("path", "public_id", "status")
    return [
        (path or public_id, f"is {status} here; take it down at the desk if it is to go")
        for path, public_id, status in posts
    ]


def _compare_post(found: Comparison, row: Row, known: Counterpart, post: Post) -> None:
    if row.text("status") == "published" and not known.facts.get("is_mail_only"):
        _compare_address(found, row, post, known.facts.get("path") or f"/{post_slug(row)}/")
    found.noted += [(row.named, what) for what in known.facts.get("noted", ())]
    missing = lost(_words_there(row), _words_here(post))
    if missing:
        shown = ", ".join(list(missing)[:MOST_WORDS])
        found.lossy.append((row.named, f"{missing.total()} words: {shown}"))
    else:
        found.whole += 1


def _compare_address(found: Comparison, row: Row, post: Post, path: str) -> None:
    found.paths.append(path)
    target = target_of(path)
    if post.status != Status.PUBLISHED:
        found.wrong.append((path, "is not out here"))
    elif target == post and post.path == path:
        found.right += 1
    elif target == post:
        found.wrong.append((path, f"leads on to {post.path}"))
    else:
        found.wrong.append((path, f"leads to something else; {row.where} is at {post.path}"))


def _compare_list(found: Comparison, row: Row, kind: str) -> None:
    """Compare the page of a tag or author: nothing but an own address could make it another one."""
    pk = ours(kind, row.id)
    model = Tag if kind == "tag" else Author
    target: Tag | Author | None = model._default_manager.filter(pk=pk).first() if pk else None
    if target is None:
        found.wrong.append((f"{row.where} “{row.text('name')[:60]}”", "was not imported"))
    elif not (kind == "tag" and is_internal(row)):
        is_right = target.path.rstrip("/").endswith("/" + row.text("slug"))
        if is_right:
            found.right += 1
        else:
            found.wrong.append((f"{kind} {row.text('slug')}", f"is at {target.path} here"))


def _words_there(row: Row) -> Counter[str]:
    html = row.get("html")
    return words_of_html(html) if isinstance(html, str) and html else words_of(row.text("plaintext"))


def _words_here(post: Post) -> Counter[str]:
    document = Document.stored(draft_of(post).document)
    return words_of_html(to_html(document, pictures={})) | words_of(to_text(document))
