"""The menu: sections at the top where there are some, else the publication's own links."""

from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from masthead.content.models import Tag
from masthead.core.models import Publication
from tests.cast import Cast


def links(client: Client, place: str) -> list[str | None]:
    page = LexborHTMLParser(client.get("/").content)
    return [link.attributes.get("href") for link in page.css(f"{place} nav a")]


def test_links_stand_below_where_there_are_sections_and_above_where_there_are_none(cast: Cast, client: Client) -> None:
    menu = [{"label": "About", "address": "/about/"}, {"label": "Bad", "address": "javascript:x"}]
    Publication.objects.filter(pk=1).update(navigation=menu)
    above, below = links(client, "header"), links(client, "footer")
    assert "/tag/world/" in above and "/about/" not in above and "/about/" in below
    Tag.objects.update(is_section=False)
    above, below = links(client, "header"), links(client, "footer")
    assert "/about/" in above and "/tag/world/" not in above and "/about/" not in below and "javascript:x" not in above
