"""Caption and credit as the file carries them, whichever way it does."""

from typing import Any

import pytest
from django.utils import timezone

from masthead.content.models import Media
from masthead.content.uploading import UploadError, keep_picture
from tests.content.files import ARTIST, CAPTION, ORIENTATION, alternatives, drawn, exif, iptc, with_segment, xmp

pytestmark = pytest.mark.django_db
IIM = {120: b"Crew on deck", 110: b"AP", 80: b"Ada Byline"}


def kept(content: bytes, name: str = "ship.jpg") -> Media:
    return keep_picture(content, name, at=timezone.now())


def words(content: bytes) -> tuple[str, str]:
    media = kept(content)
    return media.caption, media.credit


def with_xmp(inner: str, **more: Any) -> bytes:
    return drawn(xmp=xmp(inner), **more)


def with_iim(records: dict[int, bytes], jpeg: bytes | None = None) -> bytes:
    return with_segment(jpeg or drawn(), 0xED, iptc(records))


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_a_picture_that_says_nothing_has_neither(format: str) -> None:
    assert words(drawn(format=format)) == ("", "")


def test_xmp_gives_description_and_credit() -> None:
    inner = alternatives("dc:description", "Crew on deck") + "<photoshop:Credit>Reuters</photoshop:Credit>"
    assert words(with_xmp(inner)) == ("Crew on deck", "Reuters")


def test_xmp_without_a_credit_gives_the_creator() -> None:
    inner = "<dc:creator><rdf:Seq><rdf:li>Ada Lens</rdf:li></rdf:Seq></dc:creator>"
    assert words(with_xmp(inner)) == ("", "Ada Lens")


@pytest.mark.parametrize("format", ["WEBP", "AVIF", "PNG"])
def test_xmp_is_read_in_the_newer_formats_too(format: str) -> None:
    packet = xmp(alternatives("dc:description", "Crew on deck"))
    if format == "PNG":
        from PIL.PngImagePlugin import PngInfo

        info = PngInfo()
        info.add_itxt("XML:com.adobe.xmp", packet.decode())
        assert words(drawn(format="PNG", pnginfo=info)) == ("Crew on deck", "")
    else:
        assert words(drawn(format=format, xmp=packet)) == ("Crew on deck", "")


def test_iptc_gives_caption_and_credit_or_the_byline() -> None:
    assert words(with_iim(IIM)) == ("Crew on deck", "AP")
    assert words(with_iim({80: b"Ada Byline"})) == ("", "Ada Byline")


@pytest.mark.parametrize(("text", "read"), [("Größe".encode(), "Größe"), ("Größe".encode("latin-1"), "Größe")])
def test_iptc_is_read_in_either_way_of_writing_letters(text: bytes, read: str) -> None:
    assert words(with_iim({120: text})) == (read, "")


def test_exif_gives_description_and_artist() -> None:
    assert words(drawn(exif=exif({CAPTION: "Crew on deck", ARTIST: "Ada Lens"}))) == ("Crew on deck", "Ada Lens")


def test_xmp_stands_before_iptc_and_that_before_exif() -> None:
    plain = drawn(exif=exif({CAPTION: "From EXIF", ARTIST: "EXIF artist"}))
    both = with_iim({120: b"From IPTC"}, plain)
    every = with_iim(
        {120: b"From IPTC"},
        drawn(exif=exif({CAPTION: "From EXIF"}), xmp=xmp(alternatives("dc:description", "From XMP"))),
    )
    assert words(plain) == ("From EXIF", "EXIF artist")
    assert words(both) == ("From IPTC", "EXIF artist")
    assert words(every) == ("From XMP", "")


def test_long_words_are_cut_to_what_the_table_holds() -> None:
    caption, credit = words(drawn(exif=exif({CAPTION: "c" * 5000, ARTIST: "a" * 5000})))
    assert (len(caption), len(credit)) == (2000, 300)


BROKEN = {
    "xmp that is no xml": lambda: drawn(xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><broken"),
    "xmp with an entity bomb": lambda: drawn(
        xmp=b"<!DOCTYPE a [<!ENTITY b 'bbbbbbbb'><!ENTITY c '&b;&b;&b;&b;'>]><x:xmpmeta xmlns:x='adobe:ns:meta/'>&c;</x:xmpmeta>"
    ),
    "xmp of the wrong shape": lambda: drawn(xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><other/></x:xmpmeta>"),
    "iptc that ends early": lambda: with_segment(drawn(), 0xED, iptc(IIM)[:-8]),
    "iptc of rubbish": lambda: with_segment(drawn(), 0xED, b"Photoshop 3.0\x008BIM\x04\x04\xff\xff\xff\xff\xff\xff"),
    "exif of rubbish": lambda: with_segment(drawn(), 0xE1, b"Exif\0\0rubbish that is no TIFF at all"),
    "exif that ends early": lambda: with_segment(drawn(), 0xE1, b"Exif\0\0II*\0"),
    "exif with no bytes": lambda: with_segment(drawn(), 0xE1, b"Exif\0\0"),
    "exif of rubbish in WebP": lambda: drawn(format="WEBP", exif=b"Exif\0\0rubbish that is no TIFF at all"),
    "exif of rubbish in PNG": lambda: drawn(format="PNG", exif=b"rubbish that is no TIFF at all"),
    "exif that points outside": lambda: with_segment(drawn(), 0xE1, b"Exif\0\0II*\0\xff\xff\xff\x7f"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_metadata_costs_the_words_and_not_the_picture(kind: str) -> None:
    """Check 86: nested or broken metadata."""
    media = kept(BROKEN[kind]())
    assert (media.width, media.height) == (80, 60)


@pytest.mark.parametrize(("turn", "size"), [(1, (80, 60)), (3, (80, 60)), (6, (60, 80)), (8, (60, 80))])
def test_the_size_is_that_of_the_picture_held_upright(turn: int, size: tuple[int, int]) -> None:
    media = kept(drawn(exif=exif({ORIENTATION: turn})))
    assert (media.width, media.height) == size


def test_the_same_file_again_is_the_same_picture() -> None:
    first, again = kept(drawn(), "a.jpg"), kept(drawn(), "b.jpg")
    assert first == again and first.name == "a.jpg"
    assert kept(drawn(colour=(1, 2, 3)), "c.jpg") != first


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [("ship.jpg", "ship.jpg"), ("../../etc/passwd.jpg", "passwd.jpg"), ("C:\\photos\\ship.jpg", "ship.jpg"), ("", "")],
)
def test_only_the_last_part_of_a_file_name_is_kept_and_none_of_it_on_disk(name: str, kept_as: str) -> None:
    media = kept(drawn(), name)
    assert media.name == kept_as
    assert str(media.file) == f"originals/{media.token}.jpg"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"BM" + b"\0" * 60,
    ],
)
def test_what_is_no_picture_by_its_bytes_is_refused(content: bytes) -> None:
    """Checks 84, 85."""
    with pytest.raises(UploadError):
        kept(content, "ship.png")
    assert not Media.objects.exists()
    assert kept(drawn(format="PNG"), "page.html").token and str(Media.objects.get().file).endswith(".png")
