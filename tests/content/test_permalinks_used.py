"""A new post gets its address from the publication's permalink, and keeps it."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from masthead.content.addresses import AddressError
from masthead.content.document import from_markdown
from masthead.content.editing import draft_of, freeze, save_draft, start_post
from masthead.content.models import Post
from masthead.content.publishing import publish
from masthead.core.models import Publication
from tests.cast import Cast

LATE = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # 2027 in Tokyo


def put_out(slug: str, *, kind: str = "post", path: str | None = None) -> Post:
    text = from_markdown("Words.").document.json
    draft = start_post(by=None, at=LATE, kind=kind, title="T", slug=slug, document=text, visibility="public")
    return publish(freeze(draft.post, by=None, at=LATE), by=None, at=LATE, path=path)


def test_a_post_gets_the_address_that_the_permalink_says_in_the_papers_own_time_zone(
    cast: Cast, client: Client
) -> None:
    Publication.objects.filter(pk=1).update(permalink="/{year}/{month}/{slug}/", time_zone="Asia/Tokyo")
    assert [put_out("ships").path, put_out("ships").path] == ["/2027/01/ships/", "/2027/01/ships-2/"]
    assert put_out("about", kind="page").path == "/about/"
    Post.objects.update(published_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert client.get("/2027/01/ships/").status_code == 200


def test_a_new_permalink_moves_no_post(cast: Cast) -> None:
    post = put_out("ships")
    Publication.objects.filter(pk=1).update(permalink="/{year}/{slug}/")
    assert publish(freeze(post, by=None, at=LATE), by=None, at=LATE).path == "/ships/"
    save_draft(post, {"slug": "boats"}, version=draft_of(post).version, by=None, at=LATE)
    assert publish(freeze(post, by=None, at=LATE), by=None, at=LATE).path == "/2026/boats/"


def test_an_exact_address_is_kept_when_the_post_is_published_again(cast: Cast, client: Client) -> None:
    post = put_out("ships", path="/2019/05/ships/")
    assert publish(freeze(post, by=None, at=LATE), by=None, at=LATE).path == "/2019/05/ships/"


@pytest.mark.parametrize("path", ["/desk/x/", "ships", "/ships", "//", "/a//b/", "/" + "a" * 400 + "/"])
def test_an_exact_address_that_cannot_be_given_is_refused(cast: Cast, path: str) -> None:
    with pytest.raises(AddressError):
        put_out("ships", path=path)
    assert not Post.objects.filter(status="published").exists()


def test_an_exact_address_that_is_taken_is_refused(cast: Cast) -> None:
    put_out("ships", path="/2019/ships/")
    with pytest.raises(AddressError, match="stands at"):
        put_out("boats", path="/2019/ships/")


def test_a_permalink_without_the_slug_is_used_once_only(cast: Cast) -> None:
    Publication.objects.filter(pk=1).update(permalink="/p-{id}/")
    first, second = put_out("ships"), put_out("ships")
    assert first.path == f"/p-{first.public_id}/" and second.path == f"/p-{second.public_id}/"
