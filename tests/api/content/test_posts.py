"""Posts and pages as a program with a content key gets them (checks 5, 6, 9, 10, 18)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from masthead.content.editing import draft_of, freeze, save_draft, start_post
from masthead.content.models import Author, Media, Post, Tag
from masthead.content.models.post import PostQuerySet
from masthead.content.publishing import schedule, unpublish
from masthead.content.uploading import keep_picture
from tests.api.content.asking import Program
from tests.cast import Cast, published
from tests.content.files import drawn

TEXT = "Opening **words** stand above.\n\n<!--more-->\n\nGatedwords stand below."
# GHOST.md 5, written down once more.
FIELDS = set(
    """id uuid title slug html comment_id feature_image feature_image_alt feature_image_caption featured visibility
    created_at updated_at published_at custom_excerpt excerpt reading_time codeinjection_head codeinjection_foot
    custom_template canonical_url url access comments og_image og_title og_description twitter_image twitter_title
    twitter_description meta_title meta_description email_subject frontmatter""".split()
)
NULLABLE = {
    name
    for name in FIELDS
    if name.startswith(("og_", "twitter_", "meta_", "feature_image", "codeinjection_")) or name in (
        "custom_excerpt", "custom_template", "canonical_url", "email_subject", "frontmatter")
}  # fmt: skip


def only(program: Program, path: str = "posts/", **query: Any) -> dict[str, Any]:
    """Return the one post or page of an answer."""
    (row,) = next(value for name, value in program.ask(path, **query).items() if name != "meta")
    return dict(row)


def test_a_post_has_exactly_the_fields_that_ghost_gives_it(program: Program, cast: Cast) -> None:
    media = keep_picture(drawn(), "a.jpg", at=timezone.now())
    published(
        "A ship", "Words.", cast=cast, at=datetime(2026, 1, 15, 12, tzinfo=UTC), standfirst="She sails.", lead=media,
        lead_alt="A hull", lead_caption="The <hull>", lead_credit="Ada", is_featured=True,
    )  # fmt: skip
    post = only(program)
    assert set(post) == FIELDS
    assert {name for name in FIELDS if post[name] is None} == NULLABLE - {
        "custom_excerpt", "feature_image", "feature_image_alt", "feature_image_caption"}  # fmt: skip
    told = {name: post[name] for name in ("title", "slug", "featured", "visibility", "custom_excerpt", "excerpt", "url",
            "access", "comments", "published_at", "feature_image_alt", "feature_image_caption", "html")}  # fmt: skip
    assert told == {
        "title": "A ship", "slug": "a-ship", "featured": True, "visibility": "public", "custom_excerpt": "She sails.",
        "excerpt": "She sails.", "url": "https://paper.example/a-ship/", "access": True, "comments": False,
        "published_at": "2026-01-15T12:00:00.000+00:00", "feature_image_alt": "A hull",
        "feature_image_caption": "The &lt;hull&gt; Ada", "html": "<p>Words.</p>",
    }  # fmt: skip
    assert post["feature_image"].startswith(f"https://paper.example/media/{media.token}/")
    assert len(post["id"]) == 24 and post["comment_id"] == post["id"] and isinstance(post["reading_time"], int)
    assert len(post["uuid"]) == 36


def test_a_page_says_beside_that_whether_its_title_is_shown(program: Program, cast: Cast) -> None:
    page = published("About", "Us.", cast=cast)
    Post.objects.filter(pk=page.pk).update(kind="page")
    assert program.slugs("posts/") == []
    told = only(program, "pages/")
    assert set(told) == FIELDS | {"show_title_and_feature_image"} and told["show_title_and_feature_image"] is True
    assert only(program, f"pages/{told['id']}/") == only(program, "pages/slug/about/") == told
    assert program.error(f"posts/{told['id']}/", 404)["type"] == "NotFoundError"
    assert program.error("posts/slug/about/", 404)


@pytest.mark.parametrize("visibility", ["members", "paid", "tiers", "vip"])
def test_a_gated_post_is_told_as_anyone_gets_it(program: Program, cast: Cast, visibility: str) -> None:
    published("Open", TEXT, cast=cast)
    tiers = [cast.tiers["gold"].pk]
    published("Shut", TEXT, cast=cast, visibility=visibility, tier_ids=tiers)
    shut = only(program, "posts/slug/shut/", formats="html,plaintext")
    whole = only(program, "posts/slug/open/", formats="html,plaintext")
    assert (shut["access"], whole["access"]) == (False, True)
    if visibility == "vip":  # unknown to us: nothing of it is open
        assert shut["html"] == shut["plaintext"].strip() == shut["excerpt"] == ""
    else:
        assert shut["html"] == "<p>Opening <strong>words</strong> stand above.</p>"
        assert shut["plaintext"].strip() == shut["excerpt"] == "Opening words stand above."
    assert "Gatedwords" in whole["html"] and "Gatedwords" in whole["plaintext"] and "Gatedwords" in whole["excerpt"]
    assert shut["visibility"] == ("tiers" if visibility == "vip" else visibility)


def test_two_posts_that_differ_below_the_cut_alone_are_told_alike(program: Program, cast: Cast) -> None:
    """Check 28."""
    at = timezone.now() - timedelta(hours=1)
    told = []
    for below in ("Short.", "Long words. " * 5000):
        post = published("A ship", f"Above.\n\n<!--more-->\n\n{below}", cast=cast, visibility="paid", at=at)
        Post.objects.filter(pk=post.pk).update(public_id="AAAAAAAAAAAA", started_at=at)
        told.append(program.answer("posts/", formats="html,plaintext", include="tags,authors,tiers"))
        Post.objects.filter(pk=post.pk).delete()
    assert told[0].content == told[1].content and told[0]["ETag"] == told[1]["ETag"]


def test_what_is_not_out_is_not_told_nor_counted(program: Program, cast: Cast) -> None:
    """Checks 10 and 18."""
    at = timezone.now() - timedelta(hours=1)
    out = published("Out", "Words.", cast=cast)
    gone = published("Gone", "Words.", cast=cast)
    unpublish(gone, by=None, at=timezone.now())
    draft = start_post(by=None, at=at, title="Draft", slug="draft").post
    later = start_post(by=None, at=at, title="Later", slug="later").post
    schedule(freeze(later, by=None, at=at), timezone.now() + timedelta(days=1), by=None, at=at)
    letter = published("Letter", "Words.", cast=cast)
    Post.objects.filter(pk=letter.pk).update(extras={"is_mail_only": True})
    early = published("Early", "Words.", cast=cast)
    Post.objects.filter(pk=early.pk).update(published_at=timezone.now() + timedelta(hours=1))
    told = program.ask("posts/")
    assert [post["slug"] for post in told["posts"]] == ["out"]
    assert told["meta"]["pagination"]["total"] == 1
    from masthead.core.shown_ids import shown_id

    assert program.ask(f"posts/{shown_id('post', out.public_id)}/")
    for post in (gone, draft, later, letter, early):
        assert program.error(f"posts/{shown_id('post', post.public_id)}/", 404)
    for slug in ("gone", "draft", "later", "letter", "early"):
        assert program.error(f"posts/slug/{slug}/", 404)
    assert program.ask("posts/", filter="slug:[gone,draft,later,letter,early]")["meta"]["pagination"]["total"] == 0
    assert [post["slug"] for post in program.ask("search-index/posts/")["posts"]] == ["out"]


def test_a_draft_of_a_live_post_changes_nothing_that_is_told(program: Program, cast: Cast) -> None:
    post = published("A ship", "Words.", cast=cast)
    before = program.answer("posts/").content
    save_draft(post, {"title": "Another"}, version=draft_of(post).version, by=None, at=timezone.now())
    assert program.answer("posts/").content == before


def test_fields_and_formats_choose_what_is_told(program: Program, cast: Cast) -> None:
    published("A ship", "Words.", cast=cast)
    assert set(only(program, fields="title,url")) == {"title", "url"}
    assert set(only(program, fields="title, html")) == {"title", "html"}
    assert set(only(program, fields="title", formats="plaintext")) == {"title", "plaintext"}
    assert set(only(program, fields="title", include="tags")) == {"title", "tags", "primary_tag"}
    assert only(program, formats="plaintext").keys() == (FIELDS - {"html"}) | {"plaintext"}
    for stripped in ("mobiledoc", "lexical", "mobiledoc,lexical"):
        assert set(only(program, formats=f"html,{stripped}")) == FIELDS
    for secret in ("status", "type", "lexical", "opening", "revision_number", "pk", "_state", "extras", "email"):
        assert only(program, fields=secret) == {}


def test_included_tags_authors_and_tiers_stand_beside_the_post(program: Program, cast: Cast) -> None:
    hidden = Tag.objects.create(slug="hash-x", name="#x", is_internal=True)
    city = Tag.objects.create(slug="city", name="City")
    other = Author.objects.create(slug="ada", name="Ada")
    published(
        "A ship", "W.", cast=cast, tag_ids=[hidden.pk, city.pk, cast.section.pk], author_ids=[other.pk, cast.writer.pk],
        visibility="tiers", tier_ids=[cast.tiers["gold"].pk],
    )  # fmt: skip
    post = only(program, include="tags,authors,tiers")
    assert [tag["slug"] for tag in post["tags"]] == ["city", "world"] and post["primary_tag"]["slug"] == "city"
    assert [author["slug"] for author in post["authors"]] == ["ada", "ines-okafor"]
    assert post["primary_author"]["name"] == "Ada" and not {"email", "member", "public_id"} & set(post["authors"][0])
    assert [tier["slug"] for tier in post["tiers"]] == ["gold"]
    for visibility, slugs in (("public", ["free", "paid", "gold"]), ("paid", ["paid", "gold"])):
        Post.objects.update(visibility=visibility)
        assert [tier["slug"] for tier in only(program, include="tiers")["tiers"]] == slugs
    assert not {"tags", "primary_tag", "authors", "tiers"} & set(only(program))


def test_extras_are_told_and_what_is_empty_is_null(program: Program, cast: Cast) -> None:
    media = keep_picture(drawn(), "a.jpg", at=timezone.now())
    post = published("A ship", "Words.", cast=cast)
    extras = {
        "meta_title": "Meta", "og_image": media.token, "canonical_url": "https://else.example/", "template": "wide",
        "comment_id": "5f0c", "head_code": "<style>p{}</style>", "mail_to": "status:free", "newsletter": "daily",
    }  # fmt: skip
    Post.objects.filter(pk=post.pk).update(extras=extras)
    told = only(program)
    assert (told["meta_title"], told["canonical_url"], told["comment_id"]) == ("Meta", "https://else.example/", "5f0c")
    assert told["custom_template"] == "wide" and told["codeinjection_head"] == "<style>p{}</style>"
    assert told["og_image"].startswith("https://paper.example/media/") and told["og_title"] is None
    assert "status:free" not in str(told) and "daily" not in str(told)


def test_pages_are_counted_exactly_and_do_not_overlap(program: Program, cast: Cast) -> None:
    at = timezone.now() - timedelta(hours=1)
    for number in range(7):
        published(f"Post {number}", "Words.", cast=cast, at=at)
    seen: list[str] = []
    for page, (following, before) in {1: (2, None), 2: (3, 1), 3: (None, 2)}.items():
        told = program.ask("posts/", limit=3, page=page)
        assert told["meta"]["pagination"] == {
            "page": page, "limit": 3, "pages": 3, "total": 7, "next": following, "prev": before}  # fmt: skip
        seen += [post["slug"] for post in told["posts"]]
    assert len(seen) == len(set(seen)) == 7
    past = program.ask("posts/", limit=3, page=9_999_999)
    assert past["posts"] == [] and past["meta"]["pagination"]["total"] == 7
    for limit, shown in (("all", 100), ("15", 15), ("5000", 100), ("0", 1)):
        assert program.ask("posts/", limit=limit)["meta"]["pagination"]["limit"] == shown
    assert program.ask("posts/")["meta"]["pagination"]["limit"] == 15
    for wrong in ("x", "-1", "1.5", "²", "9" * 30):
        assert program.error("posts/", 422, limit=wrong)["property"] == "limit"
        assert program.error("posts/", 422, page=wrong)["type"] == "ValidationError"


def test_an_empty_list_is_one_page(program: Program) -> None:
    expected = {"page": 1, "limit": 15, "pages": 1, "total": 0, "next": None, "prev": None}
    assert program.ask("posts/") == {"posts": [], "meta": {"pagination": expected}}
    assert program.ask("recommendations/") == {"recommendations": [], "meta": {"pagination": expected}}


def test_posts_come_in_the_order_that_is_asked_for(program: Program, cast: Cast) -> None:
    now = timezone.now()
    for title, hours, featured in (("B", 3, True), ("C", 1, False), ("A", 2, True)):
        published(title, "Words.", cast=cast, at=now - timedelta(hours=hours), is_featured=featured)
    assert program.slugs() == ["c", "a", "b"]
    assert program.slugs(order="published_at asc") == ["b", "a", "c"]
    assert program.slugs(order="title ASC") == ["a", "b", "c"]
    assert program.slugs(order="featured desc, title desc") == ["b", "a", "c"]
    for wrong in ("html", "status", "plaintext desc", "lead_credit", "title up", "title asc asc", ",", "body__document",
                  "revision_number", "extras", "-title", "?", "title; drop", "authors.member.email"):  # fmt: skip
        assert program.error("posts/", 400, order=wrong)["property"] == "order"


def test_the_search_index_looks_into_the_newest_texts_alone(
    program: Program, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Check 142."""
    monkeypatch.setattr("masthead.api.content.views.site.READ", 2)
    monkeypatch.setattr("masthead.api.content.views.site.MOST", 4)
    for n in range(6):
        fields = {"standfirst": "Stands first."} if n == 3 else {}
        published(f"Post {n}", TEXT, cast=cast, visibility="paid", at=timezone.now() - timedelta(hours=n + 1), **fields)
    rows = program.ask("search-index/posts/")["posts"]
    assert set(rows[0]) == {"id", "slug", "title", "excerpt", "url", "updated_at", "visibility"}
    assert [row["slug"] for row in rows] == ["post-0", "post-1", "post-2", "post-3"]
    opening = "Opening words stand above."
    assert [row["excerpt"] for row in rows] == [opening, opening, "", "Stands first."]


def publish_many(cast: Cast, start: int, stop: int) -> None:
    """Publish posts with tags, an author, a lead, and a picture in the text."""
    media = Media.objects.first() or keep_picture(drawn(), "a.jpg", at=timezone.now())
    for n in range(start, stop):
        post = published(
            f"Post {n}", f"Words {n}.\n\n![A](media:{media.token})\n\n<!--more-->\n\nBelow.", cast=cast, lead=media,
            visibility=("public", "paid", "members", "tiers")[n % 4], tier_ids=[cast.tiers["gold"].pk],
        )  # fmt: skip
        Post.objects.filter(pk=post.pk).update(extras={"og_image": media.token})


def asked(program: Program, path: str, **query: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        program.ask(path, **query)
    return len(queries.captured_queries)


EVERYTHING = {"limit": "100", "include": "tags,authors,tiers", "formats": "html,plaintext", "filter": "tag:world"}


def test_a_hundred_posts_ask_the_database_no_more_often_than_five(
    program: Program, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Check 147."""
    publish_many(cast, 0, 5)
    program.ask("posts/")  # notes the use of the key
    few = asked(program, "posts/", **EVERYTHING)
    publish_many(cast, 5, 100)
    assert asked(program, "posts/", **EVERYTHING) == few <= 13
    assert asked(program, "search-index/posts/") <= 8
    assert asked(program, "tags/", include="count.posts") <= 6
    monkeypatch.setattr(PostQuerySet, "with_bylines", lambda self: self)
    assert asked(program, "posts/", **EVERYTHING) > 100
