"""What Stripe calls members."""

from masthead.billing.models import Customer
from masthead.importers.ghost.run import Run


def bring_customers(run: Run, wanted: dict[str, int]) -> None:
    """Remember what Stripe calls members, as name -> member id; a name that is another's stays theirs and is reported."""
    held = dict(Customer.objects.filter(provider="stripe", provider_id__in=wanted).values_list("provider_id", "member"))
    for name, member in wanted.items():
        if held.get(name, member) != member:
            run.problem(f"Stripe customer {name}", "is two members; the first keeps it")
    Customer.objects.bulk_create(
        [
            Customer(member_id=pk, provider="stripe", provider_id=name)
            for name, pk in wanted.items()
            if name not in held
        ],
        ignore_conflicts=True,
    )
