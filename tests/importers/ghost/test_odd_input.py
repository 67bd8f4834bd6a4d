"""Exports that are wrong in every column: each thing is reported with its row, and nothing stops the rest (check 89)."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masthead.content.models import Body, Post
from masthead.content.models.post import Status
from masthead.importers.models import Counterpart
from tests.importers.ghost.bringing import bring_in, post_of
from tests.importers.ghost.exports import DAY, Export, lexical, mobiledoc, paper

pytestmark = pytest.mark.django_db

TEXTS = st.text(max_size=30) | st.sampled_from(
    ["", " ", "\0", "😀", "null", "__GHOST_URL__", "__GHOST_URL__/content/images/x.png", "../../x", "-1", "1e400", "{", "[]", "<b>", "2020-13-99",
     "0000-00-00 00:00:00", "public", "tiers", "paid", "published", "scheduled", "sent", "product:'gold'", lexical("x"), mobiledoc("x"), "a" * 70_000]
)  # fmt: skip
ODD: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)
TABLES = (
    "settings",
    "users",
    "tags",
    "posts",
    "posts_meta",
    "posts_tags",
    "posts_authors",
    "posts_products",
    "products",
    "roles_users",
    "snippets",
)


@given(
    spoilt=st.lists(
        st.tuples(st.sampled_from(TABLES), st.integers(0, 20), st.integers(0, 60), ODD), min_size=1, max_size=8
    ),
    version=st.sampled_from(["3.42.9", "5.82.2"]),
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_stands_in_any_column_the_rest_comes_in_and_nothing_closed_opens(
    spoilt: list[tuple[str, int, int, Any]], version: str
) -> None:
    export = paper(version)
    export.add("snippets", name="S", lexical=lexical("x"))
    export.post("with-meta", meta={"meta_title": "x"})
    sound = export.post("sound", words="A sound post.")
    for table, place, column, value in spoilt:
        rows = [row for row in export.tables.get(table, []) if row.get("slug") != "sound"]
        if rows:
            row = rows[place % len(rows)]
            row[sorted(row)[column % len(row)]] = value
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        said = bring_in(export, Path(folder))
        assert "unexpected" not in said.report, said.report
        assert post_of(sound["id"]).path == "/sound/" and b"A sound post." in Client().get("/sound/").content
        for row in export.tables["posts"]:
            found = Counterpart.objects.filter(kind="post", foreign_id=str(row.get("id"))).first()
            if found and row.get("visibility") != "public":
                post = Post.objects.get(pk=found.object_id or 0)
                assert post.status != Status.PUBLISHED or post.visibility != "public"
        for word in ("Sealed of members", "Sealed of paid", "Sealed of tiers"):
            assert word not in str(list(Post.objects.exclude(visibility="public").values_list("opening", flat=True)))
        assert Post.objects.exclude(visibility="public").filter(status=Status.PUBLISHED).count() == Body.objects.count()
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "missing",
    [
        "users",
        "tags",
        "posts",
        "settings",
        "posts_authors",
        "posts_tags",
        "products",
        "roles",
        "roles_users",
        "posts_products",
    ],
)
def test_a_table_that_is_missing_stops_no_other(tmp_path: Path, missing: str) -> None:
    export = paper()
    del export.tables[missing]
    said = bring_in(export, tmp_path)
    assert said.code == 0, said.report
    assert Post.objects.count() == (0 if missing == "posts" else 6)
    tiered = Post.objects.filter(opening__icontains="Opening of tiers")
    assert {post.visibility for post in tiered} <= {"tiers", "unknown"}


@pytest.mark.parametrize("value", [None, 5, "x", {}, {"a": 1}, [None], [[]], [{}], [1, "x", {"id": {}}]])
def test_a_table_that_is_no_list_of_rows_stops_no_other(tmp_path: Path, value: Any) -> None:
    whole = json.loads(paper().content())
    for table in ("tags", "users", "settings", "posts_meta"):
        whole["data"][table] = value
    path = tmp_path / "e.json"
    path.write_text(json.dumps(whole))
    bring_in(path, tmp_path)
    assert Post.objects.filter(status=Status.PUBLISHED).count() == 6


def test_users_without_posts_and_posts_without_users_both_come_in(tmp_path: Path) -> None:
    alone = Export()
    alone.user("ana", role="Owner")
    assert "1 authors created" in bring_in(alone, tmp_path).out
    posts = Export()
    row = posts.post("nobody")
    said = bring_in(posts, tmp_path)
    assert post_of(row["id"]).bylines == [] and said.says("posts row 1", "names no author")


def test_a_post_that_says_nothing_of_itself_is_a_closed_draft(tmp_path: Path) -> None:
    export = Export()
    export.add("posts", title="Bare")
    export.add(
        "posts",
        id=7,
        title="Numbered",
        slug=7,
        status="published",
        visibility="public",
        html="<p>Words</p>",
        published_at=DAY,
    )
    said = bring_in(export, tmp_path)
    assert said.says("posts row 1", "status") and Post.objects.filter(status=Status.DRAFT).count() == 1
    assert post_of("7").path == "/7/"
