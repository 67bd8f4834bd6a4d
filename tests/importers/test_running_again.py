"""A second run makes no doubles, changes what changed, and overwrites nobody's work."""

from pathlib import Path

import pytest

from masthead.content.editing import draft_of, revisions_of
from masthead.content.models import Address, Post, Revision
from masthead.core.models import Event
from tests.cast import Cast, client_of
from tests.importers.bringing import bring_in, post_from, write

FILES = {f"{n}.md": f"---\ntitle: Post {n}\ntags: [World]\n---\nText {n}." for n in range(3)}


def rows() -> dict[str, int]:
    """How much there is of everything that a run could double."""
    return {model.__name__: model._default_manager.count() for model in (Post, Revision, Address, Event)}


def test_a_second_run_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    write(tmp_path, FILES)
    assert bring_in(tmp_path).out.splitlines()[-1] == "3 created"
    before = rows()
    run = bring_in(tmp_path)
    assert (run.code, run.out.splitlines()[-1], rows()) == (0, "3 unchanged", before)


def test_a_second_run_changes_only_the_file_that_changed(cast: Cast, tmp_path: Path) -> None:
    bring_in(write(tmp_path, FILES))
    first = {post.path: post.published_at for post in Post.objects.all()}
    run = bring_in(write(tmp_path, {"1.md": "---\ntitle: Post 1, corrected\n---\nOther words.", "new.md": "New."}))
    assert run.out.splitlines()[-1] == "2 unchanged, 1 updated, 1 created"
    assert "Other words." in client_of(None).get("/1/").content.decode()
    assert {post.path: post.published_at for post in Post.objects.exclude(path="/new/")} == first
    assert [revision.number for revision in revisions_of(post_from("1.md"))] == [2, 1]


def test_two_files_with_one_slug_get_two_addresses_that_stay(cast: Cast, tmp_path: Path) -> None:
    text = "---\ntitle: {}\nslug: same\n---\nText."
    write(tmp_path, {"a.md": text.format("A"), "b.md": text.format("B")})
    bring_in(tmp_path)
    assert (post_from("a.md").path, post_from("b.md").path) == ("/same/", "/same-2/")
    bring_in(write(tmp_path, {"b.md": text.format("B, corrected")}))
    assert (post_from("a.md").path, post_from("b.md").path) == ("/same/", "/same-2/")
    assert Address.objects.count() == 2


def test_a_new_slug_leads_from_the_old_address(cast: Cast, tmp_path: Path) -> None:
    bring_in(write(tmp_path, {"a.md": "---\nslug: old\n---\nText."}))
    bring_in(write(tmp_path, {"a.md": "---\nslug: new\n---\nText."}))
    assert client_of(None).get("/old/")["Location"] == "/new/"


def change_at_the_desk(cast: Cast, post: Post, act: str) -> None:
    """Write other words into the form and press a button."""
    fields = {"title": "By the editor", "text": "The editor's words.", "visibility": "public", "act": act}
    answer = client_of(cast.editor).post(f"/desk/posts/{post.public_id}/", fields | {"version": draft_of(post).version})
    assert answer.status_code == 302


@pytest.mark.parametrize("act", ["save", "publish"])
def test_what_the_editor_changed_since_is_left_alone_and_reported(act: str, cast: Cast, tmp_path: Path) -> None:
    bring_in(write(tmp_path, FILES))
    post = post_from("1.md")
    change_at_the_desk(cast, post, act)
    run = bring_in(write(tmp_path, {"1.md": "---\ntitle: From the file\n---\nThe file's words."}))
    assert run.says("1.md", "changed at the desk", "--overwrite")
    assert draft_of(post).title == "By the editor"
    page = client_of(None).get("/1/").content.decode() if act == "save" else ""
    assert "The file's words." not in page
    again = bring_in(tmp_path)
    assert again.says("1.md", "changed at the desk")


def test_overwrite_takes_the_file_and_keeps_the_editors_words_as_a_revision(cast: Cast, tmp_path: Path) -> None:
    bring_in(write(tmp_path, FILES))
    post = post_from("1.md")
    change_at_the_desk(cast, post, "save")
    bring_in(write(tmp_path, {"1.md": "---\ntitle: From the file\n---\nThe file's words."}), "--overwrite")
    assert draft_of(post).title == "From the file"
    assert "By the editor" in [revision.title for revision in revisions_of(post)]
    assert bring_in(tmp_path).out.splitlines()[-1] == "3 unchanged"


def test_what_the_desk_took_down_or_made_paid_is_not_opened_by_a_run_that_changes_nothing(
    cast: Cast, tmp_path: Path
) -> None:
    bring_in(write(tmp_path, FILES))
    for name, fields in (("0.md", {"act": "unpublish"}), ("1.md", {"act": "publish", "visibility": "paid"})):
        post = post_from(name)
        values = {
            "title": "x",
            "text": "A\n\n<!--more-->\n\nGATED",
            "visibility": "public",
            "version": draft_of(post).version,
        }
        assert client_of(cast.editor).post(f"/desk/posts/{post.public_id}/", values | fields).status_code == 302
    bring_in(tmp_path)
    assert post_from("0.md").status == "unpublished"
    assert post_from("1.md").visibility == "paid"


def test_what_the_desk_took_down_is_not_put_out_again_by_a_changed_file(cast: Cast, tmp_path: Path) -> None:
    """Taking down leaves the draft as it was, so that its version alone does not tell."""
    bring_in(write(tmp_path, FILES))
    post = post_from("0.md")
    assert client_of(cast.editor).post(f"/desk/posts/{post.public_id}/", {"act": "unpublish"}).status_code == 302
    run = bring_in(write(tmp_path, {"0.md": "---\ntitle: Typo corrected\n---\nText 0."}))
    assert post_from("0.md").status == "unpublished"
    assert run.says("0.md")


def test_two_folders_with_files_of_the_same_name_do_not_overwrite_each_other(cast: Cast, tmp_path: Path) -> None:
    posts = write(tmp_path / "posts", {"index.md": "---\ntitle: A post\nslug: a-post\n---\nText."})
    pages = write(tmp_path / "pages", {"index.md": "---\ntitle: A page\nslug: a-page\n---\nText."})
    bring_in(posts)
    bring_in(pages, "--pages")
    assert sorted(Post.objects.values_list("title", "kind")) == [("A page", "page"), ("A post", "post")]


def test_a_file_made_a_draft_is_taken_down_and_one_made_paid_is_cut(cast: Cast, tmp_path: Path) -> None:
    text = "---\ntitle: T\n{}\n---\nOPEN\n\n<!--more-->\n\nGATED"
    bring_in(write(tmp_path, {"a.md": text.format(""), "b.md": text.format("")}))
    bring_in(write(tmp_path, {"a.md": text.format("draft: true"), "b.md": text.format("visibility: paid")}))
    assert client_of(None).get("/a/").status_code == 404
    page = client_of(None).get("/b/").content.decode()
    assert "OPEN" in page and "GATED" not in page
