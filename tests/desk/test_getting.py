"""A GET changes nothing: every route there is, as every persona, leaves the tables as they were (check 49)."""

import pytest
from django.utils import timezone

from masthead.billing.models import Checkout, Payment, Price, Subscription
from masthead.content.models import Author
from masthead.content.publishing import schedule
from masthead.members.models import Member, SignInRequest
from tests.cast import Cast, client_of, published
from tests.content.tables import Dump, changed_tables, content_tables
from tests.content.writing import frozen
from tests.desk.hands import draft_by
from tests.shape.routes import routes

PERSONAS = ("anyone", "free", "contributor", "editor", "owner")
KEPT = (Member, SignInRequest, Price, Checkout, Subscription, Payment)


def tables() -> Dump:
    more = {model.__name__: sorted(model.objects.values_list(), key=repr) for model in KEPT}
    return content_tables() | more


@pytest.fixture
def paths(cast: Cast) -> list[str]:
    """An address for every route, for posts in every state."""
    posts = [draft_by(cast.members[name], f"By {name}") for name in ("contributor", "author", "editor")]
    posts.append(published("Out", "One.\n\n<!--more-->\n\nTwo.", cast=cast, visibility="paid"))
    schedule(frozen(posts[0]), timezone.now(), by=None, at=timezone.now())
    values = {
        "public_id": [*(post.public_id for post in posts), "none"], "slug": ["world", "ines-okafor"], "number": ["1"],
        "year": ["2026"], "month": ["3"], "persona": ["anyone", "staff"], "name": ["anyone"], "checkout_id": ["none"],
        "token": ["x" * 22], "width": ["480"], "format": ["webp"], "path": ["out/", "out"],
        "shown_id": ["0" * 24], "post_slug": ["out"], "rest": ["posts/"], "colour": ["8a1c1c"],
    }  # fmt: skip
    fills = {name: lambda found=found: found for name, found in values.items()}
    return [path for route in routes() for path in route.paths(fills)]


QUERY = "?act=publish&act=unpublish&title=Changed&version=1&visibility=public&delete=1&_method=POST&confirm=1"


def test_no_get_changes_a_table(cast: Cast, paths: list[str]) -> None:
    changing: dict[str, set[str]] = {}
    for persona in PERSONAS:
        browser, before = client_of(cast.members.get(persona)), tables()
        for path in paths:
            browser.get(path)
            browser.head(path + QUERY)
        if changed := changed_tables(before, tables()):
            changing[persona] = changed
    assert changing == {}
    assert len(paths) > 60


def test_opening_the_form_of_a_new_post_makes_no_public_page(cast: Cast) -> None:
    """A byline that nobody has signed yet would stand at /author/ for everybody."""
    authors = Author.objects.count()
    assert client_of(cast.contributor).get("/desk/posts/new/").status_code == 200
    assert Author.objects.count() == authors
    assert client_of(None).get("/author/contributor/").status_code == 404


def test_a_get_that_did_change_something_would_be_seen(cast: Cast, paths: list[str]) -> None:
    """The seeded fault."""
    before = tables()
    Member.objects.filter(pk=cast.free.pk).update(name="Changed")
    assert changed_tables(before, tables()) == {"Member"}
