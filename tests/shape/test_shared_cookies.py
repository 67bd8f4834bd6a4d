"""No route whose answer a proxy may keep sets a cookie, however broken those are that a visitor brings (check 23)."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from masthead.content.attaching import keep_attachment, path_of
from masthead.content.document import Document
from masthead.content.editing import freeze, start_post
from masthead.content.publishing import publish
from masthead.content.uploading import keep_picture
from masthead.members.keys import make_key
from masthead.members.models.api_key import KeyKind
from tests.cast import Cast, client_of, published
from tests.content.files import drawn
from tests.shape.routes import routes
from tests.shape.test_routes import API, VALUES
from tests.site.test_keeping import may_be_shared

BROKEN = (
    "csrf=x", "csrf=", "session=x", "session=", f"session={'a' * 32}", "messages=x", "messages=", "masthead=x; csrf=\x7f",
    f"csrf={'z' * 64}; session=short; messages=[]; sessionid=x; csrftoken=x",
)  # fmt: skip
# Where it is known that a proxy may keep what is answered; a route that no longer says so would pass unseen.
SHARED = """front search archive tag author picture by_address feed_rss feed_atom feed_json tag_feed_rss tag_feed_atom
    tag_feed_json author_feed_rss author_feed_atom author_feed_json sitemap sitemap_posts sitemap_tags sitemap_authors
    sitemap_news file accent robots security content_posts content_tags content_settings""".split()


@pytest.fixture
def addresses(cast: Cast) -> dict[str, str]:
    """Return an address for every route, at which something stands where that is possible."""
    media = keep_picture(drawn(), "a.jpg", at=timezone.now())
    kept = keep_attachment(b"%PDF-1.4 figures", "figures.pdf", at=timezone.now())
    document = Document.of([{"type": "file", "attrs": {"file": kept.token, "title": "Figures"}}])
    draft = start_post(by=None, at=timezone.now(), title="A list", document=document.json)
    publish(freeze(draft.post, by=None, at=timezone.now()), by=None, at=timezone.now())
    published("A ship", "Words.", cast=cast)
    key = make_key("Reader", KeyKind.CONTENT, by=cast.owner, at=timezone.now())[1]
    values = {**VALUES, "number": "1", "path": "a-ship/", "token": media.token, "width": "60"}
    found = {r.name: r.paths({n: lambda v=v: [v] for n, v in values.items()})[0] for r in routes()}  # type: ignore[misc]
    found |= {name: f"{path}?key={key}" for name, path in found.items() if name in API}
    found |= {
        "picture": f"/media/{media.token}/80.webp",
        "file": path_of(kept),
        "author": "/author/ines-okafor/",
        "tag": "/tag/world/",
    }
    return found | {
        f"author_feed_{k}": f"/author/ines-okafor/{e}"
        for k, e in (("rss", "rss/"), ("atom", "atom.xml"), ("json", "feed.json"))
    }


def answers(addresses: dict[str, str], cookies: str) -> dict[str, Any]:
    """Ask every route as a visitor with these cookies and no others."""
    client = Client(headers={"Cookie": cookies}, raise_request_exception=False)
    return {name: client.get(path) for name, path in addresses.items()}


@pytest.mark.parametrize("cookies", BROKEN)
def test_no_answer_that_may_be_kept_sets_a_cookie(addresses: dict[str, str], cookies: str) -> None:
    found = answers(addresses, cookies)
    assert [name for name, answer in found.items() if answer.cookies and may_be_shared(answer)] == []
    # What says nothing of keeping is kept for a while by some; so it sets nothing either.
    assert [name for name, answer in found.items() if answer.cookies and not answer.get("Cache-Control")] == []


def test_each_of_these_routes_may_be_kept(addresses: dict[str, str]) -> None:
    found = answers(addresses, "theme=dark")
    assert [name for name in SHARED if found[name].status_code != 200 or not may_be_shared(found[name])] == []


def test_a_page_that_has_to_set_a_cookie_is_its_visitors_alone(addresses: dict[str, str]) -> None:
    broken = Client(headers={"Cookie": "session=x"}).get("/")
    assert broken.cookies and broken["Cache-Control"] == "private, no-cache"
    assert not Client(headers={"Cookie": "theme=dark"}).get("/").cookies


def test_a_member_who_signs_out_is_told_so_once(cast: Cast) -> None:
    browser = client_of(cast.free)
    first = browser.post("/sign-out/", follow=True)
    again = browser.get(first.request["PATH_INFO"])
    assert 'class="notice"' not in again.content.decode() and not may_be_shared(first)
