"""What goes out of newsletters: the lists, who takes them, and who must not be mailed."""

from masthead.core.carrying import Ref, Table, plain
from masthead.newsletters.models import Choice, Newsletter, OldLink, Suppression

TABLES = [
    Table(
        "newsletters",
        Newsletter,
        plain(
            "public_id slug name description sender_name sender_address reply_to visibility is_taken_on_signing_up design position "
            "added_at archived_at"
        ),
        key="slug",
    ),
    Table(
        "choices",
        Choice,
        [Ref("member", "members", "public_id"), Ref("newsletter", "newsletters", "slug"), *plain("takes by at")],
    ),
    Table("suppressions", Suppression, plain("email reason source at")),
    Table("old_links", OldLink, [Ref("member", "members", "public_id"), *plain("uuid key_hash")]),
]
