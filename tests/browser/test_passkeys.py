"""Passkeys, with an authenticator that Chromium itself plays."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.hands import Mouse
from tests.browser.running import Site, own_publication
from tests.browser.visitor import code_for
from tests.browser.windows import Windows

EMAIL = "reader@readers.example"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A publication at a name: one at a number, such as 127.0.0.1, can have no passkeys (WebAuthn, 5.1.3)."""
    with own_publication(tmp_path_factory.mktemp("paper")) as site:
        yield site


@pytest.fixture
def phone(chromium: Browser, paper: Site) -> Iterator[Page]:
    """A window with an authenticator, in which a reader has signed in with a code."""
    windows = Windows(chromium, paper)
    page = with_authenticator(windows.open())
    page.goto(paper.at("/sign-in/"))
    hand = Mouse(page)
    hand.type("Mail address", EMAIL)
    hand.press("Send me a code")
    hand.type("Code", code_for(paper, EMAIL))
    hand.press("Sign in")
    yield page
    windows.close()


def with_authenticator(page: Page) -> Page:
    """Give a window an authenticator that agrees to everything."""
    client = page.context.new_cdp_session(page)
    client.send("WebAuthn.enable")
    client.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def add_passkey(page: Page, paper: Site, name: str) -> None:
    page.goto(paper.at("/account/passkeys/"))
    page.get_by_label("A name for it").fill(name)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("listitem").filter(has_text=name)).to_be_visible()


def sign_out(page: Page, paper: Site) -> None:
    page.goto(paper.at("/account/"))
    Mouse(page).press("Sign out")
    page.wait_for_url(paper.at("/"))


def show_passkey(page: Page, paper: Site) -> None:
    page.goto(paper.at("/sign-in/?next=/account/devices/"))
    page.get_by_role("button", name="Sign in with a passkey").click()


def test_a_passkey_signs_in_until_it_is_removed(phone: Page, paper: Site) -> None:
    add_passkey(phone, paper, "My phone")
    sign_out(phone, paper)
    show_passkey(phone, paper)
    phone.wait_for_url(paper.at("/account/devices/"))
    phone.goto(paper.at("/account/passkeys/"))
    phone.get_by_role("button", name="Remove My phone").click()
    expect(phone.get_by_text("You have no passkey yet.")).to_be_visible()
    sign_out(phone, paper)
    show_passkey(phone, paper)
    expect(phone.get_by_role("alert")).to_contain_text("Sign in with a code by mail instead.")
    phone.goto(paper.at("/account/"))
    expect(phone.get_by_label("Mail address")).to_be_visible()


def test_a_passkey_is_offered_in_the_demo_only_if_it_works_there(windows: Windows, site: Site) -> None:
    page = with_authenticator(windows.open("free"))
    page.goto(site.at("/account/passkeys/"))
    if page.get_by_role("button", name="Add a passkey").count():
        add_passkey(page, site, "My phone")
    else:
        page = windows.open()
        page.goto(site.at("/sign-in/"))
        expect(page.get_by_role("button", name="Sign in with a passkey")).to_have_count(0)
