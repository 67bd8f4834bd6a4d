"""Pictures and files: found in a folder, a zip or at the running site, kept once, and never from outside (check 88)."""

import os
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from masthead.content.models import Attachment, Author, Media, Tag
from masthead.core.models import Publication
from masthead.importers.ghost.places import place_of
from masthead.importers.ghost.sources import Folder, SourceError, Zip
from tests.importers.bringing import picture, write
from tests.importers.ghost.bringing import bring_in, post_of
from tests.importers.ghost.exports import Export, image, lexical, zipped
from tests.stand_ins.ghost import running_ghost

RED, GREEN, BLUE = picture((255, 0, 0)), picture((0, 255, 0)), picture((0, 0, 255), "JPEG")
FILES = {
    "content/images/2020/01/red.png": RED,
    "content/images/2020/01/green_o.png": GREEN,
    "content/images/2020/01/blue and white.jpg": BLUE,
    "content/images/evil.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "content/images/broken.png": b"no picture",
    "content/files/2020/01/list.pdf": b"%PDF-1.4 list",
}


def illustrated() -> Export:
    """A paper whose rows name pictures in every way that Ghost writes their addresses."""
    export = Export()
    at = "__GHOST_URL__/content/images/2020/01"
    export.settings(
        title="P", logo=f"{at}/red.png", icon="/content/images/2020/01/red.png", cover_image=f"{at}/green.png"
    )
    export.user("ana", role="Owner", profile_image=f"{at}/red.png", cover_image=f"{at}/green.png")
    export.tag("Sea", feature_image="/content/images/size/w600/2020/01/red.png", og_image=f"{at}/red.png")
    body = lexical(
        image(f"{at}/blue%20and%20white.jpg"),
        image("/content/images/size/w1000h600/format/webp/2020/01/green.png"),
        {
            "type": "file",
            "version": 1,
            "src": "__GHOST_URL__/content/files/2020/01/list.pdf",
            "fileTitle": "The list",
            "fileName": "list.pdf",
            "fileSize": 13,
        },
    )
    export.post(
        "pictured",
        lexical=body,
        feature_image=f"{at}/red.png",
        meta={"og_image": f"{at}/green.png", "feature_image_alt": "Red"},
    )
    return export


@pytest.mark.django_db
@pytest.mark.parametrize("shape", ["content", "images", "above", "zip"])
def test_pictures_are_found_in_every_folder_that_one_may_have(tmp_path: Path, shape: str) -> None:
    write(tmp_path / "backup", FILES)
    below = {"content": "backup/content", "images": "backup/content/images", "above": "backup"}
    export = illustrated()
    if shape == "zip":
        said = bring_in(
            export.write(tmp_path, "all.zip", files={f"x/{name}": one for name, one in FILES.items()}), tmp_path
        )
    else:
        said = bring_in(export, tmp_path, "--images", tmp_path / below[shape])
    post, paper = post_of(export.tables["posts"][0]["id"]), Publication.current()
    red = Media.objects.get(name="red.png")
    assert post.lead == red and post.lead_alt == "Red" and paper.logo == paper.icon == red.token
    assert (
        Author.objects.get(slug="ana").picture == red.token
        and Tag.objects.get(slug="sea").extras["og_image"] == red.token
    )
    assert Media.objects.count() == 3 and post.extras["og_image"] == paper.cover != red.token
    page = Client().get("/pictured/").content.decode()
    assert page.count("<figure") >= 2 and "The list" in page
    # Below the images folder there are no files.
    assert Attachment.objects.count() == (0 if shape == "images" else 1)
    assert said.says("posts row 1", "list.pdf") == (shape == "images")


@pytest.mark.django_db
def test_a_picture_is_fetched_from_the_running_site_once_and_never_again(
    tmp_path: Path, settings: LazySettings
) -> None:
    files = {f"/{name}": one for name, one in FILES.items()}
    with running_ghost(files=files) as here:
        settings.FETCH_ALLOW = [here.server.pair]
        export = illustrated()
        export.post(
            "absolute",
            feature_image=f"{here.url}/content/images/2020/01/red.png",
            lexical=lexical(image("http://127.0.0.1:9/x.png")),
        )
        said = bring_in(export, tmp_path, "--site", here.url)
        assert Media.objects.count() == 3 and Attachment.objects.count() == 1
        assert said.says("posts row 2", "127.0.0.1:9") and post_of(export.tables["posts"][1]["id"]).lead is not None
        asked = len(here.asked)
        assert "2 posts unchanged" in bring_in(export, tmp_path, "--site", here.url).out
        assert len(here.asked) == asked


@pytest.mark.django_db
def test_what_was_missing_comes_in_when_a_later_run_finds_it(tmp_path: Path) -> None:
    export = illustrated()
    first = bring_in(export, tmp_path)
    assert "missing" in first.out and first.says("posts row 1", "--images") and Media.objects.count() == 0
    write(tmp_path / "backup", FILES)
    again = bring_in(export, tmp_path, "--images", tmp_path / "backup")
    assert "1 posts updated" in again.out and Media.objects.count() == 3
    assert "1 posts unchanged" in bring_in(export, tmp_path, "--images", tmp_path / "backup").out


@pytest.mark.django_db
def test_what_is_no_picture_is_named_and_its_words_stay(tmp_path: Path) -> None:
    write(tmp_path / "backup", FILES)
    export = Export()
    names = ("evil.svg", "broken.png", "gone.png", "../../../../etc/passwd")
    for name in names:
        export.post(
            f"p-{names.index(name)}",
            lexical=lexical(image(f"__GHOST_URL__/content/images/{name}", caption=f"Caption of {name}")),
        )
    export.post("data", lexical=lexical(image("data:image/png;base64,AAAA", caption="Caption of data")))
    said = bring_in(export, tmp_path, "--images", tmp_path / "backup")
    for number, name in enumerate(names):
        assert said.says(f"posts row {number + 1}", Path(name).name), name
        assert f"Caption of {name}" in Client().get(f"/p-{number}/").content.decode()
    assert b"Caption of data" in Client().get("/data/").content and Media.objects.count() == 0


def test_nothing_outside_the_folder_is_read(tmp_path: Path) -> None:
    write(tmp_path, {"secret.png": RED, "site/content/images/a.png": RED})
    images = tmp_path / "site" / "content" / "images"
    (images / "link.png").symlink_to(tmp_path / "secret.png")
    (images / "up").symlink_to(tmp_path)
    os.mkfifo(images / "pipe.png")
    folder = Folder(tmp_path / "site")
    scratch = tmp_path / "scratch"
    assert folder.take("/content/images/a.png", scratch) == images / "a.png"
    for name in (
        "link.png",
        "up/secret.png",
        "../../../secret.png",
        "pipe.png",
        "",
        "a.png/x",
        "\0",
        "x" * 5000,
        "..\\secret.png",
    ):
        assert folder.take(f"/content/images/{name}", scratch) is None, name
    assert not scratch.exists()


def test_a_file_in_a_zip_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(zipped({"content/images/bomb.png": b"\0" * 30_000_000, "content/images/a.png": RED}))
    with pytest.raises(SourceError):
        Zip(path).take("/content/images/bomb.png", tmp_path / "scratch")
    found = Zip(path).take("/content/images/a.png", tmp_path / "scratch")
    assert found and found.read_bytes() == RED


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("__GHOST_URL__/content/images/a.png", "/content/images/a.png"),
        ("/content/images/size/w600/a.png?v=1#x", "/content/images/a.png"),
        ("content/images/a.png", "/content/images/a.png"),
        ("https://old.example/blog/content/images/a%20b.png", "/content/images/a b.png"),
        ("//old.example/content/media/a.mp4", "/content/media/a.mp4"),
        ("https://cdn.example/content/images/a.png", "/content/images/a.png"),
        ("https://cdn.example/a.png", ""),
        ("https://old.example/a.png", None),
        ("/assets/a.png", None),
        ("data:image/png;base64,xx", None),
        ("mailto:a@b.example", None),
        ("https://[broken/content/images/a.png", None),
        ("/content/images/../../x", None),
        ("", None),
    ],
)
def test_addresses_mean_what_they_mean_at_ghost(address: str, path: str | None) -> None:
    found = place_of(address, "https://old.example")
    assert (found.path if found else None) == path
