"""Guessing, mail bombs, locking out, and what a stolen table gives (checks 35, 36, 47)."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from masthead.members import codes, limits
from masthead.members.mail import send_code
from masthead.members.models import Device, SignInRequest
from tests.cast import Cast, client_of
from tests.members.test_signing_in import ask, code_in

GUESSES = 100_000


def test_guessing_over_many_codes_has_odds_below_one_in_ten_thousand() -> None:
    every = len(codes.SIGNS) ** codes.LENGTH
    assert GUESSES / every < 1e-4
    assert limits.OVERALL * codes.MOST_TRIES * 24 * 365 / every < 1e-3  # a year of it, at every limit
    assert not set("O0I1L") & set(codes.SIGNS)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
    ],
)
def test_a_network_counts_as_one_asker(one: str, other: str, same: bool) -> None:
    assert (limits.network_of(one) == limits.network_of(other)) is same


def test_a_whole_network_of_addresses_is_one_asker(cast: Cast) -> None:
    statuses = [
        Client(REMOTE_ADDR=f"2001:db8:1:2::{n:x}").post("/sign-in/", {"email": f"a{n}@readers.example"}).status_code
        for n in range(limits.PER_NETWORK + 1)
    ]
    assert statuses == [302] * limits.PER_NETWORK + [429]


def test_a_stranger_on_another_network_neither_locks_somebody_out_nor_voids_their_code(cast: Cast) -> None:
    mine = Client(REMOTE_ADDR="192.0.2.1")
    ask(mine, cast.free.email)
    code = code_in(mail.outbox[-1])
    for _ in range(limits.PER_ADDRESS_AND_NETWORK + 2):
        ask(Client(REMOTE_ADDR="198.51.100.7"), cast.free.email)
    assert mine.post("/sign-in/code/", {"code": code}).status_code == 302
    mine.post("/sign-out/")
    before = len(mail.outbox)
    ask(mine, cast.free.email)
    assert len(mail.outbox) == before + 1


def test_a_mail_that_is_sent_again_carries_the_same_code_and_none_goes_out_too_late(cast: Cast) -> None:
    ask(Client(), cast.free.email)
    request = SignInRequest.objects.get()
    send_code.call(request.pk)
    assert code_in(mail.outbox[0]) == code_in(mail.outbox[1])
    SignInRequest.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    send_code.call(request.pk)
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("spelled", ["{}", " {} ", "lower", "blanks"])
def test_a_code_is_taken_however_it_is_spelled(spelled: str, cast: Cast) -> None:
    client = Client()
    ask(client, cast.free.email)
    code = code_in(mail.outbox[-1])
    typed = {"lower": code.lower().replace("-", ""), "blanks": " ".join(code)}.get(spelled, spelled.format(code))
    assert client.post("/sign-in/code/", {"code": typed}).status_code == 302


def test_a_key_from_the_tables_opens_no_account(cast: Cast) -> None:
    member = client_of(cast.free)
    assert member.get("/account/").status_code == 200
    thief = Client()
    for key in [*Session.objects.values_list("session_key", flat=True), Device.objects.get().session_key]:
        thief.cookies["__Host-session"] = thief.cookies["session"] = key
        assert thief.get("/account/").status_code == 302


def test_sessions_of_strangers_are_kept_for_minutes_and_of_members_for_months(cast: Cast) -> None:
    client, at = Client(), timezone.now()
    ask(client, cast.free.email)
    client.post("/sign-in/passkey/begin/")
    assert Session.objects.latest("expire_date").expire_date < at + timedelta(minutes=30)
    client.post("/sign-in/code/", {"code": code_in(mail.outbox[-1])})
    assert Session.objects.latest("expire_date").expire_date > at + timedelta(days=80)


def test_a_mail_that_failed_leaves_no_address_in_the_queue(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check 29."""

    def refuse(*_: Any, **__: Any) -> None:
        raise SMTPRecipientsRefused({"free@readers.example": (550, b"no free@readers.example here")})

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
    ask(Client(), "free@readers.example")
    failed = DBTaskResult.objects.get(task_path="masthead.members.mail.send_code")
    assert failed.status == "FAILED" and "MailFailed" in failed.exception_class_path
    assert "readers.example" not in failed.traceback
