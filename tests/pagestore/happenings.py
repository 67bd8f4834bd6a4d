"""Everything that can happen to what kept pages show, each as one act on the paper of `make_paper`."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from masthead.billing.pricing import archive, offer, price_like
from masthead.content.authoring import make_author
from masthead.content.changing import change_publication, set_sections
from masthead.content.deleting import delete_post
from masthead.content.document import from_markdown
from masthead.content.editing import freeze, start_post
from masthead.content.models import Author, Post, Tag
from masthead.content.own_paths import give_own_path
from masthead.content.publishing import change_visibility, publish, publish_due, schedule, unpublish
from masthead.content.redirecting import keep_redirect
from masthead.content.tagging import change_tag, delete_tag, make_tag
from masthead.content.uploading import keep_picture
from masthead.importers.markdown.importing import import_folder
from tests.cast import Cast, published
from tests.content.files import drawn
from tests.pagestore.acts import changed_to

TEXT = "Openingwords stand above.\n\nSo do these.\n\n<!--more-->\n\nGatedwords stand below.\n\n![A quay](media:{})"


@dataclass
class Paper:
    """A paper in which everything that a kept page can show is there once at least."""

    cast: Cast
    posts: dict[str, Post]
    sea: Tag
    hidden: Tag
    other: Author
    pictures: list[str]
    folder: Path = Path()  # for what is imported; nothing is there yet

    def read_again(self) -> "Paper":
        """Return the same paper with its rows as they are in the database."""
        rows = {name: Post.objects.get(pk=post.pk) for name, post in self.posts.items()}
        sea, hidden = (Tag.objects.get(pk=tag.pk) for tag in (self.sea, self.hidden))
        return replace(self, posts=rows, sea=sea, hidden=hidden, other=Author.objects.get(pk=self.other.pk))


def make_paper(cast: Cast) -> Paper:
    """Make posts of every visibility over three weeks, a page, a tag beside the section, pictures, and a translation."""
    now = timezone.now()
    pictures = [keep_picture(drawn(colour=(n * 40, 90, 160)), f"{n}.jpg", at=now) for n in range(4)]
    sea, hidden = (make_tag(name, by=None, at=now) for name in ("Sea", "#hidden"))
    other = make_author("Rui Sá", by=None, at=now)
    paper = Paper(cast, {}, sea, hidden, other, [picture.token for picture in pictures])
    for days, visibility in enumerate(("public", "paid", "members", "tiers", "public", "public"), 1):
        fields: dict[str, Any] = {"visibility": visibility, "lead": pictures[0] if days < 3 else None}
        fields |= {"tier_ids": [cast.tiers["gold"].pk]} if visibility == "tiers" else {}
        fields |= {"tag_ids": [cast.section.pk, sea.pk, hidden.pk]} if days % 2 else {}
        post = published(
            f"Post {days}", TEXT.format(paper.pictures[1]), cast=cast, at=now - timedelta(days=days), **fields
        )
        paper.posts[f"{days}"] = post
    only_sea = published("Only sea", "Words.", cast=cast, tag_ids=[sea.pk], author_ids=[other.pk])
    portuguese = published("Um navio", "Palavras.", cast=cast, language="pt")
    Post.objects.filter(pk=portuguese.pk).update(translation_of=paper.posts["1"])
    uncut = published("Uncut", "One.\n\nTwo.\n\nThree.", cast=cast, visibility="paid")
    about = start_post(by=None, at=now, kind="page", title="About us", document=from_markdown("Words.").document.json)
    page = publish(freeze(about.post, by=None, at=now), by=None, at=now)
    paper.posts |= {"sea": only_sea, "pt": portuguese, "uncut": uncut, "page": page}
    return paper


def _again(name: str, **fields: Any) -> Callable[[Paper], object]:
    return lambda paper: publish(changed_to(paper.posts[name], **fields), by=None, at=timezone.now())


def _new(days: float = 0, **fields: Any) -> Callable[[Paper], object]:
    return lambda paper: published(
        "Harbour", TEXT.format(paper.pictures[2]), cast=paper.cast, at=timezone.now() - timedelta(days=days), **fields
    )


def _shown_to(name: str, visibility: str) -> Callable[[Paper], object]:
    return lambda paper: change_visibility(paper.posts[name], visibility, by=None, at=timezone.now())


def _set(**changed: Any) -> Callable[[Paper], object]:
    return lambda paper: change_publication(changed, by=None, at=timezone.now())


def _set_picture(name: str) -> Callable[[Paper], object]:
    return lambda paper: change_publication({name: paper.pictures[3]}, by=None, at=timezone.now())


def _tagged(which: str, **changes: Any) -> Callable[[Paper], object]:
    return lambda paper: change_tag(
        paper.cast.section if which == "section" else getattr(paper, which), changes, by=None, at=timezone.now()
    )


def _due(paper: Paper) -> None:
    now = timezone.now()
    draft = start_post(
        by=None, at=now, title="Harbour", tag_ids=[paper.sea.pk], document=from_markdown("W.").document.json
    )
    schedule(freeze(draft.post, by=None, at=now), now - timedelta(hours=2), by=None, at=now)
    assert publish_due(at=now)


def _price(paper: Paper) -> None:
    now = timezone.now()
    offer(price_like(paper.cast.tiers["paid"], "month", 300, "EUR", at=now), at=now)


def _in_folder(paper: Paper) -> None:
    paper.folder.mkdir()
    (paper.folder / "harbour.md").write_text("---\ntitle: Harbour\ntags: [quays, World]\nauthor: Nobody\n---\nWords.\n")
    assert import_folder(paper.folder).counts["created"] == 1


def _to_sea(paper: Paper) -> object:
    return publish(changed_to(paper.posts["4"], tag_ids=[paper.sea.pk]), by=None, at=timezone.now())


CODE = {"extras": {"head_code": "<meta name='from' content='the owner'>"}}
ACTS: dict[str, Callable[[Paper], object]] = {
    "the newest post is published": _new(),
    "a post is published that is older than others": _new(days=2.5),
    "a gated post is published": _new(visibility="paid"),
    "a scheduled post is due": _due,
    "a folder is imported": _in_folder,
    "a title is changed": _again("1", title="Another title"),
    "a standfirst is changed": _again("3", standfirst="In short."),
    "words above and below the cut are changed": _again("2", document=from_markdown(TEXT.replace("stand", "rest")).document.json),
    "a post gets another slug": _again("2", slug="harbour"),
    "a post gets another author": lambda p: publish(changed_to(p.posts["2"], author_ids=[p.other.pk]), by=None, at=timezone.now()),
    "a post goes to another tag": _to_sea,
    "a post loses its tags": _again("1", tag_ids=[]),
    "a post is featured": _again("5", is_featured=True),
    "a post loses its picture": _again("1", lead=None),
    "a post gets what search engines read": _again("1", extras={"meta_title": "Read this", "canonical_url": "https://a.example/"}),
    "a post gets another language": _again("1", language="fr"),
    "a translation is taken down": lambda p: unpublish(p.posts["pt"], by=None, at=timezone.now()),
    "a post is taken down": lambda p: unpublish(p.posts["3"], by=None, at=timezone.now()),
    "a post is deleted": lambda p: delete_post(p.posts["2"], by=None, at=timezone.now()),
    "a post becomes free": _shown_to("2", "public"),
    "a post becomes paid": _shown_to("1", "paid"),
    "a post becomes one for members": _shown_to("5", "members"),
    "a page is changed": _again("page", title="About this paper"),
    "a page is taken down": lambda p: unpublish(p.posts["page"], by=None, at=timezone.now()),
    "a tag is made": lambda p: make_tag("Quays", by=None, at=timezone.now()),
    "a tag is renamed": _tagged("sea", name="Oceans"),
    "a tag gets another slug": _tagged("sea", slug="oceans"),
    "a tag gets a description": _tagged("sea", description="All about water."),
    "a tag becomes one for staff only": _tagged("sea", is_internal=True),
    "a tag for staff only is shown": _tagged("hidden", is_internal=False, name="Shown"),
    "a section is renamed": _tagged("section", name="Elsewhere"),
    "a tag is deleted": lambda p: delete_tag(p.sea, by=None, at=timezone.now()),
    "a tag gets an address of its own": lambda p: give_own_path(p.sea, "/topics/sea/"),
    "an author is made": lambda p: make_author("Nobody", by=None, at=timezone.now()),
    "an author gets an address of their own": lambda p: give_own_path(p.other, "/people/rui/"),
    "other tags become sections": lambda p: set_sections(["Sea"], by=None, at=timezone.now()),
    "a redirect is kept": lambda p: keep_redirect("/old/", "/about-us/"),
    "a price is offered": _price,
    "a price is archived": lambda p: archive(p.cast.prices["paid"], at=timezone.now()),
    "the cut of uncut posts is moved": _set(uncut_paragraphs=2),
    "name": _set(name="The Other Paper"),
    "tagline": _set(tagline="Every day"),
    "description": _set(description="About the sea."),
    "language": _set(language="de"),
    "time zone": _set(time_zone="Pacific/Auckland"),
    "navigation": _set(navigation=[{"label": "About", "address": "/about-us/"}]),
    "second navigation": _set(second_navigation=[{"label": "Terms", "address": "/terms/"}]),
    "accounts": _set(accounts={"mastodon": "@paper@sea.example"}),
    "colour": _set(accent_colour="#a01020"),
    "logo": _set_picture("logo"),
    "icon": _set_picture("icon"),
    "cover": _set_picture("cover"),
    "contact": _set(contact="other@paper.example"),
    "rehearsal": _set(is_rehearsal=True),
    "custom code": _set(runs_custom_code=True, **CODE),
    "what search engines read of the front page": _set(extras={"meta_title": "The Paper of Record"}),
}  # fmt: skip
