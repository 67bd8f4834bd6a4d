"""From the front page to the wall, through paying to the end of the post, and back to the wall."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.hands import Hand, Keyboard, Mouse
from tests.browser.kinds import PAID
from tests.browser.running import Site
from tests.browser.visitor import code_for
from tests.browser.windows import DESKTOP, PHONE, Windows
from tests.commands.running import wait_for

TITLE = "Minister promises the crew"
LAST_WORDS = "with or without good news"  # they stand in the last paragraph
TICK = 90  # seconds in which the clock and its webhook must have ended a period


def see_the_wall(page: Page) -> None:
    expect(page.get_by_role("heading", name="This post is for paying subscribers only")).to_be_visible()
    assert LAST_WORDS not in page.content()


def see_the_end(page: Page) -> None:
    expect(page.get_by_text(LAST_WORDS)).to_be_attached()
    page.get_by_text(LAST_WORDS).scroll_into_view_if_needed()
    assert page.get_by_role("heading", name="This post is for").count() == 0


def type_the_code(hand: Hand, site: Site, email: str) -> None:
    """Look into the outbox in another tab and type what stands there."""
    code_for(site, email)
    outbox = hand.page.context.new_page()
    outbox.goto(site.at("/outbox/"))
    mail = outbox.get_by_role("article").filter(has_text=email).first.inner_text()
    outbox.close()
    hand.type("Code", re.findall(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", mail)[0])
    hand.press("Sign in")


def follow_the_link(hand: Hand, site: Site, email: str) -> None:
    """Go to the outbox and follow the link in the mail, which fills the code in."""
    code_for(site, email)
    hand.press("Open the demo’s outbox")
    hand.press(f"{site.address}/sign-in/code/")
    hand.press("Sign in")


def subscribe(hand: Hand, site: Site, email: str, sign_in: Callable[[Hand, Site, str], None]) -> None:
    hand.press("Subscribe from €8")
    hand.press("€8 a month")
    hand.type("Mail address", email)
    hand.press("Send me a code")
    sign_in(hand, site, email)
    expect(hand.page.get_by_role("heading", name="Reader")).to_be_visible()
    hand.press("Go to payment")
    hand.press("Pay")
    expect(hand.page.get_by_role("status")).to_contain_text("You can read on")


def cancel(hand: Hand, site: Site) -> None:
    hand.page.goto(site.at("/account/"))
    hand.press("Subscription and payments")
    hand.press("Cancel at the end of the period")
    expect(hand.page.get_by_text("Cancelled. You can read until")).to_be_visible()


def end_the_period(site: Site, email: str) -> None:
    """Let the period end on the demo provider's side, and wait until its clock and webhook have told us."""
    subscription = site.one(
        "select s.provider_id from billing_subscription s join members_member m on m.id = s.member_id where m.email = ?",
        email,
    )
    site.rows("update billing_demosubscription set period_ends_at = '2026-01-01 00:00:00' where id = ?", subscription)
    state = "select state from billing_subscription where provider_id = ?"
    wait_for(lambda: site.one(state, subscription) == "ended", seconds=TICK)


@pytest.mark.parametrize(
    ("kind", "size", "sign_in"),
    [(Mouse, DESKTOP, type_the_code), (Keyboard, PHONE, follow_the_link)],
    ids=["with a mouse at a desk", "with the keyboard alone on a phone"],
)
def test_a_passer_by_pays_reads_to_the_end_cancels_and_stands_before_the_wall_again(
    windows: Windows,
    site: Site,
    kind: type[Mouse] | type[Keyboard],
    size: ViewportSize,
    sign_in: Callable[[Hand, Site, str], None],
) -> None:
    email = f"{kind.__name__.lower()}@readers.example"
    page = windows.open(viewport=size)
    hand = kind(page)
    page.goto(site.at("/"))
    hand.press(TITLE)
    see_the_wall(page)
    subscribe(hand, site, email, sign_in)
    assert page.url == site.at(PAID)
    see_the_end(page)
    cancel(hand, site)
    page.goto(site.at(PAID))
    see_the_end(page)
    end_the_period(site, email)
    page.reload()
    see_the_wall(page)
