"""Every kind of page that Masthead shows, and who sees it."""

from dataclasses import dataclass

from tests.browser.people import People
from tests.browser.visitor import Answer

PAID, PUBLIC, MEMBERS, TIERS = (
    "/minister-promises-crew-home-by-friday/",
    "/what-the-salt-strait-treaty-says/",
    "/letter-from-brakk/",
    "/inside-the-kesh-letter/",
)


@dataclass(frozen=True)
class Kind:
    """A kind of page: where it stands, who looks at it, and the buttons that lead on from there to it.

    In the path `{paid}` is the public id of a paid post, `{price}` that of a price and `{key}` that of a key.
    """

    name: str
    path: str
    persona: str = "anyone"
    press: tuple[str, ...] = ()
    status: int = 200

    def path_on(self, people: People) -> str:
        """Return the path in this demo."""
        key = people.key if "{key}" in self.path else ""
        return self.path.format(paid=people.public_id(PAID), price=people.price, key=key)

    def answer(self, people: People) -> Answer:
        """Fetch the page over HTTP, through its buttons."""
        visitor = people.visitor(self.persona)
        page = visitor.open(self.path_on(people))
        for button in self.press:
            page = visitor.press(page, button)
        assert page.status == self.status, (page.status, page.address)
        return page


READING = [
    Kind("front page", "/"),
    Kind("post", PUBLIC),
    Kind("post written at the desk", "/written-at-the-desk/"),
    Kind("post at the wall", PAID),
    Kind("post for members at the wall", MEMBERS),
    Kind("post of a tier at the wall of another", TIERS, "paid"),
    Kind("paid post, whole", PAID, "paid"),
    Kind("page", "/about/"),
    Kind("tag", "/tag/world/"),
    Kind("author", "/author/ines-okafor/"),
    Kind("archive", "/archive/"),
    Kind("month", "/archive/2026/11/"),
    Kind("second page of a month", "/archive/2026/11/page/2/"),
    Kind("search", "/search/"),
    Kind("search with hits", "/search/?q=treaty"),
    Kind("search without hits", "/search/?q=zyxwvut"),
    Kind("nothing there", "/no-such-page/", status=404),
]
SIGNING_IN = [
    Kind("sign-in", "/sign-in/"),
    Kind("sign-up", "/sign-up/"),
    Kind("code", "/sign-in/code/", "asker"),
    Kind("wrong code", "/sign-in/code/?code=000000", "asker", ("Sign in",), 422),
    Kind("link in another browser", "/sign-in/code/?request=elsewhere"),
]
MONEY = [
    Kind("subscribe", "/subscribe/"),
    Kind("subscribe, as who has a tier", "/subscribe/", "paid"),
    Kind("confirm", "/subscribe/begin/?price={price}", "free"),
    Kind("payment page", "/subscribe/begin/?price={price}", "free", ("Go to payment",)),
    Kind(
        "declined card",
        "/subscribe/begin/?price={price}",
        "free",
        ("Go to payment", "Pay with a card that is declined"),
        402,
    ),
    Kind("no subscription", "/account/subscription/", "free"),
    Kind("subscription", "/account/subscription/", "subscriber"),
    Kind("cancelled subscription", "/account/subscription/", "canceller"),
]
ACCOUNT = [
    Kind("account", "/account/", "subscriber"),
    Kind("account that holds nothing", "/account/", "free"),
    Kind("new mail address", "/account/mail/", "paid"),
    Kind("code for the new address", "/account/mail/code/", "mover"),
    Kind("passkeys", "/account/passkeys/", "paid"),
    Kind("devices", "/account/devices/", "paid"),
    Kind("own data", "/account/data/", "paid"),
    Kind("deleting the account", "/account/delete/", "paid"),
    Kind("unsubscribing by a link that is not known", "/unsubscribe/?uuid=none"),
    Kind("asking staff for a passkey", "/account/confirm/", "owner"),
]
DEMO = [
    Kind("outbox", "/outbox/"),
    Kind("steal", "/demo/steal/{paid}/"),
    Kind("steal, its result", "/demo/steal/{paid}/", press=("Try every door",)),
    Kind("steal, its result for who may read", "/demo/steal/{paid}/", "paid", ("Try every door",)),
]
DESK = [
    Kind("desk", "/desk/", "editor"),
    Kind("desk without a hit", "/desk/?q=zyxwvut", "editor"),
    Kind("new post", "/desk/posts/new/", "editor"),
    Kind("post at the desk", "/desk/posts/{paid}/", "editor"),
    Kind("post with a mistake", "/desk/posts/{paid}/", "editor", ("Schedule",), 422),
    Kind("settings", "/desk/settings/", "owner"),
    Kind("keys", "/desk/keys/", "owner"),
    Kind("key", "/desk/keys/{key}/", "owner"),
    Kind("key, not sure", "/desk/keys/{key}/", "owner", ("Revoke the key",), 422),
    Kind("preview as anyone", "/desk/posts/{paid}/preview/anyone/", "editor"),
    Kind("preview as staff", "/desk/posts/{paid}/preview/staff/", "editor"),
]
KINDS = [*READING, *SIGNING_IN, *MONEY, *ACCOUNT, *DEMO, *DESK]
