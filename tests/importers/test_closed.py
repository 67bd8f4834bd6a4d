"""What is not understood stays closed: drafts, visibility and tiers (check 89)."""

from pathlib import Path

import pytest

from masthead.content.models import Post
from tests.cast import Cast, client_of
from tests.importers.bringing import bring_in, post_from, write

TEXT = "OPENING\n\n<!--more-->\n\nGATED"
OUTSIDE = ("anyone", "free", "paid", "gold")


def seen_by(cast: Cast, post: Post, name: str) -> bool:
    """Say whether somebody reads the gated words, on the page or in a feed."""
    client = client_of(cast.members.get(name))
    return any("GATED" in client.get(path).content.decode() for path in (post.path or "/a/", "/rss/", "/feed.json"))


@pytest.mark.parametrize(
    "value",
    ["vip", "PUBLIC!", "[paid]", "{level: paid}", "true", "no", "0", "premium", "public public", "рaid", "x" * 300],
)
def test_a_visibility_that_is_not_understood_closes_the_post_and_is_reported(
    value: str, cast: Cast, tmp_path: Path
) -> None:
    run = bring_in(write(tmp_path, {"a.md": f"---\ntitle: A\nvisibility: {value}\n---\n{TEXT}"}))
    post = Post.objects.get()
    assert [name for name in OUTSIDE if seen_by(cast, post, name)] == []
    assert run.says("a.md", "visibility")


@pytest.mark.parametrize(("value", "readers"), [("public", 4), ("Members", 3), (" paid ", 2), ("PAID", 2)])
def test_a_visibility_that_is_understood_opens_the_post_to_its_readers(
    value: str, readers: int, cast: Cast, tmp_path: Path
) -> None:
    run = bring_in(write(tmp_path, {"a.md": f"---\nvisibility: '{value}'\n---\n{TEXT}"}))
    assert run.report == ""
    assert sum(seen_by(cast, post_from("a.md"), name) for name in OUTSIDE) == readers


@pytest.mark.parametrize(
    "lines", ["visibility: tiers\ntiers: [platinum]", "visibility: tiers", "visibility: tiers\ntiers: {a: b}"]
)
def test_a_tier_that_does_not_exist_opens_the_post_to_nobody(lines: str, cast: Cast, tmp_path: Path) -> None:
    run = bring_in(write(tmp_path, {"a.md": f"---\n{lines}\n---\n{TEXT}"}))
    assert [name for name in OUTSIDE if seen_by(cast, post_from("a.md"), name)] == []
    assert run.says("a.md", "platinum") or "platinum" not in lines


def test_tiers_without_a_visibility_do_not_open_the_post_to_anyone(cast: Cast, tmp_path: Path) -> None:
    bring_in(write(tmp_path, {"a.md": f"---\ntiers: [gold]\n---\n{TEXT}"}))
    assert not seen_by(cast, post_from("a.md"), "anyone")


@pytest.mark.parametrize(
    "line",
    [
        "draft: true",
        "draft: yes",
        "Draft: True",
        'draft: "true"',
        "draft: 1",
        "published: false",
        'published: "false"',
        "draft: maybe",
    ],
)
def test_a_draft_is_brought_in_without_being_published(line: str, cast: Cast, tmp_path: Path) -> None:
    """What could mean a draft is one: taking a post down after it was out is too late."""
    bring_in(write(tmp_path, {"a.md": f"---\ntitle: HUSH\n{line}\n---\nText."}))
    assert post_from("a.md").status == "draft"
    assert "HUSH" not in client_of(None).get("/").content.decode() + client_of(None).get("/rss/").content.decode()
    assert "HUSH" in client_of(cast.editor).get("/desk/").content.decode()


@pytest.mark.parametrize("line", ["draft: false", "published: true", "draft: no", 'draft: "false"', ""])
def test_what_is_no_draft_is_published(line: str, cast: Cast, tmp_path: Path) -> None:
    bring_in(write(tmp_path, {"a.md": f"---\ntitle: OUT\n{line}\n---\nText."}))
    assert post_from("a.md").status == "published"


def test_jekylls_folder_of_drafts_is_not_published(cast: Cast, tmp_path: Path) -> None:
    bring_in(write(tmp_path, {"_drafts/idea.md": "---\ntitle: HUSH\n---\nText.", "_posts/2026-01-01-out.md": "Text."}))
    assert post_from("out.md").status == "published"
    assert not Post.objects.filter(status="published", title="HUSH").exists()


HEADS = {
    "a blank behind the dashes": "--- \ntitle: T\nvisibility: paid\n---\n\n",
    "a tab behind the dashes": "---\t\ntitle: T\nvisibility: paid\n---\t\n\n",
    "Eleventy's ---json": '---json\n{"title": "T", "visibility": "paid"}\n---\n\n',
    "JSON on one line": '{"title": "T", "visibility": "paid"}\n\n',
    "JSON with a blank behind the brace": '{ \n"title": "T", "visibility": "paid"}\n\n',
    "a blank behind the pluses": "+++ \ntitle = 'T'\nvisibility = 'paid'\n+++\n\n",
    "a byte order mark and CRLF": "\ufeff---\r\ntitle: T\r\nvisibility: paid\r\n---\r\n\r\n",
    "CR alone": "---\rtitle: T\rvisibility: paid\r---\r\r",
    "dots at the end": "---\ntitle: T\nvisibility: paid\n...\n\n",
}


@pytest.mark.parametrize("head", HEADS)
def test_front_matter_in_every_spelling_is_read_or_refused_but_never_printed_as_text(
    head: str, cast: Cast, tmp_path: Path
) -> None:
    """Otherwise what it says of who may read the post is lost, and the post is open."""
    run = bring_in(write(tmp_path, {"a.md": HEADS[head] + TEXT}))
    if run.code == 1:
        assert run.says("a.md", "was not imported") and not Post.objects.exists()
        return
    post = Post.objects.get()
    assert (post.title, post.visibility) == ("T", "paid")
    assert not seen_by(cast, post, "anyone") and seen_by(cast, post, "paid")
