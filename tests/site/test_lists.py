"""Lists of posts: tags, authors and months, page by page."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from masthead.content.models import Author, Tag
from masthead.content.publishing import unpublish
from masthead.core.models import Publication
from masthead.site.views.lists import A_PAGE
from tests.cast import Cast, client_of, published
from tests.site.visiting import attribute, links, page, part, texts

LISTS = ("/tag/world/", "/author/ines-okafor/", "/archive/2026/03/")


def many(cast: Cast, number: int) -> list[str]:
    start = datetime(2026, 3, 2, tzinfo=UTC)
    for n in range(number):
        published(f"Post {n}", "W.", cast=cast, at=start + timedelta(hours=n))
    return [f"Post {n}" for n in reversed(range(number))]


def status(path: str) -> int:
    return client_of(None).get(path).status_code


@pytest.mark.parametrize("path", LISTS)
def test_every_post_stands_on_one_page_of_the_list_the_newest_first(cast: Cast, path: str) -> None:
    titles = many(cast, 2 * A_PAGE + 1)
    found, at = [], path
    while at:
        tree = page(at)
        found += texts(tree, "article h3")
        at = next(iter(links(tree, 'a[rel="next"]')), "")
    assert found == titles
    assert links(page(f"{path}page/3/"), 'a[rel="prev"]') == [f"{path}page/2/"]
    assert links(page(f"{path}page/2/"), 'a[rel="prev"]') == [path]
    assert "Page 2 of 3" in part(page(f"{path}page/2/"), "nav.pages").text()


@pytest.mark.parametrize("path", LISTS)
def test_there_is_no_page_before_the_first_or_after_the_last(cast: Cast, path: str) -> None:
    many(cast, A_PAGE)
    assert [status(f"{path}page/{n}/") for n in ("0", "2", "99", "-1", "x", "9" * 30)] == [404] * 6
    assert not page(path).css("nav.pages")
    many(cast, 1)
    assert status(f"{path}page/2/") == 200


@pytest.mark.parametrize("path", LISTS)
def test_the_first_page_has_one_address(cast: Cast, path: str) -> None:
    """Two addresses of the same page are told apart by the canonical one."""
    many(cast, A_PAGE + 1)
    for other in (path, f"{path}page/1/", path.replace("/03/", "/3/"), path.replace("/03/", "/003/")):
        answer = client_of(None).get(other, follow=True)
        assert f'rel="canonical" href="https://paper.example{path}"' in answer.content.decode(), other
    assert attribute(page(f"{path}page/2/"), 'link[rel="canonical"]', "href") == [f"https://paper.example{path}page/2/"]


def test_a_list_names_what_it_is_of_and_its_feed(cast: Cast) -> None:
    Tag.objects.update(description="Ships and treaties")
    many(cast, 1)
    tag, author = page("/tag/world/"), page("/author/ines-okafor/")
    assert texts(tag, "h1") == ["World"] and "Ships and treaties" in part(tag, "main").text()
    assert texts(author, "h1") == ["Inês Okafor"] and "Writes about ships." in part(author, "main").text()
    assert "/tag/world/rss/" in links(tag, 'link[rel="alternate"]')
    assert "/author/ines-okafor/rss/" in links(author, 'link[rel="alternate"]')


def test_only_what_is_out_is_listed(cast: Cast) -> None:
    post = published("Out", "W.", cast=cast)
    published("To come", "W.", cast=cast, at=timezone.now() + timedelta(hours=1))
    for path in ("/tag/world/", "/author/ines-okafor/"):
        assert texts(page(path), "article h3") == ["Out"]
    unpublish(post, by=None, at=timezone.now())
    for path in ("/tag/world/", "/author/ines-okafor/"):
        assert "Nothing has been published here yet." in part(page(path), "main").text()


@pytest.mark.parametrize("path", ["/tag/nothing/", "/author/nobody/", "/tag/NOTHING/", "/tag/world/x/", "/author/"])
def test_an_unknown_tag_or_author_is_not_found(cast: Cast, path: str) -> None:
    assert (status(path), status("/tag/world/")) == (404, 200)


def months(tree: object) -> list[str]:
    return texts(tree, "main ul.rows li")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("zone", "moment", "month"),
    [
        ("Europe/Lisbon", datetime(2026, 2, 28, 23, 59, tzinfo=UTC), "/archive/2026/02/"),
        ("Europe/Lisbon", datetime(2026, 3, 1, 0, 0, tzinfo=UTC), "/archive/2026/03/"),
        ("Asia/Tokyo", datetime(2026, 2, 28, 15, 0, tzinfo=UTC), "/archive/2026/03/"),
        ("Asia/Tokyo", datetime(2026, 2, 28, 14, 59, tzinfo=UTC), "/archive/2026/02/"),
        ("America/New_York", datetime(2026, 3, 1, 4, 59, tzinfo=UTC), "/archive/2026/02/"),
        ("America/New_York", datetime(2026, 3, 1, 5, 0, tzinfo=UTC), "/archive/2026/03/"),
        ("America/New_York", datetime(2026, 4, 1, 3, 59, tzinfo=UTC), "/archive/2026/03/"),  # summer time by then
        ("America/New_York", datetime(2026, 4, 1, 4, 0, tzinfo=UTC), "/archive/2026/04/"),
        ("Europe/Lisbon", datetime(2026, 10, 31, 23, 59, tzinfo=UTC), "/archive/2026/10/"),  # winter time again
        ("Europe/Berlin", datetime(2025, 12, 31, 23, 0, tzinfo=UTC), "/archive/2026/01/"),
        ("Pacific/Kiritimati", datetime(2025, 12, 31, 10, 0, tzinfo=UTC), "/archive/2026/01/"),
        ("Europe/Berlin", datetime(2024, 2, 29, 12, 0, tzinfo=UTC), "/archive/2024/02/"),
    ],
)
def test_a_post_stands_in_the_month_of_the_publications_clock(
    cast: Cast, zone: str, moment: datetime, month: str
) -> None:
    """Check 136."""
    Publication.objects.update(time_zone=zone)
    published("A ship", "W.", cast=cast, at=moment)
    leads = links(page("/archive/"))
    assert len(leads) == 1 and client_of(None).get(leads[0]).status_code == 200
    assert texts(page(month), "article h3") == ["A ship"]
    year, number = (int(part) for part in month.split("/")[2:4])
    for other in ((year, number + 1), (year, number - 1), (year + 1, number)):
        assert status(f"/archive/{other[0]}/{other[1]:02}/") == 404


@pytest.mark.parametrize("hour", [0, 1, 2])
def test_the_hour_that_there_is_twice_is_shown_and_sorted(cast: Cast, hour: int) -> None:
    """The clocks of Lisbon go back at 1:00 UTC on 25 October 2026."""
    for minutes in (0, 30):
        published(f"At {minutes}", "W.", cast=cast, at=datetime(2026, 10, 25, hour, minutes, tzinfo=UTC))
    tree = page("/archive/2026/10/")
    assert texts(tree, "article h3") == ["At 30", "At 0"]
    shown = attribute(tree, "article time", "datetime")
    assert [datetime.fromisoformat(at).astimezone(UTC).hour for at in shown] == [hour, hour]


def test_the_archive_counts_the_posts_of_each_month(cast: Cast) -> None:
    for month, number in ((3, 2), (5, 1)):
        for n in range(number):
            published(f"Post {month} {n}", "W.", cast=cast, at=datetime(2026, month, 9, tzinfo=UTC))
    shown = texts(page("/archive/"), "main ul.rows li")
    assert [" ".join(row.replace("2026", "2026 ").split()) for row in shown] == [
        "May 2026 1 post",
        "March 2026 2 posts",
    ]


@pytest.mark.parametrize(
    "path",
    ["2026/13", "2026/0", "2026/00", "0/1", "1/1", "9999/12", "10000/1", "9" * 30 + "/1", "2026/" + "9" * 30, "2026/x"],
)
@pytest.mark.parametrize("zone", ["Europe/Lisbon", "Asia/Tokyo", "America/New_York"])
def test_a_month_that_there_is_not_is_not_found(cast: Cast, path: str, zone: str) -> None:
    Publication.objects.update(time_zone=zone)
    published("A ship", "W.", cast=cast, at=datetime(2026, 3, 9, tzinfo=UTC))
    assert client_of(None).get(f"/archive/{path}/").status_code == 404
    assert status("/archive/2026/3/") == 200


def test_an_author_without_a_login_has_a_page(cast: Cast) -> None:
    Author.objects.create(slug="guest", name="A Guest")
    assert texts(page("/author/guest/"), "h1") == ["A Guest"]
