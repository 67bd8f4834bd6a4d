"""The whole import by its command: the export, the list, and the running site."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from masthead.access.models import Tier
from masthead.billing.models import Subscription
from masthead.members.models import Member
from tests.importers.ghost.bringing import bring_in
from tests.importers.ghost.exports import Export
from tests.importers.ghost.members.bringing import DAILY, SILVER, as_csv, member, row, tables, takes
from tests.importers.ghost.members.remote import complimentary, reader, subscription
from tests.stand_ins.ghost import KEY, running_ghost


@pytest.mark.django_db
def test_members_come_with_what_they_take_and_pay(tmp_path: Path, settings: Any) -> None:
    listed, key = tmp_path / "members.csv", tmp_path / "key"
    listed.write_text(as_csv([row(1, tiers="Silver"), row(2, email="nobody")]), encoding="utf-8")
    key.write_text(KEY + "\n", encoding="utf-8")
    export = Export(tables=tables())
    paid = subscription(current_period_end=(timezone.now() + timedelta(days=200)).isoformat())
    people = [reader(1, DAILY, status="paid", tiers=[complimentary(SILVER)], subscriptions=[paid]), reader(3)]
    with running_ghost(members=people, newsletters=tables()["newsletters"]) as site:
        settings.FETCH_ALLOW = [site.server.pair]
        flags = (listed, "--site", site.url, "--key-file", key, "--report", tmp_path / "report.md", "--rehearse")
        done = bring_in(export, tmp_path, *flags)
        again = bring_in(export, tmp_path, *flags)
    assert (done.code, again.code) == (0, 0), done.report
    assert Member.objects.count() == 2 and takes(member(1))["Daily"]
    assert Subscription.objects.get().member == member(1)
    assert done.says("members row 2", "no address") and "2 members of the running site as there" in done.out
    assert "1 members unchanged" in again.out and "2 remote members unchanged" in again.out
    report = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert KEY not in done.out + done.report + report and "reader1" not in done.report + report


@pytest.mark.django_db
def test_a_key_that_the_running_site_refuses_is_said_before_anything_is_brought_in(
    tmp_path: Path, settings: Any
) -> None:
    with running_ghost() as site:
        settings.FETCH_ALLOW = [site.server.pair]
        done = bring_in(Export(tables=tables()), tmp_path, "--site", site.url, "--key", f"{KEY[:-2]}00")
    assert done.code == 2 and "The key was refused" in done.report and KEY[:24] not in done.report
    assert not Tier.objects.exists()
