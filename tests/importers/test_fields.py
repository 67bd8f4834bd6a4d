"""Fields that are written in odd ways are taken in or reported, and never lost without a word."""

from pathlib import Path

import pytest

from masthead.content.editing import draft_of
from masthead.content.models import Author, Post
from tests.cast import Cast, client_of
from tests.importers.bringing import bring_in, post_from, write


def test_tags_and_categories_of_one_file_are_both_kept_or_reported(cast: Cast, tmp_path: Path) -> None:
    """Jekyll and Hugo write both; what is not taken in must stand in the report."""
    run = bring_in(write(tmp_path, {"a.md": "---\ntags: [Ships]\ncategories: [Economy]\n---\nText."}))
    kept = {tag.name for tag in post_from("a.md").subjects}
    assert kept == {"Ships", "Economy"} or run.says("a.md", "categories")


def test_a_tag_of_two_words_stays_one_tag(cast: Cast, tmp_path: Path) -> None:
    """docs/reference/markdown.md: a list, or words with commas."""
    bring_in(
        write(
            tmp_path,
            {"a.md": "---\ntags: [World news]\n---\nText.", "b.md": "---\ntags: World news, Ships\n---\nText."},
        )
    )
    assert [tag.name for tag in post_from("a.md").subjects] == ["World news"]
    assert [tag.name for tag in post_from("b.md").subjects] == ["World news", "Ships"]


@pytest.mark.parametrize("line", ["tags: [World, world]", "tags: [C, C++]", "authors: [Inês Okafor, Ines Okafor]"])
def test_two_spellings_of_one_tag_or_author_are_one(line: str, cast: Cast, tmp_path: Path) -> None:
    run = bring_in(write(tmp_path, {"a.md": f"---\n{line}\n---\nText.", "b.md": "Another."}))
    assert run.code == 0 and Post.objects.count() == 2
    assert Author.objects.filter(name__startswith="In").count() == 1


@pytest.mark.parametrize("value", ["2026-05-01", "yes", "[a, b]", "{a: b}"])
def test_a_title_that_is_no_text_is_kept_or_reported(value: str, cast: Cast, tmp_path: Path) -> None:
    """YAML reads a headline such as 2026-05-01 as a date; it must not be lost without a word."""
    run = bring_in(write(tmp_path, {"a.md": f"---\ntitle: {value}\n---\nText."}))
    assert post_from("a.md").title == value or run.says("a.md", "title")


def test_what_is_not_understood_is_reported_by_file_and_name(cast: Cast, tmp_path: Path) -> None:
    text = "---\ntitle: A\nmood: calm\nimage: missing.png\nslug: a\n---\n[x](ftp://files.example/x) ![y](gone.png)"
    run = bring_in(write(tmp_path, {"deep/a.md": text, "b.md": "Fine."}))
    assert run.code == 0 and run.out.splitlines()[-1] == "2 created"
    for words in ("“mood” was not understood", "“missing.png”", "“gone.png”", "ftp://files.example/x"):
        assert run.says("deep/a.md", words), words
    assert not run.says("b.md")


def test_the_pages_flag_makes_standing_pages(cast: Cast, tmp_path: Path) -> None:
    bring_in(write(tmp_path, {"about.md": "---\ntitle: About us\n---\nWe print."}), "--pages")
    post = post_from("about.md")
    assert (post.kind, post.path) == ("page", "/about/")
    assert "We print." in client_of(None).get("/about/").content.decode()
    assert "About us" not in client_of(None).get("/rss/").content.decode()


def test_a_file_with_only_a_title_or_nothing_at_all_is_a_post(cast: Cast, tmp_path: Path) -> None:
    run = bring_in(write(tmp_path, {"a.md": "---\ntitle: Only a title\n---\n", "2026-01-02-no-words.markdown": ""}))
    assert run.code == 0
    assert (post_from("a.md").title, post_from("no-words.markdown").title) == ("Only a title", "No words")
    assert client_of(None).get("/a/").status_code == 200
    assert draft_of(post_from("a.md")).document["content"] == []
