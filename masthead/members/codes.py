"""Codes by mail: asking for one, making it, and spending it."""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from masthead.core import events
from masthead.members import limits
from masthead.members.mail import send_code
from masthead.members.models import Member, SignInRequest

LIFETIME = timedelta(minutes=10)  # ASVS 5.0, 6.5.5
MOST_TRIES = 5
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none is taken for another
LENGTH = 8  # 30 ** 8 codes: 100,000 guesses over many requests enter with odds of 2 in 10 million (CHECKS.md 35)


def ask_for_code(
    email: str, *, ip: str | None, next_path: str = "/", changes: Member | None = None, at: datetime
) -> SignInRequest:
    """Note a request and queue its mail; an earlier one for the address from the same network is spent.

    Whether the address is known changes nothing here: the difference is only in the mail (CHECKS.md 37).
    Raises TooMany when the network has asked too often.
    """
    network = limits.network_of(ip)
    with transaction.atomic():
        limits.refuse_too_many(network, at=at)
        withheld = limits.is_over_for_mail(email, network, at=at)
        if not withheld:
            earlier = SignInRequest.objects.filter(email=email, network=network, changes=changes, spent_at=None)
            earlier.update(spent_at=at)
        request = SignInRequest.objects.create(
            email=email,
            network=network,
            next_path=next_path,
            changes=changes,
            asked_at=at,
            expires_at=at + LIFETIME,
            is_withheld=withheld,
        )
        if not withheld:
            send_code.enqueue(request.pk)
    return request


def code_of(request: SignInRequest) -> str:
    """Derive a request's code, such as K7MP-4TQX, from the site's secret and the request's own random id.

    No table holds it, not even as a hash, and a mail that is sent again carries the same one.
    """
    key = hashlib.sha256(b"sign-in-code:" + settings.SECRET_KEY.encode()).digest()
    number = int.from_bytes(hmac.new(key, request.public_id.encode(), hashlib.sha256).digest())
    signs = "".join(SIGNS[number // len(SIGNS) ** place % len(SIGNS)] for place in range(LENGTH))
    return f"{signs[:4]}-{signs[4:]}"


def spend(request: SignInRequest, code: str, *, at: datetime) -> bool:
    """Spend the request with this code; True for exactly one caller, whoever else tries at the same time.

    Each call counts as a try; after five, after ten minutes, or once spent, nothing opens it. Case, blanks and the
    hyphen make no difference.
    """
    open_requests = SignInRequest.objects.filter(pk=request.pk, spent_at=None, expires_at__gt=at, is_withheld=False)
    if not open_requests.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        return False
    right = hmac.compare_digest(_plain(code_of(request)), _plain(code))
    return right and bool(open_requests.update(spent_at=at))


def _plain(code: str) -> bytes:
    return "".join(code.upper().replace("-", "").split()).encode()


def member_for(email: str, *, at: datetime) -> Member | None:
    """Return the member with this address, making one for a new address; None for a banned one."""
    with transaction.atomic():
        member, is_new = Member.objects.get_or_create(email=email, defaults={"joined_at": at})
        if is_new:
            member.set_unusable_password()
            member.save(update_fields=["password"])
            events.write("member.joined", f"member:{member.pk}", at=at, actor_id=member.pk)
    return member if member.is_active else None
