"""The list of posts: how often it asks the database, for whom, and what it shows of each."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from masthead.content.publishing import schedule, unpublish
from tests.cast import Cast, client_of, published
from tests.content.writing import frozen, rewrite
from tests.desk.hands import draft_by


def asked(cast: Cast, role: str) -> int:
    browser = client_of(cast.members[role])
    browser.get("/desk/")
    with CaptureQueriesContext(connection) as queries:
        assert browser.get("/desk/").status_code == 200
    return len(queries.captured_queries)


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_the_list_asks_no_more_often_because_there_are_more_posts(cast: Cast, role: str) -> None:
    """Check 147: for a contributor too, whose own posts are looked for among all."""
    for n in range(3):
        draft_by(cast.members[role], f"Post {n}")
    few = asked(cast, role)
    for n in range(30):
        draft_by(cast.members[role] if n % 2 else cast.owner, f"More {n}")
    assert asked(cast, role) <= few


def test_each_row_says_in_which_state_the_post_is(cast: Cast) -> None:
    now = timezone.now()
    draft_by(cast.editor, "Draft one")
    waiting = draft_by(cast.editor, "Scheduled one")
    schedule(frozen(waiting), now + timedelta(days=1), by=None, at=now)
    published("Published one", "W.", cast=cast)
    rewrite(published("Changed one", "W.", cast=cast), "Other.")
    unpublish(published("Down one", "W.", cast=cast), by=None, at=now)
    rows = client_of(cast.editor).get("/desk/").context["rows"]
    states = {row.title: row.state for row in rows}
    assert states == {
        "Draft one": "draft", "Scheduled one": "scheduled", "Published one": "published", "Changed one": "changed",
        "Down one": "unpublished",
    }  # fmt: skip


def test_a_long_list_goes_on_page_by_page(cast: Cast) -> None:
    for n in range(60):
        draft_by(cast.editor, f"Post {n}")
    browser = client_of(cast.editor)
    first, second = (browser.get(f"/desk/?page={n}").context["rows"] for n in (1, 2))
    assert (len(first), len(second)) == (50, 10)
    assert len({row.public_id for row in [*first, *second]}) == 60
    for odd in ("0", "-1", "x", "99999", "9" * 40, ""):
        assert browser.get(f"/desk/?page={odd}").status_code == 200
