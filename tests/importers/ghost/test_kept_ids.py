"""What came from Ghost answers to Ghost's own ids, as programs noted them."""

from pathlib import Path
from typing import Any

from django.test import Client
from django.utils import timezone

from masthead.content.models import Post, Tag
from masthead.core.ghost_token import make_token
from masthead.core.shown_ids import shown_id
from masthead.importers.models import Counterpart
from masthead.members.keys import make_key
from masthead.members.models.api_key import KeyKind
from tests.cast import Cast
from tests.importers.ghost.bringing import bring_in, post_of
from tests.importers.ghost.exports import paper
from tests.importers.ghost.members.bringing import as_csv, row


def told(client: Client, path: str, **asked: Any) -> Any:
    answer = client.get(f"/ghost/api/{path}", **asked)
    assert answer.status_code == 200, (path, answer.content)
    return answer.json()


def test_both_apis_find_what_came_in_by_the_ids_that_it_had(cast: Cast, client: Client, tmp_path: Path) -> None:
    export, people = paper(), tmp_path / "members.csv"
    people.write_text(as_csv([row(7, id="6" * 24)]))
    assert bring_in(export, tmp_path, people).code == 0
    at = timezone.now()
    key = make_key("Site", KeyKind.CONTENT, by=cast.owner, at=at)[1]
    post, tag = export.tables["posts"][2], export.tables["tags"][0]
    author, tier = export.tables["users"][1], export.tables["products"][1]  # one with the slug of ours is ours
    found = told(client, f"content/posts/{post['id']}/", query_params={"key": key, "include": "tags,authors"})["posts"][
        0
    ]
    assert (found["id"], found["slug"], found["access"]) == (post["id"], "for-paid", False)
    assert found["tags"][0]["id"] == tag["id"] and found["authors"][0]["id"] == author["id"]
    listed = told(client, "content/posts/", query_params={"key": key, "filter": f"id:{post['id']}"})["posts"]
    assert [one["id"] for one in listed] == [post["id"]]
    assert tier["id"] in [one["id"] for one in told(client, "content/tiers/", query_params={"key": key})["tiers"]]
    admin, text = make_key("Tool", KeyKind.ADMIN, by=cast.owner, at=at)
    headers = {"Authorization": f"Ghost {make_token(admin.public_id, text.partition(':')[2], at=at)}"}
    assert told(client, f"admin/posts/{post['id']}/", headers=headers)["posts"][0]["slug"] == "for-paid"
    assert told(client, f"admin/members/{'6' * 24}/", headers=headers)["members"][0]["name"] == "Reader 7"
    new = Post.objects.create()
    assert told(client, f"content/tags/{tag['id']}/", query_params={"key": key})["tags"][0]["slug"] == "news"
    assert len(new.public_id) == 12


def test_an_id_that_something_here_has_or_that_is_none_of_ghosts_is_not_kept(cast: Cast, tmp_path: Path) -> None:
    export = paper()
    held = export.tables["posts"][0]["id"]
    Post.objects.create(public_id=held)
    odd = {1: "f" * 24, 2: "../../desk", 3: "5F" * 12}
    for place, id in odd.items():
        old, export.tables["posts"][place]["id"] = export.tables["posts"][place]["id"], id
        for link in (*export.tables["posts_authors"], *export.tables["posts_tags"]):
            link["post_id"] = id if link["post_id"] == old else link["post_id"]
    assert bring_in(export, tmp_path).code == 0
    for foreign_id in (held, *odd.values()):
        made = Post.objects.get(pk=Counterpart.objects.get(kind="post", foreign_id=foreign_id).object_id or 0)
        assert len(made.public_id) == 12
    assert Tag.objects.filter(public_id=export.tables["tags"][0]["id"]).exists()


def test_an_id_that_masthead_told_leads_back_to_the_same_public_id(cast: Cast, tmp_path: Path) -> None:
    """As in an export in Ghost's shape that is taken in elsewhere."""
    export = paper()
    row = export.post("from-masthead", id=shown_id("post", "AbCdEfGhIjKl"))
    export.post("a-page", type="page", id=shown_id("page", "ZzCdEfGhIjKl"))
    assert bring_in(export, tmp_path).code == 0
    assert post_of(row["id"]).public_id == "AbCdEfGhIjKl"
    assert Post.objects.filter(kind="page", public_id="ZzCdEfGhIjKl").exists()
