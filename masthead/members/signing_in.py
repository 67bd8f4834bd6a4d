"""Beginning and ending sessions."""

import re
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from masthead.core import events
from masthead.members.models import Device, Member
from masthead.members.sessions import hash_of_key

BACKEND = settings.AUTHENTICATION_BACKENDS[0]
SEEN_EVERY = timedelta(hours=1)
SEEN = "device_seen_at"  # in the session: when its device row was last touched
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def sign_in(request: HttpRequest, member: Member, *, at: datetime) -> None:
    """Begin a session for this member under a new key, and list the device."""
    with transaction.atomic():
        login(request, member, backend=BACKEND)
        request.session.set_expiry(None)
        request.session.save()
        note_device(request, member, at=at)
        events.write("member.signed_in", f"member:{member.pk}", at=at, actor_id=member.pk)


def sign_out(request: HttpRequest) -> None:
    """End this session and forget its device."""
    at = timezone.now()
    with transaction.atomic():
        Device.objects.filter(session_key=hash_of_key(request.session.session_key)).delete()
        if isinstance(request.user, Member) and request.user.pk is not None:  # None: deleted a moment ago
            events.write("member.signed_out", f"member:{request.user.pk}", at=at, actor_id=request.user.pk)
        logout(request)


def note_device(request: HttpRequest, member: Member, *, at: datetime) -> None:
    """Write when this browser was last seen; its row is made if there is none."""
    request.session[SEEN] = at.timestamp()
    Device.objects.update_or_create(
        session_key=hash_of_key(request.session.session_key),
        defaults={"member": member, "last_seen_at": at, "browser": browser_of(request)},
        create_defaults={"member": member, "last_seen_at": at, "first_seen_at": at, "browser": browser_of(request)},
    )


def is_seen(request: HttpRequest, *, at: datetime) -> bool:
    """Say whether this session's device was noted within the hour."""
    return at.timestamp() - float(request.session.get(SEEN, 0)) < SEEN_EVERY.total_seconds()


def browser_of(request: HttpRequest) -> str:
    """Name the browser and system in plain words; nothing that a visitor wrote is kept."""
    agent = request.headers.get("User-Agent", "")[:500]
    browser = next((name for sign, name in BROWSERS if sign + "/" in agent), "Browser")
    system = next((name for sign, name in SYSTEMS if re.search(re.escape(sign), agent)), "")
    return f"{browser}, {system}" if system else browser


def end_session_on(device: Device, *, at: datetime) -> None:
    """Sign a member out of one device."""
    with transaction.atomic():
        Session.objects.filter(session_key=device.session_key).delete()
        events.write("member.signed_out", f"member:{device.member_id}", at=at, actor_id=device.member_id)
        device.delete()


def end_sessions(member: Member, *, except_key: str | None = None, at: datetime) -> int:
    """Sign a member out of every device but the one with the session `except_key`; return how many were signed out."""
    with transaction.atomic():
        devices = Device.objects.filter(member=member).exclude(session_key=hash_of_key(except_key))
        keys = list(devices.values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        devices.delete()
        events.write("member.signed_out_everywhere", f"member:{member.pk}", at=at, actor_id=member.pk)
    return len(keys)
