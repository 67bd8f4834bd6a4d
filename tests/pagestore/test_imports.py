"""What an import changes of pages purges them, batch by batch; one that changes nothing purges nothing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from masthead.core.page_tags import MEMBERS, MISSING, SITE
from masthead.importers.ghost.run import SHOWN
from masthead.pagestore import purging
from tests.importers.ghost.bringing import bring_in
from tests.importers.ghost.exports import Export, Row
from tests.pagestore.test_purging import last_row, purged_since

pytestmark = pytest.mark.django_db
Rows = dict[str, Row]


def paper() -> tuple[Export, Rows]:
    """Return a small paper, and its rows by name."""
    export = Export()
    rows = {"user": export.user("ines-okafor"), "tag": export.tag("Sea"), "tier": export.tier("gold")}
    rows["post"] = export.post(
        "harbour", tags=[rows["tag"]], authors=[rows["user"]], tiers=[rows["tier"]], visibility="tiers"
    )
    return export, rows


def purged_by(export: Export, folder: Path, *flags: str | Path) -> set[str]:
    """Import, and return what that purged."""
    before = last_row()
    assert bring_in(export, folder, *flags).code == 0
    return purged_since(before)


@pytest.mark.parametrize(
    "change",
    [
        lambda export, rows: rows["user"].update(name="Inês O."),
        lambda export, rows: rows["tag"].update(name="Oceans"),
        lambda export, rows: rows["tier"].update(name="Platinum"),
        lambda export, rows: rows["tier"].update(monthly_price=600),
        lambda export, rows: rows["tier"].update(monthly_price=None),
        lambda export, rows: export.tag("Sky"),
        lambda export, rows: export.settings(title="The Paper"),
    ],
)
def test_a_row_that_is_another_in_the_second_import_purges_every_page(
    tmp_path: Path, change: Callable[[Export, Rows], object]
) -> None:
    export, rows = paper()
    assert {SITE, MISSING} <= purged_by(export, tmp_path)
    assert purged_by(export, tmp_path) == set()
    change(export, rows)
    assert {SITE, MISSING} <= purged_by(export, tmp_path)


def test_redirects_and_own_addresses_purge(tmp_path: Path) -> None:
    export, _ = paper()
    purged_by(export, tmp_path)
    (tmp_path / "redirects.json").write_text(json.dumps([{"from": "/old/", "to": "/harbour/", "permanent": True}]))
    assert MISSING in purged_by(export, tmp_path, "--redirects", tmp_path / "redirects.json")
    (tmp_path / "routes.yaml").write_text(
        "routes:\ncollections:\n  /:\n    permalink: /{slug}/\ntaxonomies:\n  tag: /topics/{slug}/\n"
    )
    purged = purged_by(export, tmp_path, "--routes", tmp_path / "routes.yaml")
    assert any(tag.startswith("tag:") for tag in purged) and MISSING in purged


def test_a_batch_that_tells_nothing_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A seeded fault: without its event, another name of a tier would stay on every wall."""
    assert {"authors", "tags", "tiers", "redirects"} <= SHOWN
    export, rows = paper()
    purged_by(export, tmp_path)
    rows["tier"].update(name="Platinum")
    monkeypatch.delitem(purging.RULES, "publication.imported")
    assert SITE not in purged_by(export, tmp_path)


def test_members_that_come_in_void_every_reader_cookie(tmp_path: Path) -> None:
    export, _ = paper()
    (tmp_path / "members.csv").write_text(
        "id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers\n"
        "64b1,one@readers.example,One,,true,true,,2023-01-01T00:00:00.000Z,,,\n"
    )
    assert MEMBERS in purged_by(export, tmp_path, tmp_path / "members.csv")
