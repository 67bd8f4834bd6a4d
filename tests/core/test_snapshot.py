"""What is read in a snapshot is of one moment."""

from threading import Thread

import pytest
from django.db import connection, transaction

from masthead.content.models import Tag
from masthead.core.snapshot import snapshot


def write_elsewhere(slug: str) -> None:
    """Write through a connection of its own, as another process would; fails if it has to wait."""

    def write() -> None:
        try:
            Tag.objects.create(slug=slug, name=slug)
        finally:
            connection.close()

    thread = Thread(target=write)
    thread.start()
    thread.join(timeout=10)
    assert not thread.is_alive(), "the writer had to wait"


@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_not_seen_and_waits_for_nothing() -> None:
    with snapshot():
        write_elsewhere("late")
        assert not Tag.objects.exists()
        write_elsewhere("later")
        assert not Tag.objects.exists()
    assert Tag.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_transaction_after_it_is_as_before_it() -> None:
    with snapshot():
        Tag.objects.count()
    with transaction.atomic():
        Tag.objects.create(slug="own", name="Own")
    assert getattr(connection, "transaction_mode", "IMMEDIATE") == "IMMEDIATE"


@pytest.mark.django_db
def test_within_a_transaction_it_is_that_transactions_view() -> None:
    Tag.objects.create(slug="mine", name="Mine")
    with snapshot():
        assert Tag.objects.get().slug == "mine"
