"""A publication with a row in every table and something in every column."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.utils import timezone

from masthead.access.models import Entitlement
from masthead.access.models.entitlement import Why
from masthead.billing.models import Customer, KnownPrice, Offer, Payment, Price, Subscription
from masthead.content.document import from_markdown
from masthead.content.models import Attachment, Author, Media, Post, Redirect, Snippet, Tag
from masthead.core.models import Publication
from masthead.importers.models import Counterpart, Imported
from masthead.members.models import ApiKey, Label, Member, Tombstone
from masthead.newsletters.models import Choice, Newsletter, OldLink, Suppression
from tests.cast import Cast
from tests.shape.canaries import make_canaries

DAY = datetime(2024, 2, 29, 23, 59, 59, 999_999, tzinfo=UTC)
EXTRAS = {"meta_title": "Für Suchmaschinen", "accounts": {"mastodon": "@paper", "bluesky": "paper"}}


def make_rich(cast: Cast) -> None:
    """Fill every table that is carried, and each of its columns at least once."""
    posts = make_canaries(cast).posts
    _publication()
    _people(cast)
    _money(cast)
    _letters(cast)
    _texts(cast, posts)
    _memory(cast, posts)


def _publication() -> None:
    token = Media.objects.values_list("token", flat=True)[0]
    Publication.objects.filter(pk=1).update(
        tagline="Ships & \u2028 tides", description="All\nof it", language="pt", default_visibility="paid", uncut_paragraphs=2,
        navigation=[{"label": "World", "address": "/tag/world/"}], second_navigation=[{"label": "Um", "address": "/um/"}],
        accounts={"mastodon": "@paper@example.org"}, accent_colour="#aa3300", logo=token, icon=token, cover=token, extras=EXTRAS,
        permalink="/{year}/{slug}/", free_tier={"name": "Free", "benefits": ["Letters"]}, runs_custom_code=True, is_rehearsal=True,
    )  # fmt: skip


def _people(cast: Cast) -> None:
    labels = [Label.objects.create(slug=slug, name=slug.upper()) for slug in ("vip", "press")]
    cast.paid.labels.set(labels)
    Member.objects.filter(pk=cast.paid.pk).update(note="Calls\ton Mondays, = a friend", joined_at=DAY)
    ApiKey.objects.create(
        name="App",
        kind="content",
        key_hash="e" * 64,
        made_at=DAY,
        made_by=cast.owner,
        revoked_at=DAY,
        last_used_on=DAY.date(),
    )
    Tombstone.objects.create(member_id=999_999, email_hash="f" * 64, deleted_at=DAY)


def _money(cast: Cast) -> None:
    tier, price = cast.tiers["gold"], cast.prices["gold"]
    type(tier).objects.filter(pk=tier.pk).update(
        description="Gold",
        benefits=["A", "B"],
        is_listed=False,
        welcome_address="https://paper.example/hi",
        trial_days=7,
        archived_at=DAY,
    )
    Price.objects.filter(pk=price.pk).update(archived_at=DAY)
    KnownPrice.objects.create(price=price, provider="stripe", provider_id="price_1", product_id="prod_1")
    for number, held in enumerate((tier, None)):
        Offer.objects.create(
            name="Spring", code=f"spring{number}", tier=held, period="year", discount="amount", amount=500, currency="EUR", lasts="repeating",
            months=3, title="Less", description="For a while", is_for_staying=True, coupon_id="co_1", archived_at=DAY,
        )  # fmt: skip
    Customer.objects.create(member=cast.paid, provider="stripe", provider_id="cus_1")
    for number, member in enumerate((cast.paid, None)):
        bought = Subscription.objects.create(
            member=member, price=price, provider="stripe", provider_id=f"sub_{number}", state="past_due", started_at=DAY,
            period_ends_at=DAY, paid_until=DAY, ended_at=DAY, cancels_at_period_end=True, lapsed_at=DAY, undo_at=DAY, looks=3, look_at=DAY,
        )  # fmt: skip
        Payment.objects.create(
            subscription=bought,
            provider_id=f"in_{number}",
            units=-800 * number,
            currency="EUR",
            paid_at=DAY,
            refund_due=True,
            refunded_at=DAY,
        )
    Entitlement.objects.create(
        member=cast.paid,
        tier=tier,
        starts_at=DAY,
        ends_at=DAY,
        why=Why.SUBSCRIPTION,
        source="subscription:stripe:sub_0",
    )


def _letters(cast: Cast) -> None:
    for number, slug in enumerate(("weekly", "daily")):
        letter = Newsletter.objects.create(
            slug=slug, name=slug, description="News", sender_name="Desk", sender_address="news@paper.example", reply_to="desk@paper.example",
            visibility=("paid", "members")[number], design={"b": 1, "a": {"d": [1.5], "c": None}}, position=number, archived_at=(DAY, None)[number],
        )  # fmt: skip
        Choice.objects.create(member=cast.free, newsletter=letter, takes=bool(number), by="import", at=DAY)
    Suppression.objects.create(email="gone@readers.example", reason="complaint", source="ghost:1", at=DAY)
    OldLink.objects.create(member=cast.free, uuid="9c6f1a0e-3b0e-4a6e-9b1a-2f6d1c5e7a90", key_hash="a" * 64)


def _texts(cast: Cast, posts: dict[str, Post]) -> None:
    token = Media.objects.values_list("token", flat=True)[0]
    Media.objects.update(alt="A quay", caption="The quay", credit="Photo: Reis")
    Tag.objects.filter(slug="world").update(
        description="All over", picture=token, extras=EXTRAS, own_path="/world/", position=4
    )
    Tag.objects.create(slug="hash-late", name="#late", is_internal=True)
    Author.objects.filter(slug="ines-okafor").update(
        picture=token, extras=EXTRAS, own_path="/by/ines/", member=cast.editor
    )
    attachment = Attachment(
        token="A" * 22, name="Plan.pdf", sha256="0" * 64, size=4, type="application/pdf", uploaded_at=DAY
    )
    attachment.file.save(f"{attachment.token}.pdf", ContentFile(b"%PDF"), save=True)
    post = posts["paid"]
    _of("AttachmentUse").objects.create(attachment=attachment, post=post, is_open=True)
    for model in ("Draft", "Revision"):
        _of(model).objects.filter(post=post).update(**_all_of_a_post(cast), title="Títle 📰", standfirst="s")
    _of("Draft").objects.filter(post=post).update(saved_by=cast.author, tag_ids=[cast.section.pk, 123_456])
    _of("Revision").objects.filter(post=post).update(made_by=cast.author)
    _of("Schedule").objects.update(set_by=cast.editor, publish_at=timezone.now() + timedelta(days=3))
    fields = {key: value for key, value in _all_of_a_post(cast).items() if not key.endswith("_ids")}
    Post.objects.filter(pk=post.pk).update(
        **fields, title="Títle 📰", translation_of=posts["vip"], updated_at=timezone.now()
    )
    Post.objects.filter(pk=posts["public"].pk).update(kind="page")
    _of("Body").objects.filter(post=post).update(extras={"head_code": "<script>paid()</script>"})
    sides = ("web_anyone", "web_free", "web_paid", "mail_free", "mail_paid", "is_below")
    document = from_markdown("For *some*.").document.json
    _of("SealedBlock").objects.create(post=post, number=1, document=document, **dict.fromkeys(sides, True))
    targets: list[dict[str, Any]] = [{"post": post}, {"tag": cast.section}, {"author": cast.writer}]
    for number, target in enumerate(targets):
        _of("Address").objects.create(path=f"/was/{number}/", is_current=False, **target)
    Redirect.objects.create(source="^/old/(.*)$", is_pattern=True, target="/new/\\1", is_permanent=True, position=2)
    Snippet.objects.create(name="Sign-off", document=document)


def _all_of_a_post(cast: Cast) -> dict[str, Any]:
    media = Media.objects.all()[0]
    return {
        "lead_id": media.pk, "lead_alt": "a", "lead_caption": "b", "lead_credit": "c", "is_featured": True, "language": "pt", "extras": EXTRAS,
        "tier_ids": [cast.tiers["gold"].pk, cast.tiers["paid"].pk], "tag_ids": [cast.section.pk], "author_ids": [cast.writer.pk],
    }  # fmt: skip


def _memory(cast: Cast, posts: dict[str, Post]) -> None:
    for kind, foreign_id, pk in (
        ("tag", "6", cast.section.pk), ("member", "7", cast.free.pk), ("tier", "8", cast.tiers["gold"].pk), ("mood", "9", 4), ("post", "10", None),
    ):  # fmt: skip
        Counterpart.objects.create(
            source="ghost",
            kind=kind,
            foreign_id=foreign_id,
            object_id=pk,
            fingerprint="f",
            facts={"x": [1, None]},
            imported_at=DAY,
        )
    Imported.objects.create(
        source="markdown", kind="post", folder="site", foreign_id="a.md", post=posts["vip"], fingerprint="f", pictures=["a.png"],
        draft_version=1, revision_number=1, imported_at=DAY,
    )  # fmt: skip


def _of(name: str) -> Any:
    return apps.get_model("content", name)
