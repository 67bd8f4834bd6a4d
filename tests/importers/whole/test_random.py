"""Random publications go out, come in, and go out the same (check 129); `make soak` runs many more."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, reject, settings
from hypothesis import strategies as st

from masthead.access.entitlements import entitle
from masthead.access.models import Tier
from masthead.access.models.entitlement import Why
from masthead.content.document import Document, DocumentError
from masthead.content.editing import draft_of, freeze, save_draft, start_post
from masthead.content.models import Author, Post, Tag
from masthead.content.models.post import Status
from masthead.content.publishing import change_visibility, publish, schedule, unpublish
from masthead.members.models import Label, Member
from masthead.newsletters.models import Choice, Newsletter, Suppression
from tests.content.document.strategies import documents
from tests.importers.whole.moving import back, files_of, out, wipe

ALPHABET = st.characters(codec="utf-8", exclude_characters="\x00")
TEXT = st.text(st.one_of(st.sampled_from("a=+-@'\",\n\t\u2028\ufeff\\"), ALPHABET), max_size=30)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  (as Hypothesis asks)
VISIBILITIES = st.sampled_from(["public", "members", "paid", "tiers", "vip"])
ACTS = st.lists(
    st.sampled_from(["save", "freeze", "publish", "schedule", "unpublish", "hide", "forget tag"]), max_size=6
)


@st.composite
def texts(draw: st.DrawFn) -> Document:
    """A document; what could be none is drawn again."""
    try:
        return draw(st.one_of(st.just(Document.empty()), documents()))
    except DocumentError:
        reject()


@st.composite
def fields(draw: st.DrawFn) -> dict[str, Any]:
    """Fields of a draft, without what names other rows."""
    return {
        "title": draw(TEXT), "standfirst": draw(TEXT), "visibility": draw(VISIBILITIES), "language": draw(st.sampled_from(["", "pt"])),
        "document": draw(texts()).json,
        "extras": draw(st.sampled_from([{}, {"meta_title": "x", "head_code": "<script>"}])),
    }  # fmt: skip


POSTS = st.lists(st.tuples(fields(), fields(), ACTS, MOMENTS, st.sampled_from(["post", "page"])), max_size=4)
PEOPLE = st.lists(st.tuples(TEXT, TEXT, MOMENTS, st.sets(st.integers(0, 2)), st.booleans()), max_size=8)


def play(posts: list[Any], people: list[Any]) -> None:
    """Make a publication by the acts that people do."""
    tiers = [Tier.objects.create(slug=f"t{n}", name=f"T{n}") for n in range(2)]
    labels = [Label.objects.create(slug=f"l{n}", name=f"L{n}") for n in range(3)]
    letter = Newsletter.objects.create(slug="weekly", name="Weekly")
    for number, (name, note, at, some, takes) in enumerate(people):
        member = Member.objects.create_user(f"m{number}@x.example", name=name, note=note, joined_at=at)
        member.labels.set([labels[place] for place in some])
        Choice.objects.create(member=member, newsletter=letter, takes=takes, by="member", at=at)
        entitle(member, tiers[number % 2], source=f"s:{number}", why=Why.GIFT, starts_at=at, ends_at=None, at=at)
        if takes:
            Suppression.objects.create(email=member.email, reason="bounce", at=at)
    for number, told in enumerate(posts):
        play_post(number, told, tiers)


def play_post(number: int, told: Any, tiers: list[Tier]) -> None:
    first, second, acts, at, kind = told
    tags = [Tag.objects.create(slug=f"tag-{number}-{n}", name="Tag") for n in range(2)]
    author = Author.objects.create(slug=f"author-{number}", name="A")
    named: dict[str, Any] = {"tag_ids": [tag.pk for tag in tags], "author_ids": [author.pk], "tier_ids": [tiers[0].pk]}
    post = start_post(by=None, at=at, kind=kind, slug=f"post-{number}", **first, **named).post
    for step, act in enumerate(acts):
        do(act, post, second, at + timedelta(minutes=step + 1), tags)
        post.refresh_from_db()


def do(act: str, post: Post, second: Any, at: datetime, tags: list[Tag]) -> None:
    if act == "save":
        save_draft(post, second, version=draft_of(post).version, by=None, at=at)
    elif act == "freeze":
        freeze(post, by=None, at=at)
    elif act == "publish":
        publish(freeze(post, by=None, at=at), by=None, at=at)
    elif act == "schedule":
        schedule(freeze(post, by=None, at=at), at + timedelta(days=9), by=None, at=at)
    elif act == "unpublish":
        unpublish(post, by=None, at=at)
    elif act == "hide" and post.status == Status.PUBLISHED:
        change_visibility(post, "paid", by=None, at=at)
    elif act == "forget tag" and tags:
        tags.pop().delete()  # drafts and revisions go on naming it


def check(posts: list[Any], people: list[Any]) -> None:
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        play(posts, people)
        first, again = Path(folder) / "a", Path(folder) / "b"
        out(first)
        wipe()
        back(first)
        out(again)
        assert files_of(again) == files_of(first)
        transaction.set_rollback(True)


QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, phases=(Phase.generate,), suppress_health_check=QUIET)
@given(POSTS, PEOPLE)
def test_a_random_publication_goes_out_in_and_out_the_same(posts: list[Any], people: list[Any]) -> None:
    check(posts, people)


@pytest.mark.soak
@pytest.mark.django_db
@settings(max_examples=500, deadline=None, suppress_health_check=QUIET)
@given(POSTS, PEOPLE)
def test_many_random_publications_go_out_in_and_out_the_same(posts: list[Any], people: list[Any]) -> None:
    check(posts, people)
