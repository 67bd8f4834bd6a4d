"""A publication that is rehearsed beside the system it comes from mails and charges nobody."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from masthead.billing.models import Checkout
from masthead.core.models import Publication
from tests.cast import Cast, client_of

Rehearse = Callable[[bool], None]


@pytest.fixture
def rehearse(settings: object) -> Rehearse:
    settings.EMAIL_BACKEND = "masthead.ops.posting.Backend"  # type: ignore[attr-defined]
    settings.MAIL_ONWARD = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    return lambda is_on: (Publication.objects.filter(pk=1).update(is_rehearsal=is_on), None)[1]


@pytest.mark.parametrize("is_on", [True, False])
def test_mail_goes_to_staff_only(cast: Cast, rehearse: Rehearse, is_on: bool) -> None:
    rehearse(is_on)
    for to, cc in (([cast.free.email], []), ([cast.owner.email.upper()], [cast.paid.email]), (["x@else.example"], [])):
        EmailMessage("Hello", "There", to=to, cc=cc).send()
    got = sorted(address for message in mail.outbox for address in message.recipients())
    everybody = sorted([cast.free.email, cast.owner.email.upper(), cast.paid.email, "x@else.example"])
    assert got == ([cast.owner.email.upper()] if is_on else everybody)


@pytest.mark.parametrize("is_on", [True, False])
def test_nobody_can_pay(cast: Cast, rehearse: Rehearse, is_on: bool) -> None:
    rehearse(is_on)
    client = client_of(cast.free)
    page = client.get("/subscribe/").content.decode()
    assert ("Gold" in page) != is_on
    answer = client.post("/subscribe/begin/", {"price": cast.prices["gold"].public_id})
    assert (answer.status_code == 302) != is_on
    assert Checkout.objects.exists() != is_on


@pytest.mark.parametrize("is_on", [True, False])
def test_search_engines_are_kept_out_and_the_desk_says_what_this_is(
    cast: Cast, rehearse: Rehearse, client: Client, is_on: bool
) -> None:
    rehearse(is_on)
    assert ("noindex" in client.get("/").headers.get("X-Robots-Tag", "")) == is_on
    assert ("Disallow: /\n" in client.get("/robots.txt").content.decode()) == is_on
    assert ("This is a rehearsal" in client_of(cast.owner).get("/desk/").content.decode()) == is_on
