"""Users of Ghost as our authors."""

from typing import Any

from masthead.content.models import Author
from masthead.importers.ghost.counterparts import ours
from masthead.importers.ghost.extras import accounts_of, extras_of, pictures_in
from masthead.importers.ghost.list_paths import OWN_PATH, give_path, told_before
from masthead.importers.ghost.merging import bring_as
from masthead.importers.ghost.naming import free_slug, slug_of
from masthead.importers.ghost.routes import routes_of
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.staging import Row

PICTURES = ("profile_image", "cover_image", "image", "cover")  # the last two before Ghost 1
OWNER = "owner"


def bring_authors(run: Run) -> None:
    """Bring in the staff of Ghost as authors; nobody gets a login or a role by it (CHECKS.md 89)."""
    run.each("authors", run.staged.rows("users"), run.staged.count("users"), _bring, before=_fetch)


def _fetch(run: Run, row: Row) -> None:
    for address in pictures_in(row, columns=PICTURES):
        run.images.fetch(address, row.where)


def _bring(run: Run, row: Row) -> str:
    slug = slug_of(run, row, "author")
    known_as = Author.objects.filter(slug=slug)
    cover = row.text("cover_image") or row.text("cover")
    picture = row.text("profile_image") or row.text("image")
    told: dict[str, Any] = {
        "name": (row.text("name") or slug)[:191],
        "slug": free_slug(run, row, "author", slug, known_as),
        "bio": row.text("bio"),
        "picture": run.images.token(picture) or "",
        "extras": extras_of(
            run, row, also={"cover": run.images.token(cover) or "", "accounts": accounts_of(row)}
        ),
    }  # fmt: skip
    before, path = told_before("user", row), routes_of(run).own_path("author", slug)
    facts = {OWN_PATH: path, "email": row.text("email"), "roles": roles_of(run, row), "status": row.text("status")}
    author, word = bring_as(run, "user", row.id, told, known_as=Author.objects.filter(slug=told["slug"]), facts=facts)
    if author is None:
        run.problem(row, "was deleted at the desk since, so it stays so")
    else:
        give_path(run, row, author, path, before)
    return word


def roles_of(run: Run, row: Row) -> list[str]:
    """Return the names of the roles that a user had, for whoever invites them here."""
    links = run.staged.where("roles_users", "user_id", row.id)
    roles = [run.staged.get("roles", link.text("role_id")) for link in links]
    return [role.text("name") for role in roles if role and role.text("name")]


def owner_of(run: Run) -> int | None:
    """Return our author for Ghost's Owner, or else for its first user; None if there are no users."""
    if OWNER not in run.facts:
        users = list(run.staged.rows("users"))
        owners = [user for user in users if "Owner" in roles_of(run, user)]
        run.facts[OWNER] = next((pk for user in owners + users if (pk := ours("user", user.id))), None)
    found: int | None = run.facts[OWNER]
    return found
