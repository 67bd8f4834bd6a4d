"""Every kind of event purges something, or says why it purges nothing; and which pages stay when something happens."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from masthead.content.models import Post
from masthead.content.publishing import publish
from masthead.content.tagging import change_tag, make_tag
from masthead.core import events
from masthead.core.page_tags import LISTS, MEMBERS, MISSING, MORE, SITE, of_member, of_post, of_tag
from masthead.importers.ghost.stages import STAGES
from masthead.ops.clock import CHORES
from masthead.pagestore import log
from masthead.pagestore.models import Purge
from masthead.pagestore.purging import NOTHING, RULES
from tests.cast import Cast, client_of, published
from tests.pagestore.acts import changed_to
from tests.shape.test_documented import documented


def purged_since(last: int) -> set[str]:
    """Return the tags of all rows of the log after this one."""
    return set(Purge.objects.filter(pk__gt=last).values_list("tag", flat=True))


def last_row() -> int:
    """Return the id of the last row of the log; 0 if there is none."""
    return Purge.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def without_rule(kinds: Iterable[str]) -> set[str]:
    """Return the kinds of which nobody said what they purge, or which stand in both tables."""
    return {kind for kind in kinds if (kind in RULES) == (kind in NOTHING)}


def test_every_kind_of_event_has_a_rule_or_a_reason() -> None:
    kinds = documented("events.md")
    assert len(kinds) > 40
    assert without_rule(kinds) == set()
    assert RULES.keys() | NOTHING.keys() <= kinds
    assert all(len(reason.split()) > 3 for reason in NOTHING.values())


def test_a_kind_without_a_rule_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert without_rule([*documented("events.md"), "ship.sunk"]) == {"ship.sunk"}
    monkeypatch.delitem(RULES, "tag.changed")
    monkeypatch.setitem(NOTHING, "tag.deleted", "it stands in both")
    assert without_rule(documented("events.md")) == {"tag.changed", "tag.deleted"}


def test_a_new_post_leaves_the_pages_of_all_others_as_they_are(cast: Cast) -> None:
    published("First", "Words.", cast=cast)
    before = last_row()
    post = published("Second", "Words.", cast=cast, at=timezone.now())
    assert purged_since(before) == {of_post(post.pk), LISTS, MISSING}


def test_an_older_post_that_comes_between_others_purges_what_names_neighbours(cast: Cast) -> None:
    published("First", "Words.", cast=cast)
    before = last_row()
    old = published("Second", "Words.", cast=cast, at=timezone.now() - timedelta(days=9))
    assert MORE in purged_since(before)
    before = last_row()
    publish(changed_to(old, title="Second, corrected"), by=None, at=timezone.now())
    assert purged_since(before) == {of_post(old.pk), LISTS, MISSING}
    before = last_row()
    publish(
        changed_to(old, tag_ids=[make_tag("Sea", by=None, at=timezone.now()).pk, cast.section.pk]),
        by=None,
        at=timezone.now(),
    )
    assert MORE in purged_since(before)


def test_a_translation_purges_the_pages_that_name_it(cast: Cast) -> None:
    post, other = (published(title, "Words.", cast=cast) for title in ("A ship", "Um navio"))
    Post.objects.filter(pk=other.pk).update(translation_of=post)
    before = last_row()
    publish(changed_to(other, language="pt"), by=None, at=timezone.now())
    assert {of_post(post.pk), of_post(other.pk)} <= purged_since(before)


def test_only_a_section_and_one_that_was_for_staff_only_purge_every_page(cast: Cast) -> None:
    tag = make_tag("Sea", by=None, at=timezone.now())
    before = last_row()
    change_tag(tag, {"name": "Oceans"}, by=None, at=timezone.now())
    assert purged_since(before) == {of_tag(tag.pk), LISTS, MISSING}
    before = last_row()
    change_tag(tag, {"is_internal": True}, by=None, at=timezone.now())
    assert SITE in purged_since(before)
    before = last_row()
    change_tag(cast.section, {"name": "The world"}, by=None, at=timezone.now())
    assert SITE in purged_since(before)


def test_signing_out_one_device_voids_the_cookies_of_its_member(cast: Cast) -> None:
    browser, other = client_of(cast.paid), client_of(cast.paid)
    for one in (browser, other):
        one.get("/account/")
    device = cast.paid.devices.latest("pk")
    before = last_row()
    browser.post(f"/account/devices/{device.public_id}/")
    assert purged_since(before) == {of_member(cast.paid.pk)}
    assert cast.paid.devices.count() == 1
    assert [one.get("/account/").status_code for one in (browser, other)] == [200, 302]


def test_what_is_brought_in_in_bulk_voids_every_reader_cookie(db: None) -> None:
    before = last_row()
    with transaction.atomic():
        events.write("members.imported", "import:ghost", at=timezone.now(), rows=3)
    assert purged_since(before) == {MEMBERS}


@pytest.mark.django_db(transaction=True)
def test_a_purge_that_is_taken_back_leaves_no_row_and_tells_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr("masthead.pagestore.purging.parts.counter", lambda: type("C", (), {"change": told.append}))
    with transaction.atomic():
        events.write("sections.changed", "publication:1", at=timezone.now())
        transaction.set_rollback(True)
    assert (last_row(), told) == (0, [])
    assert not connection.in_atomic_block


def test_the_clock_forgets_old_rows_of_the_log(db: None) -> None:
    assert log.forget in CHORES
    now = timezone.now()
    with transaction.atomic():
        log.write(["post:1"], at=now - log.ROWS_KEPT - timedelta(minutes=1))
        log.write(["post:2"], at=now - log.LONGEST_KEPT)
    assert log.forget(at=now) == 1
    assert list(Purge.objects.values_list("tag", flat=True)) == ["post:2"]


def test_every_stage_of_an_import_is_known() -> None:
    """What stands on pages tells so itself or by its batch (importers/ghost/run.py): a new stage must be thought of."""
    known = "settings authors tags newsletters tiers offers snippets posts pages redirects members remote comparing"
    assert [name for name, _ in STAGES] == known.split()
