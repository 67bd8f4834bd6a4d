"""The fields of a post of Ghost, as those of a draft of ours."""

import html
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from masthead.importers.ghost.authors import owner_of
from masthead.importers.ghost.counterparts import all_ours, key_of
from masthead.importers.ghost.extras import extras_of
from masthead.importers.ghost.joins import Joined
from masthead.importers.ghost.naming import post_slug
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.staging import Row
from masthead.importers.ghost.texts import Text
from masthead.importers.ghost.visibilities import visibility_of

LONGEST_TITLE: Final = 300
UNTITLED: Final = "(Untitled)"  # what Ghost itself shows


def lead_address(joined: Joined) -> str:
    """Return the address of the picture above the text."""
    return joined.row.text("feature_image") or joined.row.text("image")


def values_of(run: Run, joined: Joined, text: Text, problems: list[str]) -> dict[str, Any]:
    """Return every field of the draft; a line in `problems` for what was not kept as it was.

    A title is plain text in Ghost, and shown as it was typed: `&amp;` stays `&amp;`, and no entity is read in it.
    """
    row = joined.row
    visibility, tier_ids = visibility_of(run, row, problems)
    return {
        "title": _title(row.text("title"), problems),
        "standfirst": row.text("custom_excerpt"),
        "slug": _slug(row, problems),
        "document": text.document.json,
        "visibility": visibility,
        "tier_ids": tier_ids,
        "tag_ids": _known(run, "tag", [tag.id for tag in joined.tags]),
        "author_ids": _authors(run, joined, problems),
        "lead_id": run.images.media(lead_address(joined)),
        "lead_alt": joined.text("feature_image_alt"),
        "lead_caption": plain_words(joined.text("feature_image_caption")),
        "is_featured": row.is_on("featured"),
        "extras": _extras(run, joined),
        "language": row.text("locale")[:20],
    }


def _slug(row: Row, problems: list[str]) -> str:
    slug = post_slug(row)
    if slug != row.text("slug"):
        problems.append(f"its slug “{row.text('slug')[:80]}” cannot be an address; it is “{slug}” here")
    return slug


def _title(title: str, problems: list[str]) -> str:
    title = " ".join(title.split()) or UNTITLED
    if len(title) > LONGEST_TITLE:
        problems.append(f"its title is longer than {LONGEST_TITLE} characters and was cut")
    if html.unescape(title) != title:
        problems.append("its title has a sign of HTML typed out in it, such as &amp;, and is shown so, as at Ghost")
    return title[:LONGEST_TITLE]


def _known(run: Run, kind: str, ids: list[str]) -> list[int]:
    """Return ours; those of a kind are looked up once a run, since their stages are through by now."""
    if (name := f"all {kind}") not in run.facts:
        run.facts[name] = all_ours(kind)
    here: dict[str, int] = run.facts[name]
    return list(dict.fromkeys(here[key_of(id)] for id in ids if key_of(id) in here))


def _authors(run: Run, joined: Joined, problems: list[str]) -> list[int]:
    found = _known(run, "user", [author.id for author in joined.authors])
    if found:
        return found
    owner = owner_of(run)
    problems.append("names no author that is here" + ("; it has the Owner's byline" if owner else ""))
    return [owner] if owner else []


def _extras(run: Run, joined: Joined) -> dict[str, Any]:
    row = joined.row
    newsletter = run.staged.get("newsletters", row.get("newsletter_id")) if row.get("newsletter_id") else None
    return extras_of(
        run,
        row,
        joined.meta,
        also={
            "comment_id": (row.text("comment_id") or row.text("amp"))[:50],
            "newsletter": newsletter.text("slug")[:191] if newsletter else "",
            "mail_to": _mail_to(joined),
            "is_mail_only": joined.is_mail_only,
            "hides_title": joined.is_page and row.get("show_title_and_feature_image") in (False, 0, "0", "false"),
        },
    )


def _mail_to(joined: Joined) -> str:
    """Say whom its letter was for; before Ghost 5 a flag sent it to all who may read the post."""
    told = joined.row.text("email_recipient_filter") or joined.row.text("email_segment")
    if told in ("", "none") and joined.row.is_on("send_email_when_published"):
        return "all" if joined.row.text("visibility") in ("public", "members") else "status:-free"
    return "" if told == "none" else told[:2000]


def plain_words(html: str) -> str:
    """Return the words of a piece of HTML."""
    if "<" not in html and "&" not in html:
        return html
    body = LexborHTMLParser(f"<!DOCTYPE html><body>{html}").body
    return " ".join(body.text(separator=" ").split()) if body else ""
