"""A tier that goes never opens a post (check 135)."""

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from masthead.access.models import Tier
from masthead.content.models import Post
from tests.cast import Cast, client_of, published

GATED = "Gatedwords below the cut."
TEXT = f"Opening.\n\n<!--more-->\n\n{GATED}"


def who_reads(post: Post, cast: Cast) -> set[str]:
    names = ("anyone", "free", "paid", "gold", "lapsed", "editor")
    return {n for n in names if GATED in client_of(cast.members.get(n)).get(post.path).content.decode()}


def test_a_tier_that_somebody_holds_cannot_be_deleted(cast: Cast) -> None:
    with pytest.raises(ProtectedError):
        cast.tiers["gold"].delete()


@pytest.mark.parametrize("others", [[], ["gold"]])
def test_a_post_of_a_deleted_tier_is_left_to_its_other_tiers_or_to_nobody(cast: Cast, others: list[str]) -> None:
    silver = Tier.objects.create(slug="silver", name="Silver")
    tiers = [silver.pk, *(cast.tiers[name].pk for name in others)]
    post = published("A report", TEXT, cast=cast, visibility="tiers", tier_ids=tiers)
    assert who_reads(post, cast) == {"editor", *others}
    silver.delete()
    assert who_reads(post, cast) == {"editor", *others}
    post.refresh_from_db()
    assert post.visibility == "tiers"


def test_publishing_again_after_the_tier_went_keeps_it_closed(cast: Cast) -> None:
    """The draft still names the tier by a number that nothing has any more."""
    silver = Tier.objects.create(slug="silver", name="Silver")
    post = published("A report", TEXT, cast=cast, visibility="tiers", tier_ids=[silver.pk])
    silver.delete()
    form = client_of(cast.editor).get(f"/desk/posts/{post.public_id}/").context["form"]
    given = {name: form[name].value() or "" for name in ("title", "text", "version")}
    answer = client_of(cast.editor).post(
        f"/desk/posts/{post.public_id}/", given | {"visibility": "tiers", "act": "publish"}
    )
    assert answer.status_code == 422
    assert who_reads(post, cast) == {"editor"}


def test_a_new_tier_never_gets_the_number_of_an_old_one(cast: Cast) -> None:
    silver = Tier.objects.create(slug="silver", name="Silver")
    number = silver.pk
    silver.delete()
    assert Tier.objects.create(slug="bronze", name="Bronze").pk != number


def test_an_archived_tier_is_not_sold_and_keeps_its_holders(cast: Cast) -> None:
    gold = cast.tiers["gold"]
    post = published("A report", TEXT, cast=cast, visibility="tiers", tier_ids=[gold.pk])
    Tier.objects.filter(pk=gold.pk).update(archived_at=timezone.now())
    assert who_reads(post, cast) == {"gold", "editor"}
    body = client_of(None).get("/subscribe/").content.decode()
    assert "Paid" in body and "Gold" not in body
