"""robots.txt (RFC 9309) and security.txt (RFC 9116)."""

from datetime import datetime, timedelta
from urllib.robotparser import RobotFileParser

from django.utils import timezone

from masthead.core.models import Publication
from tests.cast import Cast, client_of
from tests.site.visiting import a_ship

SITE = "https://paper.example"
WELL_KNOWN = "/.well-known/security.txt"


def fields(path: str) -> list[tuple[str, str]]:
    answer = client_of(None).get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    return [(name, value) for name, _, value in (line.partition(": ") for line in answer.content.decode().splitlines() if line)]  # fmt: skip


def test_robots_may_read_what_is_published_and_nothing_behind_a_sign_in(cast: Cast) -> None:
    parser = RobotFileParser()
    parser.parse(client_of(None).get("/robots.txt").content.decode().splitlines())
    for path in ("/", "/a-ship/", "/tag/world/", "/archive/", "/rss/", "/media/x/480.webp", "/static/site/text.css"):
        assert parser.can_fetch("Googlebot", SITE + path), path
    for path in ("/desk/", "/desk/posts/new/", "/account/", "/sign-in/", "/subscribe/", "/search/?q=x"):
        assert not parser.can_fetch("Googlebot", SITE + path), path
    assert parser.site_maps() == [f"{SITE}/sitemap.xml", f"{SITE}/sitemap-news.xml"]


def test_no_robot_is_treated_differently(cast: Cast) -> None:
    """Check 30."""
    post = a_ship(cast)
    answers = {client_of(None).get(post.path, headers={"User-Agent": agent}).content for agent in ("Googlebot/2.1", "GPTBot", "Mozilla/5.0", "")}  # fmt: skip
    assert len(answers) == 1


def test_security_txt_has_the_fields_that_rfc_9116_requires(cast: Cast) -> None:
    found = fields(WELL_KNOWN)
    names = [name for name, _ in found]
    assert names.count("Contact") == 1 and names.count("Expires") == 1 and names.count("Preferred-Languages") <= 1
    told = dict(found)
    assert told["Contact"] == "mailto:desk@paper.example"
    assert told["Canonical"] == SITE + WELL_KNOWN
    assert told["Preferred-Languages"] == "en"
    expires = datetime.fromisoformat(told["Expires"])
    assert expires.tzinfo and timezone.now() + timedelta(days=30) < expires < timezone.now() + timedelta(days=366)


def test_without_a_contact_there_is_no_security_txt(cast: Cast) -> None:
    Publication.objects.update(contact="")
    assert client_of(None).get(WELL_KNOWN).status_code == 404
