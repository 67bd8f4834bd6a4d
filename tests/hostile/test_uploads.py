"""Files that are no pictures, or more than they look, at the desk: a clear message, our own type, nothing of the file's own words (checks 84 to 86)."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from masthead.content import uploading
from masthead.content.models import Media
from masthead.content.pictures import FORMATS, widths_of
from tests.cast import Cast, client_of
from tests.hostile.bombs import HUGE, NAMES, NO_PICTURES, ODD_PICTURES, gps_jpeg, jpeg, png
from tests.hostile.writing import FORM, write_post


def upload(client: Client, content: bytes, name: str = "quay.png", kind: str = "image/png") -> Any:
    """Upload a file as a browser does, with the bytes of its name as they are."""
    client.raise_request_exception = False
    quoted = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    head = (
        f'--x-x-x\r\nContent-Disposition: form-data; name="file"; filename="{quoted}"\r\nContent-Type: {kind}\r\n\r\n'
    )
    body = head.encode() + content + b"\r\n--x-x-x--\r\n"
    return client.post("/desk/pictures/", body, content_type="multipart/form-data; boundary=x-x-x")


def originals() -> set[Path]:
    return set((Path(settings.MEDIA_ROOT) / "originals").glob("*"))


@pytest.mark.parametrize("name", [*HUGE, *NO_PICTURES])
def test_what_is_no_picture_or_too_large_is_refused_in_words(name: str, cast: Cast) -> None:
    content, before = (HUGE | NO_PICTURES)[name], originals()
    answer = upload(client_of(cast.editor), content)
    assert answer.status_code == 422, answer.content[:200]
    words = answer.json()["error"]
    assert "megapixels" in words or "not a picture we can read" in words
    assert not Media.objects.exists() and originals() == before


def test_the_form_refuses_it_beside_the_field_and_keeps_what_was_written(cast: Cast) -> None:
    client = client_of(cast.editor)
    for content in (NO_PICTURES["SVG"], HUGE["PNG of 30000 x 30000, header only"]):
        file = SimpleUploadedFile("quay.png", content, content_type="image/png")
        answer, post = write_post(client, title="KEPT TITLE", text="KEPT TEXT", picture=file)
        page = answer.content.decode()
        assert answer.status_code == 422 and post is None
        assert "KEPT TITLE" in page and "KEPT TEXT" in page and 'class="error" role="alert"' in page


def test_a_file_over_thirty_megabytes_is_refused(cast: Cast) -> None:
    answer = upload(client_of(cast.editor), jpeg() + b"\0" * (31 * 1024 * 1024))
    assert answer.status_code == 422 and "larger than 30 MB" in answer.json()["error"]


@pytest.mark.parametrize("name", ODD_PICTURES)
def test_an_odd_picture_is_kept_or_refused_and_served_as_ours(name: str, cast: Cast) -> None:
    """What is kept is shown; its renditions are encoded afresh, with our type, and hold nothing else of the file."""
    answer = upload(client_of(cast.editor), ODD_PICTURES[name])
    assert answer.status_code in (200, 422), answer.content[:300]
    if answer.status_code == 422:
        assert "not a picture we can read" in answer.json()["error"]
        return
    media = Media.objects.get()
    for format in FORMATS:
        shown = client_of(None).get(f"/media/{media.token}/{widths_of(media.width)[0]}.{format}")
        assert (shown.status_code, shown["Content-Type"], shown["X-Content-Type-Options"]) == (
            200,
            f"image/{format}",
            "nosniff",
        )
        assert b"hArM" not in shown.content and b"PK\x03\x04" not in shown.content
        with Image.open(io.BytesIO(shown.content)) as image:
            assert image.format == format.upper() and getattr(image, "n_frames", 1) == 1


def test_a_rendition_tells_nothing_of_where_and_with_what_it_was_made(cast: Cast) -> None:
    assert b"SECRETCAMERA" in gps_jpeg() and Image.open(io.BytesIO(gps_jpeg())).getexif().get_ifd(0x8825)
    upload(client_of(cast.editor), gps_jpeg(), "quay.jpg")
    media = Media.objects.get()
    assert (media.width, media.height, media.credit) == (48, 64, "Photographer")
    for format in FORMATS:
        shown = client_of(None).get(f"/media/{media.token}/48.{format}").content
        image = Image.open(io.BytesIO(shown))
        assert not image.getexif() and not image.info.get("xmp") and (image.width, image.height) == (48, 64)
        assert b"SECRET" not in shown and b"Exif" not in shown and b"Photographer" not in shown


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_files_name_decides_nothing(name: str, cast: Cast) -> None:
    before, tree = originals(), set(Path(settings.MEDIA_ROOT).parent.parent.rglob("quay*"))
    answer = upload(client_of(cast.editor), png(9, 9), name, "text/html")
    assert answer.status_code in (200, 422)
    if answer.status_code == 200:
        (kept,) = originals() - before
        assert kept.name == f"{Media.objects.get().token}.png" and kept.stat().st_mode & 0o777 == 0o600
        assert "/" not in Media.objects.get().name and "\0" not in Media.objects.get().name
    assert set(Path(settings.MEDIA_ROOT).parent.parent.rglob("quay*")) == tree


@pytest.mark.parametrize(
    "path",
    [
        "/media/originals/{}",
        "/media/{}",
        "/data/media/originals/{}",
        "/media/%2e%2e/originals/{}",
        "/static/../media/originals/{}",
        "/media/originals/",
    ],
)
def test_an_original_is_at_no_address(path: str, cast: Cast) -> None:
    upload(client_of(cast.editor), gps_jpeg())
    name = Path(str(Media.objects.get().file.name)).name
    for client in (client_of(None), client_of(cast.owner)):
        answer = client.get(path.replace("{}", name))
        assert answer.status_code == 404 and b"SECRETCAMERA" not in answer.content


def test_only_the_sizes_that_we_offer_are_made(cast: Cast) -> None:
    """Check 142: no address makes work that was not asked for by us."""
    upload(client_of(cast.editor), png(700, 500))
    token, client = Media.objects.get().token, client_of(None)
    assert [client.get(f"/media/{token}/{width}.webp").status_code for width in (480, 700)] == [200, 200]
    assert {client.get(f"/media/{token}/{width}.webp").status_code for width in (0, 1, 479, 699, 701, 960, 99999)} == {
        404
    }
    assert {
        client.get(f"/media/{token}/480.{format}").status_code for format in ("png", "svg", "html", "gif", "jpg")
    } == {404}


def test_a_check_that_trusts_the_file_is_found(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploading, "ALLOWED", uploading.ALLOWED | {"BMP": "bmp", "TIFF": "tiff"})
    assert upload(client_of(cast.editor), NO_PICTURES["BMP"]).status_code == 200
    monkeypatch.setattr(uploading, "LARGEST_PIXELS", 10**12)
    answer = upload(client_of(cast.editor), HUGE["PNG of 65000 x 1000"])
    assert "megapixels" not in answer.content.decode()


def test_a_form_without_a_file_and_with_an_empty_one_is_answered(cast: Cast) -> None:
    client = client_of(cast.editor)
    assert client.post("/desk/pictures/", {}).status_code == 422
    assert client.post("/desk/pictures/", {"file": "words"}).status_code == 422
    assert client.post("/desk/posts/new/", FORM | {"picture": SimpleUploadedFile("a.png", b"")}).status_code == 422
