"""Codes by mail: asking for one, making it, and spending it."""

import hashlib
import hmac
import secrets
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
DIGITS = 6


def ask_for_code(
    email: str, *, ip: str | None, next_path: str = "/", changes: Member | None = None, at: datetime
) -> SignInRequest:
    """Note a request and queue its mail; earlier requests for the address are spent.

    Whether the address is known changes nothing here: the difference is only in the mail (CHECKS.md 37).
    """
    with transaction.atomic():
        withheld = limits.is_over_for_mail(email, at=at)
        if not withheld:
            SignInRequest.objects.filter(email=email, changes=changes, spent_at=None).update(spent_at=at)
        request = SignInRequest.objects.create(
            email=email,
            ip=ip,
            next_path=next_path,
            changes=changes,
            asked_at=at,
            expires_at=at + LIFETIME,
            is_withheld=withheld,
        )
        if not withheld:
            send_code.enqueue(request.pk)
    return request


def hash_code(request: SignInRequest, code: str) -> str:
    """Hash a code with the site's secret and its own request, so that no table gives it away."""
    key = hashlib.sha256(b"sign-in-code:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, f"{request.public_id}:{code}".encode(), hashlib.sha256).hexdigest()


def make_code(request: SignInRequest) -> str:
    """Make the request's code, keep its hash, and return it for the mail: the only place where it ever is."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    request.code_hash = hash_code(request, code)
    request.save(update_fields=["code_hash"])
    return code


def spend(request: SignInRequest, code: str, *, at: datetime) -> bool:
    """Spend the request with this code; True for exactly one caller, whoever else tries at the same time.

    Each call counts as a try; after five, after ten minutes, or once spent, nothing opens it.
    """
    open_requests = SignInRequest.objects.filter(pk=request.pk, spent_at=None, expires_at__gt=at)
    if not open_requests.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        return False
    request.refresh_from_db(fields=["code_hash"])
    right = hmac.compare_digest(request.code_hash, hash_code(request, code.strip()))
    return bool(request.code_hash and right and open_requests.update(spent_at=at))


def member_for(email: str, *, at: datetime) -> Member | None:
    """Return the member with this address, making one for a new address; None for a banned one."""
    with transaction.atomic():
        member, is_new = Member.objects.get_or_create(email=email, defaults={"joined_at": at})
        if is_new:
            member.set_unusable_password()
            member.save(update_fields=["password"])
            events.write("member.joined", f"member:{member.pk}", at=at, actor_id=member.pk)
    return member if member.is_active else None
