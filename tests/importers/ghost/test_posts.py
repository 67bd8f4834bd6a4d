"""Posts and pages of every release of Ghost, looked at through the doors that readers use (checks 9, 89, 130)."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from masthead.content.editing import draft_of
from masthead.content.listing import scheduled_for
from masthead.content.models import Author, Post, Tag
from masthead.importers.ghost.putting_out import put_out
from tests.cast import Cast, client_of
from tests.importers.ghost.bringing import bring_in, post_of
from tests.importers.ghost.exports import DAY, Export, image, lexical, paper

VERSIONS = ("2.38.0", "3.42.9", "4.48.9", "5.82.2", "6.65.0")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_post_of_each_visibility_stands_at_its_address_and_is_closed_to_whom_it_was(
    cast: Cast, tmp_path: Path, version: str
) -> None:
    said = bring_in(paper(version), tmp_path)
    assert said.code == 0, said.report
    readers = {name: client_of(cast.members.get(name)) for name in ("anyone", "free", "paid", "gold")}
    open_to = {
        "public": ("anyone", "free", "paid", "gold"),
        "members": ("free", "paid", "gold"),
        "paid": ("paid", "gold"),
    }
    if int(version[0]) >= 4:
        open_to |= {"tiers": ("gold",), "filter": ("gold",)}
    for visibility, may in open_to.items():
        for name, client in readers.items():
            page = client.get(f"/for-{visibility}/")
            words = page.content.decode()
            sealed = f"Sealed of {'tiers' if visibility == 'filter' else visibility}"
            assert page.status_code == 200 and "Opening of" in words
            assert (sealed in words) == (name in may), (visibility, name)
    assert Client().get("/about/").status_code == 200
    assert f"{len(open_to) + 1} of {len(open_to) + 1} texts have every word" in said.out


@pytest.mark.django_db
@pytest.mark.parametrize(
    "told", [None, "", "vip", "product:'nobody-has-it'", "product:gold+label:x", "status:free", 7, ["paid"], "Public"]
)
def test_a_visibility_that_is_none_of_ours_closes_the_post_to_all_but_staff(tmp_path: Path, told: object) -> None:
    export = paper()
    row = export.post("odd", words="Opening.\n\n~\n\nSealed words.", visibility=told)
    said = bring_in(export, tmp_path)
    assert post_of(row["id"]).visibility == "unknown" and said.says("posts row 7", "closed to all but staff")
    assert b"Sealed words" not in Client().get("/odd/").content


@pytest.mark.django_db
def test_a_post_for_tiers_without_any_opens_to_nobody(tmp_path: Path) -> None:
    export = paper()
    row = export.post("misconfigured", words="A.\n\n~\n\nSealed words.", visibility="tiers")
    said = bring_in(export, tmp_path)
    post = post_of(row["id"])
    assert (post.visibility, post.tiers.count()) == ("tiers", 0) and said.says("posts row 7", "closed to all but staff")


@pytest.mark.django_db
def test_titles_are_the_plain_text_that_they_are_in_ghost(tmp_path: Path) -> None:
    export = Export()
    titles = ["Fish &amp; chips", "A <b>bold</b> claim & more", "😀 日本語", "", "x" * 400, "  two\nlines "]
    rows = [export.post(f"t-{n}", title=title) for n, title in enumerate(titles)]
    said = bring_in(export, tmp_path)
    assert said.says("posts row 1", "typed out in it") and said.report.count("typed out in it") == 1
    shown = [post_of(row["id"]).title for row in rows]
    assert shown == [*titles[:3], "(Untitled)", "x" * 300, "two lines"]
    page = Client().get("/t-0/").content.decode()
    assert "Fish &amp;amp; chips" in page


@pytest.mark.django_db
def test_dates_are_kept_even_before_1970_and_in_every_spelling(tmp_path: Path) -> None:
    export = Export()
    told = {
        "old": ("1923-04-05 06:07:08", datetime(1923, 4, 5, 6, 7, 8, tzinfo=UTC)),
        "iso": ("2016-02-29T10:00:00.000Z", datetime(2016, 2, 29, 10, tzinfo=UTC)),
        "epoch": (-86_400_000, datetime(1969, 12, 31, tzinfo=UTC)),
        "zoned": ("2016-02-29T10:00:00+09:00", datetime(2016, 2, 29, 1, tzinfo=UTC)),
    }
    rows = {slug: export.post(slug, published_at=date, created_at=date) for slug, (date, _) in told.items()}
    late = export.post("late", updated_at="2021-01-01 00:00:00", created_at="2019-01-01 00:00:00")
    none = export.post("none", published_at=None)
    nonsense = export.post("nonsense", published_at="soon", created_at="0000-00-00 00:00:00")
    said = bring_in(export, tmp_path)
    for slug, (_, wanted) in told.items():
        post = post_of(rows[slug]["id"])
        assert (post.published_at, post.started_at) == (wanted, wanted), slug
        assert Client().get(f"/{slug}/").status_code == 200
    assert post_of(late["id"]).updated_at == datetime(2021, 1, 1, tzinfo=UTC)
    assert post_of(late["id"]).started_at == datetime(2019, 1, 1, tzinfo=UTC)
    assert post_of(none["id"]).published_at == datetime(2020, 5, 17, 8, 30, tzinfo=UTC) and said.says(
        "row 6", "no date"
    )
    assert post_of(nonsense["id"]).published_at and said.says("row 7", "no date")


@pytest.mark.django_db
def test_drafts_letters_and_what_is_to_come_are_no_pages(tmp_path: Path) -> None:
    export = paper()
    soon = "2998-05-17 08:30:00"
    hidden = {
        "draft": export.post("draft", status="draft", published_at=None),
        "sent": export.post("sent", status="sent", meta={"email_only": 1, "email_subject": "Hello"}),
        "soon": export.post("soon", status="scheduled", published_at=soon),
        "missed": export.post("missed", status="scheduled"),
        "odd": export.post("odd", status="hidden"),
        "early": export.post("early", published_at=soon),
    }
    said = bring_in(export, tmp_path)
    assert said.code == 0
    for slug, row in hidden.items():
        post = post_of(row["id"])
        assert Client().get(f"/{slug}/").status_code == 404 and post.title == "" and post.published_at is None, slug
        assert draft_of(post).title == slug.title()
    for slug in ("soon", "early"):
        assert scheduled_for(post_of(hidden[slug]["id"])) == datetime(2998, 5, 17, 8, 30, tzinfo=UTC)
    letter = draft_of(post_of(hidden["sent"]["id"])).extras
    assert letter["is_mail_only"] is True and letter["email_subject"] == "Hello"
    assert (
        said.says("row 8", "letter only") and said.says("row 10", "time that is past") and said.says("row 11", "status")
    )


@pytest.mark.django_db
def test_everything_that_ghost_keeps_of_a_post_comes_with_it(tmp_path: Path) -> None:
    export = Export()
    letter = export.add("newsletters", name="Weekly", slug="weekly", status="active")
    told = {
        "meta_title": "MT",
        "meta_description": "MD",
        "og_title": "OT",
        "og_description": "OD",
        "twitter_title": "TT",
    }
    told |= {"twitter_description": "TD", "email_subject": "ES", "frontmatter": "FM"}
    row = export.post(
        "whole",
        meta=told | {"feature_image_alt": "alt", "feature_image_caption": "A <a href='/x/'>caption</a> &amp; more"},
        custom_excerpt="An excerpt",
        featured=1,
        codeinjection_head="<style>p{}</style>",
        codeinjection_foot="<script>1</script>",
        custom_template="custom-wide",
        canonical_url="https://elsewhere.example/x/",
        newsletter_id=letter["id"],
        email_recipient_filter="label:vip",
        comment_id="old-comment-id",
    )
    page = export.post("bare", type="page", show_title_and_feature_image=0)
    said = bring_in(export, tmp_path)
    assert said.says("posts", "1 hold code")
    post, draft = post_of(row["id"]), draft_of(post_of(row["id"]))
    assert (post.standfirst, post.is_featured, draft.lead_alt, draft.lead_caption) == (
        "An excerpt",
        True,
        "alt",
        "A caption & more",
    )
    expected = told | {"head_code": "<style>p{}</style>", "foot_code": "<script>1</script>", "template": "custom-wide"}
    expected |= {"canonical_url": "https://elsewhere.example/x/", "newsletter": "weekly", "mail_to": "label:vip"}
    assert post.extras == expected | {"comment_id": "old-comment-id"}
    assert post_of(page["id"]).extras["hides_title"] is True and post_of(page["id"]).kind == "page"


@pytest.mark.django_db
def test_what_ghost_2_kept_on_the_post_itself_is_found_there(tmp_path: Path) -> None:
    export = Export("1.26.2")
    user = export.user("ana")
    row = export.post(
        "old", meta_title="MT", og_title="OT", author_id=user["id"], amp="17", send_email_when_published=1
    )
    page = export.post("imprint", page=1, author_id=user["id"])
    bring_in(export, tmp_path)
    post = post_of(row["id"])
    assert post.extras == {"meta_title": "MT", "og_title": "OT", "comment_id": row["id"], "mail_to": "all"}
    assert [author.slug for author in post.bylines] == ["ana"] and post_of(page["id"]).kind == "page"


@pytest.mark.django_db
def test_tags_and_authors_stand_in_their_order_and_the_internal_ones_are_for_staff(tmp_path: Path) -> None:
    export = Export()
    ana, rui = export.user("ana", role="Owner"), export.user("rui")
    news, desk, sea = export.tag("News"), export.tag("#desk"), export.tag("Sea")
    row = export.post("a")
    for place, tag in ((2, news), (0, desk), (1, sea)):
        export.add("posts_tags", post_id=row["id"], tag_id=tag["id"], sort_order=place)
    for place, user in ((1, ana), (0, rui)):
        export.add("posts_authors", post_id=row["id"], author_id=user["id"], sort_order=place)
    export.add("posts_tags", post_id=row["id"], tag_id="gone", sort_order=9)
    lonely = export.post("b")
    said = bring_in(export, tmp_path)
    post = post_of(row["id"])
    assert [tag.name for tag in post.subjects] == ["Sea", "News"] and [one.slug for one in post.bylines] == [
        "rui",
        "ana",
    ]
    assert [line.tag.slug for line in post.post_tags.all()] == ["hash-desk", "sea", "news"]
    assert [one.slug for one in post_of(lonely["id"]).bylines] == ["ana"]
    assert said.says("posts row 1", "gone", "not in the export") and said.says("posts row 2", "Owner's byline")
    assert Client().get("/tag/hash-desk/").status_code == 404 and Client().get("/tag/sea/").status_code == 200
    assert Tag.objects.get(slug="hash-desk").is_internal and Author.objects.filter(member=None).count() == 2


@pytest.mark.django_db
def test_a_page_and_a_post_of_one_slug_both_come_in_and_the_second_is_told_its_address(tmp_path: Path) -> None:
    export = Export()
    post, page = export.post("same"), export.post("same", type="page")
    reserved = export.post("desk", type="page")
    odd = export.post("what is/this?", title="Odd")
    said = bring_in(export, tmp_path)
    assert [post_of(row["id"]).path for row in (post, page, reserved, odd)] == [
        "/same/",
        "/same-2/",
        "/desk-2/",
        "/what-isthis/",
    ]
    assert (
        said.says("posts row 2", "/same/", "/same-2/")
        and said.says("posts row 3", "/desk-2/")
        and said.says("row 4", "slug")
    )
    assert "2 of 4 public addresses" in said.out
    for path in ("/same/", "/same-2/", "/desk-2/"):
        assert Client().get(path).status_code == 200


@pytest.mark.django_db
def test_a_post_whose_source_cannot_be_read_comes_in_from_its_html_and_none_is_lost(tmp_path: Path) -> None:
    export = Export()
    broken = export.post("broken", lexical="{not json", html="<p>The words of html.</p>")
    only = export.post(
        "only", lexical=None, mobiledoc=None, html="<p>Open.</p><!--members-only--><p>Closed.</p>", visibility="paid"
    )
    nothing = export.post("nothing", lexical=None, html=None, plaintext=None)
    unknown = export.post("card", lexical=lexical("Before.", {"type": "hologram", "version": 1, "beam": "x"}, "After."))
    said = bring_in(export, tmp_path)
    assert b"The words of html." in Client().get("/broken/").content and said.says(
        "posts row 1", "lexical cannot be read"
    )
    page = Client().get("/only/").content
    assert b"Open." in page and b"Closed." not in page
    assert Client().get("/nothing/").status_code == 200 and said.says("posts row 4", "hologram")
    assert b"After." in Client().get("/card/").content
    assert {post_of(row["id"]).status for row in (broken, only, nothing, unknown)} == {"published"}


@pytest.mark.django_db
def test_a_second_run_changes_what_changed_in_ghost_and_leaves_alone_what_the_desk_did(tmp_path: Path) -> None:
    from django.utils import timezone

    from masthead.content.editing import save_draft
    from masthead.content.publishing import unpublish

    export = Export()
    export.user("ana", role="Owner")
    rows = [export.post(f"p-{n}") for n in range(5)]
    assert "5 posts created" in bring_in(export, tmp_path).out
    again = bring_in(export, tmp_path)
    assert "5 posts unchanged" in again.out and Post.objects.count() == 5
    edited, down, gone = (post_of(rows[n]["id"]) for n in (1, 2, 3))
    save_draft(edited, {"title": "Ours"}, version=draft_of(edited).version, by=None, at=timezone.now())
    unpublish(down, by=None, at=timezone.now())
    gone.delete()
    for row in rows[:4]:
        row["title"], row["updated_at"] = "Changed", "2021-01-01 00:00:00"
    said = bring_in(export, tmp_path)
    assert "1 posts updated, 3 posts left alone, 1 posts unchanged" in said.out
    assert post_of(rows[0]["id"]).title == "Changed" and post_of(rows[0]["id"]).path == "/p-0/"
    assert draft_of(edited).title == "Ours" and said.says("row 2", "changed at the desk")
    assert Client().get("/p-2/").status_code == 404 and said.says("row 3", "taken down")
    assert said.says("row 4", "deleted at the desk") and Post.objects.count() == 4
    said = bring_in(export, tmp_path, "--overwrite")
    assert draft_of(edited).title == "Changed" and Client().get("/p-2/").status_code == 404
    assert draft_of(down).title == "Changed" and said.says("row 3", "stays down")


@pytest.mark.django_db
def test_one_row_that_fails_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    def failing(run: object, post: Post, joined: object, *more: object) -> None:
        put_out(run, post, joined, *more)  # type: ignore[arg-type]
        if draft_of(post).slug == "p-1":
            raise KeyError("boom")

    monkeypatch.setattr("masthead.importers.ghost.posts.put_out", failing)
    export = Export()
    rows = [export.post(f"p-{n}") for n in range(3)]
    said = bring_in(export, tmp_path)
    assert said.code == 1 and "2 posts created, 1 posts failed" in said.out and said.says("posts row 2", "KeyError")
    assert Post.objects.count() == 2 and Client().get("/p-1/").status_code == 404
    monkeypatch.undo()
    assert "1 posts created" in bring_in(export, tmp_path).out and post_of(rows[1]["id"]).path == "/p-1/"


@pytest.mark.django_db
def test_a_missing_picture_is_reported_and_its_figure_stays_as_words(tmp_path: Path) -> None:
    export = Export()
    src = "__GHOST_URL__/content/images/2020/01/quay.png"
    export.post(
        "pictured",
        lexical=lexical("Before.", image(src, caption="The quay at dawn")),
        feature_image=src,
        published_at=DAY,
    )
    said = bring_in(export, tmp_path)
    assert said.says("posts row 1", "quay.png") and b"The quay at dawn" in Client().get("/pictured/").content
    assert "1 pictures and files are missing" in said.out


def test_what_a_card_shows_to_some_readers_only_is_shown_to_them_only(cast: Cast, tmp_path: Path) -> None:
    export = Export()
    web = {"nonMember": False, "memberSegment": "status:-free"}
    some = {
        "type": "html",
        "version": 1,
        "html": "<p>For payers.</p>",
        "visibility": {"web": web, "email": {"memberSegment": ""}},
    }
    letter = {"type": "email", "version": 1, "html": "<p>For letters.</p>"}
    export.post("partly", lexical=lexical("Open.", some, letter), html="<p>Open.</p><p>For payers.</p>")
    said = bring_in(export, tmp_path)
    shown = {
        name: client_of(cast.members.get(name)).get("/partly/").content.decode() for name in ("anyone", "free", "paid")
    }
    assert {name: "For payers." in words for name, words in shown.items()} == {
        "anyone": False,
        "free": False,
        "paid": True,
    }
    assert not any("For letters." in words for words in shown.values()) and "1 of 1 texts have every word" in said.out


def test_code_of_a_paid_post_is_closed_as_its_words_are(cast: Cast, tmp_path: Path) -> None:
    from masthead.core.models import Publication

    Publication.objects.update(runs_custom_code=True)
    export = Export()
    export.post("coded", words="A.\n\n~\n\nB.", visibility="paid", codeinjection_foot="<i>Sealed code</i>")
    bring_in(export, tmp_path)
    assert "Sealed code" not in client_of(None).get("/coded/").content.decode()
    assert "Sealed code" in client_of(cast.members["paid"]).get("/coded/").content.decode()
