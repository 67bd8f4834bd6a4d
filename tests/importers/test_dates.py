"""Dates of front matter and of file names, in the publication's zone (check 136)."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from masthead.content.models import Post
from masthead.content.publishing import publish_due
from tests.cast import Cast, client_of
from tests.importers.bringing import bring_in, post_from, write

LISBON = ZoneInfo("Europe/Lisbon")
DATES = {
    "2026-07-03": datetime(2026, 7, 3, tzinfo=LISBON),
    "2026-07-03 08:15:00": datetime(2026, 7, 3, 8, 15, tzinfo=LISBON),
    "2026-07-03T08:15:00": datetime(2026, 7, 3, 8, 15, tzinfo=LISBON),
    "'2026-07-03T08:15:00'": datetime(2026, 7, 3, 8, 15, tzinfo=LISBON),
    "2026-07-03T08:15:00Z": datetime(2026, 7, 3, 8, 15, tzinfo=UTC),
    "2026-07-03T08:15:00-04:00": datetime(2026, 7, 3, 12, 15, tzinfo=UTC),
    "2026-07-03 08:15:00 +0530": datetime(2026, 7, 3, 2, 45, tzinfo=UTC),
    "'2026-07-03 08:15 -0400'": datetime(2026, 7, 3, 12, 15, tzinfo=UTC),
    "2026-01-03 08:15:00": datetime(2026, 1, 3, 8, 15, tzinfo=UTC),
    "2026-03-29 01:30:00": datetime(2026, 3, 29, 1, 30, tzinfo=UTC),  # an hour that the clock leaves out
    "2025-10-26 01:30:00": datetime(2025, 10, 26, 0, 30, tzinfo=UTC),  # an hour that comes twice: the first
    "1969-07-20": datetime(1969, 7, 20, tzinfo=LISBON),
}


@pytest.mark.parametrize("written", DATES)
def test_a_date_is_read_in_its_zone_or_the_publications(written: str, cast: Cast, tmp_path: Path) -> None:
    run = bring_in(write(tmp_path, {"a.md": f"---\ndate: {written}\n---\nText."}))
    assert run.report == "" and post_from("a.md").published_at == DATES[written]


@pytest.mark.parametrize("written", ["2026-07-03", "2026-07-03T08:15:00", "2026-07-03T08:15:00-04:00"])
def test_toml_dates_mean_the_same(written: str, cast: Cast, tmp_path: Path) -> None:
    bring_in(write(tmp_path, {"a.md": f"+++\ndate = {written}\n+++\nText."}))
    assert post_from("a.md").published_at == DATES[written]


def test_the_date_of_a_jekyll_file_name_counts_where_the_front_matter_has_none(cast: Cast, tmp_path: Path) -> None:
    files = {
        "_posts/2024-02-29-leap.md": "---\ntitle: Leap\n---\nText.",
        "_posts/2024-03-01-other.md": "---\ndate: 2024-03-05\n---\nText.",
    }
    bring_in(write(tmp_path, files))
    assert post_from("other.md").published_at == datetime(2024, 3, 5, tzinfo=LISBON)
    assert (post_from("leap.md").path, post_from("leap.md").published_at) == (
        "/leap/",
        datetime(2024, 2, 29, tzinfo=LISBON),
    )


@pytest.mark.parametrize("written", ["next week", "git Created", "[2026-01-01]", "2026", "'2026-13-45'", "{a: b}"])
def test_what_is_no_date_is_reported_and_the_rest_taken_in(written: str, cast: Cast, tmp_path: Path) -> None:
    run = bring_in(write(tmp_path, {"a.md": f"---\ntitle: A\ndate: {written}\n---\nText."}))
    assert run.code == 0 and run.says("a.md", "is not a date", "write 2026-11-23")
    assert post_from("a.md").title == "A"


@pytest.mark.parametrize("written", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_date_beyond_all_calendars_is_reported_and_stops_nothing(written: str, cast: Cast, tmp_path: Path) -> None:
    run = bring_in(write(tmp_path, {"a.md": f"---\ndate: {written}\n---\nText.", "b.md": "Another."}))
    assert run.says("a.md") and post_from("b.md").status == "published"


def test_a_date_to_come_is_no_early_copy_and_comes_out_on_its_day(cast: Cast, tmp_path: Path) -> None:
    """Check 18."""
    day = timezone.now() + timedelta(days=30)
    run = bring_in(write(tmp_path, {"a.md": f"---\ntitle: LATER\nslug: later\ndate: {day.isoformat()}\n---\nText."}))
    assert run.says("a.md", "to come")
    for path in ("/later/", "/rss/", "/", "/sitemaps/posts-1.xml"):
        assert "LATER" not in client_of(None).get(path).content.decode()
    publish_due(at=day + timedelta(minutes=1))
    post = Post.objects.get()
    assert (post.status, post.path) == ("published", "/later/")
    assert post.published_at is not None and abs(post.published_at - day) < timedelta(seconds=1)
