"""A program's own fields are taken and no others, whatever is sent with them (check 96)."""

from typing import Any

from django.apps import apps
from django.db import models

from masthead.content.models import Author, Post, Tag
from masthead.core.models import Event, Publication
from masthead.members.models import ApiKey, Member
from tests.api.admin.asking import Tool
from tests.cast import Cast, published

VALUES: dict[type, Any] = {
    models.BooleanField: True, models.DateTimeField: "2020-01-01T00:00:00Z", models.CharField: "owner", models.JSONField: [1],
}  # fmt: skip
TAKEN = {
    "posts": "title slug custom_excerpt featured visibility tiers tags authors status published_at lexical mobiledoc html "
    "feature_image feature_image_alt feature_image_caption og_image twitter_image og_title og_description twitter_title "
    "twitter_description meta_title meta_description canonical_url codeinjection_head codeinjection_foot custom_template "
    "email_subject frontmatter updated_at",
    "tags": "name slug description feature_image og_image twitter_image og_title og_description twitter_title "
    "twitter_description meta_title meta_description canonical_url codeinjection_head codeinjection_foot accent_color",
    "members": "email name note labels tiers newsletters subscribed",
}


def every_field(resource: str) -> dict[str, Any]:
    """Return a value for every field of every table under each of its names, but for what the resource takes."""
    sent: dict[str, Any] = {"email_only": True, "newsletter": {"slug": "daily"}, "send_email_when_published": True, "count": 1,
                            "url": "https://evil.example/", "uuid": "1", "primary_tag": {"name": "Evil"}}  # fmt: skip
    for model in apps.get_models():
        for field in model._meta.get_fields():
            value = next((v for kind, v in VALUES.items() if isinstance(field, kind)), 1)
            sent |= dict.fromkeys((field.name, f"{field.name}_id", f"{field.name}__id"), value)
    return {name: value for name, value in sent.items() if name not in TAKEN[resource].split()}


def others() -> list[Any]:
    """Everybody's rows that no call may reach."""
    tables = (Member, Publication, Author, ApiKey)
    return [sorted(model._default_manager.values_list(), key=repr) for model in tables]


def test_a_post_takes_its_own_fields_and_nothing_else(tool: Tool, cast: Cast) -> None:
    published("Another", "Words.", cast=cast)
    tool.ask("GET", "posts/")  # the day of its use stands on the key from here on
    before, more = others(), every_field("posts")
    assert {"id", "role", "is_active", "public_id", "revision_number", "document", "extras", "author_ids"} <= set(more)
    post = tool.add(**{**more, "title": "A ship"})
    plain = tool.add(title="A ship")
    unlike = {"id", "uuid", "comment_id", "slug", "url", "created_at", "updated_at"}
    assert {name: post[name] for name in plain if name not in unlike} == {
        name: plain[name] for name in plain if name not in unlike}  # fmt: skip
    assert post["id"] != more["id"] and post["uuid"] != "1"
    events = Event.objects.count()
    edited = tool.edit(post, **{**more, "title": "A ship"})
    assert edited == post and Event.objects.count() == events
    assert others() == before and not Tag.objects.filter(name="Evil").exists()
    assert Post.objects.exclude(status="draft").count() == 1


def test_a_tag_and_a_member_take_their_own_fields_and_nothing_else(tool: Tool, cast: Cast) -> None:
    tool.ask("GET", "posts/")
    before = others()[1:]
    tag = tool.add("tags", **{**every_field("tags"), "name": "Ships"})
    row = Tag.objects.get(slug="ships")
    assert (row.is_section, row.is_internal, row.position, row.own_path, row.extras) == (False, False, 0, "", {})
    assert tool.edit(tag, "tags", **every_field("tags")) == tag
    made = tool.add("members", **{**every_field("members"), "email": "new@readers.example"})
    member = Member.objects.get(email="new@readers.example")
    assert (member.role, member.is_active, member.has_usable_password()) == ("", True, False)
    events = Event.objects.count()
    assert tool.edit(made, "members", **every_field("members")) == made and Event.objects.count() == events
    assert others()[1:] == before
