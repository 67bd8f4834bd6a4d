"""Signing in and out in a real browser: links that scanners open, other browsers, the back button."""

import re
from urllib.parse import urljoin

from playwright.sync_api import Page, expect

from tests.browser.hands import Mouse
from tests.browser.kinds import PAID
from tests.browser.running import Site
from tests.browser.visitor import code_for
from tests.browser.windows import Windows

SCRIPTS = 5_000  # milliseconds in which a page's scripts could press something
LAST_WORDS = "with or without good news"


def ask(page: Page, site: Site, email: str) -> str:
    """Ask for a code and return the link in the mail."""
    page.goto(site.at("/sign-in/"))
    hand = Mouse(page)
    hand.type("Mail address", email)
    hand.press("Send me a code")
    code_for(site, email)
    text = site.one("select text from ops_outboxmail where [to] = ? order by id desc limit 1", email)
    found = re.search(r"http\S+/sign-in/code/\S+", text)
    assert found is not None
    return found.group()


def is_signed_in(page: Page) -> bool:
    """Ask for the account page, in a tab of its own."""
    tab = page.context.new_page()
    tab.goto(urljoin(page.url, "/account/"))
    answer = tab.get_by_text("Signed in as").count() == 1
    tab.close()
    return answer


def is_spent(site: Site, email: str) -> bool:
    """Say whether a code of this address was tried or spent."""
    return site.rows("select tries, spent_at from members_signinrequest where email = ?", email) != [(0, None)]


def test_a_link_that_chromium_only_loads_spends_nothing_and_the_click_signs_in(windows: Windows, site: Site) -> None:
    """Check 31."""
    asking, scanner = windows.open(), windows.open()
    link = ask(asking, site, "scanned@readers.example")
    for page in (scanner, asking):
        page.goto(link)
        page.wait_for_timeout(SCRIPTS)
        assert not is_signed_in(page)
        assert not is_spent(site, "scanned@readers.example")
    Mouse(asking).press("Sign in")
    assert is_signed_in(asking) and not is_signed_in(scanner)
    assert is_spent(site, "scanned@readers.example")


def test_a_link_in_another_browser_is_refused_and_says_what_to_do(windows: Windows, site: Site) -> None:
    """Check 33."""
    asking, other = windows.open(), windows.open()
    link = ask(asking, site, "two-browsers@readers.example")
    other.goto(link)
    expect(other.get_by_role("heading", name="Type the code where you asked for it")).to_be_visible()
    assert other.get_by_role("main").get_by_role("button").count() == 0 and not is_signed_in(other)
    Mouse(other).press("Ask for a new code here")
    expect(other.get_by_label("Mail address")).to_be_visible()
    asking.goto(link)
    Mouse(asking).press("Sign in")
    assert is_signed_in(asking)


def read_and_leave_by(windows: Windows, site: Site, way: str) -> Page:
    """Read a paid post to the end, end the session in one of two ways, and press the back button."""
    page = windows.open("paid")
    page.goto(site.at(PAID))
    expect(page.get_by_text(LAST_WORDS)).to_be_attached()
    page.goto(site.at("/account/"))
    if way == "sign out":
        Mouse(page).press("Sign out")
        page.wait_for_url(site.at("/"))
        page.go_back(wait_until="commit")
    else:
        for name in ("session", "reader"):  # and not the generation, by which the page's script would notice
            page.context.clear_cookies(name=name)
    page.go_back(wait_until="commit")  # a page that was kept whole is not loaded again
    page.wait_for_url(site.at(PAID), wait_until="commit")
    page.wait_for_timeout(1_000)
    return page


def test_the_back_button_shows_no_paid_text_after_signing_out(windows: Windows, site: Site) -> None:
    """Check 30."""
    page = read_and_leave_by(windows, site, "sign out")
    assert LAST_WORDS not in page.content()
    expect(page.get_by_role("heading", name="This post is for paying subscribers only")).to_be_visible()


def test_the_back_button_would_show_it_if_signing_out_forgot_the_kept_pages(windows: Windows, site: Site) -> None:
    page = read_and_leave_by(windows, site, "lose the session")
    assert LAST_WORDS in page.content()
