"""Files of posts: who gets them, and that a part of one is guarded like the whole (checks 7, 20, 21, 23, 84, 85)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from masthead.access.models import Entitlement
from masthead.content.attaching import forget_uses, keep_attachment, path_of
from masthead.content.document import Document
from masthead.content.editing import start_post
from masthead.content.models import Attachment, Post
from masthead.content.publishing import change_visibility, unpublish
from tests.cast import Cast, client_of
from tests.content.writing import put_out

PERSONAS = ("anyone", "free", "paid", "gold", "gifted", "lapsed", "banned", "contributor", "author", "editor",
            "administrator", "owner")  # fmt: skip
STAFF = {"contributor", "author", "editor", "administrator", "owner"}
READS = {
    "public": set(PERSONAS),
    "members": {"free", "paid", "gold", "gifted", "lapsed"} | STAFF,
    "paid": {"paid", "gold", "gifted"} | STAFF,
    "tiers": {"gold"} | STAFF,
    "vip": STAFF,
}
BYTES = bytes(range(256)) * 1000


def a_file(content: bytes = BYTES, name: str = "talk.bin") -> Attachment:
    return keep_attachment(content, name, at=timezone.now())


def node(row: Attachment) -> dict[str, Any]:
    return {"type": "file", "attrs": {"file": row.token, "title": "A talk"}}


def offering(
    cast: Cast, row: Attachment, visibility: str = "paid", *, above: bool = False, title: str = "A talk"
) -> Post:
    """Publish a post that shows the file above or below the cut."""
    words = {"type": "paragraph", "content": [{"type": "text", "text": "Words."}]}
    blocks: list[Any] = [words, node(row), {"type": "cut"}, words] if above else [words, {"type": "cut"}, node(row)]
    post = start_post(
        by=None, at=timezone.now(), title=title, visibility=visibility, tier_ids=[cast.tiers["gold"].pk],
        document=Document.of(blocks).json,
    ).post  # fmt: skip
    put_out(post)
    return Post.objects.get(pk=post.pk)


def fetched(cast: Cast, row: Attachment, persona: str = "anyone", **headers: str) -> Any:
    return client_of(cast.members.get(persona)).get(path_of(row), headers=headers)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("visibility", READS)
def test_a_file_below_the_cut_is_for_those_who_read_on(cast: Cast, visibility: str) -> None:
    row = a_file()
    offering(cast, row, visibility)
    got = {persona for persona in PERSONAS if fetched(cast, row, persona).status_code == 200}
    assert got == READS[visibility]
    assert body(fetched(cast, row, "owner")) == BYTES


@pytest.mark.parametrize("visibility", ["public", "paid", "tiers"])
def test_a_file_above_the_cut_is_for_anyone(cast: Cast, visibility: str) -> None:
    row = a_file()
    offering(cast, row, visibility, above=True)
    assert {fetched(cast, row, persona).status_code for persona in PERSONAS} == {200}


def test_a_file_of_an_unknown_visibility_is_closed_above_the_cut_too(cast: Cast) -> None:
    row = a_file()
    offering(cast, row, "vip", above=True)
    assert {persona for persona in PERSONAS if fetched(cast, row, persona).status_code == 200} == STAFF


@pytest.mark.parametrize(
    ("web", "mail", "readers"),
    [
        (["paid"], [], {"paid", "gold", "gifted"} | STAFF),
        (["anyone"], [], {"anyone", "banned"} | STAFF),
        ([], ["free", "paid"], {"free", "lapsed", "paid", "gold", "gifted"} | STAFF),
    ],
)
def test_a_file_in_a_part_for_some_is_for_those_who_get_the_part(
    cast: Cast, web: list[str], mail: list[str], readers: set[str]
) -> None:
    """The post is for anyone and the file is not: asking for the post's own rule would give it away."""
    row = a_file()
    part = {"type": "audience", "attrs": {"web": web, "mail": mail}, "content": [node(row)]}
    draft = start_post(by=None, at=timezone.now(), title="A talk", document=Document.of([part]).json)
    put_out(draft.post)
    assert {persona for persona in PERSONAS if fetched(cast, row, persona).status_code == 200} == readers


def test_what_is_closed_is_as_what_is_not_there(cast: Cast) -> None:
    """No oracle: the page is the same to the byte, but for the address that was asked for."""
    row = a_file()
    offering(cast, row)
    for persona in ("anyone", "free", "lapsed"):
        browser = client_of(cast.members.get(persona))
        browser.get("/")
        closed, unknown = browser.get(path_of(row)), browser.get(f"/files/{'x' * len(row.token)}/talk.bin")
        assert (closed.status_code, unknown.status_code) == (404, 404)
        assert closed.content.decode().replace(row.token, "x" * len(row.token)) == unknown.content.decode()
        assert closed.headers.keys() == unknown.headers.keys()
        assert ("no-store" in closed["Cache-Control"] and "Sign in" in closed.content.decode()) or persona != "anyone"


def test_the_right_changes_with_the_next_request(cast: Cast) -> None:
    """Check 20: a lapse, a new entitlement, the post going down, another visibility."""
    row = a_file()
    post = offering(cast, row)
    browser = client_of(cast.paid)
    asked = path_of(row)
    assert browser.get(asked).status_code == 200
    Entitlement.objects.filter(member=cast.paid).update(ends_at=timezone.now() - timedelta(seconds=1))
    for headers in ({}, {"Range": "bytes=0-9"}, {"If-None-Match": f'"{row.sha256[:32]}"'}):
        assert browser.get(asked, headers=headers).status_code == 404
    Entitlement.objects.filter(member=cast.paid).update(ends_at=None)
    assert browser.get(asked).status_code == 200
    change_visibility(post, "tiers", tiers=[cast.tiers["gold"].pk], by=None, at=timezone.now())
    assert browser.get(asked).status_code == 404
    assert client_of(cast.gold).get(asked).status_code == 200
    unpublish(post, by=None, at=timezone.now())
    assert client_of(cast.gold).get(asked).status_code == 404
    assert client_of(cast.editor).get(asked).status_code == 200


def test_a_file_is_open_as_long_as_one_post_shows_it_openly(cast: Cast) -> None:
    row = a_file()
    offering(cast, row)
    assert fetched(cast, row).status_code == 404
    other = offering(cast, row, "public", title="Another")
    assert fetched(cast, row).status_code == 200
    forget_uses(other)
    assert fetched(cast, row).status_code == 404


def test_a_file_of_no_post_or_of_one_to_come_is_for_staff(cast: Cast) -> None:
    row = a_file()
    assert [fetched(cast, row, who).status_code for who in ("anyone", "gold", "contributor")] == [404, 404, 200]
    post = offering(cast, row, "public")
    Post.objects.filter(pk=post.pk).update(published_at=timezone.now() + timedelta(hours=1))
    assert [fetched(cast, row, who).status_code for who in ("anyone", "gold", "editor")] == [404, 404, 200]


def test_only_what_is_open_may_be_kept_by_others(cast: Cast) -> None:
    """Checks 21 to 23."""
    row, open_row = a_file(), a_file(b"open")
    offering(cast, row)
    offering(cast, open_row, "public", title="Another")
    for persona in ("paid", "editor"):
        assert fetched(cast, row, persona)["Cache-Control"] == "private, no-store"
        answer = fetched(cast, open_row, persona)
        assert answer["Cache-Control"] == "public, max-age=300" and not answer.cookies


RANGES = [
    ("bytes=0-9", 206, (0, 10)),
    ("bytes=0-0", 206, (0, 1)),
    ("bytes=255-256", 206, (255, 257)),
    ("bytes=255990-", 206, (255_990, 256_000)),
    ("bytes=255990-999999999", 206, (255_990, 256_000)),
    ("bytes=-10", 206, (255_990, 256_000)),
    ("bytes=-999999999", 206, (0, 256_000)),
    ("bytes=256000-", 416, (0, 0)),
    ("bytes=-0", 416, (0, 0)),
    ("bytes=9-0", 200, (0, 256_000)),
    ("bytes=-", 200, (0, 256_000)),
    ("bytes=0-1,5-9", 200, (0, 256_000)),
    ("bytes=0-" + ",0-" * 500, 200, (0, 256_000)),
    ("bytes=a-b", 200, (0, 256_000)),
    ("bytes=" + "9" * 400 + "-", 200, (0, 256_000)),
    ("items=0-9", 200, (0, 256_000)),
    ("bytes=٣-٤", 200, (0, 256_000)),
]


@pytest.mark.parametrize(("asked", "status", "part"), RANGES)
def test_one_range_is_answered_and_anything_else_is_the_whole(
    cast: Cast, asked: str, status: int, part: tuple[int, int]
) -> None:
    row = a_file()
    offering(cast, row)
    answer = fetched(cast, row, "paid", Range=asked)
    assert answer.status_code == status
    assert body(answer) == BYTES[slice(*part)]
    told = {206: f"bytes {part[0]}-{part[1] - 1}/256000", 416: "bytes */256000"}.get(status)
    assert answer.get("Content-Range") == told
    assert answer["Content-Length"] == str(part[1] - part[0]) and answer["Accept-Ranges"] == "bytes"
    assert fetched(cast, row, "free", Range=asked).status_code == 404


def test_a_range_of_another_state_of_the_file_is_the_whole(cast: Cast) -> None:
    row = a_file()
    offering(cast, row)
    whole = fetched(cast, row, "paid")
    for condition, status in (
        (whole["ETag"], 206),
        (whole["Last-Modified"], 206),
        ('"other"', 200),
        (f"W/{whole['ETag']}", 200),
        ("Fri, 01 Jan 2100 00:00:00 GMT", 200),
        ("junk", 200),
    ):
        answer = fetched(cast, row, "paid", **{"Range": "bytes=0-9", "If-Range": condition})
        assert answer.status_code == status, condition
    again = fetched(cast, row, "paid", **{"If-None-Match": whole["ETag"]})
    assert (again.status_code, again["ETag"], body(again)) == (304, whole["ETag"], b"")
    assert again["Cache-Control"] == "private, no-store"


def test_the_head_tells_the_size_and_sends_nothing(cast: Cast) -> None:
    row = a_file()
    offering(cast, row)
    answer = client_of(cast.paid).head(path_of(row), headers={"Range": "bytes=0-9"})
    assert (answer.status_code, answer["Content-Length"], answer.content) == (200, "256000", b"")
    assert client_of(cast.free).head(path_of(row)).status_code == 404
    assert client_of(cast.paid).post(path_of(row)).status_code == 405


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


@pytest.mark.parametrize(
    ("content", "name", "kind", "shown"),
    [
        (b"\x00\x00\x00\x18ftypmp42", "film.mp4", "video/mp4", True),
        (b"%PDF-1.7", "report.pdf", "application/pdf", False),
        (b"a,b", "numbers.csv", "text/csv; charset=utf-8", False),
        (b"<script>alert(1)</script>", "x.html", "application/octet-stream", False),
        (SVG, "x.svg", "application/octet-stream", False),
        (SVG, "film.mp4", "application/octet-stream", False),
        (b"alert(1)", "x.js", "application/octet-stream", False),
    ],
)
def test_nothing_is_served_that_a_browser_would_run(
    cast: Cast, content: bytes, name: str, kind: str, shown: bool
) -> None:
    row = a_file(content, name)
    offering(cast, row, "public")
    answer = fetched(cast, row)
    assert answer["Content-Type"] == kind
    assert (
        answer["Content-Disposition"].startswith("inline" if shown else "attachment")
        and name in answer["Content-Disposition"]
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"] and "script" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["Straße & Öl.bin", 'a"b.bin', "a%2fb.bin", "a?b#c.bin", "שלום.bin"])
def test_a_file_is_found_under_its_name_and_no_other(cast: Cast, name: str) -> None:
    row = a_file(b"x", name)
    offering(cast, row, "public")
    answer = fetched(cast, row)
    assert answer.status_code == 200 and "\n" not in answer["Content-Disposition"]
    for other in ("", "other.bin", "../x", "%2e%2e/x", "x/" + row.name, "%00"):
        assert Client().get(f"/files/{row.token}/{other}").status_code == 404, other


def test_a_file_that_is_gone_from_the_disk_is_not_there(cast: Cast) -> None:
    row = a_file(b"to be lost")
    offering(cast, row, "public")
    row.file.delete(save=False)
    assert fetched(cast, row).status_code == 404
