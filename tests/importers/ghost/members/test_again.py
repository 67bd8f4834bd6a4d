"""The same import again, in any order, and after it was killed."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from masthead.access.models import Entitlement
from masthead.billing.models import Customer, Subscription
from masthead.core.models import Event
from masthead.importers.models import Counterpart
from masthead.members.models import Label, Member
from masthead.newsletters.models import Choice, Newsletter, OldLink, Suppression
from tests.importers.ghost.members.bringing import DAILY, GOLD, NOW, SILVER, WEEKLY, Ghost, as_csv, row
from tests.importers.ghost.members.remote import complimentary, reader, site_of, subscription
from tests.shape.sources import ROOT

LATER = NOW + timedelta(hours=1)


def everything() -> dict[str, Any]:
    """Return what an import of members leaves, without the ids that another database may have given."""
    return {
        "members": sorted(
            (one.email, one.name, one.note, one.joined_at, tuple(one.labels.order_by("name").values_list("name", flat=True)))
            for one in Member.objects.all()
        ),
        "held": sorted(
            (one.member.email, one.tier.slug, one.why, str(one.starts_at), str(one.ends_at))
            for one in Entitlement.objects.select_related("member", "tier")
        ),
        "choices": sorted(Choice.objects.values_list("member__email", "newsletter__slug", "takes", "by")),
        "subscriptions": sorted(Subscription.objects.values_list("provider_id", "member__email", "state", "price__units")),
        "customers": sorted(Customer.objects.values_list("provider_id", "member__email")),
        "links": sorted(OldLink.objects.values_list("uuid", "key_hash", "member__email")),
        "suppressed": sorted(Suppression.objects.values_list("email", "reason")),
        "known": sorted(Counterpart.objects.exclude(kind="reached").values_list("kind", "foreign_id", "fingerprint")),
        "others": (Label.objects.count(), Newsletter.objects.count()),
    }  # fmt: skip


def a_crowd(seed: int = 7, count: int = 60) -> list[dict[str, Any]]:
    """Members of every kind, the same for a seed."""
    dice = random.Random(seed)
    return [
        row(
            number,
            subscribed_to_emails=dice.choice(["true", "false", ""]),
            complimentary_plan=dice.choice(["true", "", ""]),
            tiers=dice.choice(["", "Silver", "Gold, the best"]),
            labels=dice.choice(["", "a", "b,c"]),
            stripe_customer_id=dice.choice(["", f"cus_{number}"]),
        )
        for number in range(count)
    ]


def people() -> list[dict[str, Any]]:
    return [
        reader(0, DAILY, status="paid", tiers=[complimentary(SILVER)], subscriptions=[subscription(0)]),
        reader(1, WEEKLY, status="comped", tiers=[complimentary(GOLD, until="2026-09-01T00:00:00Z")]),
        *(reader(number, DAILY) for number in range(2, 60)),
    ]


def test_the_same_again_changes_nothing(ghost: Ghost, settings: Any) -> None:
    ghost.rows = a_crowd()
    with site_of(ghost, settings, *people()):
        ghost.bring()
        before, events = everything(), Event.objects.count()
        run = ghost.bring(at=LATER)
    assert everything() == before and Event.objects.count() == events
    counts = run.report.counts
    assert counts["members unchanged"] == counts["remote members unchanged"] == 60
    assert not any(word.endswith(("created", "updated", "taken over")) for word in counts)


@pytest.mark.parametrize("order", ["list, then site", "site, then list", "both at once", "site, list, site"])
def test_in_whatever_order_it_comes_the_running_site_has_the_last_word(ghost: Ghost, settings: Any, order: str) -> None:
    ghost.rows = [
        row(0, tiers="Silver", stripe_customer_id="cus_0"),
        row(1, complimentary_plan="true", tiers="Gold, the best"),
    ]
    with site_of(ghost, settings, *people()[:2]):
        site, key = ghost.site, ghost.key
        for step in order.split(", "):
            is_site = step.startswith("site") or step == "then site" or "both" in step
            ghost.site, ghost.key = (site, key) if is_site else ("", "")
            ghost.bring(text="id,email\n" if is_site and "both" not in step else None)
    found = everything()
    current = Entitlement.objects.current(NOW + timedelta(minutes=1)).order_by("member__email")
    assert [(one.member.email, one.tier.slug, one.why, one.ends_at is None) for one in current] == [
        ("reader0@readers.example", "silver", "subscription", False),
        ("reader1@readers.example", "gold", "complimentary", False),
    ]
    assert [(email, slug) for email, slug, takes, _ in found["choices"] if takes] == [
        ("reader0@readers.example", "daily"), ("reader1@readers.example", "weekly"),
    ]  # fmt: skip
    assert len(found["choices"]) == 6 and len(found["subscriptions"]) == 1


SCRIPT = """
import sys
from pathlib import Path
import django
django.setup()
from django.db import connection
from tests.importers.ghost.members.bringing import Ghost
from tests.importers.ghost.members.test_again import a_crowd
from masthead.importers.ghost import members
members.BATCH = 20
from django.core.management import call_command
call_command("migrate", verbosity=0)
ghost = Ghost(Path(sys.argv[1]), a_crowd(count=700))
print("begun", flush=True)
ghost.bring()
print("done", flush=True)
from tests.importers.ghost.members.test_again import everything
print(everything(), flush=True)
"""


def run_apart(folder: Path) -> subprocess.Popen[str]:
    (folder / "data").mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"MASTHEAD_TEST_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment.pop("MASTHEAD_TEST_DATABASE_URL", None)
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(folder)], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )


def ended(process: subprocess.Popen[str]) -> str:
    out, _ = process.communicate(timeout=300)
    assert process.returncode == 0
    return out.partition("done")[2]


def test_a_run_that_was_killed_and_begun_again_leaves_the_same(tmp_path: Path) -> None:
    """Check 109: kill -9 at some moments of the import, each time by a process of its own."""
    whole = ended(run_apart(tmp_path / "whole"))
    assert "reader699@" in whole
    killed, dice = 0, random.Random(11)
    for _ in range(3):
        process = run_apart(tmp_path / "killed")
        assert process.stdout is not None and process.stdout.readline() == "begun\n"
        time.sleep(dice.uniform(0.05, 0.4))
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.wait()
        process.stdout.close()
    assert killed
    assert ended(run_apart(tmp_path / "killed")) == whole


def test_a_list_is_read_as_a_stream(tmp_path: Path) -> None:
    """Check 90: what is held at once does not grow with the list."""
    import tracemalloc

    from masthead.importers.ghost.member_file import MemberFile

    path = tmp_path / "members.csv"
    path.write_text(as_csv(row(number, note="x" * 200) for number in range(20_000)), encoding="utf-8")
    tracemalloc.start()
    count = sum(1 for _ in MemberFile(path).rows())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 20_000 and peak < path.stat().st_size / 5
