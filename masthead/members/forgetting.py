"""What is kept of members only for a while."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from masthead.members.models import Device, SignInRequest

REQUESTS_KEPT = timedelta(days=1)  # addresses and network addresses of those who asked; the limits need an hour


def forget_old(*, at: datetime) -> int:
    """Delete old requests for codes, expired sessions and the devices that had them; return how many rows went."""
    requests, _ = SignInRequest.objects.filter(asked_at__lt=at - REQUESTS_KEPT).delete()
    sessions, _ = Session.objects.filter(expire_date__lt=at).delete()
    gone = Device.objects.exclude(session_key__in=Session.objects.values("session_key"))
    devices, _ = gone.filter(last_seen_at__lt=at - REQUESTS_KEPT).delete()
    return requests + sessions + devices
