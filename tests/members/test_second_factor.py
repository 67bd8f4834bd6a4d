"""Passkeys, and the second factor of staff (CHECKS.md 48)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from masthead.core.models import Event, Publication
from masthead.members.models import Member, Passkey
from masthead.members.second_factor import CONFIRMED
from masthead.members.standing import forget_passkeys
from tests.cast import Cast, client_of
from tests.members.authenticator import Authenticator

ADD = {"begin": "/account/passkeys/add/begin/", "finish": "/account/passkeys/add/"}
SIGN_IN = {"begin": "/sign-in/passkey/begin/", "finish": "/sign-in/passkey/"}
CONFIRM = {"begin": "/account/confirm/begin/", "finish": "/account/confirm/finish/"}


@pytest.fixture
def live(settings: Any) -> None:
    """A live site, where staff must show a passkey."""
    settings.IS_LIVE, settings.MODE, settings.BILLING_PROVIDER = True, "live", ""


def opens_desk(client: Client) -> bool:
    answer = client.get("/desk/")
    assert answer.status_code == 200 or answer["Location"] == "/account/confirm/?next=%2Fdesk%2F"
    return answer.status_code == 200


def with_passkey(member: Member) -> Authenticator:
    authenticator = Authenticator()
    assert authenticator.add(client_of(member), **ADD, name="My phone") == {"next": "/account/passkeys/"}
    return authenticator


def test_a_passkey_that_was_added_signs_its_member_in_and_no_other_does(cast: Cast) -> None:
    authenticator, client = with_passkey(cast.free), Client()
    assert "error" in Authenticator().answer(client, **SIGN_IN)
    assert authenticator.answer(client, **SIGN_IN, next="/post/") == {"next": "/post/"}
    assert client.session["_auth_user_id"] == str(cast.free.pk)
    assert Passkey.objects.get().name == "My phone"


def test_an_answer_is_taken_once_and_only_from_the_configured_address(cast: Cast) -> None:
    authenticator = with_passkey(cast.free)
    evil = Authenticator(origin="https://paper.example.evil.example", key=authenticator.key, id=authenticator.id)
    assert "error" in evil.answer(Client(), **SIGN_IN)
    client = Client()
    state_taken = authenticator.answer(client, **SIGN_IN)
    assert "next" in state_taken
    client.post("/sign-out/")
    again = client.post(SIGN_IN["finish"], "{}", content_type="application/json")
    assert again.status_code == 422


def test_a_banned_member_cannot_sign_in_with_a_passkey(cast: Cast) -> None:
    authenticator = with_passkey(cast.free)
    Member.objects.filter(pk=cast.free.pk).update(is_active=False)
    assert "error" in authenticator.answer(Client(), **SIGN_IN)


@pytest.mark.usefixtures("live")
def test_a_code_by_mail_alone_does_not_open_the_desk_of_a_live_site(cast: Cast) -> None:
    client = client_of(cast.editor)
    assert not opens_desk(client)
    assert client.post("/desk/posts/new/", {"title": "X", "act": "save"}).status_code == 302
    assert "Add a passkey" in client.get("/account/confirm/").content.decode()
    assert Authenticator().add(client, **ADD, next="/desk/") == {"next": "/desk/"}
    assert opens_desk(client)


@pytest.mark.usefixtures("live")
def test_another_session_must_show_the_passkey_and_only_the_members_own(cast: Cast) -> None:
    authenticator, other = with_passkey(cast.editor), with_passkey(cast.owner)
    client = client_of(cast.editor)
    assert not opens_desk(client)
    assert other.answer(client, **CONFIRM)["error"] == "This passkey belongs to another account."
    assert not opens_desk(client)
    assert authenticator.answer(client, **CONFIRM, next="/desk/") == {"next": "/desk/"}
    assert opens_desk(client)


@pytest.mark.usefixtures("live")
def test_whoever_reads_only_the_mailbox_cannot_change_passkeys_or_the_address(cast: Cast) -> None:
    with_passkey(cast.editor)
    client, passkey = client_of(cast.editor), Passkey.objects.get()
    assert "error" in Authenticator().add(client, **ADD)
    client.post(f"/account/passkeys/{passkey.public_id}/")
    assert client.get("/account/mail/")["Location"].startswith("/account/confirm/")
    assert client.post("/account/mail/", {"email": "evil@readers.example"}).status_code == 302
    assert list(Passkey.objects.all()) == [passkey]
    reader = client_of(cast.free)
    assert reader.get("/account/mail/").status_code == 200


@pytest.mark.usefixtures("live")
def test_settings_ask_for_the_passkey_again_after_half_an_hour(cast: Cast) -> None:
    authenticator, client = with_passkey(cast.owner), client_of(cast.owner)
    authenticator.answer(client, **CONFIRM)
    assert client.get("/desk/settings/").status_code == 200
    session = client.session
    session[CONFIRMED] -= timedelta(minutes=31).total_seconds()
    session.save()
    assert client.get("/desk/settings/").status_code == 302
    assert opens_desk(client)


@pytest.mark.usefixtures("live")
def test_the_owner_may_switch_it_off_and_a_passkey_is_asked_for_still(cast: Cast) -> None:
    Publication.objects.update(staff_second_factor=False)
    assert opens_desk(client_of(cast.editor))
    with_passkey(cast.editor)
    assert not opens_desk(client_of(cast.editor))


@pytest.mark.usefixtures("live")
def test_where_browsers_allow_no_passkeys_nobody_is_locked_out(cast: Cast, settings: Any) -> None:
    for address, is_open in (
        ("http://192.0.2.1:8000", True),
        ("http://paper.example", True),
        ("https://192.0.2.1", True),
        ("http://localhost:8000", False),
        ("https://paper.example", False),
    ):
        settings.ADDRESS = address
        assert opens_desk(client_of(cast.editor)) is is_open, address


def test_lost_passkeys_are_removed_by_whoever_keeps_the_server_and_every_session_ends(cast: Cast) -> None:
    client = client_of(cast.editor)
    assert client.get("/account/").status_code == 200
    Authenticator().add(client, **ADD)
    forget_passkeys(cast.editor, by=None, at=timezone.now())
    assert not Passkey.objects.exists()
    assert client.get("/account/").status_code == 302
    assert Event.objects.filter(kind="member.passkeys_forgotten").exists()
