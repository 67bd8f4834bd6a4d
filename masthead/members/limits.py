"""How often a code may be asked for: against mail bombs and guessing (CHECKS.md 35, 47)."""

from datetime import datetime, timedelta

from masthead.members.models import SignInRequest

WINDOW = timedelta(hours=1)
PER_ADDRESS = 5  # codes an hour to one address; with 5 tries a code, guessing has odds of 25 in a million an hour
PER_IP = 30  # requests an hour from one network address
OVERALL = 2000  # mails an hour from this site


def is_over_for_ip(ip: str | None, *, at: datetime) -> bool:
    """Say whether this network address has asked too often to be answered at all."""
    return SignInRequest.objects.filter(ip=ip, asked_at__gt=at - WINDOW).count() >= PER_IP


def is_over_for_mail(email: str, *, at: datetime) -> bool:
    """Say whether no further mail may go to this address, or at all, within the hour. The asker is not told."""
    recent = SignInRequest.objects.filter(asked_at__gt=at - WINDOW, is_withheld=False)
    return recent.filter(email=email).count() >= PER_ADDRESS or recent.count() >= OVERALL
