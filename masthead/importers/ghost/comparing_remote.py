"""What differs between a member of the running Ghost and the same one here, in words."""

from collections.abc import Iterator
from typing import Any

from masthead.billing.taking_over import STRIPE_STATES
from masthead.importers.ghost.counterparts import all_ours
from masthead.importers.ghost.members_here import Here
from masthead.importers.ghost.remote_member import RemoteMember
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.values import moment
from masthead.newsletters.models import Newsletter


def remote_differences(run: Run, row: RemoteMember, here: Here) -> Iterator[str]:
    """Say every newsletter, tier, subscription and suppression that differs or is missing."""
    yield from _newsletters(run, row, here)
    yield from _tiers(run, row, here)
    for said in row.rows("subscriptions"):
        if said.get("id") and said.get("status") != "incomplete":
            yield from _subscription(said, here)
    suppressed = row.said.get("email_suppression")
    if isinstance(suppressed, dict) and suppressed.get("suppressed") and not here.is_suppressed:
        yield "is not mailed there any more, and is here"


def _ours(run: Run, kind: str) -> dict[str, int]:
    """Return what the rows of a kind became, looked up once a run."""
    found: dict[str, int] = run.facts.setdefault(f"compared {kind}", all_ours(kind))
    return found


def _newsletters(run: Run, row: RemoteMember, here: Here) -> Iterator[str]:
    there = {str(one.get("id")) for one in row.rows("newsletters")}
    for id, pk in _ours(run, "newsletter").items():
        takes = here.takes.get(pk)
        if pk not in here.chose and takes is not (id in there):
            name = Newsletter.objects.filter(pk=pk).values_list("name", flat=True).first()
            yield f"{'takes' if id in there else 'leaves'} “{name}” there and {'takes' if takes else 'leaves'} it here"


def _tiers(run: Run, row: RemoteMember, here: Here) -> Iterator[str]:
    tiers = _ours(run, "tier")
    for said in row.rows("tiers"):
        ends_at = moment(said.get("expiry_at"))
        if (ends_at is None or ends_at > run.at) and tiers.get(str(said.get("id"))) not in here.held.values():
            yield f"holds “{str(said.get('name'))[:80]}” there and not here"
    there = {tiers.get(str(said.get("id"))) for said in row.rows("tiers")}
    for source, tier in here.held.items():
        if source.startswith("ghost:") and tier not in there:
            yield f"holds a tier here by {source.split(':')[1]} and not there"


def _subscription(said: dict[str, Any], here: Here) -> Iterator[str]:
    known, id = here.subscriptions.get(str(said["id"])), str(said["id"])
    if known is None:
        yield f"has the subscription {id} there and not here"
        return
    if known.state != STRIPE_STATES.get(str(said.get("status"))):
        yield f"the subscription {id} is {said.get('status')} there and {known.state} here"
    if known.period_ends_at != moment(said.get("current_period_end")):
        yield f"the period of the subscription {id} ends on another day here"
    if known.cancels_at_period_end != (said.get("cancel_at_period_end") in (True, 1)):
        yield f"the subscription {id} {'is' if known.cancels_at_period_end else 'is not'} cancelled here, other than there"
    amount = (said.get("price") or said.get("plan") or {}).get("amount")
    if amount is not None and amount != known.price.units:
        yield f"the subscription {id} costs another amount here"
