"""The front page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from masthead.access.reader import ANYONE
from masthead.content.models import Post, Tag
from masthead.content.reading import Reading, read
from masthead.core.page_tags import LISTS
from masthead.site.custom_code import show
from masthead.site.keeping import page, shows
from masthead.site.telling import told_of_front

NEXT_TO_LEAD = 3
LATEST = 5
OF_A_SECTION = 4
LOOKED_AT = 90  # newest posts that the front page is made of


@dataclass(frozen=True)
class Section:
    """A block of the front page."""

    tag: Tag
    readings: list[Reading]


@page
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show the lead story, what stands beside it, the latest, and a block for each section."""
    posts = Post.objects.live(timezone.now()).posts().newest().with_bylines()
    # Cards show titles and standfirsts only, so the front page is the same for every Reader.
    readings = read(list(posts[:LOOKED_AT]), ANYONE)
    shows(request, LISTS, readings=readings, until=_tomorrow())
    lead = next((r for r in readings if r.is_featured), readings[0] if readings else None)
    rest = [r for r in readings if r is not lead]
    beside, latest = rest[:NEXT_TO_LEAD], rest[NEXT_TO_LEAD : NEXT_TO_LEAD + LATEST]
    shown = {r.post_id for r in [*beside, *latest]} | ({lead.post_id} if lead else set())
    context = {
        "told": told_of_front(request.publication),  # type: ignore[attr-defined]
        "lead": lead,
        "beside": beside,
        "latest": latest,
        "blocks": _sections([r for r in rest if r.post_id not in shown]),
    }
    return show(request, "site/front.html", context)


def _tomorrow() -> datetime:
    """The next midnight of the publication: the front page tells the date."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _sections(readings: list[Reading]) -> list[Section]:
    sections: QuerySet[Tag] = Tag.objects.sections()
    blocks = [Section(tag, _with_picture_first([r for r in readings if r.primary_tag == tag])) for tag in sections]
    return [block for block in blocks if block.readings]


def _with_picture_first(readings: list[Reading]) -> list[Reading]:
    """Let the newest post that has a picture stand at the top of a block."""
    shown = readings[:OF_A_SECTION]
    top = next((r for r in shown if r.lead), None)
    return [top, *(r for r in shown if r is not top)] if top else shown
