"""Tags, as tools keep them."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from masthead.content.models import Tag
from masthead.content.uploading import keep_picture
from masthead.core.models import Event
from tests.api.admin.asking import Tool
from tests.cast import Cast, published
from tests.content.files import drawn


def test_a_tag_is_made_changed_and_deleted(tool: Tool, cast: Cast) -> None:
    post = published("A ship", "Words.", cast=cast)
    tag = tool.one("tags/slug/world/")
    tag = tool.edit(tag, "tags", name="The World", slug="The World!", description="All of it", meta_title="W")
    assert (tag["name"], tag["slug"], tag["description"], tag["meta_title"]) == (
        "The World", "the-world", "All of it", "W")  # fmt: skip
    assert Client().get("/tag/world/")["Location"].endswith("/tag/the-world/")
    tool.delete(tag, "tags")
    tool.error("GET", f"tags/{tag['id']}/", status=404)
    assert Client().get(post.path).status_code == 200 and tool.one("posts/slug/a-ship/")["tags"] == []
    kinds = Event.objects.filter(kind__startswith="tag.").values_list("kind", "facts__fields")
    assert list(kinds.order_by("pk")) == [
        ("tag.changed", ["description", "extras", "name", "slug"]), ("tag.deleted", None)]  # fmt: skip


def test_a_name_with_a_hash_makes_a_tag_for_staff_alone(tool: Tool) -> None:
    tag = tool.add("tags", name="#later")
    assert (tag["slug"], tag["visibility"]) == ("hash-later", "internal")
    assert Client().get("/tag/hash-later/").status_code == 404
    assert tool.slugs("tags/", filter="visibility:internal") == ["hash-later"]
    assert tool.slugs("tags/", filter="visibility:public", include="count.posts") == ["world"]


def test_a_slug_that_another_tag_has_gets_a_number(tool: Tool) -> None:
    assert [tool.add("tags", name=name)["slug"] for name in ("World", "Ships", "ships")] == [
        "world-2",
        "ships",
        "ships-2",
    ]


def test_a_tag_has_a_picture_of_ours(tool: Tool) -> None:
    media = keep_picture(drawn(), "a.jpg", at=timezone.now())
    address = f"https://paper.example/media/{media.token}/80.jpeg"
    tag = tool.add("tags", name="Ships", feature_image=address, og_image=address, accent_color="#aa0000")
    assert (tag["feature_image"], tag["og_image"], tag["accent_color"]) == (address, address, "#aa0000")
    assert tool.edit(tag, "tags", feature_image=None, og_image="")["feature_image"] is None
    assert "og_image" not in Tag.objects.get(slug="ships").extras


@pytest.mark.parametrize(
    ("fields", "field"),
    [({}, "name"), ({"name": ""}, "name"), ({"name": "x" * 192}, "name"), ({"name": "a", "slug": 1}, "slug"),
     ({"name": "a", "description": "x" * 501}, "description"), ({"name": "a", "canonical_url": "data:x"}, "canonical_url"),
     ({"name": "a", "accent_color": "#1234567"}, "accent_color")],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_by_its_field(tool: Tool, fields: Any, field: str) -> None:
    assert tool.error("POST", "tags/", {"tags": [fields]}, status=422)["property"] == field
    assert Tag.objects.count() == 1
