"""Posts and pages as Ghost's rows."""

from typing import Any

from masthead.access.models import Tier
from masthead.access.visibility import Visibility
from masthead.content.leaving import Standing, standing
from masthead.content.models import Author, Tag
from masthead.core.slugs import slug_from
from masthead.importers.to_ghost.ids import Ids, made
from masthead.importers.to_ghost.spooling import Spool, flag, moment
from masthead.importers.to_ghost.texts import forms_of
from masthead.importers.to_ghost.uploads import Uploads
from masthead.newsletters.models import Newsletter

SEO = "og_title og_description twitter_title twitter_description meta_title meta_description email_subject frontmatter".split()


class Posts:
    """Writes posts with the rows that belong to them."""

    def __init__(self, spool: Spool, uploads: Uploads) -> None:
        self.spool, self.uploads = spool, uploads
        self.ids, self.tiers, self.tags, self.authors = Ids("post"), Ids("tier"), Ids("tag"), Ids("user")
        letters = Ids("newsletter")
        self.letters = {row.slug: letters.of(row.pk, row.public_id) for row in Newsletter.objects.all()}
        self.slugs: set[tuple[str, str]] = set()
        self.names: dict[type, dict[int, str]] = {
            model: dict(model._default_manager.values_list("pk", "public_id")) for model in (Tier, Tag, Author)
        }

    def write(self) -> dict[int, tuple[str, str]]:
        """Write all of them, and return the slug and id of each that is out, by its id here."""
        out: dict[int, tuple[str, str]] = {}
        for one in standing():
            id, slug = self.ids.of(one.post.pk, one.post.public_id, kind=one.post.kind), self._slug(one)
            self._write(one, id, slug)
            if one.status == "published":
                out[one.post.pk] = (slug, id)
        return out

    def _slug(self, one: Standing) -> str:
        """Return the last part of its address, or the slug it would get; two of a kind never have the same."""
        before = str(self.ids.facts(one.post.pk).get("slug") or "") if one.status != "published" else ""
        last = one.post.path.strip("/").rpartition("/")[2] if one.status == "published" else ""
        slug = last or one.fields.slug or before or slug_from(one.fields.title, fallback="untitled")
        found, number = slug, 1
        while (one.post.kind, found) in self.slugs:
            number += 1
            found = f"{slug}-{number}"
        self.slugs.add((one.post.kind, found))
        return found

    def _write(self, one: Standing, id: str, slug: str) -> None:
        fields, extras, post = one.fields, one.extras, one.post
        status, at = self._status(one)
        visibility, tiers = self._visibility(one)
        authors = self._named(Author, self.authors, fields.author_ids)
        row: dict[str, Any] = {
            "id": id,
            "uuid": self.ids.uuid(post.pk, post.public_id),
            "title": fields.title or "(Untitled)",
            "slug": slug,
            **forms_of(one.document, self.uploads),
            "comment_id": extras.get("comment_id") or id,
            "feature_image": self.uploads.picture(fields.lead.token) if fields.lead else None,
            "featured": flag(fields.is_featured),
            "type": post.kind,
            "status": status,
            "locale": fields.language or None,
            "visibility": visibility,
            "email_recipient_filter": extras.get("mail_to") or "none",
            "created_at": moment(post.started_at),
            "updated_at": moment(one.changed_at),
            "published_at": at,
            "published_by": authors[0] if authors and at else None,
            "custom_excerpt": fields.standfirst or None,
            "codeinjection_head": extras.get("head_code"),
            "codeinjection_foot": extras.get("foot_code"),
            "custom_template": extras.get("template"),
            "canonical_url": extras.get("canonical_url"),
            "newsletter_id": self.letters.get(extras.get("newsletter", "")),
            "show_title_and_feature_image": flag(not extras.get("hides_title")),
        }
        self.spool.add("posts", row)
        self._write_meta(one, id)
        self._link("posts_authors", id, "author_id", authors)
        self._link("posts_tags", id, "tag_id", self._named(Tag, self.tags, fields.tag_ids))
        self._link("posts_products", id, "product_id", tiers)

    def _status(self, one: Standing) -> tuple[str, str | None]:
        if one.extras.get("is_mail_only") and one.status == "draft":
            before = str(self.ids.facts(one.post.pk).get("status") or "sent")
            return before, moment(one.post.started_at) if before == "sent" else None
        return one.status, moment(one.at)

    def _visibility(self, one: Standing) -> tuple[str, list[str]]:
        """Return the visibility and its tiers; what Ghost has no word for is closed there as well: for no tier."""
        visibility = one.fields.visibility
        if visibility in (Visibility.PUBLIC, Visibility.MEMBERS, Visibility.PAID):
            return visibility, []
        tiers = one.fields.tier_ids if visibility == Visibility.TIERS else []
        return "tiers", self._named(Tier, self.tiers, tiers)

    def _named(self, model: type, ids: Ids, pks: list[int]) -> list[str]:
        names = self.names[model]
        return [ids.of(pk, names[pk]) for pk in dict.fromkeys(pks) if pk in names]

    def _link(self, table: str, post: str, column: str, others: list[str]) -> None:
        for place, other in enumerate(others):
            row = {"id": made(table, f"{post}:{other}"), "post_id": post, column: other, "sort_order": place}
            self.spool.add(table, row)

    def _write_meta(self, one: Standing, id: str) -> None:
        fields, extras = one.fields, one.extras
        caption = " ".join(filter(None, (fields.lead_caption, fields.lead_credit)))
        told: dict[str, Any] = {name: extras.get(name) for name in SEO}
        told |= {name: self.uploads.picture(extras.get(name, "")) for name in ("og_image", "twitter_image")}
        told |= {"feature_image_alt": fields.lead_alt[:191] or None, "feature_image_caption": caption or None}
        told["email_only"] = flag(extras.get("is_mail_only"))
        if any(told.values()):
            self.spool.add("posts_meta", {"id": made("posts_meta", id), "post_id": id} | told)
