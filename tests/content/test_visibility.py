"""A change of visibility moves words between the opening and the body, both ways, at every door (check 19)."""

from typing import Any

import pytest
from django.utils import timezone

from masthead.content.changing import change_publication
from masthead.content.models import Body, Draft, Post, Revision
from masthead.content.publishing import change_visibility
from masthead.ops.worker import work_off
from tests.cast import Cast, client_of, published
from tests.content.writing import put_out, rewrite, seen

OPENING, GATED = "Openingwords", "Gatedwords"
TEXT = f"{OPENING} stand above.\n\n<!--more-->\n\n{GATED} stand below."
DOORS = (
    "/a-ship/", "/", "/rss/", "/atom.xml", "/feed.json", "/tag/world/", "/tag/world/rss/", "/author/ines-okafor/feed.json",
    "/search/?q=Gatedwords", "/sitemap-news.xml",
)  # fmt: skip
FIRST: dict[str, Any] = {"standfirst": "Stands in every summary instead of the text"}
WITH_TEXT = {"/a-ship/", "/rss/", "/atom.xml", "/feed.json", "/tag/world/rss/", "/author/ines-okafor/feed.json"}


def doors_with(word: str, member: object = None) -> set[str]:
    return {path for path in DOORS if f"{word} stand" in seen(path, by=member).replace("<mark>", "").replace("</mark>", "")}  # fmt: skip


def rows(post: Post) -> tuple[str, str]:
    """What stands in the two tables."""
    post.refresh_from_db()
    body = Body.objects.filter(post=post).first()
    return str(post.opening), str(body.document) if body else "none"


def test_words_below_the_cut_go_into_the_body_and_out_of_every_door_and_back(cast: Cast) -> None:
    post = published("A ship", TEXT, cast=cast, **FIRST)
    work_off(without=["pictures"])
    everywhere = WITH_TEXT | {"/search/?q=Gatedwords"}
    assert doors_with(GATED) == everywhere
    change_visibility(post, "paid", by=None, at=timezone.now())
    assert doors_with(GATED) == set()  # at once: the index has not been told yet
    opening, body = rows(post)
    assert (OPENING in opening, GATED in opening, OPENING in body, GATED in body) == (True, False, False, True)
    work_off(without=["pictures"])
    assert doors_with(GATED) == set() and doors_with(OPENING) >= WITH_TEXT
    assert doors_with(GATED, cast.paid) == {"/a-ship/", "/search/?q=Gatedwords"}
    change_visibility(post, "public", by=None, at=timezone.now())
    opening, body = rows(post)
    assert OPENING in opening and GATED in opening and body == "none"
    work_off(without=["pictures"])
    assert doors_with(GATED) == everywhere


@pytest.mark.parametrize("visibility", ["public", "members", "paid", "tiers"])
def test_from_every_visibility_to_every_other_no_word_is_lost_and_none_stands_twice(
    cast: Cast, visibility: str
) -> None:
    post = published("A ship", TEXT, cast=cast, **FIRST)
    gold = [cast.tiers["gold"].pk]
    for other in ("members", "tiers", "public", "paid", visibility):
        change_visibility(post, other, tiers=gold if other == "tiers" else (), by=None, at=timezone.now())
        both = "".join(rows(post))
        assert (both.count(OPENING), both.count(GATED)) == (1, 1), other
        page = seen("/a-ship/", by=cast.editor)
        assert (page.count(f"{OPENING} stand"), page.count(f"{GATED} stand")) == (1, 1)


def test_the_draft_follows_and_keeps_its_own_text(cast: Cast) -> None:
    post = published("A ship", TEXT, cast=cast, **FIRST)
    rewrite(post, "Not yet out.")
    change_visibility(post, "paid", by=None, at=timezone.now())
    draft = Draft.objects.get(post=post)
    assert draft.visibility == "paid" and "Not yet out." in str(draft.document)
    assert "Not yet out." not in seen("/a-ship/", by=cast.editor)


def test_a_form_that_was_open_meanwhile_cannot_put_the_old_visibility_back_unseen(cast: Cast) -> None:
    """Check 101: the draft changed under the form, so its save is a conflict."""
    post = published("A ship", TEXT, cast=cast, **FIRST)
    path = f"/desk/posts/{post.public_id}/"
    page = client_of(cast.editor).get(path)
    given = {"title": "A ship", "text": TEXT, "visibility": "public", "version": page.context["version"]}
    change_visibility(post, "paid", by=cast.owner, at=timezone.now())
    answer = client_of(cast.editor).post(path, given | {"act": "publish"})
    assert answer.status_code == 409
    assert GATED not in seen("/a-ship/")


def test_a_visibility_that_is_none_of_ours_is_refused_and_changes_nothing(cast: Cast) -> None:
    post = published("A ship", TEXT, cast=cast, visibility="paid", **FIRST)
    before = rows(post)
    with pytest.raises(ValueError, match="vip"):
        change_visibility(post, "vip", by=None, at=timezone.now())
    assert rows(post) == before and Draft.objects.get(post=post).visibility == "paid"


def test_each_change_is_a_revision_of_its_own(cast: Cast) -> None:
    post = published("A ship", TEXT, cast=cast, **FIRST)
    for visibility in ("paid", "members"):
        change_visibility(post, visibility, by=cast.editor, at=timezone.now())
    found = Revision.objects.filter(post=post).values_list("number", "visibility", "made_by")
    assert list(found) == [(1, "public", None), (2, "paid", cast.editor.pk), (3, "members", cast.editor.pk)]


UNCUT = "First par.\n\n## Heading\n\nSecond par.\n\nThird par."


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0, []), (1, ["First"]), (2, ["First", "Heading", "Second"]), (9, ["First", "Heading", "Second", "Third"])],
)
def test_the_setting_for_uncut_posts_holds_for_what_is_out_already(cast: Cast, number: int, shown: list[str]) -> None:
    post = published("A ship", UNCUT, cast=cast, visibility="paid", **FIRST)
    own = published("Another", TEXT, cast=cast, visibility="paid", **FIRST)
    public = published("Open", UNCUT, cast=cast)
    change_publication({"uncut_paragraphs": 3}, by=None, at=timezone.now())
    change_publication({"uncut_paragraphs": number}, by=None, at=timezone.now())
    text, wall, _ = seen(post.path).split('class="text')[1].partition('class="wall"')
    assert wall and [word for word in ("First", "Heading", "Second", "Third") if word in text] == shown
    assert GATED not in seen(own.path) and OPENING in seen(own.path)
    assert "Third par." in seen(public.path)
    assert "Third par." in seen(post.path, by=cast.paid)


def test_cutting_again_leaves_dates_drafts_and_cut_posts_alone(cast: Cast) -> None:
    post = published("A ship", UNCUT, cast=cast, visibility="paid", **FIRST)
    own = published("Another", TEXT, cast=cast, visibility="paid", **FIRST)
    rewrite(post, "Not yet out.")
    dates = (post.published_at, post.updated_at)
    change_publication({"uncut_paragraphs": 1}, by=None, at=timezone.now())
    post.refresh_from_db()
    own.refresh_from_db()
    assert (post.published_at, post.updated_at, post.revision_number, own.revision_number) == (*dates, 2, 1)
    assert "Not yet out." not in seen(post.path, by=cast.editor)
    put_out(post)
    assert "Not yet out." in seen(post.path, by=cast.editor)


def test_a_setting_that_stays_the_same_cuts_nothing_again(cast: Cast) -> None:
    post = published("A ship", UNCUT, cast=cast, visibility="paid", **FIRST)
    change_publication({"uncut_paragraphs": 0, "name": "The Paper"}, by=None, at=timezone.now())
    assert Revision.objects.filter(post=post).count() == 1


@pytest.mark.parametrize("act", ["cut again", "change visibility"])
def test_the_desk_still_says_that_the_draft_differs(cast: Cast, act: str) -> None:
    post = published("A ship", UNCUT, cast=cast, visibility="paid", **FIRST)
    rewrite(post, "Not yet out.")
    assert "Published, changed since" in seen("/desk/", by=cast.editor)
    if act == "cut again":
        change_publication({"uncut_paragraphs": 1}, by=None, at=timezone.now())
    else:
        change_visibility(post, "members", by=None, at=timezone.now())
    assert "Published, changed since" in seen("/desk/", by=cast.editor)
