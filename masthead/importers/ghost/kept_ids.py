"""Ghost's own ids as our public ids, so that programs that noted one find the same thing here."""

from collections.abc import Collection

from django.db.models import Model

from masthead.core.shown_ids import public_id_of

SHOWN_AS = {"user": "author"}  # kinds that our APIs name otherwise than the importer


def public_id_from(kind: str, foreign_id: str) -> str | None:
    """Return the public id under which the APIs here tell the same id; None for what is no id of Ghost's form.

    One that Masthead made, in an export in Ghost's shape, leads back to the public id that it was made of.
    """
    return public_id_of(SHOWN_AS.get(kind, kind), foreign_id)


def kept_id(kind: str, model: type[Model], foreign_id: str, *, taken: Collection[str] | None = None) -> dict[str, str]:
    """Return the public id for a new row as a field to make it with; nothing where Ghost's cannot be kept.

    `taken` holds public ids that rows have, where many were looked up together.
    """
    public_id = public_id_from(kind, foreign_id) if hasattr(model, "public_id") else None
    if public_id is None:
        return {}
    if taken is None:
        taken = model._default_manager.filter(public_id=public_id).values_list("public_id", flat=True)
    return {} if public_id in taken else {"public_id": public_id}
