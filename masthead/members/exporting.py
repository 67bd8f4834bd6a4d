"""What goes out of members: who they are. Nothing that signs anybody in."""

from typing import Any

from django.contrib.auth.hashers import make_password

from masthead.core.carrying import Many, Ref, Table, plain
from masthead.members.models import ApiKey, Label, Member, Tombstone


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
    Table(
        "api_keys",
        ApiKey,
        [
            *plain("public_id name kind made_at"),
            Ref("made_by", "members", "public_id"),
            *plain("revoked_at last_used_on"),
        ],
        key="public_id",
        left_out={"key_hash": "opens the API to whoever has the key; elsewhere a key is made anew"},
    ),
]
LEFT_OUT = {
    "members.Device": "a session; everybody signs in again",
    "members.Passkey": "signs somebody in, and only at this site's address",
    "members.SignInRequest": "a request for a code, kept for a day",
}
