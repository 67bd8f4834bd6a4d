"""Posts and pages of Ghost as ours."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo

from masthead.content.editing import draft_of, freeze, save_draft, start_post
from masthead.content.listing import standing_revision
from masthead.content.models import Post
from masthead.core.extras import SEALED_EXTRAS
from masthead.core.models import Publication
from masthead.importers.ghost.counterparts import find, fingerprint, remember
from masthead.importers.ghost.dates import EPOCH, moment_of
from masthead.importers.ghost.extras import pictures_in
from masthead.importers.ghost.joins import Joined, join
from masthead.importers.ghost.kept_ids import kept_id
from masthead.importers.ghost.post_values import lead_address, values_of
from masthead.importers.ghost.putting_out import put_out
from masthead.importers.ghost.routes import path_of, routes_of
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.staging import Row
from masthead.importers.ghost.texts import Text, read_text
from masthead.importers.models import Counterpart
from masthead.importers.report import LONGEST

READ: Final = "posts"  # in run.facts: what `_read` made of each row of a batch
MOST_NOTED: Final = 50  # lines that are remembered with a post, for later reports
CODED: Final = "coded"  # in run.facts: how many have code of their own
KIND: Final = "post"  # of counterparts, for posts and pages


@dataclass
class Found:
    """A post on its way in; `text` is None where nothing about it changed."""

    joined: Joined
    path: str | None
    at: datetime
    known: Counterpart | None
    text: Text | None


def bring_posts(run: Run) -> None:
    """Bring in every post: words, pictures, visibility and the exact address; see `bring_pages`."""
    _bring_all(run, "posts", is_page=False)
    if count := run.facts.pop(CODED, 0):
        run.problem(
            "posts", f"{count} hold code for their head or foot; it is kept and not run until the desk allows it"
        )
    if count := run.staged.count("post_revisions"):
        run.problem("post_revisions", f"hold {count} earlier states of posts, which were left out")


def bring_pages(run: Run) -> None:
    """Bring in every page.

    A row that did not change since the last run is left as it is, and so is what the desk changed since, unless the run
    overwrites; what the desk took down stays down.
    """
    _bring_all(run, "pages", is_page=True)


def _bring_all(run: Run, stage: str, *, is_page: bool) -> None:
    total = sum(_is_page(row) == is_page for row in run.staged.rows("posts"))
    run.facts[READ] = {}
    rows = (row for row in run.staged.rows("posts") if _is_page(row) == is_page)
    run.each(stage, rows, total, _bring, before=_read)
    del run.facts[READ]


def _is_page(row: Row) -> bool:
    return row.text("type") == "page" or row.is_on("page")


def _read(run: Run, row: Row) -> None:
    """Find all that belongs to the post and read its text, pictures and all, outside of any transaction."""
    joined = join(run, row)
    at = moment_of(row.get("published_at")) or moment_of(row.get("created_at")) or EPOCH
    path = path_of(routes_of(run), row, joined.facts(), at.astimezone(_zone(run)), is_page=joined.is_page)
    known = find(KIND, row.id)
    found = Found(joined, path, at, known, None)
    run.facts[READ][row.id] = found
    asked = known.facts.get("asked", {}) if known else {}
    for name in asked.get("pictures", ()):
        run.images.fetch(name, row.where)
    if known and known.fingerprint == _state(run, found, asked) and not run.options.overwrite:
        return
    for name in [lead_address(joined), *pictures_in(row, joined.meta)]:
        if name:
            run.images.fetch(name, row.where)
    found.text = read_text(run, row)


def _zone(run: Run) -> tzinfo:
    """The time zone that the dates in addresses are in: the one that the export names."""
    if "zone" not in run.facts:
        name = str(run.staged.settings().get("timezone") or run.staged.settings().get("active_timezone") or "")
        run.facts["zone"] = Publication(time_zone=name).zone if name else Publication.current().zone
    zone: ZoneInfo = run.facts["zone"]
    return zone


def _state(run: Run, found: Found, asked: dict[str, Any]) -> str:
    """Return what tells one state of the post from another: its rows, those it names, and its pictures."""
    joined = found.joined
    links = [[one.table, one.id, one.text("slug")] for one in (*joined.tags, *joined.authors)]
    tiers = [link.text("product_id") for link in run.staged.where("posts_products", "post_id", joined.row.id)]
    tokens = [run.images.token(name) for name in asked.get("pictures", ())]
    tokens += [run.images.file(name) for name in asked.get("files", ())]
    return fingerprint(joined.row, joined.meta, links, tiers, tokens, found.path)


def _bring(run: Run, row: Row) -> str:
    found: Found = run.facts[READ].pop(row.id)
    if found.text is None:
        return "unchanged"
    post = Post.objects.filter(pk=found.known.object_id or 0).first() if found.known else None
    if found.known and post is None:
        run.problem(row, "was deleted at the desk since, so it stays so")
        return "left alone"
    if found.known and post and not run.options.overwrite and _was_changed(post, found.known):
        run.problem(row, _left_alone(post, found.known))
        return "left alone"
    problems = [*found.joined.problems, *found.text.problems]
    _write(run, found, post, problems)
    for problem in problems:
        run.problem(row, problem)
    return "updated" if post else "created"


def _write(run: Run, found: Found, post: Post | None, problems: list[str]) -> None:
    values = values_of(run, found.joined, found.text or read_text(run, found.joined.row), problems)
    run.facts[CODED] = run.facts.get(CODED, 0) + bool(SEALED_EXTRAS & values["extras"].keys())
    was_down = bool(post and found.known and _was_taken_down(post, found.known))
    if post is None:
        kind = "page" if found.joined.is_page else "post"
        post = start_post(by=None, at=run.at, kind=kind, **kept_id(kind, Post, found.joined.row.id)).post
        begun = (
            moment_of(found.joined.row.get("created_at")) or moment_of(found.joined.row.get("published_at")) or run.at
        )
        Post.objects.filter(pk=post.pk).update(started_at=begun)
        before = 1
    else:
        before = draft_of(post).version
        if found.known and before != found.known.facts.get("draft_version"):
            freeze(post, by=None, at=run.at)  # what stood at the desk stays, as a revision
    draft = save_draft(post, values, version=before, by=None, at=run.at)
    if was_down:
        problems.append("was taken down at the desk since, so it stays down; publish it there")
    else:
        put_out(run, post, found.joined, found.path, problems)
    _remember(run, found, post, draft.version, was_down, problems)


def _remember(run: Run, found: Found, post: Post, version: int, was_down: bool, problems: list[str]) -> None:
    row, text = found.joined.row, found.text
    pictures = [lead_address(found.joined), *pictures_in(row, found.joined.meta), *(text.pictures if text else ())]
    asked = {"pictures": sorted(set(filter(None, pictures))), "files": sorted(set(text.files if text else ()))}
    standing = found.known.facts.get("revision_number", 0) if was_down and found.known else standing_revision(post)
    facts = {
        "draft_version": version,
        "revision_number": standing,
        "asked": asked,
        "noted": [problem[:LONGEST] for problem in problems[:MOST_NOTED]],
        "path": found.path,
        "uuid": row.text("uuid"),
        "feature_image": lead_address(found.joined),
        "status": row.text("status"),
        "slug": row.text("slug"),
        "is_mail_only": found.joined.is_mail_only,
        "type": "page" if found.joined.is_page else "post",
    }
    state = _state(run, found, asked)
    remember(KIND, row.id, at=run.at, object_id=post.pk, fingerprint=state, facts=facts)


def _was_taken_down(post: Post, known: Counterpart) -> bool:
    """Whether the import put this out, or scheduled it, and the desk took it back."""
    return bool(known.facts.get("revision_number")) and standing_revision(post) == 0


def _was_changed(post: Post, known: Counterpart) -> bool:
    """Whether the draft, or what is out, is another than the import left."""
    version, number = known.facts.get("draft_version"), known.facts.get("revision_number", 0)
    return bool(draft_of(post).version != version or standing_revision(post) != number)


def _left_alone(post: Post, known: Counterpart) -> str:
    if _was_taken_down(post, known):
        return "was taken down at the desk since; left as it is (--overwrite takes in the words, and it stays down)"
    return "was changed at the desk since; left as it is there (--overwrite replaces it)"
