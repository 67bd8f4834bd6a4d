"""Two people at one post: nobody overwrites unseen (check 101)."""

import pytest

from tests.cast import Cast, client_of
from tests.content.writing import seen
from tests.desk.hands import draft, draft_by, filled, opened, path_of


def test_the_second_to_save_sees_what_the_first_wrote_and_keeps_the_own_text(cast: Cast) -> None:
    post = draft_by(cast.editor)
    one, other = client_of(cast.editor), client_of(cast.owner)
    forms = [opened(browser, path_of(post)) for browser in (one, other)]
    assert one.post(path_of(post), forms[0] | {"title": "One", "text": "Words of one."}).status_code == 302
    answer = other.post(path_of(post), forms[1] | {"title": "Other", "text": "Words of the other."})
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else saved this post in the meantime" in body and "Words of one." in body
    assert draft(post).title == "One"
    again = filled(answer.content)
    assert (again["title"], again["text"], again["version"]) == ("Other", "Words of the other.", "2")
    assert other.post(path_of(post), again).status_code == 302
    assert draft(post).title == "Other"


@pytest.mark.parametrize("act", ["publish", "schedule"])
def test_a_conflict_publishes_nothing(cast: Cast, act: str) -> None:
    post = draft_by(cast.editor, slug="ship")
    browser = client_of(cast.editor)
    form = opened(browser, path_of(post))
    browser.post(path_of(post), form | {"text": "Newer."})
    answer = browser.post(path_of(post), form | {"text": "Stale.", "act": act, "publish_at": "2100-01-01T12:00"})
    assert answer.status_code == 409
    post.refresh_from_db()
    assert post.status == "draft" and not browser.get(path_of(post)).context["scheduled_for"]
    browser.post(path_of(post), filled(answer.content) | {"act": "publish"})
    assert "Stale." in seen("/ship/")


@pytest.mark.parametrize("version", [None, "", "0", "-1", "99", "2.5"])
def test_a_form_that_does_not_say_what_it_saw_overwrites_nothing(cast: Cast, version: str | None) -> None:
    post = draft_by(cast.editor)
    form = opened(client_of(cast.editor), path_of(post)) | {"title": "Blind"}
    form = {name: value for name, value in form.items() if name != "version"} | (
        {} if version is None else {"version": version}
    )
    assert client_of(cast.editor).post(path_of(post), form).status_code in (409, 422)
    assert draft(post).title == "A ship"


def test_the_page_that_says_something_is_wrong_does_not_hide_a_conflict(cast: Cast) -> None:
    """The version in it is the one that was seen, so that the next save is still measured against it."""
    post = draft_by(cast.editor)
    browser = client_of(cast.editor)
    form = opened(browser, path_of(post))
    browser.post(path_of(post), form | {"title": "Newer"})
    wrong = browser.post(path_of(post), form | {"visibility": "tiers", "title": "Stale"})
    assert wrong.status_code == 422
    fixed = filled(wrong.content) | {"visibility": "public"}
    assert browser.post(path_of(post), fixed).status_code == 409
    assert draft(post).title == "Newer"
