"""Every kind of page: it fits a narrow screen, asks nobody else's server for anything, and complains of nothing."""

from django.urls import get_resolver, resolve
from playwright.sync_api import Page, Route

from tests.browser.kinds import KINDS, Kind
from tests.browser.layout import sideways
from tests.browser.people import People
from tests.browser.running import Site
from tests.browser.showing import each_kind, show, window_of
from tests.browser.windows import NARROW, Windows

# Routes that answer to machines, that only take a POST, or that only lead on.
NO_PAGE = set(
    "atom.xml author_feed_atom author_feed_json author_feed_rss feed_atom feed_json feed_rss tag_feed_atom "
    "tag_feed_json tag_feed_rss sitemap sitemap_authors sitemap_news sitemap_posts sitemap_tags robots security healthz "
    "picture desk_picture webhook demo_as me sign_out sign_out_device sign_out_others subscription_cancel "
    "subscription_resume checkout_return passkey_begin passkey_sign_in passkey_add_begin passkey_add passkey_remove "
    "second_factor_begin second_factor_finish newsletters file front_page feed_old ghost_desk accent api_other "
    "content_posts content_post content_post_by_slug content_pages content_page content_page_by_slug "
    "content_tags content_tag content_tag_by_slug content_authors content_author content_author_by_slug "
    "content_tiers content_newsletters content_offer content_recommendations content_settings "
    "content_indexed_posts content_indexed_tags content_indexed_authors "
    "admin_site admin_config admin_settings admin_posts admin_post admin_post_by_slug admin_pages admin_page "
    "admin_page_by_slug admin_tags admin_tag admin_tag_by_slug admin_images admin_media admin_files admin_members "
    "admin_member admin_labels admin_newsletters admin_tiers admin_offers admin_users admin_user "
    "admin_user_by_slug".split()
)
LIKE_ITS_FIRST = {"tag_page", "author_page"}


def to_the_end(page: Page) -> None:
    """Scroll down, so that pictures which wait for it are loaded."""
    page.evaluate(
        "async () => { for (let y = 0; y < document.body.scrollHeight; y += 400)"
        " { scrollTo(0, y); await new Promise(requestAnimationFrame); } }"
    )
    page.wait_for_load_state("networkidle")


@each_kind
def test_a_page_fits_the_narrowest_screen_asks_no_other_server_and_complains_of_nothing(
    kind: Kind, windows: Windows, people: People
) -> None:
    page = window_of(windows, kind, people, viewport=NARROW)
    watch = windows.watch(page)
    show(page, kind, people)
    to_the_end(page)
    assert (sideways(page), watch.elsewhere, watch.complaints) == ([], [], [])
    assert any(address.endswith(".css") for address in watch.requests)


def test_every_route_that_is_a_page_is_among_the_kinds(people: People) -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    paths = [kind.path_on(people).partition("?")[0] for kind in KINDS]
    reached = {resolve(path).url_name for path in paths} | {"demo_pay", "steal_try"}
    assert sorted(names - reached - NO_PAGE - LIKE_ITS_FIRST) == []


def test_a_page_wider_than_the_screen_is_found(windows: Windows, site: Site) -> None:
    page = windows.open(viewport=NARROW)
    page.goto(site.at("/search/"))
    assert sideways(page) == []
    page.evaluate("document.querySelector('main h1').style.inlineSize = '400px'")
    assert sideways(page)


def spoil(page: Page, site: Site, markup: str, *, keep_policy: bool) -> None:
    """Let the front page carry something that it should not."""

    def answer(route: Route) -> None:
        real = route.fetch()
        headers = {name: value for name, value in real.headers.items() if keep_policy or "security" not in name}
        route.fulfill(response=real, headers=headers, body=real.text().replace("</body>", f"{markup}</body>"))

    page.route(site.at("/"), answer)
    page.route("**/elsewhere.example/**", lambda route: route.abort())
    page.goto(site.at("/"))
    page.wait_for_load_state("networkidle")


def test_a_request_to_elsewhere_and_a_broken_policy_are_found(windows: Windows, site: Site) -> None:
    picture, script = "<img src='https://elsewhere.example/pixel.png' alt=''>", "<script>document.title = 'x'</script>"
    page = windows.open()
    watch = windows.watch(page)
    spoil(page, site, picture, keep_policy=False)
    assert watch.elsewhere == ["https://elsewhere.example/pixel.png"]
    page = windows.open()
    watch = windows.watch(page)
    spoil(page, site, script, keep_policy=True)
    assert [complaint for complaint in watch.complaints if "Content Security Policy" in complaint]
