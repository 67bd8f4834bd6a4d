"""With JavaScript switched off: reading, signing in, subscribing and writing go on."""

from playwright.sync_api import Page, expect

from tests.browser.hands import Mouse
from tests.browser.kinds import PAID
from tests.browser.running import Site
from tests.browser.visitor import code_for
from tests.browser.windows import Windows

WALL = "This post is for paying subscribers only"
LAST_WORDS = "with or without good news"


def quiet(windows: Windows, persona: str = "anyone") -> Page:
    """Open a window in which no script runs, and prove it."""
    page = windows.open(persona, java_script_enabled=False)
    page.set_content("<p>still</p><script>document.body.textContent = 'changed'</script>")
    expect(page.get_by_text("still")).to_be_visible()
    return page


def test_the_wall_and_the_paid_text_need_no_script(windows: Windows, site: Site) -> None:
    passer_by, payer = quiet(windows), quiet(windows, "paid")
    passer_by.goto(site.at(PAID))
    expect(passer_by.get_by_role("heading", name=WALL)).to_be_visible()
    assert LAST_WORDS not in passer_by.content()
    payer.goto(site.at(PAID))
    expect(payer.get_by_text(LAST_WORDS)).to_be_visible()
    expect(payer.get_by_role("heading", name=WALL)).to_have_count(0)


def test_a_passer_by_signs_in_with_a_code_pays_and_is_led_back(windows: Windows, site: Site) -> None:
    page, email = quiet(windows), "quiet@readers.example"
    hand = Mouse(page)
    page.goto(site.at(PAID))
    hand.press("Subscribe from €8")
    hand.press("€8 a month")
    hand.type("Mail address", email)
    hand.press("Send me a code")
    hand.type("Code", code_for(site, email))
    hand.press("Sign in")
    hand.press("Go to payment")
    hand.press("Pay")
    assert page.url == site.at(PAID)
    expect(page.get_by_text(LAST_WORDS)).to_be_visible()


def test_what_needs_a_script_says_so_or_is_not_there(windows: Windows, site: Site) -> None:
    page = quiet(windows, "free")
    page.goto(site.at("/account/passkeys/"))
    expect(page.locator("main noscript p")).to_be_visible()
    expect(page.get_by_role("button", name="Add a passkey")).to_have_count(0)
    page = quiet(windows)
    page.goto(site.at("/sign-in/"))
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_have_count(0)


def test_a_post_is_written_and_published(windows: Windows, site: Site) -> None:
    desk = quiet(windows, "editor")
    hand = Mouse(desk)
    desk.goto(site.at("/desk/posts/new/"))
    hand.type("Headline", "Written without a script")
    hand.type("Text", "In the open.")
    hand.press("Publish")
    reader = quiet(windows)
    reader.goto(site.at("/written-without-a-script/"))
    expect(reader.get_by_text("In the open.")).to_be_visible()
