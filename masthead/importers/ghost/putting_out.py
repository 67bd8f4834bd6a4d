"""Putting a post out as Ghost had it: at once, at its time, or not at all."""

from datetime import datetime

from django.db import transaction

from masthead.content.addresses import AddressError
from masthead.content.editing import freeze
from masthead.content.models import Post
from masthead.content.models.post import Status
from masthead.content.publishing import publish, schedule, unpublish, unschedule
from masthead.importers.ghost.dates import moment_of
from masthead.importers.ghost.joins import Joined
from masthead.importers.ghost.naming import post_slug
from masthead.importers.ghost.run import Run

MOST_TRIES = 100
LONGEST_PATH = 400


def put_out(run: Run, post: Post, joined: Joined, path: str | None, problems: list[str]) -> None:
    """Publish what was out, schedule what is to come; a draft, a letter and what has no date stay drafts."""
    row, status = joined.row, joined.row.text("status")
    at = moment_of(row.get("published_at"))
    if joined.is_mail_only and status != "draft":
        problems.append("was sent as a letter only; it is kept as a draft, so no reader sees it as a page")
        _take_back(run, post)
    elif status == "published" and (at is None or at <= run.at):
        if at is None:
            at = moment_of(row.get("created_at")) or run.at
            problems.append(f"has no date of publication; {at.date().isoformat()} was taken")
        _publish(run, post, joined, path, at, problems)
    elif status in ("published", "scheduled") and at is not None and at > run.at:
        _take_back(run, post)
        schedule(freeze(post, by=None, at=run.at), at, by=None, at=run.at)
    else:
        if status == "scheduled":
            problems.append("was scheduled for a time that is past; it is kept as a draft, publish it at the desk")
        elif status != "draft":
            problems.append(f"has the status “{status[:40]}”, which we do not know, so it is kept as a draft")
        _take_back(run, post)
    post.refresh_from_db()


def _take_back(run: Run, post: Post) -> None:
    if post.status == Status.PUBLISHED:
        unpublish(post, by=None, at=run.at)
    unschedule(post, by=None, at=run.at)


def _publish(run: Run, post: Post, joined: Joined, path: str | None, at: datetime, problems: list[str]) -> None:
    """Publish at the exact path; where that cannot be, at the next one that can, and say so."""
    slug = post_slug(joined.row)
    if path is None:
        problems.append("stood at no address at Ghost, since no collection takes it; it is out at its usual one")
    exact = path or f"/{slug}/"
    revision = freeze(post, by=None, at=run.at)
    changed = moment_of(joined.row.get("updated_at"))
    for number in range(1, MOST_TRIES):
        wanted = exact if number == 1 else f"{exact.rstrip('/')[: LONGEST_PATH - 10]}-{number}/"
        try:
            with transaction.atomic():
                publish(revision, by=None, at=run.at, first_at=at, changed_at=changed, path=wanted)
        except AddressError as error:
            if number == 1:
                why = str(error)
            continue
        if wanted != exact:
            problems.append(f"could not have its address {exact}, so it is at {wanted}: {why}")
        return
    raise AddressError(why)
