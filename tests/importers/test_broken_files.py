"""Files that cannot be read are reported by name, and the others go on (checks 87 and 134)."""

import os
import sys
from pathlib import Path

import pytest

from masthead.content.models import Post
from masthead.content.models.media import Media
from tests.cast import Cast, client_of
from tests.importers.bringing import bring_in, post_from, write

LOL = "\n".join(
    ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
)
BROKEN: dict[str, tuple[str | bytes, str]] = {
    "YAML": ("---\ntitle: [x\n---\nText.", "cannot be read"),
    "YAML of tabs": ("---\n\ttitle: x\n---\nText.", "cannot be read"),
    "YAML that makes an object": ("---\nx: !!python/object/apply:os.system [id]\n---\nText.", "cannot be read"),
    "YAML that is a list": ("---\n- a\n- b\n---\nText.", "lines of “name: value”"),
    "YAML that is a word": ("---\njust words\n---\nText.", "lines of “name: value”"),
    "YAML with an alias bomb": (f"---\n{LOL}\n---\nText.", "aliases"),
    "YAML with an alias": ("---\na: &a x\ntitle: *a\n---\nText.", "aliases"),
    "YAML nested too deep": ("---\na: " + "[" * 5000 + "]" * 5000 + "\n---\nText.", "cannot be read"),
    "YAML with a huge number": ("---\nweight: " + "9" * 9000 + "\n---\nText.", "cannot be read"),
    "YAML that is too long": ("---\ntitle: " + "x" * 300_000 + "\n---\nText.", "too long"),
    "YAML not closed": ("---\ntitle: x\n\nText.", "not closed"),
    "TOML": ("+++\ntitle = x\n+++\nText.", "cannot be read"),
    "TOML not closed": ("+++\ntitle = 'x'\n\nText.", "not closed"),
    "TOML nested too deep": ("+++\na = " + "[" * 5000 + "]" * 5000 + "\n+++\nText.", "cannot be read"),
    "JSON": ('{\n"title": x\n}\nText.', "cannot be read"),
    "JSON not closed": ('{\n"title": "x",\n\nText.', "cannot be read"),
    "JSON nested too deep": ('{\n"a": ' + "[" * 99_999 + "]" * 99_999 + "\n}\nText.", "cannot be read"),
    "a file of ten megabytes": ("x" * 10_000_000, "larger than 5 MB"),
    "Latin-1": ("---\ntitle: caf\xe9\n---\nText.".encode("latin-1"), "utf-8"),
    "UTF-16": ("---\ntitle: x\n---\nText.".encode("utf-16"), "utf-8"),
    "a slug of ours": ("---\nslug: desk\n---\nText.", "Choose another slug"),
    "a slug that becomes one of ours": ("---\nslug: ' SIGN in '\n---\nText.", "Choose another slug"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_reported_and_the_others_are_brought_in(name: str, cast: Cast, tmp_path: Path) -> None:
    content, words = BROKEN[name]
    run = bring_in(write(tmp_path, {"a.md": "Before.", "bad.md": content, "c.md": "After."}))
    assert run.code == 1 and run.out.splitlines()[-1] == "2 created, 1 failed"
    assert run.says("bad.md", "was not imported", words), run.report
    assert len(run.report) < 1500 and "Traceback" not in run.report
    assert sorted(Post.objects.values_list("title", flat=True)) == ["A", "C"]


def test_nothing_of_a_file_that_failed_stays_behind(cast: Cast, tmp_path: Path) -> None:
    bring_in(write(tmp_path, {"bad.md": "---\ntags: [Left]\nslug: desk\n---\nText."}))
    assert not Post.objects.exists()
    assert "Left" not in client_of(cast.editor).get("/desk/posts/new/").content.decode()
    run = bring_in(write(tmp_path, {"bad.md": "---\ntags: [Left]\nslug: better\n---\nText."}))
    assert run.code == 0 and post_from("bad.md").path == "/better/"


ODD = {
    "a lone surrogate in JSON": '{\n"title": "a\\ud800b"\n}\n\nText.',
    "a lone surrogate in YAML": '---\ntitle: "a\\ud800b"\nauthor: "\\udfff"\ntags: ["\\ud83d"]\n---\nText.',
    "a null in YAML": '---\ntitle: "a\\0b"\ndescription: "\\0"\nauthor: "x\\0y"\n---\nText.',
    "a null in the text": "---\ntitle: a b\n---\nTe\0xt.",
    "controls": '---\ntitle: "a\\x0b\\x1b\\x7fb"\nimage_credit: "\\x01"\n---\nText.',
    "non-characters": '---\ntitle: "a\\uffff\\ufffeb"\n---\nText.',
    "direction signs": '---\ntitle: "a\\u202eb"\n---\nText.',
    "four bytes": "---\ntitle: a 🚢𠀀 b\ntags: [🚢]\nauthor: 𝒜𝒷\n---\nText.",
    "Hebrew": "---\ntitle: a שלום b\nslug: שלום\ntags: [שלום]\n---\nText.",
    "everything very long": "---\ntitle: a " + "b" * 9000 + "\ndescription: " + "d" * 90_000 + "\ntags: [" + "t" * 900 + "]\nauthor: "
    + "n" * 900 + "\nslug: " + "s" * 900 + "\nlanguage: " + "l" * 900 + "\n---\nText.",
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_odd_letters_come_in_as_far_as_they_can_be_stored_and_stop_nothing(
    name: str, cast: Cast, tmp_path: Path
) -> None:
    bring_in(write(tmp_path, {"a.md": ODD[name], "b.md": "After."}))
    assert post_from("b.md").status == "published"
    post = post_from("a.md")
    assert post.title[0] == "a" and len(post.title) <= 300
    assert not {"\0", "\ud800"} & set(post.title + post.standfirst)
    for path in (post.path, "/", "/rss/", "/atom.xml", "/feed.json", "/sitemap-news.xml"):
        assert client_of(None).get(path).status_code == 200, path


@pytest.mark.skipif(sys.platform == "darwin", reason="names there are always UTF-8")
def test_a_file_name_that_is_no_utf8_is_reported_and_stops_nothing(cast: Cast, tmp_path: Path) -> None:
    write(tmp_path, {"b.md": "After."})
    with open(os.fsencode(tmp_path) + b"/caf\xe9.md", "w") as odd:
        odd.write("Text.")
    run = bring_in(tmp_path)
    assert post_from("b.md").status == "published"
    assert run.says("caf") or Post.objects.count() == 2


@pytest.mark.parametrize(
    "name", ["x" * 240 + ".md", "a\nb.md", "<script>.md", "'; DROP TABLE--.md", "שלום.md", "-.md", "a.md.md", "...md"]
)
def test_odd_file_names_become_posts(name: str, cast: Cast, tmp_path: Path) -> None:
    run = bring_in(write(tmp_path, {name: "Text."}))
    assert run.code == 0 and Post.objects.get().status == "published"
    assert len(run.out.splitlines()) == 2  # a name does not forge lines of the report
    assert client_of(None).get(Post.objects.get().path).status_code == 200


def test_what_is_no_file_is_passed_over(cast: Cast, tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "Text.", "folder.md/b.txt": "no", "c.txt": "no", "d.html": "no"})
    os.mkfifo(tmp_path / "pipe.md")
    run = bring_in(tmp_path)
    assert run.out.splitlines()[-1] == "1 created" and not Media.objects.exists()
