"""The people who look at pages: the demo's own, and some who have got further over HTTP."""

from collections.abc import Callable
from functools import cached_property

from tests.browser.running import Site
from tests.browser.visitor import Visitor


class People:
    """Makes each visitor once, so that a demo's limit on codes is not used up."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._known: dict[str, Visitor] = {}

    def visitor(self, persona: str) -> Visitor:
        """Return this person, already where they have got to."""
        if persona not in self._known:
            make = _FURTHER.get(persona)
            self._known[persona] = make(self) if make else Visitor(self.site, persona)
        return self._known[persona]

    def publish(self, persona: str, **typed: str) -> None:
        """Write a post in the desk's form as this person and publish it."""
        visitor = self.visitor(persona)
        visitor.press(visitor.open("/desk/posts/new/"), "Publish", **typed)

    def change(self, persona: str, path: str, button: str, **typed: str) -> None:
        """Press a button of the form of the post that stands, or stood, at this path."""
        visitor = self.visitor(persona)
        visitor.press(visitor.open(f"/desk/posts/{self.public_id(path)}/"), button, **typed)

    def public_id(self, path: str) -> str:
        """Return the id under which the desk knows the post at a path."""
        return str(self.site.one("select public_id from content_post where path = ?", path))

    @property
    def price(self) -> str:
        """The id of the cheapest price."""
        return str(self.site.one("select public_id from billing_price order by units limit 1"))

    @cached_property
    def key(self) -> str:
        """The id of a key of the API, made by the owner."""
        owner = self.visitor("owner")
        owner.press(owner.open("/desk/keys/"), "Make the key", name="Our app")
        return str(self.site.one("select public_id from members_apikey limit 1"))


def _asker(people: People) -> Visitor:
    visitor = Visitor(people.site)
    visitor.press(visitor.open("/sign-in/"), "Send me a code", email="asker@readers.example")
    return visitor


def _mover(people: People) -> Visitor:
    visitor = Visitor(people.site)
    visitor.sign_in("mover@readers.example")
    visitor.press(visitor.open("/account/mail/"), "Send me a code", email="moved@readers.example")
    return visitor


def _subscriber(people: People, email: str = "subscriber@readers.example") -> Visitor:
    visitor = Visitor(people.site)
    confirm = visitor.sign_in(email, visitor.open(f"/subscribe/begin/?price={people.price}"))
    visitor.press(visitor.press(confirm, "Go to payment"), "Pay")
    return visitor


def _canceller(people: People) -> Visitor:
    visitor = _subscriber(people, "canceller@readers.example")
    visitor.press(visitor.open("/account/subscription/"), "Cancel at the end of the period")
    return visitor


_FURTHER: dict[str, Callable[[People], Visitor]] = {
    "asker": _asker,
    "mover": _mover,
    "subscriber": _subscriber,
    "canceller": _canceller,
}
