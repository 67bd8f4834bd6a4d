"""The rule: every kind of Reader, every visibility, every choice of tiers."""

from collections.abc import Iterator
from itertools import chain, combinations, product

import pytest

from masthead.access.models import Tier
from masthead.access.reader import ANYONE, STAFF, Reader
from masthead.access.rule import may_read, opens
from masthead.access.visibility import Visibility
from masthead.content.models import Post

VISIBILITIES = (*Visibility.values, "vip", "", "PUBLIC", "public ", "staff")


def subsets(values: list[int]) -> list[frozenset[int]]:
    return [frozenset(part) for part in chain.from_iterable(combinations(values, n) for n in range(len(values) + 1))]


def readers(tiers: list[int], posts: list[int]) -> Iterator[Reader]:
    """Every Reader there can be with these tiers, and some single posts opened."""
    unlocked = [frozenset[int](), frozenset(posts[:1]), frozenset(posts)]
    for is_member, is_staff, held, opened in product((False, True), (False, True), subsets(tiers), unlocked):
        yield Reader(is_member=is_member, is_staff=is_staff, tiers=held, unlocked=opened)


def expected(reader: Reader, visibility: str, tiers: frozenset[int], post: int) -> bool:
    """The rule in the issue's own words, one line for each sentence."""
    answers = {
        "public": True,
        "members": reader.is_member,
        "paid": bool(reader.tiers),
        "tiers": bool(reader.tiers & tiers),
    }
    return reader.is_staff or post in reader.unlocked or answers.get(visibility, False)


def make_posts(tiers: list[Tier]) -> list[tuple[Post, frozenset[int]]]:
    made = []
    for visibility in VISIBILITIES:
        for chosen in subsets([tier.pk for tier in tiers]):
            post = Post.objects.create(visibility=visibility)
            post.tiers.set(chosen)
            made.append((post, chosen))
    return made


@pytest.mark.django_db
def test_both_forms_of_the_rule_hold_together_over_every_combination() -> None:
    tiers = [Tier.objects.create(slug=name, name=name) for name in ("reader", "gold", "silver")]
    posts = make_posts(tiers)
    count = 0
    for reader in readers([tier.pk for tier in tiers], [post.pk for post, _ in posts][:4]):
        found = set(Post.objects.filter(may_read(reader, post="")).values_list("pk", flat=True))
        for post, chosen in posts:
            told = opens(reader, post.visibility, chosen, post_id=post.pk)
            assert told == (post.pk in found) == expected(reader, post.visibility, chosen, post.pk), (reader, post.pk)
            count += 1
    assert count == 4 * 8 * 3 * len(VISIBILITIES) * 8


@pytest.mark.parametrize("visibility", ["vip", "", "PUBLIC", " paid", "paid ", "None"])
def test_an_unknown_visibility_is_closed_to_all_but_staff(visibility: str) -> None:
    """Check 89."""
    everything = Reader(is_member=True, tiers=frozenset({1, 2, 3}), unlocked=frozenset({8}))
    assert not opens(everything, visibility, {1, 2, 3}, post_id=7)
    assert opens(STAFF, visibility, ())
    assert opens(everything, visibility, (), post_id=8)


def test_a_post_for_tiers_without_a_tier_is_closed_to_every_holder() -> None:
    assert not opens(Reader(is_member=True, tiers=frozenset({1})), "tiers", ())
    assert opens(Reader(is_member=True, tiers=frozenset({1})), "tiers", (1,))


def test_nobody_has_no_post_opened_by_lacking_an_id() -> None:
    assert not opens(ANYONE, "paid", (), post_id=None)
    assert not opens(Reader(unlocked=frozenset({3})), "paid", (), post_id=None)


@pytest.mark.django_db
def test_the_path_to_the_post_is_the_callers() -> None:
    tier = Tier.objects.create(slug="gold", name="Gold")
    post = Post.objects.create(visibility="tiers")
    post.tiers.add(tier)
    holder = Reader(is_member=True, tiers=frozenset({tier.pk}))
    through = Post.tiers.through.objects
    assert through.filter(may_read(holder)).exists()
    assert not through.filter(may_read(ANYONE)).exists()
