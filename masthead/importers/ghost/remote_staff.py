"""Staff of the running site: named in the report, and not made here."""

from masthead.importers.ghost.remote import Ghost
from masthead.importers.ghost.run import Run
from masthead.importers.markdown.values import as_line


def tell_staff(run: Run, ghost: Ghost) -> None:
    """Report who has which role there: a role is given by an owner here, never by an import (CHECKS.md 89)."""
    for said in ghost.users():
        roles = said.get("roles") if isinstance(said.get("roles"), list) else []
        names = ", ".join(as_line(role.get("name")) for role in roles or [] if isinstance(role, dict))
        run.problem(
            f"staff {as_line(said.get('name'))[:80]}",
            f"is {names or 'staff'} there and was given no role here: `masthead staff` gives one",
        )
