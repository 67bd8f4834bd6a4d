"""Ghost's own client for publishing tools, from its package, against this API over HTTP."""

import json
import os
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from masthead.content.models import Media, Post
from masthead.members.keys import revoke_key
from masthead.members.models import ApiKey, Member
from tests.api.admin.asking import an_admin_key
from tests.api.npm import fetched
from tests.cast import Cast, published
from tests.content.files import drawn

CLIENT, VERSION = "@tryghost/admin-api", "1.14.13"
SCRIPT = Path(__file__).parent / "ghost_client.cjs"

Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def client_folder(pytestconfig: pytest.Config) -> Path:
    """Fetch the package, or skip."""
    return fetched(pytestconfig, CLIENT, VERSION)


@pytest.fixture
def ask(client_folder: Path, live_server: Any, cast: Cast) -> Ask:
    """Return a function that makes calls of the client, each (resource, act, data, options), and says what they came to."""
    key = an_admin_key(cast)

    def call(*calls: tuple[Any, ...], version: str = "v6.0", key: str = key) -> list[dict[str, Any]]:
        named = [dict(zip(("resource", "act", "data", "options"), one, strict=False)) for one in calls]
        filled = [{"data": {}, "options": {}, **one} for one in named]
        given = {"module": str(client_folder), "url": live_server.url, "key": key, "version": version, "calls": filled}
        quiet = os.environ | {"NO_PROXY": "127.0.0.1,localhost", "no_proxy": "127.0.0.1,localhost"}
        command = ["node", str(SCRIPT)]
        done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, timeout=60, env=quiet)
        assert done.returncode == 0, done.stderr
        return list(json.loads(done.stdout))

    return call


def test_a_post_is_written_read_changed_and_deleted(ask: Ask) -> None:
    html = "<p>Opening <em>words</em>.</p><!--members-only--><p>Below.</p>"
    made, read, by_slug, edited, gone, missing = ask(
        (
            "posts",
            "add",
            {"title": "A ship", "html": html, "tags": ["World"], "status": "published"},
            {"source": "html"},
        ),
        ("posts", "read", {"id": "$0.id"}, {"formats": ["html", "lexical", "plaintext"]}),
        ("posts", "read", {"slug": "a-ship"}),
        ("posts", "edit", {"id": "$0.id", "updated_at": "$0.updated_at", "title": "A boat", "visibility": "paid"}),
        ("posts", "delete", {"id": "$0.id"}),
        ("posts", "read", {"id": "$0.id"}),
    )
    assert made["told"]["status"] == "published" and made["told"]["primary_tag"]["slug"] == "world"
    assert read["told"]["html"] == html and read["told"]["plaintext"] == "Opening words.\n\nBelow."
    assert by_slug["told"]["id"] == made["told"]["id"] and "paywall" in by_slug["told"]["lexical"]
    assert (edited["told"]["title"], edited["told"]["visibility"], edited["told"]["slug"]) == (
        "A boat",
        "paid",
        "a-ship",
    )
    assert "error" not in gone and missing["error"]["name"] == "NotFoundError"
    assert not Post.objects.exists()


def test_lexical_pages_and_schedules_are_written(ask: Ask) -> None:
    text = {"type": "extended-text", "text": "Words"}
    lexical = json.dumps({"root": {"type": "root", "children": [{"type": "paragraph", "children": [text]}]}})
    at = (timezone.now() + timedelta(days=1)).isoformat()
    page, scheduled, changed, taken_back = ask(
        ("pages", "add", {"title": "About", "lexical": lexical, "status": "published"}, {"formats": "html"}),
        ("posts", "add", {"title": "Soon", "lexical": lexical, "status": "scheduled", "published_at": at}),
        ("pages", "edit", {"id": "$0.id", "updated_at": "$0.updated_at", "title": "About us"}),
        ("posts", "edit", {"id": "$1.id", "updated_at": "$1.updated_at", "status": "draft"}),
    )
    assert page["told"]["html"] == "<p>Words</p>" and changed["told"]["title"] == "About us"
    assert (scheduled["told"]["status"], taken_back["told"]["status"]) == ("scheduled", "draft")


def test_pictures_and_files_are_uploaded(ask: Ask, tmp_path: Path) -> None:
    picture, note = tmp_path / "ship.jpg", tmp_path / "note.txt"
    picture.write_bytes(drawn())
    note.write_text("Words")
    image, file, refused, post = ask(
        ("images", "upload", {"file": str(picture), "ref": "ship", "purpose": "image"}),
        ("files", "upload", {"file": str(note), "ref": "note"}),
        ("images", "upload", {"file": str(note)}),
        ("posts", "add", {"title": "A ship", "feature_image": "$0.url", "html": "<p>x</p>"}, {"source": "html"}),
    )
    assert image["told"]["ref"] == "ship" and Media.objects.get().token in image["told"]["url"]
    assert file["told"]["url"].endswith("/note.txt") and refused["error"]["name"] == "UnsupportedMediaTypeError"
    assert post["told"]["feature_image"] == image["told"]["url"]


def test_tags_and_members_are_kept(ask: Ask, cast: Cast) -> None:
    tag, renamed, gone, member, named, comped, deleted, site, newsletters, users = ask(
        ("tags", "add", {"name": "Ships"}),
        ("tags", "edit", {"id": "$0.id", "name": "Boats"}),
        ("tags", "delete", {"id": "$0.id"}),
        ("members", "add", {"email": "ada@readers.example", "labels": ["VIP"]}),
        ("members", "edit", {"id": "$3.id", "name": "Ada"}),
        ("members", "edit", {"id": "$3.id", "tiers": [{"slug": "gold"}]}),
        ("members", "delete", {"id": "$3.id"}),
        ("site", "read"),
        ("newsletters", "browse"),
        ("users", "browse"),
    )
    assert (tag["told"]["slug"], renamed["told"]["name"], "error" in gone) == ("ships", "Boats", False)
    assert (member["told"]["labels"][0]["name"], named["told"]["name"]) == ("VIP", "Ada")
    assert comped["told"]["status"] == "comped" and "error" not in deleted
    assert not Member.objects.filter(email="ada@readers.example").exists()
    assert site["told"]["title"] == "The Paper" and newsletters["told"] == []
    assert users["told"][0]["slug"] == "ines-okafor"


def test_lists_are_filtered_and_turned(ask: Ask, cast: Cast) -> None:
    for n in range(5):
        published(f"Post {n}", "Words.", cast=cast, at=timezone.now() - timedelta(hours=n + 1), is_featured=n % 2 == 0)
    first, last, featured = ask(
        ("posts", "browse", {"limit": 2}),
        ("posts", "browse", {"limit": 2, "page": 3, "order": "published_at desc"}),
        ("posts", "browse", {"filter": "featured:true+status:published", "fields": "slug"}),
    )
    assert [post["slug"] for post in first["told"]] == ["post-0", "post-1"]
    assert first["meta"]["pagination"] == {"page": 1, "limit": 2, "pages": 3, "total": 5, "next": 2, "prev": None}
    assert [post["slug"] for post in last["told"]] == ["post-4"]
    assert featured["told"] == [{"slug": f"post-{n}"} for n in (0, 2, 4)]


def test_the_client_understands_our_errors(ask: Ask, cast: Cast) -> None:
    made, collision, blank = ask(
        ("posts", "add", {"title": "A ship"}),
        ("posts", "edit", {"id": "$0.id", "updated_at": "2020-01-01T00:00:00.000Z", "title": "Mine"}),
        ("posts", "add", {"title": ""}),
    )
    assert "error" not in made
    assert (collision["error"]["name"], collision["error"]["code"]) == ("UpdateCollisionError", "UPDATE_COLLISION")
    assert (blank["error"]["name"], blank["error"]["property"]) == ("ValidationError", "title")
    (unknown,) = ask(("posts", "browse"), key=f"{'0' * 24}:{'ab' * 32}")
    assert (unknown["error"]["name"], unknown["error"]["code"]) == ("UnauthorizedError", "UNKNOWN_ADMIN_API_KEY")
    (forged,) = ask(("posts", "browse"), key=f"{ApiKey.objects.get().public_id}:{'ab' * 32}")
    assert (forged["error"]["message"].partition(",")[0], forged["error"]["code"]) == ("Invalid token", "INVALID_JWT")
    revoke_key(ApiKey.objects.get(), by=cast.owner, at=timezone.now())
    (revoked,) = ask(("posts", "browse"))
    assert revoked["error"]["code"] == "UNKNOWN_ADMIN_API_KEY"


def test_a_token_that_was_made_too_long_ago_is_refused(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    later = timezone.now() + timedelta(minutes=6)
    monkeypatch.setattr("masthead.api.admin.door.timezone.now", lambda: later)
    (expired,) = ask(("posts", "browse"))
    assert (expired["error"]["code"], expired["error"]["message"]) == ("INVALID_JWT", "Invalid token")
    monkeypatch.undo()
    assert "error" not in ask(("posts", "browse"))[0]


@pytest.mark.parametrize("version", ["v3", "v4", "canary", "v5.0", "v6.0"])
def test_every_version_that_the_client_can_speak_is_answered(ask: Ask, version: str) -> None:
    (made,) = ask(("posts", "add", {"title": "A ship"}), version=version)
    assert made["told"]["slug"] == "a-ship", (made, settings.ADDRESS)
