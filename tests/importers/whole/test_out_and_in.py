"""Everything goes out, comes in elsewhere, and goes out again the same (check 129)."""

import resource
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.utils import timezone

from masthead.access.reader import ANYONE
from masthead.access.reader_key import Depends
from masthead.content.addresses import target_of
from masthead.content.models import Media, Post
from masthead.content.reading import read_one
from masthead.core.carrying import carried_tables
from masthead.core.models import Event
from masthead.members.models import Member
from masthead.pagestore import parts
from masthead.pagestore.rendered import Rendered
from masthead.search.queries import search
from tests.cast import Cast
from tests.importers.whole.moving import back, files_of, lines_of, out, wipe
from tests.importers.whole.rich import make_rich

EMPTY: tuple[Any, ...] = (None, "", 0, False, [], {})


@pytest.fixture
def rich(cast: Cast) -> Cast:
    make_rich(cast)
    return cast


def test_the_rich_publication_has_something_in_every_column(rich: Cast, tmp_path: Path) -> None:
    out(tmp_path / "a")
    bare = [
        f"{table.name}.{column.name}"
        for table in carried_tables()
        for column in table.columns
        if all(line[column.name] in EMPTY for line in lines_of(tmp_path / "a", table.name))
    ]
    assert bare == []


def test_two_exports_of_one_state_are_the_same_bytes(rich: Cast, tmp_path: Path) -> None:
    out(tmp_path / "a")
    out(tmp_path / "b")
    assert files_of(tmp_path / "a") == files_of(tmp_path / "b")


@pytest.mark.parametrize("name", ["b", "b.zip", "b.tar"])
def test_out_in_and_out_again_is_the_same_bytes(rich: Cast, tmp_path: Path, name: str) -> None:
    out(tmp_path / "a")
    out(tmp_path / name)
    wipe()
    back(tmp_path / name)
    out(tmp_path / "c")
    first, again = files_of(tmp_path / "a"), files_of(tmp_path / "c")
    assert list(first) == list(again)
    for file, text in first.items():
        assert again[file].decode("utf-8", "replace") == text.decode("utf-8", "replace"), file


def test_a_difference_is_seen(rich: Cast, tmp_path: Path) -> None:
    out(tmp_path / "a")
    Media.objects.filter(pk=Media.objects.all()[0].pk).update(credit="Somebody else")
    out(tmp_path / "b")
    changed = {name for name, text in files_of(tmp_path / "b").items() if files_of(tmp_path / "a")[name] != text}
    assert changed == {"media.jsonl", "manifest.json"}


def test_what_came_in_is_read_found_and_addressed_as_before(rich: Cast, tmp_path: Path) -> None:
    paths = {post.public_id: post.path for post in Post.objects.exclude(path="")}
    outside = {post.public_id: read_one(post, ANYONE).text for post in Post.objects.filter(status="published")}
    out(tmp_path / "a")
    wipe()
    mail.outbox.clear()
    back(tmp_path / "a")
    assert {post.public_id: read_one(post, ANYONE).text for post in Post.objects.filter(status="published")} == outside
    for public_id, path in paths.items():
        found = target_of(path)
        assert isinstance(found, Post) and found.public_id == public_id
    former = target_of("/was/0/")
    assert isinstance(former, Post) and former.path == "/post-paid/"
    assert [hit.reading.path for hit in search("FREEMEMBERSX", ANYONE, at=timezone.now()).hits] == ["/post-members/"]
    assert search("PAIDMEMBERSPARAGRAPHX", ANYONE, at=timezone.now()).total == 0
    assert mail.outbox == []
    assert Event.objects.latest("id").kind == "publication.restored"
    assert not Member.objects.get(email="paid@readers.example").has_usable_password()


def test_html_and_markdown_stand_beside_what_is_out_and_show_files_of_the_export(rich: Cast, tmp_path: Path) -> None:
    out(tmp_path / "a")
    line = next(line for line in lines_of(tmp_path / "a", "posts") if line["path"] == "/post-members/")
    assert "PAIDMEMBERSPARAGRAPHX" in line["html"] and "PAIDMEMBERSPARAGRAPHX" in line["markdown"]
    shown = line["html"].partition('src="')[2].partition('"')[0]
    assert (tmp_path / "a" / shown).is_file()
    assert next(line for line in lines_of(tmp_path / "a", "posts") if line["status"] == "draft")["html"] is None


def test_no_secret_goes_out(rich: Cast, tmp_path: Path) -> None:
    Member.objects.filter(pk=rich.paid.pk).update(password="!SECRETMARK")
    out(tmp_path / "a")
    told = b"".join(files_of(tmp_path / "a").values())
    assert b"SECRETMARK" not in told and b"a-secret-for-tests" not in told and b"paid@readers.example" in told


def test_no_finished_page_goes_out(rich: Cast, tmp_path: Path) -> None:
    rendered = Rendered("/a/", "p", 200, (), "e" * 32, Depends(), ("site",), 0, 2e9)
    folder = parts.FOLDER
    assert parts.store().keep(rendered, size=9, packed=b"PAGESMARK") is not None
    assert any(b"PAGESMARK" in path.read_bytes() for path in folder.glob("segment-*"))
    assert folder.stat().st_mode & 0o777 == 0o700
    out(tmp_path / "a")
    told = files_of(tmp_path / "a")
    assert told and not any(b"PAGESMARK" in body for body in told.values())
    assert not any("segment-" in name or "pages" in name.split("/") or "rendered" in name for name in told)


def test_files_are_for_their_owner_alone(rich: Cast, tmp_path: Path) -> None:
    out(tmp_path / "a")
    out(tmp_path / "b.zip")
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "a").rglob("*") if path.is_file()}
    folders = {path.stat().st_mode & 0o777 for path in (tmp_path / "a").rglob("*") if path.is_dir()}
    assert (modes, folders | {(tmp_path / "a").stat().st_mode & 0o777}) == ({0o600}, {0o700})
    assert (tmp_path / "b.zip").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["a", "b.zip"]


def test_a_missing_original_is_told_and_the_rest_goes_out_and_in(rich: Cast, tmp_path: Path) -> None:
    lost = Media.objects.all()[0]
    default_storage.delete(str(lost.file.name))
    told = out(tmp_path / "a")
    assert told.missing == [f"media/{lost.token}.png"]
    wipe()
    back(tmp_path / "a")
    assert Media.objects.get(token=lost.token).file.name == f"originals/{lost.token}.png"
    assert out(tmp_path / "b").missing == told.missing


@pytest.mark.parametrize("name", ["a", "a.zip", "a.tar"])
def test_what_cannot_be_written_to_its_end_leaves_nothing(rich: Cast, tmp_path: Path, name: str) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, limits[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            out(tmp_path / name)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []
