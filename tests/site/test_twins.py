"""Twin posts: the same up to the cut, ten times as long after it, the same from outside (check 28)."""

import gzip
from typing import Any

import pytest
from django.db.models import Q
from django.utils import timezone

from masthead.content import reading
from masthead.content.models import Body, Post
from masthead.ops.worker import work_off
from tests.cast import Cast, client_of, published
from tests.site.visiting import DOORS, PAGES

SHORT = "A short end."
LONG = "\n\n".join(
    ["## A heading", "- item " * 40, "> quote " * 60, "Long words and more words. " * 200, "| a | b |\n| --- | --- |\n| c | d |"]
)  # fmt: skip
ID = "twin-twin-twin"


def twin(cast: Cast, body: str, visibility: str, at: Any, opening: str) -> Post:
    """Publish a twin under the same id and address."""
    Post.objects.all().delete()
    post = published(
        "A ship", f"{opening}<!--more-->\n\n{body}", cast=cast, visibility=visibility, at=at,
        tier_ids=[cast.tiers["gold"].pk],
    )  # fmt: skip
    Post.objects.filter(pk=post.pk).update(public_id=ID)
    work_off(without=["pictures"])
    return post


def answers(cast: Cast, *personas: str) -> dict[tuple[str, str], Any]:
    """Everything that these people get: status, headers, bytes, and their length when packed."""
    found = {}
    for persona in personas:
        browser = client_of(cast.members.get(persona))
        browser.get("/")
        for path in (*(DOORS if persona == "anyone" else PAGES), "/search/?q=words", "/desk/", f"/desk/posts/{ID}/"):
            answer = browser.get(path)
            head = sorted((name, value) for name, value in answer.items() if name != "Expires")  # of /desk/: the time
            packed = len(gzip.compress(answer.content, mtime=0))
            found[persona, path] = (answer.status_code, head, answer.content, packed)
    return found


@pytest.fixture(autouse=True)
def _one_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let both be asked for at the same moment."""
    now = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


@pytest.mark.parametrize(
    ("visibility", "opening"), [("paid", "An opening.\n\n"), ("tiers", ""), ("vip", "Closed.\n\n")]
)
def test_twins_are_the_same_at_every_door_for_those_outside(cast: Cast, visibility: str, opening: str) -> None:
    at, who = timezone.now(), ("anyone", "free", "lapsed")
    twin(cast, SHORT, visibility, at, opening)
    first = answers(cast, *who)
    twin(cast, LONG, visibility, at, opening)
    second = answers(cast, *who)
    assert [door for door in first if first[door] != second[door]] == []
    assert len(first) > 40


@pytest.mark.parametrize("leak", ["word count", "whole page"])
def test_a_number_made_from_what_is_below_the_cut_does_tell_them_apart(
    cast: Cast, leak: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The seeded fault: one figure that counts the whole text."""
    if leak == "word count":

        def told(self: reading.Reading) -> str:
            return f"{self.title} {sum(len(str(row.document)) // 100 for row in Body.objects.all())}"

        monkeypatch.setattr(reading.Reading, "excerpt", property(told))
    else:
        monkeypatch.setattr(reading, "may_read", lambda reader, **_: Q(pk__isnull=False))
    at, who = timezone.now(), ("anyone",)
    twin(cast, SHORT, "paid", at, "An opening.\n\n")
    first = answers(cast, *who)
    twin(cast, LONG, "paid", at, "An opening.\n\n")
    second = answers(cast, *who)
    assert [door for door in first if first[door] != second[door]]
