"""An export, a list of members and a running Ghost as a test writes them, and one run of the import over them."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from masthead.importers.ghost.images import Images
from masthead.importers.ghost.members import bring_members
from masthead.importers.ghost.newsletters import bring_newsletters
from masthead.importers.ghost.offers import bring_offers
from masthead.importers.ghost.options import Options
from masthead.importers.ghost.run import Run
from masthead.importers.ghost.second_pass import bring_remote
from masthead.importers.ghost.staging import stage
from masthead.importers.ghost.tiers import bring_tiers
from masthead.importers.report import Report
from masthead.members.models import Member
from masthead.newsletters.models import Choice

HEADER = [
    "id", "email", "name", "note", "subscribed_to_emails", "complimentary_plan", "stripe_customer_id", "created_at",
    "deleted_at", "labels", "tiers", "gift_id",
]  # fmt: skip
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FREE, SILVER, GOLD = (f"{'0' * 23}{number}" for number in "abc")
DAILY, WEEKLY, INSIDERS = (f"{'1' * 23}{number}" for number in "abc")


def uuid(letter: str) -> str:
    return f"{letter * 8}-{letter * 4}-4{letter * 3}-8{letter * 3}-{letter * 12}"


def tables(**more: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Tables of an export: two paid tiers, three newsletters of which one is for those who pay."""
    return {
        "products": [
            {"id": FREE, "name": "Free", "slug": "free", "type": "free", "active": 1, "description": "Just read"},
            product(SILVER, "Silver", monthly_price=500, yearly_price=5000),
            product(GOLD, "Gold, the best", monthly_price=1500, yearly_price=None),
        ],
        "newsletters": [
            newsletter(DAILY, "Daily"),
            newsletter(WEEKLY, "Weekly", subscribe_on_signup=0),
            newsletter(INSIDERS, "Insiders", visibility="paid"),
        ],
    } | more


def product(id: str, name: str, **more: Any) -> dict[str, Any]:
    slug = name.lower().split(",")[0]
    return {
        "id": id,
        "name": name,
        "slug": slug,
        "type": "paid",
        "active": 1,
        "visibility": "public",
        "currency": "EUR",
    } | more


def newsletter(id: str, name: str, **more: Any) -> dict[str, Any]:
    plain = {
        "id": id, "uuid": uuid(id[-1]), "name": name, "slug": name.lower(), "status": "active", "visibility": "members",
        "subscribe_on_signup": 1, "sort_order": 0, "sender_reply_to": "newsletter", "title_font_category": "serif",
    }  # fmt: skip
    return plain | more


def row(number: int, **more: Any) -> dict[str, Any]:
    """One row of the list: a free member who takes newsletters."""
    plain = {
        "id": f"{number:024x}", "email": f"reader{number}@readers.example", "name": f"Reader {number}",
        "subscribed_to_emails": "true", "created_at": "2024-01-01T08:00:00.000Z",
    }  # fmt: skip
    return plain | more


def as_csv(rows: Iterable[dict[str, Any]], *, header: list[str] | None = None) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, header or HEADER, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@dataclass
class Ghost:
    """What is brought in: change it and bring it again."""

    folder: Path
    rows: list[dict[str, Any]] = field(default_factory=list)
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=tables)
    site: str = ""
    key: str = ""

    def bring(
        self, *, at: datetime = NOW, text: str | bytes | None = None, overwrite: bool = False, rehearse: bool = False
    ) -> Run:
        """Run the import's stages for members and money, and return the run with its report."""
        export, listed = self.folder / "export.json", self.folder / "members.csv"
        data = {"meta": {"version": "6.65.0"}, "data": self.tables}
        export.write_text(json.dumps({"db": [data]}), encoding="utf-8")
        written = as_csv(self.rows) if text is None else text
        listed.write_bytes(written if isinstance(written, bytes) else written.encode())
        options = Options(export, members=listed, site=self.site, key=self.key, overwrite=overwrite, rehearse=rehearse)
        report = Report()
        run = Run(stage(export, self.folder), options, report, Images(report, at), at, home=self.site)
        for bring in (bring_newsletters, bring_tiers, bring_offers, bring_members, bring_remote):
            bring(run)
        run.staged.remove()
        return run


def member(number: int) -> Member:
    found: Member = Member.objects.get(email=f"reader{number}@readers.example")
    return found


def takes(who: Member) -> dict[str, bool]:
    """What a member chose, by the newsletter's name."""
    return dict(Choice.objects.filter(member=who).values_list("newsletter__name", "takes"))


def says(run: Run, *words: str) -> bool:
    """Say whether the report has a line with all these words."""
    return any(all(word in line for word in words) for line in run.report.problems)
