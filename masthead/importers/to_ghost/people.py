"""Tags, authors and their roles as Ghost's rows."""

from typing import Any, Final

from masthead.content.models import Author, Tag
from masthead.importers.to_ghost.ids import Ids, made
from masthead.importers.to_ghost.spooling import Spool
from masthead.importers.to_ghost.uploads import Uploads
from masthead.members.roles import Role

ROLES: Final = "Owner Administrator Editor Author Contributor".split()
ROLE_OF: Final = {
    Role.OWNER: "Administrator",  # Ghost has one owner, and whoever imports is it
    Role.ADMINISTRATOR: "Administrator",
    Role.EDITOR: "Editor",
    Role.AUTHOR: "Author",
}
NETWORKS: Final = "facebook twitter threads bluesky mastodon tiktok youtube instagram linkedin".split()
SEO: Final = (
    "og_title og_description twitter_title twitter_description meta_title meta_description canonical_url".split()
)


def seo_of(extras: dict[str, Any], uploads: Uploads) -> dict[str, Any]:
    """Return what search engines and networks are told, in the columns that tags and settings have for it."""
    told: dict[str, Any] = {name: extras.get(name) for name in SEO}
    told |= {name: uploads.picture(extras.get(name, "")) for name in ("og_image", "twitter_image")}
    return told | {"codeinjection_head": extras.get("head_code"), "codeinjection_foot": extras.get("foot_code")}


def write_tags(spool: Spool, uploads: Uploads) -> None:
    """Write every tag; one for staff only has a name with # before it, by which Ghost knows it."""
    ids = Ids("tag")
    for tag in Tag.objects.order_by("pk").iterator():
        name = f"#{tag.name}" if tag.is_internal and not tag.name.startswith("#") else tag.name
        spool.add(
            "tags",
            {
                "id": ids.of(tag.pk, tag.public_id),
                "name": name,
                "slug": tag.slug,
                "description": tag.description or None,
                "feature_image": uploads.picture(tag.picture),
                "parent_id": None,
                "visibility": "internal" if tag.is_internal else "public",
                **seo_of(tag.extras, uploads),
                "accent_color": tag.extras.get("accent_colour"),
            },
        )


def write_authors(spool: Spool, uploads: Uploads) -> None:
    """Write every author with a role. Nobody's password goes out; Ghost lets each set a new one by mail."""
    for role in ROLES:
        spool.add("roles", {"id": made("role", role), "name": role, "description": role})
    ids = Ids("user")
    for author in Author.objects.select_related("member").order_by("pk").iterator():
        id, extras = ids.of(author.pk, author.public_id), author.extras
        accounts = extras.get("accounts", {})
        facts = ids.facts(author.pk)
        email = author.member.email if author.member else facts.get("email")
        spool.add(
            "users",
            {
                "id": id,
                "name": author.name,
                "slug": author.slug,
                "email": email or f"{author.slug}@authors.invalid",
                "profile_image": uploads.picture(author.picture),
                "cover_image": uploads.picture(extras.get("cover", "")),
                "bio": author.bio or None,
                "website": extras.get("website"),
                "location": extras.get("location"),
                **{network: accounts.get(network) for network in NETWORKS},
                "status": facts.get("status") or "active",
                "visibility": "public",
                "meta_title": extras.get("meta_title"),
                "meta_description": extras.get("meta_description"),
            },
        )
        for role in _roles(author, facts):
            spool.add("roles_users", {"id": made("roles_users", id), "role_id": made("role", role), "user_id": id})


def _roles(author: Author, facts: dict[str, Any]) -> list[str]:
    if author.member is not None and author.member.role:
        return [ROLE_OF.get(Role(author.member.role), "Contributor")]
    return [role for role in facts.get("roles", []) if role in ROLES][:1] or ["Contributor"]
