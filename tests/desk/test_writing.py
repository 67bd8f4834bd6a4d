"""Writing a post in the form: saving, publishing, scheduling, and keeping what was typed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from masthead.content.document import Document
from masthead.content.models import Author, Post, Tag
from masthead.core.models import Publication
from tests.cast import Cast, client_of, published
from tests.content.document.nodes.attacking import CARDS, TOKEN, card_of
from tests.content.writing import seen
from tests.desk.hands import NEW, draft, draft_by, filled, opened, path_of, send, written

TEXT = "Opening.\n\n<!--more-->\n\nBelow the cut."


def said(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_a_newcomer_publishes_a_post_with_one_form(cast: Cast) -> None:
    browser = client_of(cast.editor)
    post = written(browser, "publish", title="A ship", text=TEXT, tags="World, Harbour", visibility="paid")
    assert (post.status, post.path) == ("published", "/a-ship/")
    assert "Published at /a-ship/" in said(browser.get(path_of(post)))
    assert "Below the cut." in seen("/a-ship/", by=cast.paid) and "Below the cut." not in seen("/a-ship/")
    assert [tag.name for tag in post.subjects] == ["World", "Harbour"]
    assert [author.member for author in post.bylines] == [cast.editor]


def test_saving_never_publishes(cast: Cast) -> None:
    """Check 101."""
    browser = client_of(cast.editor)
    post = written(browser, title="A ship", text=TEXT, slug="a-ship")
    for n in range(3):
        assert send(browser, path_of(post), text=f"Saved {n}.", publish_at="2020-01-01T12:00").status_code == 302
    assert client_of(None).get("/a-ship/").status_code == 404
    assert Post.objects.get().status == "draft" and draft(post).version == 4
    send(browser, path_of(post), "publish")
    send(browser, path_of(post), text="Not out yet.")
    assert "Saved 2." in seen("/a-ship/") and "Not out yet." not in seen("/a-ship/")


def test_the_form_sent_back_as_it_is_changes_nothing(cast: Cast) -> None:
    text = "A **bold** [link](/x/).\n\n<!--more-->\n\n- item\n\n> quote\n\n| a |\n| --- |\n| b |"
    browser = client_of(cast.editor)
    post = written(browser, title="A “ship” & <b>", standfirst="S & t", text=text, tags="World, A b", visibility="tiers", tiers=[cast.tiers["gold"].pk], slug="x", is_featured="on")  # fmt: skip
    before = {k: v for k, v in vars(draft(post)).items() if k not in ("version", "saved_at", "_state")}
    send(browser, path_of(post))
    assert {k: v for k, v in vars(draft(post)).items() if k not in ("version", "saved_at", "_state")} == before
    assert draft(post).version == 2


def test_cards_sent_back_as_they_are_stay_as_they_were(cast: Cast) -> None:
    cards = [card_of(name, 'A "word" & <b>*more*</b>') for name in CARDS]
    figure = {"type": "figure", "attrs": {"media": TOKEN, "alt": "Boats", "size": "wide", "href": "/quay/"}}
    line = [{"type": "text", "text": "by noon", "marks": [{"type": "underline"}, {"type": "highlight"}]}]
    quote = {"type": "blockquote", "content": cards}
    document = Document.of([{"type": "paragraph", "content": line}, figure, *cards, {"type": "cut"}, quote])
    post = draft_by(cast.editor, document=document.json)
    browser = client_of(cast.editor)
    assert send(browser, path_of(post)).status_code == 302
    assert draft(post).version == 2 and Document.load(draft(post).document) == document


WRONG = [
    {"visibility": "vip"},
    {"visibility": "tiers"},
    {"visibility": "tiers", "tiers": ["99999"]},
    {"authors": ["99999"]},
    {"slug": "search"},
    {"slug": "Sign-in"},
    {"title": "t" * 301},
    {"publish_at": "tomorrow"},
    {"tags": "t" * 1001},
    {"lead_credit": "c" * 301},
    {"version": "x"},
]


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("act", ["save", "publish"])
def test_what_is_wrong_is_said_and_everything_typed_is_still_there(cast: Cast, wrong: dict[str, str], act: str) -> None:
    browser = client_of(cast.editor)
    post = draft_by(cast.editor)
    typed = {
        "title": "Typed title",
        "standfirst": "Typed standfirst",
        "text": "Typed text\n\n<!--more-->\n\n**more**",
        "tags": "Typed tag",
    }
    answer = send(browser, path_of(post), act, **(typed | wrong))
    assert answer.status_code == 422 and ('class="error"' in said(answer) or "version" in wrong)
    again = filled(answer.content)
    assert {name: again[name] for name in typed if name not in wrong} == {
        n: v for n, v in typed.items() if n not in wrong
    }
    assert (draft(post).title, Post.objects.get(pk=post.pk).status) == ("A ship", "draft")


@pytest.mark.parametrize(
    ("act", "title", "publish_at"),
    [
        ("publish", "", ""),
        ("publish", "Search", ""),
        ("schedule", "A ship", ""),
        ("schedule", "A ship", "2020-01-01T00:00"),
    ],
)
def test_a_new_post_that_could_not_go_out_is_one_draft_however_often_one_tries(
    cast: Cast, act: str, title: str, publish_at: str
) -> None:
    """The page that says what is wrong is sent where it came from, or where its form says."""
    browser = client_of(cast.editor)
    answer = browser.post(
        NEW, opened(browser, NEW) | {"title": title, "text": "Typed.", "act": act, "publish_at": publish_at}
    )
    assert answer.status_code == 422 and "Typed." in said(answer)
    action = said(answer).split('<form class="post"')[1].split(">")[0].partition('action="')[2].partition('"')[0]
    after = browser.post(
        action or NEW, filled(answer.content) | {"title": "A better headline", "slug": "", "act": "publish"}
    )
    assert after.status_code == 302
    assert Post.objects.count() == 1


def test_an_address_that_is_the_sites_own_is_said_with_the_draft_saved(cast: Cast) -> None:
    post = draft_by(cast.editor, title="Search")
    answer = send(client_of(cast.editor), path_of(post), "publish", text="Kept words.")
    assert answer.status_code == 422 and "Choose another slug" in said(answer)
    assert "Kept words." in str(draft(post).document)
    assert send(client_of(cast.editor), path_of(post), "publish", slug="searching").status_code == 302
    assert "Kept words." in seen("/searching/")


def test_scheduling_an_address_that_is_the_sites_own_is_refused_at_once(cast: Cast) -> None:
    """At its hour nobody is there to read the message."""
    post = draft_by(cast.editor, title="Search")
    answer = send(client_of(cast.editor), path_of(post), "schedule", publish_at="2100-01-01T12:00")
    assert answer.status_code == 422
    assert (
        send(client_of(cast.editor), path_of(post), "schedule", publish_at="2100-01-01T12:00", slug="x").status_code
        == 302
    )


def test_a_schedule_is_in_the_publications_clock_and_can_be_taken_back(cast: Cast) -> None:
    Publication.objects.update(time_zone="Asia/Tokyo")
    post, browser = draft_by(cast.editor), client_of(cast.editor)
    assert send(browser, path_of(post), "schedule", publish_at="2100-01-01T09:30").status_code == 302
    page = browser.get(path_of(post))
    assert page.context["scheduled_for"].isoformat() == "2100-01-01T00:30:00+00:00"
    assert "1 January 2100, 09:30" in said(page) and "Scheduled" in said(browser.get("/desk/?state=scheduled"))
    assert send(browser, path_of(post), "unschedule").status_code == 302
    assert browser.get(path_of(post)).context["scheduled_for"] is None


def test_an_hour_that_the_clocks_leave_out_is_refused_or_moved_but_never_breaks(cast: Cast) -> None:
    """Lisbon has no 01:30 on 28 March 2100, the day the clocks go forward."""
    post = draft_by(cast.editor)
    answer = send(client_of(cast.editor), path_of(post), "schedule", publish_at="2100-03-28T01:30")
    assert answer.status_code in (302, 422)


def test_taking_down_and_putting_out_again(cast: Cast) -> None:
    post = published("A ship", "Words.", cast=cast)
    browser = client_of(cast.editor)
    assert send(browser, path_of(post), "unpublish").status_code == 302
    assert client_of(None).get("/a-ship/").status_code == 404
    assert "Words." in opened(browser, path_of(post))["text"]
    send(browser, path_of(post), "publish")
    assert "Words." in seen("/a-ship/")


def test_what_was_not_understood_of_the_text_is_said(cast: Cast) -> None:
    browser = client_of(cast.editor)
    post = written(browser, title="A ship", text="![x](http://elsewhere.example/a.png)\n\nStays.")
    assert "In the text:" in said(browser.get(path_of(post)))
    assert "Stays." in str(draft(post).document)


def test_tags_are_made_once_and_kept_in_their_order(cast: Cast) -> None:
    browser = client_of(cast.editor)
    post = written(browser, title="A ship", tags=" Harbour ,world,, Seas, ")
    names = [Tag.objects.get(pk=pk).name for pk in draft(post).tag_ids]
    assert names == ["Harbour", "World", "Seas"]
    assert Tag.objects.count() == 3


def test_a_tag_that_is_typed_twice_does_not_stop_the_post(cast: Cast) -> None:
    browser = client_of(cast.editor)
    browser.raise_request_exception = False
    for n, tags in enumerate(("World, Seas", "World, world, WORLD!")):
        answer = send(browser, NEW, "publish", title=f"A ship {n}", text="W.", tags=tags)
        assert answer.status_code == 302, tags


def test_an_author_cannot_write_under_another_name_only(cast: Cast) -> None:
    """Check 97."""
    post = written(client_of(cast.author), title="A ship", authors=[cast.writer.pk])
    own = Author.objects.get(member=cast.author)
    assert set(draft(post).author_ids) == {own.pk, cast.writer.pk}
    by_editor = written(client_of(cast.editor), title="A ship", authors=[cast.writer.pk])
    assert draft(by_editor).author_ids == [cast.writer.pk]


def test_a_new_post_is_for_whom_the_publication_says(cast: Cast) -> None:
    Publication.objects.update(default_visibility="paid")
    assert opened(client_of(cast.editor), NEW)["visibility"] == "paid"


def test_the_list_finds_by_headline_and_state(cast: Cast) -> None:
    browser = client_of(cast.editor)
    published("Out", "W.", cast=cast, at=timezone.now() - timedelta(hours=1))
    draft_by(cast.editor, title="Half written")
    for asked, shown in (("", ["Out", "Half written"]), ("?q=half", ["Half written"]), ("?state=published", ["Out"]), ("?state=draft", ["Half written"]), ("?state=x", ["Out", "Half written"]), ("?q=none", []), ("?page=99", [])):  # fmt: skip
        body = said(browser.get(f"/desk/{asked}"))
        assert [t for t in ("Out", "Half written") if f">{t}</a>" in body] == shown, asked


def test_the_form_speaks_one_language_where_django_knows_some_of_its_words(cast: Cast) -> None:
    Publication.objects.update(language="pt")
    page = said(client_of(cast.editor).get(NEW))
    assert ">Text</label>" in page and "Texto" not in page
