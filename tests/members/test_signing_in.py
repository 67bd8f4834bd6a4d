"""Signing in by a code from a mail (checks 31 to 41)."""

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from masthead.members import codes, limits
from masthead.members.models import Device, Member, SignInRequest
from masthead.ops.worker import work_off
from tests.cast import Cast, client_of


def ask(client: Client, email: str, **data: str) -> Any:
    """Ask for a code and let the mail go out."""
    answer = client.post("/sign-in/", {"email": email} | data)
    work_off()
    return answer


def code_in(message: Any) -> str:
    """Find the code in a mail."""
    found = re.search(r"\b([2-9A-Z]{4}-[2-9A-Z]{4})\b", message.body)
    assert found
    return found[1]


def link_in(message: Any) -> str:
    """Find the link in a mail."""
    found = re.search(r"https://paper\.example(/\S+)", message.body)
    assert found
    return found[1]


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_an_unknown_address_becomes_a_member_when_the_code_is_entered(cast: Cast) -> None:
    client = Client()
    ask(client, " New@Readers.Example ", next="/a-post/")
    assert not Member.objects.filter(email="new@readers.example").exists()
    answer = client.post("/sign-in/code/", {"code": code_in(mail.outbox[0])})
    assert (answer.status_code, answer["Location"]) == (302, "/a-post/")
    assert Member.objects.filter(email="new@readers.example").exists() and is_in(client)


def test_only_a_post_spends_the_link(cast: Cast) -> None:
    """Check 31: scanners GET and HEAD, with and without the session."""
    client = Client()
    ask(client, cast.free.email)
    link = link_in(mail.outbox[0])
    for browser in (Client(), client, client):
        browser.head(link)
        assert "_auth_user_id" not in browser.session
    page = client.get(link)
    assert code_in(mail.outbox[0]) in page.content.decode() and not is_in(client)
    assert (page["Referrer-Policy"], "no-store" in page["Cache-Control"]) == ("same-origin", True)
    client.post("/sign-in/code/", {"code": code_in(mail.outbox[0])})
    assert is_in(client)


def test_the_code_works_only_in_the_browser_that_asked(cast: Cast) -> None:
    """Checks 33 and 43."""
    client, other = Client(), Client()
    ask(client, cast.free.email)
    assert "did not ask for the code" in other.get(link_in(mail.outbox[0])).content.decode()
    other.post("/sign-in/code/", {"code": code_in(mail.outbox[0])})
    assert not is_in(other)


def test_a_code_works_once(cast: Cast) -> None:
    """Check 32."""
    client = Client()
    ask(client, cast.free.email)
    code, twin = code_in(mail.outbox[0]), Client()
    twin.cookies.update(client.cookies)
    client.post("/sign-in/code/", {"code": code})
    twin.post("/sign-in/code/", {"code": code})
    assert is_in(client) and not is_in(twin)


@pytest.mark.django_db(transaction=True)
def test_of_many_parallel_tries_exactly_one_gets_in() -> None:
    """Check 32."""
    at = timezone.now()
    request = SignInRequest.objects.create(email="a@b.example", asked_at=at, expires_at=at + timedelta(minutes=9))
    code, results, gate = codes.code_of(request), [], threading.Barrier(4)

    def attempt() -> None:
        gate.wait()
        results.append(codes.spend(SignInRequest.objects.get(pk=request.pk), code, at=at))
        connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False, False, False, True]


def test_a_code_ends_after_ten_minutes_five_tries_or_a_newer_request(cast: Cast) -> None:
    """Checks 34 and 35."""
    at = timezone.now()
    old = codes.ask_for_code("a@b.example", ip="10.0.0.1", at=at)
    request = codes.ask_for_code("a@b.example", ip="10.0.0.1", at=at)
    assert not codes.spend(old, codes.code_of(old), at=at)
    code = codes.code_of(request)
    assert not codes.spend(request, code, at=at + timedelta(minutes=10))
    wrong = "000000" if code != "000000" else "111111"
    assert [codes.spend(request, wrong, at=at) for _ in range(5)] == [False] * 5
    assert not codes.spend(request, code, at=at)
    fresh = codes.ask_for_code("a@b.example", ip="10.0.0.1", at=at)
    assert codes.spend(fresh, codes.code_of(fresh), at=at)


def test_no_table_holds_the_code(cast: Cast) -> None:
    """Check 36."""
    client = Client()
    ask(client, cast.free.email)
    code = code_in(mail.outbox[0])
    stored = str(list(SignInRequest.objects.values())) + str(
        list(DBTaskResult.objects.values("args_kwargs", "return_value"))
    )
    assert code not in stored + str(dict(client.session))


def test_known_unknown_and_banned_addresses_get_the_same_answer(cast: Cast) -> None:
    """Check 37: the difference is only in the mail."""
    answers = []
    for email in (cast.free.email, "nobody@readers.example", cast.banned.email):
        client = Client()
        first, page = ask(client, email), client.get("/sign-in/code/")
        token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
        answers.append((first.status_code, first["Location"], token.sub("", page.content.decode()).replace(email, "X")))
    assert answers[0] == answers[1] == answers[2]
    assert [bool(re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", str(message.body))) for message in mail.outbox] == [
        True,
        True,
        False,
    ]


def test_mail_links_carry_the_configured_address_only(cast: Cast) -> None:
    """Check 39."""
    client = Client()
    answer = client.post("/sign-in/", {"email": cast.free.email}, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    client.post("/sign-in/", {"email": cast.free.email}, headers={"X-Forwarded-Host": "evil.example"})
    work_off()
    assert "evil" not in mail.outbox[0].message().as_string()


@pytest.mark.parametrize(
    "next_path",
    ["//evil.example", "/\\evil.example", "https://evil.example", "https:evil", "/%2f%2fevil.example", "/%5cevil", "javascript:x",
     "data:x", "/@evil\r\nSet-Cookie: a=b", "\t//evil", "/%09/evil.example", "http:///evil.example"],
)  # fmt: skip
def test_nobody_is_sent_to_another_site(cast: Cast, next_path: str) -> None:
    """Check 40."""
    client = Client()
    ask(client, cast.free.email, next=next_path)
    answer = client.post("/sign-in/code/", {"code": code_in(mail.outbox[0])})
    assert answer["Location"] == "/account/"


def test_the_session_before_is_not_the_session_after(cast: Cast) -> None:
    """Check 41."""
    client = Client()
    ask(client, cast.free.email)
    before = client.session.session_key or ""
    client.post("/sign-in/code/", {"code": code_in(mail.outbox[0])})
    assert client.session.session_key != before
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = before
    assert not is_in(thief)


def test_mail_is_limited_for_each_address_and_network(cast: Cast) -> None:
    """Check 47: the asker of a limited address is told nothing."""
    client = Client()
    answers = [ask(client, cast.free.email).status_code for _ in range(limits.PER_ADDRESS + 3)]
    assert set(answers) == {302}
    assert len(mail.outbox) == limits.PER_ADDRESS_AND_NETWORK
    statuses = [
        client.post("/sign-in/", {"email": f"a{n}@readers.example"}).status_code for n in range(limits.PER_NETWORK)
    ]
    assert statuses[0] == 302 and statuses[-1] == 429


@pytest.mark.parametrize(
    "email",
    ['"a@evil"@x.example', "a@b@c.example", "a@b.example,c@d.example", "-oQ/tmp@x.example", "a@b.example\r\nBcc: c@d.example",
     "a@b", "", "x" * 250 + "@x.example", "a@b\u2028.example", "ä@b.example", "a (c)@b.example"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_with_clear_words(cast: Cast, email: str) -> None:
    """Checks 44 and 77."""
    answer = Client().post("/sign-in/", {"email": email})
    assert answer.status_code == 422
    assert "not a mail address we can write to" in answer.content.decode()
    assert not DBTaskResult.objects.filter(queue_name="mail").exists()


def test_signing_out_is_a_post_and_empties_the_browser_cache(cast: Cast) -> None:
    client = client_of(cast.free)
    assert client.get("/sign-out/").status_code == 405 and is_in(client)
    answer = client.post("/sign-out/")
    assert answer["Clear-Site-Data"] == '"cache"' and not is_in(client)


def test_every_form_needs_its_csrf_token(cast: Cast) -> None:
    """Check 49."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.free)
    for path in (
        "/sign-in/",
        "/sign-out/",
        "/account/delete/",
        "/account/mail/",
        "/account/devices/others/",
        "/subscribe/begin/",
    ):
        assert client.post(path, {}).status_code == 403, path
    assert Device.objects.count() <= 1
