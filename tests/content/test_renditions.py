"""Renditions: which sizes there are, what they hold, and that nothing of the file's metadata goes out."""

import io

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from masthead.content.models import Media
from masthead.content.pictures import FORMATS, make_renditions, picture_of, widths_of
from masthead.content.uploading import keep_picture
from tests.cast import Cast, published
from tests.content.files import ARTIST, CAPTION, GPS, ORIENTATION, drawn, exif, iptc, with_segment, xmp

pytestmark = pytest.mark.django_db
SECRET = "Secretmetadata"


def kept(content: bytes) -> Media:
    return keep_picture(content, "ship.jpg", at=timezone.now())


def fetched(media: Media, width: int, format: str) -> Image.Image:
    answer = Client().get(f"/media/{media.token}/{width}.{format}")
    assert (answer.status_code, answer["Content-Type"]) == (200, f"image/{format}")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer["Cache-Control"] and not answer.cookies
    return Image.open(io.BytesIO(answer.content))


@pytest.mark.parametrize(
    ("width", "widths"),
    [(1, (1,)), (479, (479,)), (480, (480,)), (481, (480, 481)), (960, (480, 960)), (1600, (480, 960, 1600)), (9000, (480, 960, 1600))],
)  # fmt: skip
def test_no_rendition_is_larger_than_the_picture(width: int, widths: tuple[int, ...]) -> None:
    assert widths_of(width) == widths


@pytest.mark.parametrize("format", FORMATS)
def test_each_rendition_has_its_width_and_the_shape_of_the_picture(format: str) -> None:
    media = kept(drawn(1200, 800))
    for width, height in ((480, 320), (960, 640), (1200, 800)):
        image = fetched(media, width, format)
        assert (image.size, image.format) == ((width, height), format.upper())


def test_a_picture_on_its_side_is_shown_upright() -> None:
    media = kept(drawn(1200, 800, exif=exif({ORIENTATION: 6})))
    assert fetched(media, 480, "jpeg").size == (480, 720)
    assert picture_of(media).width / picture_of(media).height == 480 / 720


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_of_the_metadata_goes_out(format: str) -> None:
    words = exif({CAPTION: SECRET, ARTIST: SECRET, GPS: {1: "N", 2: (38.0, 43.0, 0.0)}})
    content = with_segment(drawn(exif=words, xmp=xmp(SECRET), comment=SECRET), 0xED, iptc({120: SECRET.encode()}))
    assert content.count(SECRET.encode()) >= 5
    image = fetched(media := kept(content), 80, format)
    answer = Client().get(f"/media/{media.token}/80.{format}").content
    assert SECRET.encode() not in answer and b"Exif" not in answer
    assert not dict(image.getexif())
    assert media.caption == SECRET


@pytest.mark.parametrize(
    "content",
    [
        drawn(format="PNG", colour=(1, 2, 3, 100)),
        drawn(format="GIF"),
        drawn(format="WEBP"),
        drawn(format="AVIF"),
    ],
    ids=["transparent", "gif", "webp", "avif"],
)
def test_every_kind_of_file_becomes_every_kind_of_rendition(content: bytes) -> None:
    media = kept(content)
    for format in FORMATS:
        assert fetched(media, 80, format).size == (80, 60)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "CMYK", "1", "I;16"])
def test_every_kind_of_colour_becomes_one_that_screens_show(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (80, 60)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    assert fetched(kept(out.getvalue()), 80, "jpeg").mode == "RGB"


@pytest.mark.parametrize(
    "end", ["79.jpeg", "0.jpeg", "99999.jpeg", "80.png", "80.svg", "080.jpeg/", "original.jpg", "80"]
)
def test_there_are_no_other_sizes_and_no_original(end: str) -> None:
    """Check 142: arbitrary sizes."""
    media = kept(drawn())
    assert Client().get(f"/media/{media.token}/{end}").status_code == 404
    assert Client().get(f"/media/{media.token}/80.jpeg").status_code == 200
    assert Client().get(f"/media/{media.file}").status_code == 404


def test_an_unknown_token_is_not_found() -> None:
    assert Client().get(f"/media/{'x' * 22}/80.jpeg").status_code == 404


def test_a_post_names_its_renditions_with_the_size_of_the_picture(cast: Cast) -> None:
    media = kept(drawn(1200, 800))
    post = published("A ship", f'![Crew](media:{media.token} "On deck | AP")', cast=cast)
    body = Client().get(post.path).content.decode()
    for format, width in (("avif", 480), ("webp", 960), ("jpeg", 1200)):
        assert f"/media/{media.token}/{width}.{format} {width}w" in body
    assert 'width="1200" height="800"' in body and 'alt="Crew"' in body
    assert "On deck" in body and "AP" in body


def test_a_rendition_whose_writing_was_cut_short_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check 112: the disk was full in the middle of the file."""
    media = kept(drawn(colour=(7, 7, 7)))
    client = Client(raise_request_exception=False)

    def cut_short(self: ContentFile[bytes], chunk_size: int | None = None) -> object:
        yield self.read(40)
        raise OSError("no space left on device")

    with monkeypatch.context() as full:
        full.setattr(ContentFile, "chunks", cut_short)
        assert client.get(f"/media/{media.token}/80.jpeg").status_code == 500
    fetched(media, 80, "jpeg").load()


def test_renditions_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    media = kept(drawn(colour=(9, 9, 9)))
    make_renditions(media.token)
    monkeypatch.setattr("masthead.content.pictures._encode", None)
    make_renditions(media.token)
    assert fetched(media, 80, "webp").size == (80, 60)
    make_renditions("unknown-token-of-a-picture")
