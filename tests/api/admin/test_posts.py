"""Posts and pages, as publishing tools write them."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from masthead.access.reader import STAFF
from masthead.api.admin.taking.posts import words_of
from masthead.api.admin.views import posts
from masthead.content.document import from_markdown
from masthead.content.editing import draft_of, freeze, save_draft, start_post
from masthead.content.listing import scheduled_for
from masthead.content.models import Author, Post, Tag
from masthead.content.publishing import publish, publish_due, unpublish
from masthead.content.reading import Through, read_one
from masthead.content.uploading import keep_picture
from masthead.core.models import Event
from masthead.members.models import ApiKey
from tests.api.admin.asking import Tool
from tests.cast import Cast, published
from tests.content.files import drawn

HTML = "<p>Opening <strong>words</strong>.</p><!--members-only--><p>Gatedwords.</p>"


def page_of(post: dict[str, Any]) -> Any:
    return Client().get(post["url"].removeprefix("https://paper.example"))


def test_a_draft_is_written_from_html_and_nobody_sees_it(tool: Tool, cast: Cast) -> None:
    post = tool.add(title="A ship", html=HTML, source="html", tags=["World", "#later"], custom_excerpt="She sails.")
    assert (post["status"], post["slug"], post["published_at"]) == ("draft", "a-ship", None)
    assert [tag["slug"] for tag in post["tags"]] == ["world", "hash-later"]
    assert post["primary_tag"]["slug"] == "world" and post["tags"][1]["visibility"] == "internal"
    assert post["mobiledoc"] is None and "html" not in post and "paywall" in post["lexical"]
    assert Client().get("/a-ship/").status_code == 404 and page_of(post).status_code == 302
    whole = tool.one(f"posts/{post['id']}/", formats="html,plaintext")
    assert whole["html"] == HTML and whole["plaintext"] == "Opening words.\n\nGatedwords."
    assert "lexical" not in whole and tool.one("posts/slug/a-ship/")["id"] == post["id"]


def test_a_post_is_published_at_once_and_sealed_like_any_other(tool: Tool, cast: Cast) -> None:
    author = {"slug": "ines-okafor"}
    post = tool.add(
        title="A ship", html=HTML, source="html", status="published", visibility="paid", authors=[author], featured=True,
    )  # fmt: skip
    assert (post["status"], post["url"]) == ("published", "https://paper.example/a-ship/")
    assert post["primary_author"]["name"] == "Inês Okafor" and post["featured"] is True
    page = page_of(post).content.decode()
    assert "Opening" in page and "Gatedwords" not in page
    assert "Gatedwords" in tool.one(f"posts/{post['id']}/", formats="html")["html"]


def test_every_act_names_the_key_and_no_person(tool: Tool, cast: Cast) -> None:
    """Check 102."""
    begun = Event.objects.count()
    post = tool.add(title="A ship", status="published")
    post = tool.edit(post, title="A boat")
    post = tool.edit(post, status="draft")
    tool.delete(post)
    events = list(Event.objects.order_by("pk").values_list("kind", "actor_id", "facts"))[begun:]
    kinds = [kind for kind, _, _ in events]
    assert kinds == [
        "post.started", "post.published", "post.saved", "post.published", "post.unpublished", "post.deleted"]  # fmt: skip
    key = ApiKey.objects.get().public_id
    assert {(actor, facts["key"]) for _, actor, facts in events} == {(None, key)}
    assert events[2][2]["fields"] == ["title"]
    published("Another", "By the desk.", cast=cast)
    assert "key" not in Event.objects.latest("pk").facts


def test_an_edit_without_the_updated_at_that_stands_is_refused(tool: Tool) -> None:
    """Check 101."""
    post = tool.add(title="A ship")
    newer = tool.edit(post, title="A boat")
    path = f"posts/{post['id']}/"
    for stale in (post["updated_at"], "2020-01-01T00:00:00.000Z"):
        error = tool.error("PUT", path, {"posts": [{"title": "Mine", "updated_at": stale}]}, status=409)
        assert (error["type"], error["code"]) == ("UpdateCollisionError", "UPDATE_COLLISION")
    for missing in ({}, {"updated_at": None}, {"updated_at": "yesterday"}):
        error = tool.error("PUT", path, {"posts": [{"title": "Mine", **missing}]}, status=422)
        assert error["property"] == "updated_at"
    assert tool.one(path)["title"] == "A boat"
    same_moment = newer["updated_at"].replace("+00:00", "Z")
    assert tool.edit(post | {"updated_at": same_moment}, title="Mine")["title"] == "Mine"


def test_what_the_desk_has_not_published_yet_is_neither_told_nor_put_out(tool: Tool, cast: Cast) -> None:
    row = published("A ship", "Printed words.", cast=cast)
    told = tool.one("posts/slug/a-ship/", formats="html")
    draft = draft_of(row)
    document = from_markdown("Unfinished words.").document.json
    save_draft(row, {"document": document}, version=draft.version, by=cast.owner, at=timezone.now())
    now = tool.one("posts/slug/a-ship/", formats="html")
    assert now == told and "Printed" in now["html"]
    body = {"posts": [{"updated_at": now["updated_at"], "featured": True}]}
    error = tool.error("PUT", f"posts/{now['id']}/", body, status=409)
    assert "desk" in error["context"]
    assert "Unfinished" not in Client().get("/a-ship/").content.decode()
    assert tool.edit(now, status="draft")["status"] == "draft"  # taking it down is never held up
    assert "Unfinished" in tool.one("posts/slug/a-ship/", formats="html")["html"]


@pytest.mark.parametrize("formats", ["html", "lexical", "html,lexical,mobiledoc,plaintext"])
def test_what_is_sent_back_as_it_was_told_changes_nothing(tool: Tool, cast: Cast, formats: str) -> None:
    lead = keep_picture(drawn(), "a.jpg", at=timezone.now())
    text = "# One\n\nTwo **three** [four](/a/).\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n<!--more-->\n\nFive.[^1]\n\n[^1]: Six."
    row = published(
        "A ship", text, cast=cast, visibility="paid", lead=lead, lead_caption="The <hull>", lead_credit="Ada",
        extras={"meta_title": "Ship", "head_code": "<script>1</script>"},
    )  # fmt: skip
    before = (draft_of(row).version, Post.objects.get().revision_number, Event.objects.count())
    told = tool.one("posts/slug/a-ship/", formats=formats)
    again = tool.edit(told, source="html", **told)
    assert (draft_of(row).version, Post.objects.get().revision_number, Event.objects.count()) == before
    assert tool.one("posts/slug/a-ship/", formats=formats) == told and again["updated_at"] == told["updated_at"]


PAYERS = {"type": "paragraph", "content": [{"type": "text", "text": "PAYERSONLY"}]}
FREE = {"type": "paragraph", "content": [{"type": "text", "text": "FREEONLY"}]}


def part(web: list[str], *content: Any) -> Any:
    return {"type": "audience", "attrs": {"web": web, "mail": []}, "content": list(content)}


@pytest.mark.parametrize("source", ["html", "lexical"])
@pytest.mark.parametrize(
    "block",
    [
        part(["paid"], PAYERS),
        {"type": "blockquote", "content": [part(["paid"], PAYERS)]},
        {"type": "bulletList", "content": [{"type": "listItem", "content": [part(["paid"], PAYERS)]}]},
        part(["paid"], part(["free"], FREE), PAYERS),
        part(["paid"], {"type": "embed", "attrs": {"url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ"}}, PAYERS),
    ],
    ids=["alone", "in a quote", "in a list", "around another", "beside a film"],
)
def test_a_part_for_some_readers_stays_theirs_when_a_text_is_sent_back_changed(
    tool: Tool, cast: Cast, source: str, block: Any
) -> None:
    document = from_markdown("Above.").document.json
    document["content"].append(block)
    draft = start_post(by=None, at=timezone.now(), title="A ship", document=document)
    publish(freeze(draft.post, by=None, at=timezone.now()), by=None, at=timezone.now())
    told = tool.one("posts/slug/a-ship/", formats=source)
    changed = told[source].replace("Above.", "Higher.")
    assert "PAYERSONLY" in changed and changed != told[source]
    tool.edit(told, source="html" if source == "html" else "", **{source: changed})
    page = Client().get("/a-ship/").content.decode()
    assert "Higher." in page and "PAYERSONLY" not in page and "FREEONLY" not in page
    mail = read_one(Post.objects.get(), STAFF, through=Through.MAIL)
    assert "PAYERSONLY" not in mail.text
    assert "PAYERSONLY" in tool.one("posts/slug/a-ship/", formats="html")["html"]


def test_lexical_and_mobiledoc_are_read(tool: Tool) -> None:
    text = {"type": "extended-text", "text": "Lexical words", "format": 1}
    root = {"root": {"type": "root", "children": [{"type": "paragraph", "children": [text]}, {"type": "paywall"}]}}
    post = tool.add(title="One", lexical=json.dumps(root))
    assert tool.one(f"posts/{post['id']}/", formats="html")["html"] == (
        "<p><strong>Lexical words</strong></p><!--members-only-->"
    )
    old = {
        "version": "0.3.1",
        "markups": [],
        "atoms": [],
        "cards": [],
        "sections": [[1, "p", [[0, [], 0, "Old words"]]]],
    }
    post = tool.add(title="Two", mobiledoc=json.dumps(old))
    assert tool.one(f"posts/{post['id']}/", formats="plaintext")["plaintext"] == "Old words"
    ignored = tool.add(title="Three", html="<p>Without the parameter</p>")
    assert tool.one(f"posts/{ignored['id']}/", formats="plaintext")["plaintext"] == ""


def test_a_post_is_scheduled_moved_and_put_out_when_its_time_comes(tool: Tool, cast: Cast) -> None:
    at = timezone.now() + timedelta(hours=3)
    post = tool.add(title="A ship", status="scheduled", published_at=at.isoformat())
    row = Post.objects.get()
    assert (post["status"], scheduled_for(row)) == ("scheduled", at)
    assert Client().get("/a-ship/").status_code == 404
    later = at + timedelta(hours=1)
    post = tool.edit(post, status="scheduled", published_at=later.isoformat(), title="A boat")
    assert scheduled_for(row) == later and tool.slugs(filter="status:scheduled") == ["a-ship"]
    assert publish_due(at=at) == [] and [found.title for found in publish_due(at=later)] == ["A boat"]
    assert tool.one("posts/slug/a-ship/")["status"] == "published"


def test_a_schedule_is_taken_back_or_hurried(tool: Tool) -> None:
    at = (timezone.now() + timedelta(hours=3)).isoformat()
    post = tool.add(title="A ship", status="scheduled", published_at=at)
    post = tool.edit(post, status="draft")
    assert (post["status"], scheduled_for(Post.objects.get())) == ("draft", None)
    post = tool.edit(post, status="published", published_at=at)
    assert post["status"] == "scheduled"  # with a date to come, nothing goes out early
    post = tool.edit(post, status="published", published_at=timezone.now().isoformat())
    assert post["status"] == "published" and page_of(post).status_code == 200


def test_a_date_that_is_past_is_the_date_of_what_comes_from_elsewhere(tool: Tool) -> None:
    post = tool.add(title="Old", status="published", published_at="2019-05-06T07:08:09.000Z")
    assert post["published_at"] == "2019-05-06T08:08:09.000+01:00"  # the paper's own zone, as in Ghost
    assert tool.edit(post, title="Older", published_at="2018-01-01T00:00:00Z")["published_at"] == post["published_at"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "title"), ({"title": "  "}, "title"), ({"title": "x" * 256}, "title"), ({"status": "sent"}, "status"),
        ({"status": "live"}, "status"), ({"status": "scheduled"}, "published_at"), ({"visibility": "label:x"}, "visibility"),
        ({"status": "scheduled", "published_at": "2020-01-01T00:00:00Z"}, "published_at"), ({"visibility": "tiers"}, "tiers"),
        ({"visibility": "tiers", "tiers": [{"slug": "none"}]}, "tiers"), ({"authors": [{"id": "0" * 24}]}, "authors"),
        ({"authors": [{"email": "owner@paper.example"}]}, "authors"), ({"tags": [{"id": "0" * 24}]}, "tags"),
        ({"featured": "yes"}, "featured"), ({"meta_title": "x" * 301}, "meta_title"), ({"meta_title": 7}, "meta_title"),
        ({"canonical_url": "javascript:alert(1)"}, "canonical_url"), ({"tags": ["x"] * 101}, "tags"),
        ({"lexical": "{"}, "lexical"), ({"lexical": {}}, "lexical"), ({"slug": 5}, "slug"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_by_its_field(tool: Tool, fields: dict[str, Any], field: str) -> None:
    given = {"title": "A ship", **fields} if fields else {}
    error = tool.error("POST", "posts/", {"posts": [given]}, status=422)
    assert (error["type"], error["property"]) == ("ValidationError", field) and error["context"]
    assert not Post.objects.exists() and Tag.objects.count() == 1


def test_a_slug_that_is_taken_or_the_sites_own_gets_a_number(tool: Tool, cast: Cast) -> None:
    published("A ship", "Words.", cast=cast)
    slugs = [tool.add(title=title)["slug"] for title in ("A ship", "A ship", "Search", "!!!")]
    assert slugs == ["a-ship-2", "a-ship-3", "search-2", "post"]
    post = tool.add(title="B", slug="Wanted Slug", status="published")
    assert post["url"] == "https://paper.example/wanted-slug/"
    moved = tool.edit(post, slug="a-ship")
    assert moved["slug"] == "a-ship-4"
    assert Client().get("/wanted-slug/")["Location"] == "/a-ship-4/"


def test_meta_fields_come_back_and_are_emptied(tool: Tool) -> None:
    meta: dict[str, Any] = {
        name: f"{name} words"
        for name in ("meta_title", "meta_description", "og_title", "og_description", "twitter_title", "twitter_description",
                     "codeinjection_head", "codeinjection_foot", "email_subject", "frontmatter", "custom_template")
    } | {"canonical_url": "https://elsewhere.example/a/"}  # fmt: skip
    post = tool.add(title="A ship", visibility="paid", status="published", **meta)
    assert {name: post[name] for name in meta} == meta
    nothing: dict[str, Any] = dict.fromkeys(meta)
    emptied = tool.edit(post, **{**nothing, "og_title": "", "meta_title": "Kept"})
    assert {name for name in meta if emptied[name]} == {"meta_title"}
    page = tool.add("pages", title="About", show_title_and_feature_image=False)
    assert page["show_title_and_feature_image"] is False and "show_title_and_feature_image" not in post


def test_authors_are_found_by_id_slug_and_the_address_of_their_member(tool: Tool, cast: Cast) -> None:
    made = Author.objects.create(slug="owner", name="The Owner", member=cast.owner)
    first = tool.add(title="One")
    assert [author["slug"] for author in first["authors"]] == ["owner"]  # who made the key
    by_id = tool.add(title="Two", authors=[{"id": first["authors"][0]["id"]}, {"slug": "ines-okafor"}])
    assert [author["slug"] for author in by_id["authors"]] == ["owner", "ines-okafor"]
    for given in ("owner@paper.example", {"email": "Owner@Paper.example"}, {"slug": made.slug}):
        assert [author["slug"] for author in tool.add(title="Three", authors=[given])["authors"]] == ["owner"]
    assert "owner@" not in json.dumps(tool.ask("GET", "posts/"))
    Author.objects.filter(pk=made.pk).update(member=None)
    assert tool.add(title="Four")["authors"] == []


def test_lists_are_filtered_ordered_and_turned(tool: Tool, cast: Cast) -> None:
    for n in range(3):
        published(f"Out {n}", "Words.", cast=cast, at=timezone.now() - timedelta(days=n + 1), is_featured=n == 1)
    tool.add(title="Drafted", tags=["Ships"], authors=[{"slug": "ines-okafor"}], visibility="members")
    taken_down = published("Gone", "Words.", cast=cast)
    unpublish(taken_down, by=None, at=timezone.now())
    tool.add("pages", title="About")
    tool.delete(tool.add(title="Deleted"))
    every = ["gone", "out-0", "out-1", "out-2", "drafted"]
    assert sorted(tool.slugs()) == sorted(every)
    assert tool.slugs("pages/") == ["about"]
    asked = {
        "status:draft": ["gone", "drafted"], "status:published+featured:true": ["out-1"], "tag:ships": ["drafted"],
        "tag:world": every[:-1], "status:[draft,published]": every, "author:ines-okafor+status:-published":
        ["gone", "drafted"], "slug:drafted": ["drafted"], "slug:out-2": ["out-2"], "title:~'raft'": ["drafted"],
        "visibility:members": ["drafted"], "tag:null": [], "published_at:<now-36h": ["out-1", "out-2"], "tag:-world": ["drafted"],
    }  # fmt: skip
    for text, slugs in asked.items():
        assert sorted(tool.slugs(filter=text)) == sorted(slugs), text
    assert tool.slugs(order="title asc", limit=2) == ["drafted", "gone"]
    assert tool.slugs(order="title asc", limit=2, page=3) == ["out-2"]
    tool.add(title="Bare")
    assert tool.slugs(filter="tag:null") == tool.slugs(filter="author:null") == ["bare"]
    tool.delete(tool.one("posts/slug/bare/"))
    meta = tool.ask("GET", "posts/", limit=2, page=2)["meta"]["pagination"]
    assert meta == {"page": 2, "limit": 2, "pages": 3, "total": 5, "next": 3, "prev": 1}
    assert tool.one("posts/", filter="slug:out-2", fields="title,slug") == {"title": "Out 2", "slug": "out-2"}
    for wrong in ("html:~'x'", "email:x", "made_by:1"):
        tool.error("GET", "posts/", status=400, filter=wrong)


def test_a_list_takes_as_many_queries_for_many_posts_as_for_few(
    tool: Tool, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for n in range(12):
        published(f"Out {n}", f"Words.\n\n![a](media:{'x' * 22})", cast=cast, visibility="paid")
    with django_assert_max_num_queries(32):
        tool.ask("GET", "posts/", formats="html,lexical", limit=12)


def test_a_post_is_deleted_for_good_and_its_address_is_free(tool: Tool, cast: Cast) -> None:
    post = tool.add(title="A ship", html=HTML, source="html", status="published")
    tool.delete(post)
    assert Client().get("/a-ship/").status_code == 404 and not Post.objects.exists()
    for method in ("GET", "DELETE"):
        assert tool.error(method, f"posts/{post['id']}/", status=404)["type"] == "NotFoundError"
    assert tool.add(title="A ship", status="published")["url"].endswith("/a-ship/")


def test_a_letter_that_is_no_page_is_told_as_sent(tool: Tool, cast: Cast) -> None:
    published("A letter", "Words.", cast=cast, extras={"is_mail_only": True})
    published("A ship", "Words.", cast=cast)
    letter = tool.one("posts/", filter="status:sent")
    assert (letter["slug"], letter["status"], letter["email_only"]) == ("a-letter", "sent", True)
    assert tool.slugs(filter="status:published") == ["a-ship"]
    assert tool.edit(letter, **letter)["updated_at"] == letter["updated_at"]


def test_what_the_desk_began_without_a_headline_is_not_put_out(tool: Tool, cast: Cast) -> None:
    start_post(by=cast.owner, at=timezone.now(), document=from_markdown("Words.").document.json)
    post = tool.one("posts/")
    body = {"posts": [{"updated_at": post["updated_at"], "status": "published"}]}
    assert tool.error("PUT", f"posts/{post['id']}/", body, status=422)["property"] == "title"
    body["posts"][0]["title"] = "A ship"
    assert tool.ask("PUT", f"posts/{post['id']}/", body)["posts"][0]["status"] == "published"


def test_a_save_at_the_desk_in_the_very_moment_of_an_edit_is_not_overwritten(
    tool: Tool, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Check 101: after the program's updated_at was found right, and before its words are saved."""
    post = tool.add(title="A ship")
    row, plain = Post.objects.get(), words_of

    def meanwhile(*args: Any) -> Any:
        save_draft(row, {"title": "The desk's"}, version=draft_of(row).version, by=cast.owner, at=timezone.now())
        return plain(*args)

    monkeypatch.setattr(posts, "words_of", meanwhile)
    body = {"posts": [{"updated_at": post["updated_at"], "title": "The program's"}]}
    assert tool.error("PUT", f"posts/{post['id']}/", body, status=409)["code"] == "UPDATE_COLLISION"
    assert draft_of(row).title == "The desk's"


def test_a_post_that_was_taken_down_can_come_back_elsewhere(tool: Tool, cast: Cast) -> None:
    post = tool.add(title="A ship", status="published")
    post = tool.edit(post, status="draft")
    post = tool.edit(post, slug="a-boat")
    assert post["slug"] == "a-boat" and tool.slugs(filter="slug:a-boat") == ["a-boat"]
    assert tool.one("posts/slug/a-boat/")["id"] == post["id"]
    assert tool.edit(post, status="published")["url"] == "https://paper.example/a-boat/"


def test_a_page_is_no_post(tool: Tool) -> None:
    page = tool.add("pages", title="About", status="published")
    tool.error("GET", f"posts/{page['id']}/", status=404)
    tool.error("PUT", f"posts/{page['id']}/", {"posts": [{"title": "x"}]}, status=404)
    assert tool.one(f"pages/{page['id']}/")["title"] == "About"
    assert tool.edit(page, "pages", title="Imprint")["title"] == "Imprint"


@pytest.mark.parametrize("given", ["none", "0" * 24, "x" * 3000, "%00", "%ff", "'", "1"])
def test_an_id_or_slug_of_nothing_is_not_there(tool: Tool, given: str) -> None:
    tool.error("GET", f"posts/{given}/", status=404)
    tool.error("GET", f"posts/slug/{given}/", status=404)
    tool.error("PUT", f"posts/{given}/", {"posts": [{}]}, status=404)
