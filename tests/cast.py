"""The cast: people of every kind, and one post per visibility, full of canaries."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from masthead.access.entitlements import entitle
from masthead.access.models import Tier
from masthead.access.models.entitlement import Why
from masthead.billing.models import Price
from masthead.content.document import from_markdown
from masthead.content.editing import freeze, start_post
from masthead.content.models import Author, Post, Tag
from masthead.content.publishing import publish
from masthead.core.models import Publication
from masthead.members.models import Member
from masthead.members.roles import Role

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
STAFF = (Role.CONTRIBUTOR, Role.AUTHOR, Role.EDITOR, Role.ADMINISTRATOR, Role.OWNER)


@dataclass
class Cast:
    """Members by name, tiers by slug, and the paper's first section and author."""

    members: dict[str, Member] = field(default_factory=dict)
    tiers: dict[str, Tier] = field(default_factory=dict)
    prices: dict[str, Price] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Member:
        try:
            return self.members[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def section(self) -> Tag:
        return Tag.objects.get(slug="world")

    @property
    def writer(self) -> Author:
        return Author.objects.get(slug="ines-okafor")


def make_cast() -> Cast:
    """Make the publication, its tiers and one member of each kind."""
    now = timezone.now()
    Publication.objects.create(pk=1, name="The Paper", time_zone="Europe/Lisbon", contact="desk@paper.example")
    Tag.objects.create(slug="world", name="World", is_section=True)
    Author.objects.create(slug="ines-okafor", name="Inês Okafor", bio="Writes about ships.")
    cast = Cast()
    for slug, units in (("paid", 800), ("gold", 1600)):
        cast.tiers[slug] = Tier.objects.create(slug=slug, name=slug.capitalize(), position=units)
        cast.prices[slug] = Price.objects.create(tier=cast.tiers[slug], period="month", units=units, currency="EUR")
    for name in ("free", "paid", "gold", "lapsed", "gifted", "banned"):
        cast.members[name] = Member.objects.create_user(f"{name}@readers.example", name=name.capitalize())
    for role in STAFF:
        cast.members[role.value] = Member.objects.create_user(f"{role.value}@paper.example", name=role.value, role=role)
    for name, slug, ends_at in (
        ("paid", "paid", None),
        ("gold", "gold", None),
        ("gifted", "paid", now + timedelta(days=5)),
        ("lapsed", "paid", now - timedelta(minutes=1)),
        ("banned", "gold", None),
    ):
        entitle(
            cast.members[name],
            cast.tiers[slug],
            source=f"test:{name}",
            why=Why.COMPLIMENTARY,
            starts_at=now - timedelta(days=30),
            ends_at=ends_at,
            at=now,
        )
    Member.objects.filter(pk=cast.members["banned"].pk).update(is_active=False)
    return cast


def client_of(member: Member | None) -> Client:
    """Return a browser in which this member is signed in; nobody's for None."""
    client = Client()
    if member is not None:
        client.force_login(member)
    return client


def published(title: str, text: str, *, cast: Cast, at: datetime | None = None, **fields: Any) -> Post:
    """Write and publish a post from Markdown, and return it."""
    moment = at or timezone.now() - timedelta(hours=1)
    values = {"tag_ids": [cast.section.pk], "author_ids": [cast.writer.pk], "visibility": "public"} | fields
    draft = start_post(by=None, at=moment, title=title, document=from_markdown(text).document.json, **values)
    return publish(freeze(draft.post, by=None, at=moment), by=None, at=moment)
