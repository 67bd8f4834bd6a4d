"""How often a code may be asked for: against mail bombs and guessing (CHECKS.md 35, 47)."""

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from masthead.members.models import SignInRequest

WINDOW = timedelta(hours=1)
PER_NETWORK = 30  # requests an hour from one network
PER_ADDRESS_AND_NETWORK = 5  # codes an hour to one address, asked for from one network
PER_ADDRESS = 15  # codes an hour to one address from all networks: three strangers do not lock its owner out
OVERALL = 2000  # mails an hour from this site


class TooMany(Exception):
    """This network has asked for too many codes within the hour."""


def network_of(ip: str | None) -> str:
    """Return what counts as one asker: an IPv4 address, or the /64 that an IPv6 address stands in (RFC 6177)."""
    if not ip:
        return ""
    address = ip_address(ip)
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else str(ip_network((address, 64), strict=False))
    return str(address)


def refuse_too_many(network: str, *, at: datetime) -> None:
    """Raise TooMany if this network has asked too often to be answered at all."""
    recent = SignInRequest.objects.filter(network=network, asked_at__gt=at - WINDOW)
    if recent.count() >= PER_NETWORK:
        raise TooMany


def is_over_for_mail(email: str, network: str, *, at: datetime) -> bool:
    """Say whether no further mail may go to this address, or at all, within the hour. The asker is not told."""
    sent = SignInRequest.objects.filter(asked_at__gt=at - WINDOW, is_withheld=False)
    to_address = sent.filter(email=email)
    return (
        to_address.filter(network=network).count() >= PER_ADDRESS_AND_NETWORK
        or to_address.count() >= PER_ADDRESS
        or sent.count() >= OVERALL
    )
