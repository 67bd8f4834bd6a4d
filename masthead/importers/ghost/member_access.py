"""What a row of the list of members opens: complimentary tiers, and paid ones of which the list does not say until when."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

from masthead.access.entitlements import end_entitlement, entitle
from masthead.access.models import Entitlement, Tier
from masthead.access.models.entitlement import Why
from masthead.importers.ghost.member_file import MemberRow
from masthead.importers.ghost.names import split_names
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.telling import tell
from masthead.members.models import Member

UNKNOWN_PERIOD = timedelta(days=366)  # the longest that is sold, counted from the import
COMPLIMENTARY, PAYING, GIFT = "ghost:complimentary", "ghost:paying", "ghost:gift"


@dataclass
class Tiers:
    """The tiers that there are, by the name that Ghost has for them."""

    by_name: dict[str, Tier] = field(default_factory=dict)

    @classmethod
    def of(cls, run: Run) -> "Tiers":
        """Find them; of two with one name the one that is still sold is meant, and that is reported."""
        found = cls()
        for tier in Tier.objects.order_by("archived_at", "position", "pk"):
            if tier.name in found.by_name and found.by_name[tier.name].archived_at is None:
                run.problem(f"tier {tier.slug}", f"“{tier.name}” is the name of two tiers; members get the one sold")
                continue
            found.by_name[tier.name] = tier
        return found

    def named(self, run: Run, row: MemberRow) -> list[Tier]:
        """Return the tiers that a row names; one that is not known opens nothing and is reported."""
        names = split_names(row.tiers, self.by_name)
        for name in names:
            if name not in self.by_name:
                what = f"there is no tier “{name[:80]}”, so it opens nothing for this member"
                tell(run, "members with a tier that is not here", row.where, what)
        return [self.by_name[name] for name in names if name in self.by_name]


def source_of(kind: str, key: str, tier: Tier) -> str:
    """Return the name under which an entitlement of an imported member is kept."""
    return f"{kind}:{key}:{tier.pk}"


def open_as_listed(run: Run, tiers: Tiers, row: MemberRow, member: Member, before: Collection[str]) -> list[str]:
    """Give what the row says the member holds, and return the sources; end those of `before` that it no longer names.

    A complimentary plan holds until further notice, for the named tiers, or for all that are sold where none is named.
    Of who pays the list says neither until when nor whether the subscription runs: so that nobody is shut out before
    what they paid for is over, and nobody reads for ever, the tier is held for the longest period that is sold, a year.
    The running Ghost puts the true period in its place. What was given once and ended here since is not given again.
    """
    named = tiers.named(run, row)
    if row.is_complimentary and not row.tiers:
        named = [tier for tier in tiers.by_name.values() if tier.archived_at is None]
    kind = COMPLIMENTARY if row.is_complimentary else GIFT if row.is_gift else PAYING
    given = {source_of(kind, row.key, tier): tier for tier in named}
    for source in set(before) - given.keys():
        end_entitlement(source, at=run.at)
    for source, tier in given.items():
        if source not in before:
            _give(run, member, tier, source, kind)
    return sorted(given)


def _give(run: Run, member: Member, tier: Tier, source: str, kind: str) -> None:
    why = {COMPLIMENTARY: Why.COMPLIMENTARY, GIFT: Why.GIFT, PAYING: Why.IMPORTED}[kind]
    held = Entitlement.objects.current(run.at).filter(member=member, tier=tier)
    if kind != COMPLIMENTARY and held.exists():
        return  # a subscription that is known says more
    ends_at = None if kind == COMPLIMENTARY else run.at + UNKNOWN_PERIOD
    entitle(member, tier, source=source, why=why, starts_at=run.at, ends_at=ends_at, at=run.at)
    run.report.count(f"members {'complimentary' if kind == COMPLIMENTARY else 'paying, their period not known'}")
