"""What goes out of core: the publication's settings."""

from typing import Any

from masthead.core.carrying import Checked, Table, plain
from masthead.core.extras import checked_extras
from masthead.core.models import Publication


def _as_the_one(number: int) -> dict[str, Any]:
    return {"pk": number}


TABLES = [
    Table(
        "publication",
        Publication,
        [
            *plain("name tagline description language time_zone default_visibility uncut_paragraphs navigation"),
            *plain("second_navigation staff_second_factor accounts accent_colour logo icon cover permalink free_tier"),
            *plain("runs_custom_code is_rehearsal contact"),
            Checked("extras", checked_extras),
        ],
        fill=_as_the_one,
    )
]
LEFT_OUT = {
    "core.Event": "what happened in this installation, by its own ids; what came of it is in the tables",
}
