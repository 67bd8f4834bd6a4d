"""Devices, mail address, own data, deletion (checks 42, 44, 45, 68, 99)."""

import json
import socket

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from masthead.members.models import Device, Member, Tombstone
from masthead.members.roles import Role
from masthead.members.sessions import hash_of_key
from masthead.members.standing import StandingError, ban, change_role
from masthead.ops.worker import work_off
from tests.cast import Cast, client_of
from tests.members.test_signing_in import ask, code_in, is_in


def signed_in(member: Member) -> Client:
    """Sign a member in as people do."""
    client = Client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/130.0"})
    ask(client, member.email)
    client.post("/sign-in/code/", {"code": code_in(mail.outbox[-1])})
    return client


def test_devices_are_listed_and_signed_out(cast: Cast) -> None:
    phone, desktop = signed_in(cast.free), signed_in(cast.free)
    assert desktop.get("/account/devices/").content.decode().count("Firefox, Linux") >= 2
    other = Device.objects.exclude(session_key=hash_of_key(desktop.session.session_key)).get()
    desktop.post(f"/account/devices/{other.public_id}/")
    assert is_in(desktop) and not is_in(phone)


def test_nobody_signs_out_anothers_device(cast: Cast) -> None:
    """Check 45."""
    mine = signed_in(cast.free)
    device = Device.objects.get()
    assert client_of(cast.gold).post(f"/account/devices/{device.public_id}/").status_code == 404
    assert is_in(mine)


def test_signing_out_everywhere_else_keeps_this_device(cast: Cast) -> None:
    phone, desktop = signed_in(cast.free), signed_in(cast.free)
    desktop.post("/account/devices/others/")
    assert is_in(desktop) and not is_in(phone)


def test_a_ban_and_a_new_role_end_sessions_at_once(cast: Cast) -> None:
    """Check 42."""
    reader, writer = signed_in(cast.free), signed_in(cast.author)
    ban(cast.free, by=cast.owner, at=timezone.now())
    change_role(cast.author, Role.NONE, by=cast.owner, at=timezone.now())
    assert not is_in(reader) and not is_in(writer)


def test_the_last_owner_stays(cast: Cast) -> None:
    """Check 99."""
    with pytest.raises(StandingError):
        change_role(cast.owner, Role.EDITOR, by=cast.owner, at=timezone.now())
    change_role(cast.editor, Role.OWNER, by=cast.owner, at=timezone.now())
    change_role(cast.owner, Role.EDITOR, by=cast.owner, at=timezone.now())
    with pytest.raises(StandingError):
        ban(Member.objects.get(pk=cast.editor.pk), by=None, at=timezone.now())


def test_the_mail_address_changes_with_a_code_and_a_notice(cast: Cast) -> None:
    """Check 44."""
    client, other = signed_in(cast.free), signed_in(cast.free)
    client.post("/account/mail/", {"email": "new@readers.example"})
    work_off()
    assert mail.outbox[-1].to == ["new@readers.example"]
    client.post("/account/mail/code/", {"code": code_in(mail.outbox[-1])})
    work_off()
    assert Member.objects.get(pk=cast.free.pk).email == "new@readers.example"
    assert mail.outbox[-1].to == ["free@readers.example"] and "changed" in mail.outbox[-1].subject
    assert is_in(client) and not is_in(other)


def test_an_address_in_use_cannot_be_taken_and_nothing_tells_that_it_is(cast: Cast) -> None:
    client = signed_in(cast.free)
    pages = []
    for email in (cast.gold.email, "nobody@readers.example"):
        answer = client.post("/account/mail/", {"email": email})
        work_off()
        pages.append((answer.status_code, answer["Location"], client.get("/account/mail/code/").status_code))
    assert pages[0] == pages[1]
    assert "in use already" in mail.outbox[-2].subject and "code" in mail.outbox[-1].subject


def test_own_data_is_downloaded_whole(cast: Cast) -> None:
    client = signed_in(cast.paid)
    answer = client.post("/account/data/")
    told = json.loads(answer.content)
    assert told["address"] == cast.paid.email and told["subscriptions"] == []
    assert "attachment" in answer["Content-Disposition"]


def test_deletion_needs_the_word_and_leaves_a_tombstone(cast: Cast) -> None:
    client = signed_in(cast.free)
    assert client.post("/account/delete/", {"word": "yes"}).status_code == 422
    assert client.post("/account/delete/", {"word": "delete"}).status_code == 200
    assert not Member.objects.filter(pk=cast.free.pk).exists()
    assert Tombstone.objects.filter(member_id=cast.free.pk).exists() and not is_in(client)


def test_staff_are_not_deleted_by_themselves(cast: Cast) -> None:
    assert client_of(cast.editor).post("/account/delete/", {"word": "DELETE"}).status_code == 409


def test_mail_goes_over_smtp(cast: Cast, settings: pytest.FixtureRequest) -> None:
    """A real socket, a real message."""
    from aiosmtpd.controller import Controller
    from aiosmtpd.handlers import Message

    class Kept(Message):
        def __init__(self) -> None:
            super().__init__()
            self.messages: list[str] = []

        def handle_message(self, message: object) -> None:
            self.messages.append(str(message))

    handler = Kept()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port  # type: ignore[attr-defined]
    try:
        ask(Client(), cast.free.email)
    finally:
        controller.stop()
    assert "Auto-Submitted: auto-generated" in handler.messages[0] and "paper.example" in handler.messages[0]
