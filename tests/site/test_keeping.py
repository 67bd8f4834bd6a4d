"""Who may keep an answer, how it is asked for again, and what is never in one that is kept (checks 22, 23, 28)."""

from itertools import permutations
from typing import Any

import pytest
from django.test import Client

from masthead.content.models import Post
from tests.cast import Cast, client_of
from tests.site.visiting import DOORS, FEEDS, GATED, PAGES, SITEMAPS, a_ship

PERSONAS = ("anyone", "free", "paid", "gold", "lapsed", "editor")
DEPENDS = ("/", "/a-ship/", "/tag/world/", "/author/ines-okafor/", "/archive/", "/search/?q=ship")


@pytest.fixture(autouse=True)
def post(cast: Cast) -> Post:
    """One paid post."""
    return a_ship(cast)


def settled(cast: Cast, name: str) -> Client:
    """Return a browser that was seen within the hour."""
    client = client_of(cast.members.get(name))
    client.get("/")
    return client


def may_be_shared(answer: Any) -> bool:
    said = answer.get("Cache-Control", "")
    return "public" in said or ("private" not in said and "no-store" not in said and "max-age" in said)


@pytest.mark.parametrize("path", DOORS)
def test_what_anyone_gets_may_be_kept_and_sets_no_cookie_and_holds_no_token(cast: Cast, path: str) -> None:
    """Check 23."""
    answer = Client(headers={"Cookie": "theme=dark"}).get(path)
    assert answer.status_code == 200
    assert not answer.cookies and "csrf" not in answer.content.decode().lower()
    assert may_be_shared(answer)


def test_a_form_for_anyone_is_never_kept(cast: Cast) -> None:
    """The seeded opposite: a page with a token does set a cookie, and says that nobody may keep it."""
    answer = Client().get("/sign-in/")
    assert answer.cookies and "csrfmiddlewaretoken" in answer.content.decode()
    assert not may_be_shared(answer) and "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("persona", ["free", "editor"])
def test_no_answer_that_may_be_shared_sets_a_cookie_on_a_member_either(cast: Cast, persona: str) -> None:
    """Check 23: the first request of the hour notes the device; whoever shares that answer would get the session."""
    found = []
    for path in (*DOORS, picture_of_the_cast()):
        answer = client_of(cast.members[persona]).get(path)
        assert answer.status_code == 200
        found += [path] if answer.cookies and may_be_shared(answer) else []
    assert found == []


def picture_of_the_cast() -> str:
    from django.utils import timezone

    from masthead.content.uploading import keep_picture
    from tests.content.files import drawn

    media = keep_picture(drawn(), "a.jpg", at=timezone.now())
    return f"/media/{media.token}/80.webp"


@pytest.mark.parametrize("path", DEPENDS)
def test_what_depends_on_the_reader_is_the_members_alone(cast: Cast, path: str) -> None:
    """Check 22."""
    for persona in PERSONAS:
        answer = settled(cast, persona).get(path)
        expected = "public, max-age=0, must-revalidate" if persona == "anyone" else "private, no-cache"
        assert answer["Cache-Control"] == expected, persona
        assert "Cookie" in answer["Vary"]


@pytest.mark.parametrize("path", [*FEEDS, *SITEMAPS])
def test_what_machines_read_is_the_same_for_everybody(cast: Cast, path: str) -> None:
    answers = [settled(cast, persona).get(path) for persona in PERSONAS]
    assert len({answer.content for answer in answers}) == 1
    assert {answer["Cache-Control"] for answer in answers} == {"public, max-age=300"}


def test_an_etag_of_one_reader_never_answers_304_to_one_with_another_page(cast: Cast, post: Post) -> None:
    """Check 28, all ordered pairs."""
    browsers = {persona: settled(cast, persona) for persona in PERSONAS}
    pages = {persona: browser.get(post.path) for persona, browser in browsers.items()}
    for one, other in permutations(PERSONAS, 2):
        again = browsers[other].get(post.path, headers={"If-None-Match": pages[one]["ETag"]})
        same = pages[one].content == pages[other].content
        assert again.status_code == (304 if same else 200), (one, other)
    assert pages["paid"]["ETag"] != pages["anyone"]["ETag"]


@pytest.mark.parametrize("path", [*PAGES, *FEEDS, *SITEMAPS])
def test_the_same_bytes_again_are_a_304_without_a_body(cast: Cast, path: str) -> None:
    first = Client().get(path)
    again = Client().get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert {again.get(name) for name in ("ETag", "Cache-Control")} == {first["ETag"], first["Cache-Control"]}
    for other in ('"other"', f'W/"x", {first["ETag"][:-2]}"'):
        assert Client().get(path, headers={"If-None-Match": other}).status_code == 200
    assert Client().get(path, headers={"If-None-Match": f'"x", W/{first["ETag"]}'}).status_code == 304


def test_a_change_gives_another_etag(cast: Cast, post: Post) -> None:
    from tests.content.writing import put_out, rewrite

    before = {path: Client().get(path)["ETag"] for path in ("/a-ship/", "/", "/rss/")}
    rewrite(post, "Other words.", title="Another headline", slug="a-ship")
    put_out(post)
    for path, etag in before.items():
        assert Client().get(path, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("persona", ["anyone", "paid"])
@pytest.mark.parametrize("path", [*DOORS, "/no-such-post/"])
def test_asking_for_the_head_gives_the_same_head_and_no_body(cast: Cast, path: str, persona: str) -> None:
    browser = settled(cast, persona)
    whole, head = browser.get(path), browser.head(path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    without = {"Content-Length", "Date"}
    assert {k: v for k, v in head.items() if k not in without} == {k: v for k, v in whole.items() if k not in without}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/", "/a-ship/", "/tag/world/", "/rss/", "/sitemap.xml", "/search/?q=ship"])
def test_a_public_page_takes_nothing(cast: Cast, path: str, method: str) -> None:
    answer = Client().generic(method, path)
    assert answer.status_code == 405 and GATED not in answer.content.decode()


@pytest.mark.parametrize("path", ["/no-such-post/", "/tag/nothing/", "/archive/2020/1/"])
def test_what_is_not_there_says_so_in_the_look_of_the_paper(cast: Cast, path: str) -> None:
    answer = Client().get(path)
    body = answer.content.decode()
    assert (answer.status_code, answer.cookies) == (404, {})
    assert "There is nothing here" in body and "The Paper" in body and 'href="/search/"' in body
    assert "csrf" not in body
