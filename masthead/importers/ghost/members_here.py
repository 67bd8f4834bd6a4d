"""What members hold here, looked up for a batch of addresses at once, to be compared with what Ghost says."""

from collections.abc import Collection
from dataclasses import dataclass, field

from masthead.access.models import Entitlement
from masthead.billing.models import Customer, Subscription
from masthead.importers.ghost.run import Run
from masthead.members.deleting import hash_of
from masthead.members.models import Member, Tombstone
from masthead.newsletters.models import Choice, Suppression
from masthead.newsletters.models.choice import By


@dataclass
class Here:
    """One member as they stand here."""

    member: Member
    held: dict[str, int] = field(default_factory=dict)  # source -> tier, of what holds now
    takes: dict[int, bool] = field(default_factory=dict)  # newsletter -> whether
    chose: set[int] = field(default_factory=set)  # newsletters that somebody decided on here
    customers: set[str] = field(default_factory=set)
    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    is_suppressed: bool = False


def members_here(run: Run, emails: Collection[str]) -> dict[str, Here]:
    """Return what there is of these members, by address."""
    found = {member.pk: Here(member) for member in Member.objects.filter(email__in=emails)}
    for entitlement in Entitlement.objects.current(run.at).filter(member__in=found):
        found[entitlement.member_id].held[entitlement.source] = entitlement.tier_id
    for choice in Choice.objects.filter(member__in=found):
        here = found[choice.member_id]
        here.takes[choice.newsletter_id] = choice.takes
        here.chose |= set() if choice.by == By.IMPORT else {choice.newsletter_id}
    for customer in Customer.objects.filter(member__in=found):
        found[customer.member_id].customers.add(customer.provider_id)
    for subscription in Subscription.objects.filter(member__in=found, provider="stripe").select_related("price"):
        found[subscription.member_id or 0].subscriptions[subscription.provider_id] = subscription
    suppressed = set(Suppression.objects.filter(email__in=emails).values_list("email", flat=True))
    for here in found.values():
        here.is_suppressed = here.member.email in suppressed
    return {here.member.email: here for here in found.values()}


def deleted_here(emails: Collection[str]) -> set[str]:
    """Return those of the addresses whose member was deleted here."""
    hashes = {hash_of(email): email for email in emails}
    gone = Tombstone.objects.filter(email_hash__in=hashes).values_list("email_hash", flat=True)
    return {hashes[one] for one in gone}


def masked(email: str) -> str:
    """Return an address as it may stand in a report: its first letter and its domain."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}…@{domain}"
