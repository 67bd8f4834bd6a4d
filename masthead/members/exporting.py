"""What goes out of members: who they are. Nothing that signs anybody in."""

from typing import Any

from django.contrib.auth.hashers import make_password

from masthead.core.carrying import Many, Table, plain
from masthead.members.models import Label, Member, Tombstone


def _without_password(number: int) -> dict[str, Any]:
    return {"password": make_password(None)}


def _nobodys_id(number: int) -> dict[str, Any]:
    return {"member_id": -number}


TABLES = [
    Table("labels", Label, plain("slug name"), key="slug"),
    Table(
        "members",
        Member,
        [*plain("public_id email name role is_active joined_at note"), Many("labels", "label", "labels", "slug")],
        key="public_id",
        left_out={
            "password": "nobody has one: it is a random mark of the installation",
            "last_login": "of a session, and sessions stay behind",
        },
        fill=_without_password,
    ),
    Table(
        "tombstones",
        Tombstone,
        plain("email_hash deleted_at"),
        left_out={"member_id": "an id of this database; elsewhere it would be somebody else's"},
        fill=_nobodys_id,
    ),
]
LEFT_OUT = {
    "members.Device": "a session; everybody signs in again",
    "members.Passkey": "signs somebody in, and only at this site's address",
    "members.SignInRequest": "a request for a code, kept for a day",
}
