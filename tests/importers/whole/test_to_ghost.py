"""`masthead export --ghost`: what Ghost imports, and what our own importer of Ghost reads back."""

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.utils import timezone

from masthead.content.models import Media, Post
from masthead.importers.ghost.importing import import_ghost
from masthead.importers.ghost.options import Options
from masthead.importers.models import Counterpart
from masthead.importers.to_ghost.members import safe_cell
from masthead.importers.to_ghost.writing import GhostOut, write_ghost
from masthead.importers.whole.targets import target_for
from masthead.members.models import Member
from tests.cast import Cast
from tests.importers.whole.moving import back, files_of, lines_of, out, wipe
from tests.importers.whole.rich import make_rich


def to_ghost(path: Path) -> GhostOut:
    return write_ghost(target_for(path), at=timezone.now(), say=lambda line: None)


def from_ghost(folder: Path) -> list[str]:
    """Import what was written and return what the importer did not understand."""
    options = Options(
        folder / "export.json", members=folder / "members.csv", images=folder / "content",
        routes=folder / "routes.yaml", redirects=folder / "redirects.yaml",
    )  # fmt: skip
    return import_ghost(options).report.problems


def published() -> Counter[Any]:
    """Titles and addresses of what is out."""
    return Counter(Post.objects.filter(status="published").values_list("title", "path"))


def tables(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of the export by table."""
    told = json.loads((folder / "export.json").read_text())
    assert list(told) == ["db"] and len(told["db"]) == 1 and told["db"][0]["meta"]["version"]
    found: dict[str, list[dict[str, Any]]] = told["db"][0]["data"]
    return found


# What Ghost's importer of ours does not take over, with the reason.
LOST = {
    ("offers", "updated_at"): "when an offer was archived",
    ("draft", "updated_at"): "when a draft was saved last",
    ("scheduled", "updated_at"): "when a draft was saved last",
}


def differences(first: dict[str, Any], again: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What two exports say otherwise: table, id or slug, column, what the first says, what the second says."""
    found: list[tuple[Any, ...]] = []
    for table in first:
        left, right = ({row["id"]: row for row in one[table]} for one in (first, again))
        found += [(table, id, "is only in one", left.get(id), right.get(id)) for id in left.keys() ^ right.keys()]
        found += [
            (table, row.get("slug", id), column, value, right[id].get(column))
            for id, row in left.items()
            if id in right
            for column, value in row.items()
            if right[id].get(column) != value and not LOST.keys() & {(table, column), (row.get("status"), column)}
        ]
    return found


@pytest.fixture
def rich(cast: Cast) -> Cast:
    make_rich(cast)
    return cast


def test_every_reference_leads_to_a_row_and_every_id_is_ghosts(rich: Cast, tmp_path: Path) -> None:
    to_ghost(tmp_path / "g")
    data = tables(tmp_path / "g")
    ids = {row["id"] for rows in data.values() for row in rows}
    assert all(len(id) == 24 and set(id) <= set("0123456789abcdef") for id in ids)
    assert len(ids) == sum(map(len, data.values()))
    assert [name for name, rows in data.items() if not rows] == []
    for rows in data.values():
        for row in rows:
            for column, value in row.items():
                if column.endswith("_id") and not column.startswith(("stripe", "comment", "parent")) and value:
                    assert value in ids, (column, value)


def test_posts_stand_as_ghost_keeps_them(rich: Cast, tmp_path: Path) -> None:
    to_ghost(tmp_path / "g")
    posts = {row["slug"]: row for row in tables(tmp_path / "g")["posts"]}
    paid = posts["post-paid"]
    assert (paid["status"], paid["visibility"], paid["type"]) == ("published", "paid", "post")
    above, below = paid["html"].split("<!--members-only-->")
    assert "FREEPAIDX" in above and "PAIDPAIDPARAGRAPHX" in below and "PAIDPAID" not in above
    assert any(node["type"] == "paywall" for node in json.loads(paid["lexical"])["root"]["children"])
    assert posts["post-vip"]["visibility"] == "tiers"  # what Ghost has no word for is closed there
    linked = {row["post_id"] for row in tables(tmp_path / "g")["posts_products"]}
    assert posts["post-vip"]["id"] not in linked and posts["post-tiers"]["id"] in linked
    assert posts["post-scheduled"]["status"] == "scheduled" and posts["post-scheduled"]["published_at"]
    assert posts["post-draft"]["status"] == "draft" and posts["post-unpublished"]["status"] == "draft"
    assert "PAIDCHANGEDPARAGRAPHX of the draft" not in posts["post-changed"]["html"]


def test_every_picture_is_where_its_address_says(rich: Cast, tmp_path: Path) -> None:
    to_ghost(tmp_path / "g")
    text = (tmp_path / "g" / "export.json").read_text()
    media = Media.objects.all()
    for row in media:
        path = f"content/images/{row.uploaded_at:%Y/%m}/{row.token}.png"
        assert (tmp_path / "g" / path).is_file() and f"__GHOST_URL__/{path}" in text
    assert "media:" not in text and "/media/" + media[0].token not in text


def test_members_are_a_list_without_formulas(rich: Cast, tmp_path: Path) -> None:
    Member.objects.filter(pk=rich.free.pk).update(name="=cmd()", note='+1 "quoted",\nand more')
    to_ghost(tmp_path / "g")
    raw = (tmp_path / "g" / "members.csv").read_bytes().decode()
    rows = {row["email"]: row for row in csv.DictReader(io.StringIO(raw))}
    free, paid, gifted = (rows[f"{name}@readers.example"] for name in ("free", "paid", "gifted"))
    assert (free["name"], free["note"]) == ("'=cmd()", '\'+1 "quoted",\nand more')
    assert (free["subscribed_to_emails"], paid["subscribed_to_emails"]) == ("true", "false")
    assert (paid["tiers"], paid["stripe_customer_id"], set(paid["labels"].split(","))) == (
        "Paid",
        "cus_1",
        {"VIP", "PRESS"},
    )
    assert gifted["complimentary_plan"] == "true" and rows["lapsed@readers.example"]["tiers"] == ""
    assert "banned@readers.example" not in rows and "owner@paper.example" not in rows


@pytest.mark.parametrize("value", ["=1", "+1", "-1", "@a", "\tx", "\rx"])
def test_a_cell_that_could_be_a_formula_is_none(value: str) -> None:
    assert safe_cell(value) == f"'{value}" and safe_cell(f"a{value}") == f"a{value}" and safe_cell("") == ""


def test_addresses_are_routes_and_redirects(rich: Cast, tmp_path: Path) -> None:
    to_ghost(tmp_path / "g")
    routes = yaml.safe_load((tmp_path / "g" / "routes.yaml").read_text())
    assert routes["collections"]["/"]["permalink"] == "/{year}/{slug}/"
    assert (
        routes["taxonomies"] == {"tag": "/{slug}/", "author": "/by/ines/"} or routes["taxonomies"]["tag"] == "/{slug}/"
    )
    assert routes["routes"]["/post-paid/"] == {"data": "post.post-paid", "template": "post"}
    redirects = yaml.safe_load((tmp_path / "g" / "redirects.yaml").read_text())
    assert redirects[301]["/was/0/"] == "/post-paid/" and redirects[301]["^/old/(.*)$"] == "/new/$1"


def test_out_and_in_and_out_again_is_the_same(rich: Cast, tmp_path: Path) -> None:
    for name in ("Draft", "Revision"):  # at Ghost no post is without an author
        apps.get_model("content", name).objects.filter(author_ids=[]).update(author_ids=[rich.writer.pk])
    to_ghost(tmp_path / "a")
    titles = published()
    wipe()
    problems = from_ghost(tmp_path / "a")
    assert published() == titles, problems
    to_ghost(tmp_path / "b")
    assert differences(tables(tmp_path / "a"), tables(tmp_path / "b")) == []
    for name in ("members.csv", "routes.yaml", "redirects.yaml"):
        assert (tmp_path / "b" / name).read_text() == (tmp_path / "a" / name).read_text(), name
    files = [
        sorted(p.relative_to(tmp_path / x).as_posix() for p in (tmp_path / x / "content").rglob("*")) for x in "ab"
    ]
    assert set(files[1]) < set(files[0])  # an upload that nothing shows is not taken in


def test_what_came_from_ghost_goes_through_our_own_export_with_what_it_is_remembered_by(
    rich: Cast, tmp_path: Path
) -> None:
    to_ghost(tmp_path / "g")
    wipe()
    from_ghost(tmp_path / "g")
    to_ghost(tmp_path / "h")
    held = Counterpart.objects.exclude(object_id=None).exclude(kind="settings").count()
    out(tmp_path / "a")
    assert held > 20 and sum(line["object"] is not None for line in lines_of(tmp_path / "a", "counterparts")) == held
    wipe()
    back(tmp_path / "a")
    out(tmp_path / "b")
    assert files_of(tmp_path / "b") == files_of(tmp_path / "a")
    to_ghost(tmp_path / "i")
    assert tables(tmp_path / "i") == tables(tmp_path / "h")
