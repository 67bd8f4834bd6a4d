"""Keeping files: what they are called, what they are taken for, how large they may be (checks 84, 85)."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from masthead.content import attaching
from masthead.content.attaching import AttachmentError, files_of, keep_attachment, path_of
from masthead.content.models import Attachment

pytestmark = pytest.mark.django_db
MP4 = b"\x00\x00\x00\x18ftypmp42" + b"\0" * 40
PDF = b"%PDF-1.7\n..."


def packed() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a", "b")
    return out.getvalue()


def kept(content: bytes | Path, name: str) -> Attachment:
    return keep_attachment(content, name, at=timezone.now())


def files() -> list[str]:
    return sorted(default_storage.listdir("attachments")[1]) if default_storage.exists("attachments") else []


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (MP4, "film.mp4", "video/mp4"),
        (MP4, "talk.M4A", "audio/mp4"),
        (b"ID3\x03" + b"\0" * 20, "talk.mp3", "audio/mpeg"),
        (b"\xff\xfb\x90\x00" + b"\0" * 20, "talk.mp3", "audio/mpeg"),
        (PDF, "report.pdf", "application/pdf"),
        (packed(), "table.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("Straße,1\n".encode() * 1000, "numbers.csv", "text/csv"),
        (b"\xff\xfe\x00a", "numbers.csv", "application/octet-stream"),
        # Names and bytes that disagree, and everything a browser would run.
        (b"<script>alert(1)</script>", "film.mp4", "application/octet-stream"),
        (MP4, "film.html", "application/octet-stream"),
        (b"GIF89a/*<script>alert(1)</script>*/", "x.js", "application/octet-stream"),
        (b"GIF89a/*<script>alert(1)</script>*/", "x.gif.html", "application/octet-stream"),
        *(
            (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", f"x.{ending}", "application/octet-stream")
            for ending in ("svg", "html", "htm", "xhtml", "xml", "xsl", "js", "mjs", "css", "php", "swf", "shtml", "")
        ),
        (PDF, "report", "application/octet-stream"),
    ],
)
def test_a_file_is_what_both_its_bytes_and_its_name_say(content: bytes, name: str, kind: str) -> None:
    assert kept(content, name).type == kind


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\report.pdf", "report.pdf"),
        (".htaccess", "htaccess"),
        ("re\0port\r\n.pdf", "report.pdf"),
        ("report\u202efdp.exe", "reportfdp.exe"),
        ("  a   b .pdf ", "a b .pdf"),
        ("Bericht über Öl.pdf", "Bericht über Öl.pdf"),
        ("..", "file"),
        ("", "file"),
        ("/", "file"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_leads_nowhere_and_misleads_nobody(name: str, shown: str) -> None:
    row = kept(PDF, name)
    assert row.name == shown
    assert row.file.name == f"attachments/{row.token}"
    assert path_of(row).startswith(f"/files/{row.token}/") and path_of(row).count("/") == 3


def test_the_same_bytes_are_kept_once_and_their_size_is_theirs(tmp_path: Path) -> None:
    before = files()
    (tmp_path / "b.bin").write_bytes(b"abc" * 100_000)
    first, again = kept(b"abc" * 100_000, "a.bin"), kept(tmp_path / "b.bin", "b.bin")
    assert first == again and first.size == 300_000
    assert len(files()) == len(before) + 1
    with first.file.open() as file:
        assert file.read() == b"abc" * 100_000
    assert files_of([first.token, "none"])[first.token].name == "a.bin" and len(files_of([first.token, "none"])) == 1


def test_what_is_empty_or_too_large_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files()
    with pytest.raises(AttachmentError, match="empty"):
        kept(b"", "a.bin")
    monkeypatch.setattr(attaching, "LARGEST_BYTES", 100_000)
    assert kept(b"x" * 100_000, "a.bin").size == 100_000
    (tmp_path / "large").write_bytes(b"x" * 200_000)
    for content in (b"x" * 100_001, tmp_path / "large"):
        with pytest.raises(AttachmentError, match="larger than 1 GB"):
            kept(content, "a.bin")
    assert len(files()) == len(before) + 1


def test_a_large_file_is_copied_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No piece that is read is larger than a storage's own."""
    (tmp_path / "large").write_bytes(b"0123456789" * 100_000)
    pieces = []
    plain = attaching._Copied.chunks

    def counted(self: attaching._Copied, chunk_size: int | None = None) -> object:
        for piece in plain(self, chunk_size):
            pieces.append(len(piece))
            yield piece

    monkeypatch.setattr(attaching._Copied, "chunks", counted)
    assert kept(tmp_path / "large", "a.bin").size == 1_000_000
    assert max(pieces) <= 64 * 1024 and len(pieces) > 10
