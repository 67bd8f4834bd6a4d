"""Who may do what at the desk (checks 93, 97): the table against every route, every role and every act."""

from collections.abc import Iterator

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from masthead.content.models import Post
from masthead.desk import permissions
from masthead.desk.permissions import ACTS, PERMISSIONS
from masthead.desk.urls import urlpatterns
from masthead.members.models import ApiKey, Member
from masthead.members.roles import Role
from tests.cast import STAFF, Cast, client_of
from tests.desk.hands import draft, draft_by, path_of, send

# Written down once more, so that a change of the table is a change of two files.
ROLES = [role.value for role in STAFF]
LEAST = {
    ("GET", "desk"): "contributor",
    ("GET", "desk_new"): "contributor",
    ("POST", "desk_new"): "contributor",
    ("GET", "desk_post"): "contributor",
    ("POST", "desk_post"): "contributor",
    ("GET", "desk_preview"): "contributor",
    ("POST", "desk_picture"): "contributor",
    ("GET", "desk_settings"): "administrator",
    ("POST", "desk_settings"): "administrator",
    ("GET", "desk_keys"): "administrator",
    ("POST", "desk_keys"): "administrator",
    ("GET", "desk_key"): "administrator",
    ("POST", "desk_key"): "administrator",
}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def address(name: str, post: Post) -> str:
    return {
        "desk": "/desk/",
        "desk_new": "/desk/posts/new/",
        "desk_post": path_of(post),
        "desk_preview": f"{path_of(post)}preview/anyone/",
        "desk_picture": "/desk/pictures/",
        "desk_settings": "/desk/settings/",
        "desk_keys": "/desk/keys/",
        "desk_key": f"/desk/keys/{a_key()}/",
    }[name]


def a_key() -> str:
    at = timezone.now()
    return ApiKey.objects.get_or_create(name="The app", revoked_at=None, defaults={"made_at": at})[0].public_id


@pytest.fixture
def posts(cast: Cast) -> dict[str, Post]:
    """A draft of each member of the staff."""
    return {name: draft_by(cast.members[name], f"By {name}") for name in ROLES}


def allowed(least: str) -> list[str]:
    return ROLES[ROLES.index(least) :]


def test_every_route_stands_in_the_table_and_the_table_is_this_one() -> None:
    assert {name for _, name in PERMISSIONS} == {pattern.name for pattern in urlpatterns}
    assert {key: role.value for key, role in PERMISSIONS.items()} == LEAST


@pytest.mark.parametrize("name", sorted({name for _, name in LEAST}))
def test_each_role_gets_what_its_row_says_and_a_404_below_it(cast: Cast, posts: dict[str, Post], name: str) -> None:
    for method in METHODS:
        least = LEAST.get(("GET" if method == "HEAD" else method, name))
        for member in [cast.free, cast.gold, *(cast.members[role] for role in ROLES)]:
            post = posts.get(member.name, posts["owner"])
            status = client_of(member).generic(method, address(name, post)).status_code
            if least is None:
                assert status in (404, 405), (method, member.name)
            elif member.name in allowed(least):
                assert status not in (403, 404, 405), (method, member.name)
            else:
                assert status == 404, (method, member.name)


@pytest.mark.parametrize("name", sorted({name for _, name in LEAST}))
def test_anyone_and_the_banned_are_asked_to_sign_in(cast: Cast, posts: dict[str, Post], name: str) -> None:
    path = address(name, posts["owner"])
    for browser in (Client(), client_of(cast.banned)):
        for method in ("GET", "POST", "PUT"):
            answer = browser.generic(method, path)
            assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in/")
            assert "no-store" in answer["Cache-Control"]


def test_a_route_without_a_row_is_nobodys(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client_of(cast.owner).get("/desk/").status_code == 200
    monkeypatch.setattr(permissions, "PERMISSIONS", {})
    assert client_of(cast.owner).get("/desk/").status_code == 404


@pytest.mark.parametrize("act", [*ACTS, "delete", "Publish", "", "publish ", "__class__", "freeze"])
@pytest.mark.parametrize("role", ROLES)
def test_each_act_asks_for_its_role(cast: Cast, posts: dict[str, Post], act: str, role: str) -> None:
    """A contributor cannot publish, schedule or take down, and nobody can do what is no act."""
    may = act in ACTS and (act == "save" or role != "contributor")
    post = posts[role]
    answer = send(client_of(cast.members[role]), path_of(post), act, publish_at="2100-01-01T12:00")
    assert answer.status_code == (302 if may else 404), act
    post.refresh_from_db()
    assert (post.status == "published") is (may and act == "publish")
    if not may:
        assert draft(post).version == 1


@pytest.mark.parametrize("act", ["publish", "schedule", "unpublish"])
def test_a_contributor_cannot_publish_a_new_post_either(cast: Cast, act: str) -> None:
    fields = {"title": "New", "text": "W.", "visibility": "public", "act": act, "publish_at": "2100-01-01T12:00"}
    assert client_of(cast.contributor).post("/desk/posts/new/", fields).status_code == 404
    assert not Post.objects.exists()
    assert client_of(cast.author).post("/desk/posts/new/", fields | {"act": "publish"}).status_code == 302
    assert Post.objects.get().status == "published"


def test_the_form_shows_no_button_that_would_be_refused(cast: Cast, posts: dict[str, Post]) -> None:
    for role in ROLES:
        body = client_of(cast.members[role]).get(path_of(posts[role])).content.decode()
        assert ('value="publish"' in body) is (role != "contributor")
        assert ('value="schedule"' in body) is (role != "contributor")
        assert ('href="/desk/settings/"' in body) is (role in ("administrator", "owner"))


def every_door(post: Post) -> Iterator[tuple[str, str]]:
    yield from (("GET", path_of(post)), ("POST", path_of(post)))
    yield from (("GET", f"{path_of(post)}preview/{persona}/") for persona in ("anyone", "member", "staff", "gold"))


@pytest.mark.parametrize("role", ["contributor", "author"])
def test_below_an_editor_one_reaches_ones_own_posts_and_no_other_at_any_door(
    cast: Cast, posts: dict[str, Post], role: str
) -> None:
    """Check 97: not even to look at, and as if it were not there."""
    browser = client_of(cast.members[role])
    for method, path in every_door(posts[role]):
        assert browser.generic(method, path).status_code != 404, path
    missing = browser.get("/desk/posts/none/").content.replace(b"/desk/posts/none/", b"")
    for other in set(ROLES) - {role}:
        for method, path in every_door(posts[other]):
            answer = browser.generic(method, path)
            assert answer.status_code == 404, path
            assert method == "POST" or answer.content.replace(path.encode(), b"") == missing
        for act in ACTS:
            given = {"title": "Mine now", "text": "W.", "visibility": "public", "version": 1, "act": act}
            assert browser.post(path_of(posts[other]), given).status_code == 404
        assert draft(posts[other]).title == f"By {other}"
    listed = browser.get("/desk/").content.decode()
    assert f"By {role}" in listed and not [other for other in ROLES if other != role and f"By {other}" in listed]


@pytest.mark.parametrize("role", ["editor", "administrator", "owner"])
def test_from_an_editor_on_one_reaches_every_post(cast: Cast, posts: dict[str, Post], role: str) -> None:
    browser = client_of(cast.members[role])
    for post in posts.values():
        assert browser.get(path_of(post)).status_code == 200
    assert browser.get("/desk/").content.decode().count('class="title"') == len(ROLES)


def test_whoever_loses_the_byline_loses_the_post(cast: Cast, posts: dict[str, Post]) -> None:
    post = posts["author"]
    assert client_of(cast.author).get(path_of(post)).status_code == 200
    send(client_of(cast.editor), path_of(post), authors=[cast.writer.pk])
    assert client_of(cast.author).get(path_of(post)).status_code == 404
    assert client_of(cast.author).get(f"{path_of(post)}preview/staff/").status_code == 404


def test_a_stale_tab_cannot_save_after_its_role_is_gone(cast: Cast, posts: dict[str, Post]) -> None:
    """Check 101."""
    browser = client_of(cast.editor)
    given = {"title": "Too late", "text": "W.", "visibility": "public", "version": 1, "act": "save"}
    Member.objects.filter(pk=cast.editor.pk).update(role=Role.NONE)
    assert browser.post(path_of(posts["author"]), given).status_code == 404
    assert draft(posts["author"]).title == "By author"
    Member.objects.filter(pk=cast.editor.pk).update(role=Role.EDITOR)
    assert browser.post(path_of(posts["author"]), given).status_code == 302
    assert draft(posts["author"]).title == "Too late"


def test_a_stale_tab_cannot_publish_after_its_role_fell(cast: Cast, posts: dict[str, Post]) -> None:
    browser = client_of(cast.author)
    given = {"title": "Too late", "text": "W.", "visibility": "public", "version": 1, "act": "publish"}
    Member.objects.filter(pk=cast.author.pk).update(role=Role.CONTRIBUTOR)
    assert browser.post(path_of(posts["author"]), given).status_code == 404
    assert Post.objects.get(pk=posts["author"].pk).status == "draft"


@pytest.mark.parametrize("name", sorted({name for _, name in LEAST}))
def test_no_answer_of_the_desk_is_kept_or_indexed(cast: Cast, posts: dict[str, Post], name: str) -> None:
    browser = client_of(cast.owner)
    for method in ("GET", "POST"):
        answer = browser.generic(method, address(name, posts["owner"]))
        assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"], method
        if answer.status_code == 200:
            assert answer["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("name", sorted({name for method, name in LEAST if method == "POST"}))
def test_no_post_is_taken_without_its_token(cast: Cast, posts: dict[str, Post], name: str) -> None:
    """Check 49."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.owner)
    path, fields = (
        address(name, posts["owner"]),
        {"title": "Forged", "visibility": "public", "version": 1, "act": "save"},
    )
    for body, kind in ((None, ""), ('{"act": "publish"}', "application/json"), ("act=publish", "text/plain")):
        answer = browser.post(path, fields) if body is None else browser.post(path, body, content_type=kind)
        assert answer.status_code == 403, kind
    assert draft(posts["owner"]).title == "By owner"


@override_settings(MODE="live", IS_LIVE=True)
def test_on_a_live_site_the_desk_asks_for_a_passkey_first(cast: Cast, posts: dict[str, Post]) -> None:
    """Check 48."""
    for name in sorted({name for _, name in LEAST}):
        for method in (method for method, route in LEAST if route == name):
            answer = client_of(cast.owner).generic(method, address(name, posts["owner"]))
            assert answer.status_code == 302 and answer["Location"].startswith(reverse("second_factor")), (method, name)
