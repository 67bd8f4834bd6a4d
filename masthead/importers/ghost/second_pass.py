"""What only the running site knows: who takes which newsletter, subscriptions, comments."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Min

from masthead.billing.models import Subscription
from masthead.billing.models.subscription import UNSEEN_GRACE
from masthead.importers.ghost.comments import bring_comments
from masthead.importers.ghost.comparing_members import compare_list, compare_remote
from masthead.importers.ghost.counterparts import find
from masthead.importers.ghost.newsletters import bring_newsletter
from masthead.importers.ghost.remote import Ghost, GhostError
from masthead.importers.ghost.remote_members import bring_remote_members
from masthead.importers.ghost.remote_staff import tell_staff
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.staging import Row
from masthead.importers.ghost.tiers import bring_tier

Part = Callable[[Run, Ghost], None]


def bring_remote(run: Run) -> None:
    """Ask the running site for what its files do not hold, where its address and a key were given.

    A part that cannot be read is reported, and the others are read all the same; running the import again goes on at
    the page where it stopped. What came in is compared with what is there: with the list always, with the running site,
    which has to be read a second time for that, in a rehearsal.
    """
    if run.options.site and run.options.key:
        _ask(run)
    compare_list(run)


def _ask(run: Run) -> None:
    try:
        ghost = Ghost(run.options.site, run.options.key)
        ghost.about()
    except GhostError as error:
        _failed(run, "the running site", error)
        return
    parts = [*PARTS, ("what came in, compared,", compare_remote)] if run.options.rehearse else PARTS
    for name, part in parts:
        try:
            part(run, ghost)
        except GhostError as error:
            _failed(run, f"{name} of the running site", error)
    _tell_out_of_reach(run)


def _failed(run: Run, name: str, error: GhostError) -> None:
    run.problem(name, str(error))
    run.report.count("remote failed")


def _bring_later_newsletters(run: Run, ghost: Ghost) -> None:
    """Bring in newsletters that were made since the export."""
    rows = [row for row in ghost.newsletters() if not find("newsletter", str(row.get("id")))]
    staged = [Row("newsletters", place, row) for place, row in enumerate(rows, start=1)]
    run.each("newsletters", staged, len(staged), bring_newsletter)


def _bring_later_tiers(run: Run, ghost: Ghost) -> None:
    """Bring in tiers that were made since the export."""
    rows = [row for row in ghost.tiers() if not find("tier", str(row.get("id")))]
    staged = [Row("products", place, row) for place, row in enumerate(rows, start=1) if row.get("type") != "free"]
    run.each("tiers", staged, len(staged), bring_tier)


PARTS: tuple[tuple[str, Part], ...] = (
    ("newsletters", _bring_later_newsletters),
    ("tiers", _bring_later_tiers),
    ("members", bring_remote_members),
    ("comments", bring_comments),
    ("staff", tell_staff),
)


def _tell_out_of_reach(run: Run) -> None:
    """Say until when those who pay at a provider that is not configured here can read."""
    paying = Subscription.objects.running().out_of_reach()
    count, first = paying.count(), _first_end(paying.filter(cancels_at_period_end=False).aggregate(Min("paid_until")))
    if count and first:
        run.problem(
            "subscriptions",
            f"{count} run at Stripe, which is not connected here: nobody is charged from here, and each is open for "
            f"{UNSEEN_GRACE.days} days beyond what was paid. Run this again before {first:%d %B %Y}, when the first "
            "would close, for as long as Stripe is not connected",
        )


def _first_end(found: dict[str, datetime | None]) -> datetime | None:
    first = found["paid_until__min"]
    return first + UNSEEN_GRACE if first else None
