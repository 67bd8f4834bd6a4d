"""The front page: a lead story, what stands beside it, the latest, the sections."""

from datetime import timedelta

from django.utils import timezone

from masthead.content.models import Tag
from masthead.content.uploading import keep_picture
from tests.cast import Cast, published
from tests.content.files import drawn
from tests.site.visiting import attribute, links, page, part, texts


def many(cast: Cast, number: int, **fields: object) -> list[str]:
    """Publish so many posts, the newest first in what is returned."""
    now = timezone.now()
    for n in range(number):
        published(f"Post {n}", f"Words {n}.", cast=cast, at=now - timedelta(hours=number - n), **fields)
    return [f"Post {n}" for n in reversed(range(number))]


def test_before_the_first_post_it_says_so(cast: Cast) -> None:
    tree = page("/")
    assert "Nothing has been published yet" in part(tree, "main").text()
    assert not tree.css("article")


def test_the_newest_post_leads_until_one_is_chosen(cast: Cast) -> None:
    many(cast, 3)
    assert texts(page("/"), "article.lead h2") == ["Post 2"]
    published("Chosen", "Words.", cast=cast, at=timezone.now() - timedelta(days=2), is_featured=True)
    assert texts(page("/"), "article.lead h2") == ["Chosen"]


def test_every_post_stands_once_and_the_newest_come_first(cast: Cast) -> None:
    titles = many(cast, 12)
    tree = page("/")
    shown = texts(tree, "article h2, article h3")
    assert shown == titles[: len(shown)] and len(set(shown)) == len(shown)
    assert texts(tree, "article.lead h2") == titles[:1]
    assert texts(tree, ".beside h3") == titles[1:4]
    assert texts(tree, ".latest h3") == titles[4:9]
    assert texts(tree, ".blocks h3") == titles[9:12]


def test_a_post_stands_in_the_section_of_its_first_tag(cast: Cast) -> None:
    city = Tag.objects.create(slug="city", name="City", is_section=True, position=1)
    Tag.objects.create(slug="empty", name="Empty section", is_section=True, position=2)
    plain = Tag.objects.create(slug="plain", name="Plain", position=3)
    for n, tags in enumerate([[cast.section.pk, city.pk], [city.pk, cast.section.pk], [plain.pk, city.pk]]):
        published(f"Post {n}", "W.", cast=cast, tag_ids=tags, at=timezone.now() - timedelta(days=9, hours=n))
    many(cast, 9)
    tree = page("/")
    blocks = {part(block, "h2").text(strip=True): [h.text(strip=True) for h in block.css("h3")] for block in tree.css(".blocks .block")}  # fmt: skip
    assert blocks == {"World": ["Post 0"], "City": ["Post 1"]}
    assert texts(tree, "nav.sections a") == ["World", "City", "Empty section"]


def test_pages_and_what_is_not_out_do_not_stand_on_it(cast: Cast) -> None:
    from tests.content.writing import put_out, written

    put_out(written("About us", kind="page", tag_ids=[cast.section.pk]))
    written("Draft")
    assert not page("/").css("article")
    published("Out", "W.", cast=cast)
    assert texts(page("/"), "article h2") == ["Out"]


def test_a_card_shows_whom_a_post_is_for_and_when_it_came_out(cast: Cast) -> None:
    at = timezone.now() - timedelta(days=3)
    published("Lead", "W.", cast=cast, is_featured=True)
    for visibility, mark in (("paid", ["For subscribers"]), ("members", ["For members"]), ("public", [])):
        post = published("Card", "W.", cast=cast, visibility=visibility, at=at)
        tree = page("/")
        assert texts(tree, ".beside .mark") == mark
        assert attribute(tree, ".beside time", "datetime")[0][:10] == at.astimezone(timezone.get_fixed_timezone(0)).isoformat()[:10]  # fmt: skip
        post.delete()


def test_the_picture_of_a_card_says_nothing_to_those_who_hear_the_headline(cast: Cast) -> None:
    media = keep_picture(drawn(), "a.jpg", at=timezone.now())
    published("Lead", "W.", cast=cast, lead_id=None)
    post = published("With picture", "W.", cast=cast, is_featured=True)
    post.lead = media
    post.save(update_fields=["lead"])
    tree = page("/")
    assert attribute(tree, "article.lead img", "alt") == [""]
    assert attribute(tree, "article.lead a.picture", "aria-hidden") == ["true"]
    assert attribute(tree, "article.lead img", "width") == ["80"]


def test_the_footer_leads_where_the_publication_says(cast: Cast) -> None:
    from masthead.core.models import Publication

    Publication.objects.update(navigation=[{"label": "About us", "address": "/about/"}], tagline="Twice a day")
    tree = page("/")
    assert links(tree, "footer a") == ["/about/", "/archive/", "/rss/", "mailto:desk@paper.example"]
    assert "Twice a day" in part(tree, "header.masthead").text()
