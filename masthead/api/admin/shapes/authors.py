"""An author as what Ghost calls a user: a byline, without the address of the member behind it."""

from collections.abc import Mapping
from typing import Any

from masthead.api.content.shapes.authors import told_author
from masthead.content.models import Author

# What staff are called there; bylines without a login are as those who may only write.
ROLES = {
    "owner": "Owner",
    "administrator": "Administrator",
    "editor": "Editor",
    "author": "Author",
    "contributor": "Contributor",
}


def whole_author(author: Author, pictures: Mapping[str, str | None]) -> dict[str, Any]:
    """Return all fields of an author, with the role of the member behind it."""
    role = author.member.role if author.member and author.member.is_active else ""
    name = ROLES.get(role, "Contributor")
    return told_author(author, pictures) | {"status": "active", "roles": [{"name": name}]}
