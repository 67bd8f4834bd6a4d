"""Pictures beside the text and in static folders; nothing outside the folder is read (check 88)."""

import io
from pathlib import Path

import pytest
from PIL import Image

from masthead.content.models import Media, Post
from tests.cast import Cast, client_of
from tests.importers.bringing import bring_in, picture, post_from, write

BESIDE = {
    "beside": ("posts/a.md", "quay.png", "posts/quay.png"),
    "beside, with a dot": ("posts/a.md", "./quay.png", "posts/quay.png"),
    "in a folder beside": ("posts/a.md", "images/quay.png", "posts/images/quay.png"),
    "in a bundle": ("posts/a/index.md", "quay.png", "posts/a/quay.png"),
    "above, within the folder": ("posts/2026/a.md", "../quay.png", "posts/quay.png"),
    "from the root": ("posts/a.md", "/assets/quay.png", "assets/quay.png"),
    "with blanks": ("posts/a.md", "the%20quay%20%C3%A9.png", "posts/the quay é.png"),
    "with a query": ("posts/a.md", "quay.png?v=2#x", "posts/quay.png"),
    "in Hugo's static folder": ("content/posts/a.md", "/images/quay.png", "static/images/quay.png"),
    "in Eleventy's source folder": ("src/posts/a.md", "/images/quay.png", "src/images/quay.png"),
}


@pytest.mark.parametrize("where", BESIDE)
def test_a_picture_is_found_where_the_generators_keep_it(where: str, cast: Cast, tmp_path: Path) -> None:
    text, source, picture_file = BESIDE[where]
    files = {text: f"---\nslug: a\nimage: {source}\n---\n![A quay](<{source}>)", picture_file: picture()}
    run = bring_in(write(tmp_path, files))
    assert run.report == ""
    media = Media.objects.get()
    page = client_of(None).get("/a/").content.decode()
    assert page.count(f"/media/{media.token}/60.jpeg") >= 2 and 'alt="A quay"' in page


OUTSIDE = ["../secret.png", "../../secret.png", "{outside}/secret.png", "file://{outside}/secret.png", "posts/../../secret.png",
           "..%2fsecret.png", "%2e%2e/secret.png", "....//secret.png", "..\\secret.png", "/../secret.png", "link.png", "linked/secret.png",
           "hard/../../secret.png", "%00../secret.png", "https://evil.example/secret.png", "//evil.example/secret.png", "\\\\evil\\secret.png"]  # fmt: skip


@pytest.mark.parametrize("source", OUTSIDE)
def test_a_picture_outside_the_folder_is_never_read(source: str, cast: Cast, tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", {"secret.png": picture(), "in/a.md": "x"}) / ""
    folder = outside / "in"
    (folder / "link.png").symlink_to(outside / "secret.png")
    (folder / "linked").symlink_to(outside)
    source = source.replace("{outside}", str(outside))
    run = bring_in(write(folder, {"a.md": f"---\nimage: '{source}'\n---\nText ![its words](<{source}>) goes on."}))
    assert not Media.objects.exists()
    assert run.code == 0 and run.says("a.md")
    page = client_of(None).get("/a/").content.decode()
    assert "its words" in page and "goes on." in page


def test_the_same_picture_inside_is_read(cast: Cast, tmp_path: Path) -> None:
    """Otherwise the refusals above would be for another reason."""
    bring_in(write(tmp_path, {"a.md": "![its words](secret.png)", "secret.png": picture()}))
    assert Media.objects.count() == 1


def test_a_text_that_is_a_link_out_of_the_folder_is_not_read(cast: Cast, tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", {"secret.md": "---\ntitle: SECRET\n---\nSECRET", "more/b.md": "SECRET too"})
    folder = write(tmp_path / "in", {"a.md": "Fine."})
    (folder / "link.md").symlink_to(outside / "secret.md")
    (folder / "linked").symlink_to(outside / "more")
    (folder / "round").symlink_to(folder)
    (folder / "dangling.md").symlink_to(folder / "nowhere.md")
    run = bring_in(folder)
    assert [post.title for post in Post.objects.all()] == ["A"]
    assert run.says("link.md")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("page.png", b"<html><script>alert(1)</script></html>", "not a picture we can read"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "not a picture we can read"),
        ("cut.png", picture()[:60], "not a picture we can read"),
        ("empty.png", b"", "not a picture we can read"),
        ("folder.png/x", b"", "is not in the folder"),
    ],
)
def test_what_is_no_picture_is_reported_and_the_words_are_kept(
    name: str, content: bytes, words: str, cast: Cast, tmp_path: Path
) -> None:
    source = name.split("/")[0]
    run = bring_in(write(tmp_path, {"a.md": f"---\nimage: {source}\n---\n![its words]({source})", name: content}))
    assert run.code == 0 and run.says("a.md", source, words)
    assert "its words" in client_of(None).get("/a/").content.decode() and not Media.objects.exists()


def test_one_picture_in_many_posts_is_kept_once(cast: Cast, tmp_path: Path) -> None:
    texts = {f"{n}/a{n}.md": f"![A quay](quay{n}.png)" for n in range(4)}
    bring_in(write(tmp_path, texts | {f"{n}/quay{n}.png": picture() for n in range(4)}))
    assert Media.objects.count() == 1 and Post.objects.count() == 4


def test_a_picture_that_was_exchanged_comes_in_at_the_next_run(cast: Cast, tmp_path: Path) -> None:
    """A second run changes what changed: here the picture beside the text, and not the text."""
    write(tmp_path, {"a.md": "![A quay](quay.png)", "quay.png": picture((255, 0, 0))})
    bring_in(tmp_path)
    bring_in(write(tmp_path, {"quay.png": picture((0, 0, 255))}))
    new = Media.objects.order_by("pk").last()
    assert new is not None
    with new.file.open() as kept:
        shade = Image.open(io.BytesIO(kept.read())).convert("RGB").getpixel((5, 5))
    assert shade == (0, 0, 255)
    assert f"/media/{new.token}/" in client_of(None).get(post_from("a.md").path).content.decode()
