"""What watches over the site, and the outbox that stands in for a relay."""

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection
from django.test import Client, override_settings

from masthead.ops.models import OutboxMail
from tests.cast import Cast, client_of

OUTBOX = "masthead.ops.outbox.OutboxBackend"


def test_the_site_says_that_it_is_well(db: None) -> None:
    for answer in (Client().get("/healthz"), Client().head("/healthz")):
        assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain")
        assert "no-store" in answer["Cache-Control"] and not answer.cookies
    assert Client().get("/healthz").content == b"ok\n"
    assert Client().post("/healthz").status_code == 405


def test_the_site_says_that_its_database_is_away_and_nothing_of_it(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check 125."""

    def away(*_: object, **__: object) -> None:
        raise OSError("Secretplace of the database")

    client = Client(raise_request_exception=False)
    assert client.get("/healthz").status_code == 200
    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", away)
        answer = client.get("/healthz")
    assert answer.status_code == 500 and "Secretplace" not in answer.content.decode()
    assert "Something broke on our side" in answer.content.decode()


def test_the_outbox_keeps_a_row_for_each_recipient(db: None) -> None:
    message = EmailMultiAlternatives(
        "A & <b>", "Text", "news@paper.example", ["a@x.example"], cc=["b@x.example"], bcc=["c@x.example"]
    )
    message.attach_alternative("<p>HTML</p>", "text/html")
    assert get_connection(OUTBOX).send_messages([message]) == 1
    rows = OutboxMail.objects.order_by("pk")
    assert [(row.to, row.subject, row.text, row.html) for row in rows] == [
        (f"{name}@x.example", "A & <b>", "Text", "<p>HTML</p>") for name in "abc"
    ]
    assert "Subject: A & <b>" in rows[0].raw and "c@x.example" not in rows[0].raw
    assert get_connection(OUTBOX).send_messages([]) == 0


@pytest.mark.parametrize(("mode", "status"), [("demo", 200), ("dev", 200), ("live", 404), ("", 404)])
def test_the_outbox_is_a_page_in_demo_and_development_only(cast: Cast, mode: str, status: int) -> None:
    OutboxMail.objects.create(to="a@x.example", subject="<script>", text="Code 123456 & <b>", raw="")
    with override_settings(MODE=mode):
        for member in (None, cast.owner):
            answer = client_of(member).get("/outbox/")
            assert answer.status_code == status
            assert ("123456" in answer.content.decode()) is (status == 200)
            assert "<script>" not in answer.content.decode().split("<main")[1]
