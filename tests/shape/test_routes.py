"""The route table: who may open what. A route that is not in it fails the build (checks 1, 23, 49, 93)."""

import pytest
from django.test import Client, override_settings

from masthead.desk.permissions import PERMISSIONS
from masthead.members.models import Member
from tests.cast import Cast, client_of, published
from tests.shape.routes import Route, routes

ANYONE = """front search archive month month_page tag tag_page author author_page picture by_address feed_rss feed_atom feed_json
    tag_feed_rss tag_feed_atom tag_feed_json author_feed_rss author_feed_atom author_feed_json sitemap sitemap_posts
    sitemap_tags sitemap_authors sitemap_news file front_page feed_old ghost_desk accent robots security healthz sign_in sign_up sign_in_code subscribe
    subscribe_begin checkout_return unsubscribe""".split()
MEMBERS = """account devices change_mail change_mail_code passkeys own_data delete_account subscription second_factor""".split()
MEMBERS_POST = """sign_out_others sign_out_device passkey_add_begin passkey_add passkey_remove second_factor_begin
    second_factor_finish subscription_cancel subscription_resume newsletters""".split()
ANYONE_POST = "passkey_begin passkey_sign_in sign_out".split()
DEMO = "outbox demo_as steal steal_try".split()
PROVIDER = ["webhook", "demo_pay"]
# Read-only, by key and not by session: tests/api/content/test_door.py.
API = """api_other content_posts content_post content_post_by_slug content_pages content_page content_page_by_slug content_tags
    content_tag content_tag_by_slug content_authors content_author content_author_by_slug content_tiers content_newsletters
    content_offer content_recommendations content_settings content_indexed_posts content_indexed_tags
    content_indexed_authors""".split()
# By the token of an admin key and not by session: tests/api/admin/test_door.py.
ADMIN = """admin_config admin_settings admin_posts admin_post admin_post_by_slug admin_pages admin_page admin_page_by_slug
    admin_tags admin_tag admin_tag_by_slug admin_images admin_media admin_files admin_members admin_member admin_labels
    admin_newsletters admin_tiers admin_offers admin_users admin_user admin_user_by_slug""".split()
OPEN_API = ["admin_site"]
DESK = sorted({name for _, name in PERMISSIONS})
EVERY = [*ANYONE, *MEMBERS, *MEMBERS_POST, *ANYONE_POST, *DEMO, *PROVIDER, *API, *ADMIN, *OPEN_API, *DESK]
ROUTES = {route.name: route for route in routes()}
VALUES = {
    "slug": "world", "number": "2", "year": "2026", "month": "3", "public_id": "none", "persona": "anyone", "name": "anyone",
    "checkout_id": "none", "token": "none-none-none-none", "width": "480", "format": "webp", "colour": "8a1c1c", "path": "no-such-post/",
    "shown_id": "0" * 24, "post_slug": "none", "rest": "v4/content/posts/",
}  # fmt: skip


def address(route: Route) -> str:
    return route.paths({name: lambda value=value: [value] for name, value in VALUES.items()})[0]  # type: ignore[misc]


def asks_to_sign_in(client: Client, name: str, method: str) -> bool:
    answer = client.generic(method, address(ROUTES[name]))
    return answer.status_code == 302 and answer["Location"].startswith("/sign-in/?next=")


def test_every_route_stands_in_the_table_once_and_no_other() -> None:
    assert sorted(EVERY) == sorted(route.name for route in routes())


@pytest.mark.parametrize("name", [*MEMBERS, *DESK])
def test_what_is_for_members_asks_anyone_to_sign_in(name: str, cast: Cast) -> None:
    methods = {method for method, route in PERMISSIONS if route == name} or {"GET"}
    assert all(asks_to_sign_in(Client(), name, method) for method in methods)


@pytest.mark.parametrize("name", MEMBERS_POST)
def test_acts_of_members_are_posts_by_members(name: str, cast: Cast) -> None:
    assert asks_to_sign_in(Client(), name, "POST")
    assert client_of(cast.free).get(address(ROUTES[name])).status_code == 405


@pytest.mark.parametrize("name", DESK)
def test_the_desk_is_not_there_for_readers_nor_below_the_least_role(name: str, cast: Cast) -> None:
    for method, least in ((method, least) for (method, route), least in PERMISSIONS.items() if route == name):
        for member in cast.members.values():
            if member != cast.banned and not member.may(least):
                answer = client_of(member).generic(method, address(ROUTES[name]))
                assert answer.status_code == 404, (member, method)


@pytest.mark.parametrize("name", DEMO)
def test_doors_of_the_demo_are_shut_elsewhere(name: str, cast: Cast) -> None:
    with override_settings(MODE="live"):
        for client in (Client(), client_of(cast.owner)):
            for method in ("GET", "POST"):
                assert client.generic(method, address(ROUTES[name])).status_code == 404


@pytest.mark.parametrize("name", sorted(set(EVERY) - {"webhook", "demo_as", *API, *ADMIN, *OPEN_API}))
def test_no_post_is_taken_without_its_token(name: str, cast: Cast) -> None:
    """Check 49; the provider's webhook is signed instead, and the strip of the demo says where it stands (test_personas.py)."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.owner)
    assert client.post(address(ROUTES[name]), {"act": "publish"}).status_code == 403


@pytest.mark.parametrize("name", API)
def test_the_api_takes_no_post_and_lets_nobody_in_by_session(name: str, cast: Cast) -> None:
    """Check 94."""
    for member in (None, cast.gold, cast.owner):
        browser = client_of(member)
        assert browser.post(address(ROUTES[name])).status_code == 405
        answer = browser.get(address(ROUTES[name]))
        assert answer.status_code == 403 and not answer.cookies


@pytest.mark.parametrize("name", ADMIN)
def test_no_session_is_let_into_the_admin_api(name: str, cast: Cast) -> None:
    """Checks 49 and 94."""
    for member in (None, cast.gold, cast.owner):
        browser = client_of(member)
        for method in ("GET", "POST", "PUT", "DELETE"):
            answer = browser.generic(method, address(ROUTES[name]), b"{}", content_type="application/json")
            assert answer.status_code == 403 and not answer.cookies, method


def test_a_webhook_that_nobody_signed_is_refused(cast: Cast) -> None:
    assert Client(enforce_csrf_checks=True).post("/webhooks/demo/", {}).status_code == 400


@pytest.mark.parametrize("name", ANYONE)
def test_what_is_for_anyone_sets_no_cookie_unless_it_holds_a_form(name: str, cast: Cast) -> None:
    """Check 23."""
    published("A ship", "Seized.", cast=cast)
    answer = Client().get(address(ROUTES[name]))
    assert answer.status_code in (200, 301, 302, 404)
    assert not answer.cookies or name in ("sign_in", "sign_up", "subscribe_begin"), answer.cookies
    assert Member.objects.count() == len(cast.members)
