"""Reading an export: every form it comes in, what is broken in it, and what is never kept of it (checks 87, 88)."""

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from masthead.importers.ghost.staging import ExportError, Staged, stage
from tests.importers.ghost.exports import Export, zipped
from tests.shape.sources import ROOT


def staged(folder: Path, content: bytes, name: str = "e.json") -> Staged:
    """Write a file and stage it."""
    path = folder / name
    path.write_bytes(content)
    return stage(path, folder / "imports")


def two_posts() -> Export:
    export = Export()
    export.post("one")
    export.post("two")
    return export


def test_an_export_is_read_in_every_form_it_comes_in(tmp_path: Path) -> None:
    content = two_posts().content()
    forms = {
        "plain.json": content,
        "wrapped.json": two_posts().content(wrapped=True),
        "packed.json.gz": gzip.compress(content),
        "marked.json": b"\xef\xbb\xbf" + content,
        "in.zip": zipped({"backup/data/x.ghost.2024.json": content, "backup/content/images/a.png": b"x"}),
        "theme.zip": zipped({"a.json": content, "content/themes/casper/package.json": b"{}", "package.json": b"{}"}),
    }
    for name, form in forms.items():
        found = staged(tmp_path, form, name)
        assert [row["slug"] for row in found.rows("posts")] == ["one", "two"], name
        assert (found.version, found.problems) == ("5.82.2", []), name


def test_only_the_first_of_several_exports_in_one_file_is_read(tmp_path: Path) -> None:
    one = json.loads(two_posts().content())
    found = staged(tmp_path, json.dumps({"db": [one, {"data": {"posts": [{"id": "other"}]}}]}).encode())
    assert found.count("posts") == 2 and found.get("posts", "other") is None


def test_rows_are_found_by_id_and_by_what_they_are_linked_to(tmp_path: Path) -> None:
    export = two_posts()
    tag = export.tag("News")
    export.add("posts_tags", post_id="x", tag_id=tag["id"], sort_order=0)
    found = staged(tmp_path, export.content())
    assert [row["post_id"] for row in found.where("posts_tags", "tag_id", tag["id"])] == ["x"]
    row = found.where("tags", "slug", "news")[0]
    assert (row.where, row.id) == ("tags row 1", tag["id"])
    assert found.tables() == {"meta": 1, "posts": 2, "posts_tags": 1, "tags": 1}
    assert (list(found.rows("nothing")), found.count("nothing"), found.get("tags", None)) == ([], 0, None)


def test_json_that_breaks_is_reported_where_it_breaks_and_the_rows_before_are_kept(tmp_path: Path) -> None:
    broken = b'{"meta":{"version":"5.0"},\n"data":{"posts":[\n{"id":"a"},\n{"id":"b"},\n{"id":"c", broken}\n]}}'
    found = staged(tmp_path, broken)
    assert [row["id"] for row in found.rows("posts")] == ["a", "b"]
    assert [where for where, _ in found.problems] == ["the export"]
    said = found.problems[0][1]
    place = re.search(r"near line 5, byte (\d+);", said)
    assert place and 0 <= int(place[1]) - broken.index(b"broken") <= 1 and "posts: 2" in said


@pytest.mark.parametrize("size", [10_000, 70_000, 200_000])
def test_an_export_that_ends_too_early_keeps_what_is_there(tmp_path: Path, size: int) -> None:
    export = Export()
    for number in range(400):
        export.post(f"post-{number}", words="word " * 100)
    content = export.content()[: 400 + size]
    found = staged(tmp_path, content)
    assert found.count("posts") == len(list(found.rows("posts"))) < 400
    assert "ends too early" in found.problems[0][1] and str(len(content)) in found.problems[0][1]


def test_double_ids_and_rows_that_are_no_objects_are_reported_and_left_out(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "slug": "first"},
        {"id": "a", "slug": "second"},
        7,
        None,
        "x",
        [1],
        {"slug": "no-id"},
        {"slug": "no-id"},
    ]
    found = staged(tmp_path, json.dumps({"meta": {}, "data": {"posts": rows}}).encode())
    assert [row["slug"] for row in found.rows("posts")] == ["first", "no-id", "no-id"]
    assert [where for where, _ in found.problems] == [f"posts row {n}" for n in (2, 3, 4, 5, 6)]
    assert [row.id for row in found.rows("posts")] == ["a", "place-7", "place-8"]


def test_letters_that_no_database_holds_are_taken_out_and_named_with_their_row(tmp_path: Path) -> None:
    rows = r'[{"id":"a","title":"x\u0000y"},{"id":"b","title":"half \ud83d here","t2":"whole \ud83d\ude00 \\ud83d"},{"id":"c","title":"😀"}]'
    found = staged(tmp_path, f'{{"data":{{"posts":{rows}}}}}'.encode())
    assert [row["title"] for row in found.rows("posts")] == ["xy", "half \ufffd here", "😀"]
    assert found.get("posts", "b") == {"id": "b", "title": "half \ufffd here", "t2": "whole 😀 \\ud83d"}
    assert [where for where, _ in found.problems] == ["posts row 1", "posts row 2"]
    raw = staged(tmp_path, b'{"data":{"posts":[{"id":"a","title":"\xff\xfe"}]}}', "raw.json")
    assert [row["title"] for row in raw.rows("posts")] == ["\ufffd\ufffd"]


def test_letters_in_two_halves_survive_wherever_the_file_is_read_in_pieces(tmp_path: Path) -> None:
    for shift in range(14):
        text = "a" * (65_536 - 40 + shift) + r"\ud83d\ude00" * 3 + r"\\" * 5 + r"\"" + r"\ud83d"
        found = staged(tmp_path, f'{{"data":{{"posts":[{{"id":"a","t":"{text}"}}]}}}}'.encode(), f"{shift}.json")
        row = found.get("posts", "a")
        assert row and row["t"].lstrip("a") == "😀😀😀" + "\\" * 5 + '"\ufffd'


def test_nesting_without_end_is_left_out_and_the_rest_is_read(tmp_path: Path) -> None:
    deep = b"[" * 10_000 + b"]" * 10_000
    content = b'{"x":' + deep + b',"data":{"posts":[{"id":"a","slug":"s","deep":' + deep + b'},{"id":"b"}]}}'
    found = staged(tmp_path, content)
    assert [row["id"] for row in found.rows("posts")] == ["a", "b"]
    row = found.get("posts", "a")
    assert row and row["slug"] == "s" and json.dumps(row["deep"]).count("[") < 100
    assert [where for where, _ in found.problems] == ["posts row 1"]


def test_no_password_and_no_secret_is_staged(tmp_path: Path) -> None:
    export = Export()
    export.user("ana", role="Owner", password="$2a$10$canary-password")
    export.settings(
        title="Paper",
        mailgun_api_key="canary-mailgun",
        password="canary-private",
        theme_session_secret="canary-session",
    )
    export.add("api_keys", secret="canary-key")
    export.add("invites", token="canary-invite", email="x@y.example")
    export.add("webhooks", event="post.published", secret="canary-webhook", target_url="https://x.example/")
    export.add("members", email="m@y.example", transient_id="canary-transient")
    found = staged(tmp_path, export.content())
    assert b"canary" in export.content() and b"canary" not in found.path.read_bytes()
    assert found.settings()["title"] == "Paper" and found.count("webhooks") == 1
    assert oct(found.path.stat().st_mode)[-3:] == "600"


def test_the_same_bytes_are_staged_once_and_a_half_made_file_never_counts(tmp_path: Path) -> None:
    first = staged(tmp_path, two_posts().content())
    made = first.path.stat().st_mtime_ns
    assert staged(tmp_path, two_posts().content(), "other-name.json").path.stat().st_mtime_ns == made
    first.remove()
    first.path.with_suffix(".part").write_bytes(b"half")
    again = staged(tmp_path, two_posts().content())
    assert again.count("posts") == 2 and [path.name for path in (tmp_path / "imports").iterdir()] == [again.path.name]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"[]",
        b"{}",
        b'{"data":{}}',
        b'{"meta":{"version":"5"}}',
        b"\x1f\x8bbroken",
        b"PK\x03\x04broken",
        zipped({"a.txt": b"x"}),
    ],
)
def test_what_is_no_export_is_refused_and_leaves_nothing(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ExportError):
        staged(tmp_path, content)
    assert list((tmp_path / "imports").iterdir()) == []


def test_a_bomb_is_refused_before_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("masthead.importers.ghost.opening.FREE_OF_RATIO", 1_000_000)
    content = b'{"data":{"posts":[{"id":"a"},{"id":"b","x":"' + b" " * 20_000_000 + b'"}]}}'
    for name, packed in (("bomb.json.gz", gzip.compress(content)), ("bomb.zip", zipped({"e.json": content}))):
        found = staged(tmp_path, packed, name)
        assert [row["id"] for row in found.rows("posts")] == ["a"]
        assert "unpacks to far more" in found.problems[0][1] and found.path.stat().st_size < 200_000


def test_a_zip_that_names_files_elsewhere_writes_nothing_there(tmp_path: Path) -> None:
    content = two_posts().content()
    names = ("../../evil.txt", "/var/evil.txt", "..\\evil.txt", "content/images/../../../evil.png")
    home = tmp_path / "a" / "b"
    home.mkdir(parents=True)
    staged(home, zipped({"e.json": content} | dict.fromkeys(names, b"evil")), "slip.zip")
    assert not list(tmp_path.rglob("*evil*"))


def test_memory_stays_bounded_for_a_large_export(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    post = json.dumps({"id": "ID", "slug": "a", "html": "<p>" + "word " * 20_000 + "</p>", "lexical": None})
    with path.open("w") as file:
        file.write('{"meta":{"version":"5.0"},"data":{"posts":[')
        file.writelines(f"{',' if number else ''}{post.replace('ID', str(number))}" for number in range(600))
        file.write("]}}")
    code = (
        "import resource, sys; from pathlib import Path; from masthead.importers.ghost.staging import stage;"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        "found = stage(Path(sys.argv[1]), Path(sys.argv[2])); rows = sum(1 for row in found.rows('posts'));"
        "print(rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    setup = "import django; django.setup();"
    said = subprocess.run(
        [sys.executable, "-c", setup + code, path, tmp_path / "s"], capture_output=True, text=True, check=True, env=env
    )
    rows, kilobytes = map(int, said.stdout.split())
    assert path.stat().st_size > 60_000_000 and rows == 600 and kilobytes < 30_000


def steps_of_finding(folder: Path, posts: int) -> int:
    """Count the steps that the database takes to find what belongs to one post among so many."""
    export = Export()
    tag = export.tag("News")
    for number in range(posts):
        export.post(f"post-{number}", tags=[tag])
    folder.mkdir()
    found, steps = staged(folder, export.content()), 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    found._database.set_progress_handler(step, 1)
    assert len(found.where("posts_tags", "post_id", export.tables["posts"][posts // 2]["id"])) == 1
    found._database.set_progress_handler(None, 0)
    return steps


def test_finding_what_belongs_to_a_post_costs_the_same_in_a_large_export(tmp_path: Path) -> None:
    assert steps_of_finding(tmp_path / "large", 1500) < 2 * steps_of_finding(tmp_path / "small", 15)
