"""What cannot be taken in is refused with the place named, and nothing is changed (check 128)."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from django.conf import settings

from masthead.access.models import Tier
from masthead.content.models import Media, Post
from masthead.core.carrying import OutError, carried_tables
from masthead.core.models import Publication
from masthead.importers.whole import command
from masthead.members.models import Member
from masthead.members.roles import Role
from tests.cast import Cast, make_cast, published
from tests.importers.whole.moving import back, lines_of, out, sealed, wipe
from tests.importers.whole.rich import make_rich


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the export of the rich publication stands, once the first test has written it."""
    return tmp_path_factory.mktemp("written") / "a"


@pytest.fixture
def folder(db: None, written: Path, tmp_path: Path) -> Path:
    """An export of the rich publication, with its publication gone."""
    if not written.exists():
        make_rich(make_cast())
        out(written)
        wipe()
    return Path(copytree(written, tmp_path / "a"))


def refused(folder: Path) -> str:
    """What an import of this folder is refused with; the publication stays empty."""
    with pytest.raises(OutError) as caught:
        back(folder)
    assert [table.name for table in carried_tables() if table.rows.exists()] == []
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    return str(caught.value)


def change(folder: Path, table: str, number: int, **changes: Any) -> None:
    """Give a line other values and seal the export anew."""
    path = folder / f"{table}.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[number - 1] = (json.dumps(json.loads(lines[number - 1]) | changes) + "\n").encode()
    path.write_bytes(b"".join(lines))
    sealed(folder)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda a: (a / "members.jsonl").write_bytes((a / "members.jsonl").read_bytes()[:-9]), ["members.jsonl", "cut short"]),
        (lambda a: (a / "tags.jsonl").write_bytes((a / "tags.jsonl").read_bytes().replace(b"o", b"0")), ["tags.jsonl", "hash"]),
        (lambda a: (a / "posts.jsonl").unlink(), ["posts.jsonl", "missing"]),
        (lambda a: next((a / "media").iterdir()).unlink(), ["media/", "missing"]),
        (lambda a: (a / "manifest.json").unlink(), ["no export"]),
        (lambda a: (a / "manifest.json").write_text("{"), ["no export"]),
        (lambda a: (a / "manifest.json").write_text("[]"), ["no export"]),
        (lambda a: (a / "manifest.json").write_text('{"format": "1"}'), ["no export"]),
        (lambda a: (a / "manifest.json").write_text("[" * 99_999), ["no export"]),
        (lambda a: (a / "manifest.json").write_text('{"format": 2, "masthead": "9.1"}'), ["format 2", "9.1", "Upgrade"]),
        (lambda a: (a / "manifest.json").write_text('{"format": 1, "counts": {}, "files": 3, "publication": ""}'), ["no export"]),
    ],
)  # fmt: skip
def test_a_corrupted_foreign_or_newer_export_is_refused(
    folder: Path, spoil: Callable[[Path], Any], words: list[str]
) -> None:
    spoil(folder)
    told = refused(folder)
    assert all(word in told for word in words), told


@pytest.mark.parametrize("name", ["../../up.txt", "/etc/passwd", "media/../../x", "media/.hidden", "C:\\x", "media//x"])
def test_a_file_that_leads_out_of_the_export_is_refused(folder: Path, name: str) -> None:
    told = json.loads((folder / "manifest.json").read_text())
    told["files"][name] = {"size": 0, "sha256": ""}
    (folder / "manifest.json").write_text(json.dumps(told))
    assert "leads out of the export" in refused(folder)


def test_a_link_in_the_export_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes((folder / "tags.jsonl").read_bytes())
    (folder / "tags.jsonl").unlink()
    (folder / "tags.jsonl").symlink_to(tmp_path / "secret")
    assert "tags.jsonl is missing" in refused(folder)


@pytest.mark.parametrize(
    ("table", "number", "changes", "words"),
    [
        ("members", 2, {"mood": "calm"}, "mood is nothing that this release knows"),
        ("members", 3, {"email": 7}, "email must be text, not a whole number"),
        ("members", 3, {"is_active": 1}, "is_active must be true or false"),
        ("members", 3, {"role": "emperor"}, "role cannot be 'emperor'"),
        ("members", 3, {"joined_at": "2024-01-01"}, "joined_at must be a moment"),
        ("members", 3, {"joined_at": None}, "joined_at must not be null"),
        ("members", 3, {"labels": ["nobody"]}, "labels names 'nobody'"),
        ("members", 3, {"labels": "vip"}, "labels must be a list"),
        ("members", 3, {"name": "x" * 121}, "name may have at most 120"),
        ("members", 3, {"email": "free@readers.example"}, "cannot stand beside the lines above it"),
        ("entitlements", 1, {"member": "nobody"}, "member names 'nobody'"),
        ("entitlements", 1, {"member": ["x"]}, "member names ['x']"),
        ("tiers", 1, {"trial_days": -1}, "trial_days cannot be -1"),
        ("tiers", 1, {"trial_days": 10**30}, "trial_days cannot be 1000"),
        ("tiers", 1, {"benefits": {}}, "benefits must be a list"),
        ("drafts", 1, {"document": {"type": "doc", "content": [{"type": "ship"}]}}, "document "),
        ("drafts", 1, {"document": {"type": "doc", "attrs": {"schema": 99}}}, "schema is 99"),
        ("api_keys", 1, {"last_used_on": "today"}, "last_used_on must be a day"),
        ("posts", 1, {"extras": {"mood": "x"}}, "extras There is no extra 'mood'"),
        ("posts", 1, {"translation_of": "nobody"}, ""),
        ("attachments", 1, {"type": "text/html"}, "type cannot be 'text/html'"),
        ("attachments", 1, {"type": "image/svg+xml"}, "type cannot be"),
        ("media", 1, {"file": "../../x.png"}, "file must be the name of a file in media/"),
        ("media", 1, {"file": "media/" + "x" * 300}, "file may have at most 200"),
        ("schedules", 1, {"revision": 77}, "revision is 77"),
        ("addresses", 1, {"tag": "world"}, "cannot stand"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_is_named(
    folder: Path, table: str, number: int, changes: dict[str, Any], words: str
) -> None:
    change(folder, table, number, **changes)
    told = refused(folder)
    assert words in told and told.startswith(f"{table}.jsonl, line {number}: " if words else f"{table}.jsonl: "), told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"{\n", "is no JSON"),
        (b"\n", "is no JSON"),
        (b"[]\n", "must be an object"),
        (b"{}\n", "slug, name is missing"),
        (b'{"slug": "a", "slug": "b"}\n', "has a name twice"),
        (b'{"slug": NaN, "name": "b"}\n', "holds NaN"),
        (b'{"slug": "\xff", "name": "b"}\n', "is no UTF-8"),
        (b'{"slug": ' + b"[" * 99_999 + b"\n", "is nested too deep"),
    ],
)
def test_a_broken_line_is_named(folder: Path, text: bytes, words: str) -> None:
    (folder / "labels.jsonl").write_bytes((folder / "labels.jsonl").read_bytes() + text)
    sealed(folder)
    told = refused(folder)
    assert told.startswith("labels.jsonl, line 3: ") and words in told, told


def test_a_line_too_few_is_seen(folder: Path) -> None:
    lines = (folder / "suppressions.jsonl").read_bytes()
    (folder / "suppressions.jsonl").write_bytes(lines[:0])
    sealed(folder)
    assert "suppressions.jsonl has 0 lines; the manifest says 1" in refused(folder)


def test_what_an_app_wrote_that_is_not_here_is_refused(folder: Path) -> None:
    told = json.loads((folder / "manifest.json").read_text())
    told["counts"]["ships"] = 0
    (folder / "manifest.json").write_text(json.dumps(told))
    assert "ships" in refused(folder)


def test_a_publication_that_is_not_empty_is_refused_and_stays_as_it_is(cast: Cast, tmp_path: Path) -> None:
    post = published("Storm", "Wind.", cast=cast)
    out(tmp_path / "a")
    with pytest.raises(OutError, match=r"1 posts.*masthead new"):
        back(tmp_path / "a")
    assert Post.objects.get().pk == post.pk and Member.objects.count() == 11 and Tier.objects.count() == 2


def test_the_owner_who_is_there_is_replaced_or_stays_beside_the_others(folder: Path) -> None:
    Publication.objects.create(pk=1, name="New")
    Member.objects.create_user("owner@paper.example", role=Role.OWNER)
    back(folder)
    assert Member.objects.filter(role=Role.OWNER).count() == 1
    assert Publication.current().name == "The Paper" and Media.objects.exists()
    wipe()
    Member.objects.create_user("printer@paper.example", role=Role.OWNER)
    back(folder)
    assert set(Member.objects.filter(role=Role.OWNER).values_list("email", flat=True)) == {
        "owner@paper.example", "printer@paper.example",
    }  # fmt: skip


def test_a_single_member_who_is_no_owner_is_refused(folder: Path) -> None:
    Member.objects.create_user("reader@paper.example")
    with pytest.raises(OutError, match="1 members"):
        back(folder)


def test_what_a_killed_import_left_of_files_is_written_anew(folder: Path) -> None:
    name = Path(lines_of(folder, "media")[0]["file"]).name
    place = Path(settings.MEDIA_ROOT) / "originals" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"half")
    back(folder)
    assert place.read_bytes() == (folder / "media" / name).read_bytes()


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/", "/a?b/", "/a/../b/", "a/", "/a", "/a b/"])
@pytest.mark.parametrize(("table", "column"), [("tags", "own_path"), ("authors", "own_path"), ("posts", "path"), ("addresses", "path")])  # fmt: skip
def test_no_address_of_an_export_leads_elsewhere(folder: Path, table: str, column: str, path: str) -> None:
    """Check 89: each stands in links and in redirects, which a browser would follow to another site."""
    change(folder, table, 1, **{column: path})
    assert f"{table}.jsonl, line 1: {column}" in refused(folder) and "no address" in refused(folder)


@pytest.mark.parametrize("node", [{"type": "audience"}, {"type": "audience", "attrs": {"web": ["paid"]}, "content": []}, {"type": "heading", "content": []}])  # fmt: skip
@pytest.mark.parametrize(("table", "column"), [("posts", "opening"), ("bodies", "document"), ("sealed_blocks", "document")])  # fmt: skip
def test_what_is_out_comes_in_whole_or_not_at_all(folder: Path, table: str, column: str, node: Any) -> None:
    """A node with something left to be filled in would break every page that shows the post."""
    change(folder, table, 1, **{column: {"type": "doc", "attrs": {"schema": 1}, "content": [node]}})
    assert f"{table}.jsonl, line 1: {column} holds a node without" in refused(folder)


def test_who_may_do_what_here_by_an_export_is_said(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Check 89: an export that passed through other hands may name another owner, and let anybody in."""
    published("A ship", "Words.", cast=make_cast())
    Member.objects.filter(email="free@readers.example").update(role=Role.OWNER)
    Publication.objects.update(staff_second_factor=False, runs_custom_code=True)
    out(tmp_path / "a")
    wipe()
    assert command.run(argparse.Namespace(path=tmp_path / "a", quiet=True)) == 0
    said = capsys.readouterr().out
    assert "free@readers.example (owner)" in said and "editor@paper.example (editor)" in said
    assert "staff need no passkey" in said and "code in pages and posts is sent" in said
    assert "gold@readers.example" not in said
