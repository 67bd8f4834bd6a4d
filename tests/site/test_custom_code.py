"""Code of the owner's: off it changes nothing, on it is in public pages only, and staff never get it (check 91)."""

from typing import Any

import pytest
from django.test import Client

from masthead.core.models import Publication
from tests.cast import Cast, client_of, published
from tests.desk.hands import opened
from tests.site.visiting import DOORS, GATED, PAGES, TEXT

HEAD, FOOT = "<script>paperHead()</script>", "<style>.paperFoot{color:red}</style>"
POST_HEAD, POST_FOOT = "<script>postHead()</script>", "<script>postFoot()</script>"
OWN = ("/sign-in/", "/sign-up/", "/subscribe/", "/account/", "/account/devices/", "/account/subscription/",
       "/no-such-page/", "/desk/", "/desk/settings/", "/files/xxxxxxxxxxxxxxxx/a", "/rss/", "/sitemap.xml")  # fmt: skip


def give_code(cast: Cast, visibility: str = "public", *, runs: bool = True) -> None:
    Publication.objects.update(runs_custom_code=runs, extras={"head_code": HEAD, "foot_code": FOOT})
    published("A ship", TEXT, cast=cast, visibility=visibility, extras={"head_code": POST_HEAD, "foot_code": POST_FOOT})


def coded(answer: Any) -> set[str]:
    body = answer.content.decode()
    return {code for code in (HEAD, FOOT, POST_HEAD, POST_FOOT) if code in body}


def policy(answer: Any) -> str:
    return str(answer["Content-Security-Policy"])


@pytest.mark.parametrize("persona", ["anyone", "free", "paid", "owner"])
def test_off_nothing_changes_to_the_byte(cast: Cast, persona: str) -> None:
    published("A ship", TEXT, cast=cast, slug="a-ship")
    browser = client_of(cast.members.get(persona))
    browser.get("/")
    before = {path: browser.get(path) for path in DOORS}
    Publication.objects.update(extras={"head_code": HEAD, "foot_code": FOOT})
    for path, old in before.items():
        new = browser.get(path)
        assert new.content == old.content and policy(new) == policy(old), path
        assert "unsafe-inline" not in policy(new)


@pytest.mark.parametrize("persona", ["anyone", "free", "paid", "lapsed"])
@pytest.mark.parametrize("path", PAGES)
def test_on_public_pages_have_the_code_and_a_policy_that_lets_it_run(cast: Cast, persona: str, path: str) -> None:
    give_code(cast)
    answer = client_of(cast.members.get(persona)).get(path)
    assert coded(answer) == ({HEAD, FOOT, POST_HEAD, POST_FOOT} if path == "/a-ship/" else {HEAD, FOOT})
    assert "script-src 'self' https: 'unsafe-inline'" in policy(answer)
    assert "object-src 'none'" in policy(answer) and "frame-ancestors 'none'" in policy(answer)
    assert answer["Cross-Origin-Opener-Policy"] == "unsafe-none"
    head, body = answer.content.decode().split("</head>")
    assert HEAD in head and FOOT in body and body.index("</footer>") < body.index(FOOT)


@pytest.mark.parametrize("persona", ["contributor", "author", "editor", "administrator", "owner"])
def test_staff_never_get_it(cast: Cast, persona: str) -> None:
    give_code(cast)
    browser = client_of(cast.members[persona])
    for path in (*PAGES, *OWN):
        answer = browser.get(path)
        assert not coded(answer), path
        assert "unsafe-inline" not in policy(answer) or path.startswith("/files/")
        assert "<script>" not in answer.content.decode()


@pytest.mark.parametrize("persona", ["anyone", "paid"])
@pytest.mark.parametrize("path", OWN)
def test_pages_where_somebody_signs_in_pays_or_fails_never_have_it(cast: Cast, persona: str, path: str) -> None:
    give_code(cast)
    answer = client_of(cast.members.get(persona)).get(path)
    assert not coded(answer) and "https:" not in policy(answer)
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("persona", "gets"), [("anyone", False), ("free", False), ("lapsed", False), ("paid", True), ("gifted", True)]
)
def test_code_of_a_gated_post_goes_with_its_words(cast: Cast, persona: str, gets: bool) -> None:
    give_code(cast, "paid")
    answer = client_of(cast.members.get(persona)).get("/a-ship/")
    assert coded(answer) == {HEAD, FOOT} | ({POST_HEAD, POST_FOOT} if gets else set())
    assert (GATED in answer.content.decode()) is gets


def test_code_of_a_post_is_on_its_own_page_only_and_only_its_page_is_loosened(cast: Cast) -> None:
    give_code(cast)
    Publication.objects.update(extras={})
    for path in PAGES:
        answer = client_of(None).get(path)
        assert coded(answer) == ({POST_HEAD, POST_FOOT} if path == "/a-ship/" else set())
        assert ("unsafe-inline" in policy(answer)) is (path == "/a-ship/")


def test_an_answer_that_nothing_changed_keeps_the_policy_of_the_page(cast: Cast) -> None:
    """A browser takes the headers of a 304 over."""
    give_code(cast)
    first = Client().get("/a-ship/")
    again = Client().get("/a-ship/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304 and policy(again) == policy(first)
    staff = client_of(cast.editor).get("/a-ship/", headers={"If-None-Match": first["ETag"]})
    assert staff.status_code == 200 and policy(staff) != policy(first)


def test_a_preview_at_the_desk_has_no_code(cast: Cast) -> None:
    give_code(cast)
    from masthead.content.models import Post

    post = Post.objects.get(path="/a-ship/")
    for persona in ("anyone", "paid", "staff"):
        answer = client_of(cast.owner).get(f"/desk/posts/{post.public_id}/preview/{persona}/")
        assert answer.status_code == 200 and not coded(answer) and "unsafe-inline" not in policy(answer)


SETTINGS = "/desk/settings/"


def test_the_owner_switches_it_and_nobody_else(cast: Cast) -> None:
    give_code(cast, "paid", runs=False)
    for name, runs in (("administrator", False), ("owner", True)):
        browser = client_of(cast.members[name])
        browser.post(SETTINGS, opened(browser, SETTINGS) | {"runs_custom_code": "on"})
        assert Publication.objects.get().runs_custom_code is runs
    browser = client_of(cast.administrator)
    browser.post(SETTINGS, {k: v for k, v in opened(browser, SETTINGS).items() if k != "runs_custom_code"})
    assert Publication.objects.get().runs_custom_code
    browser = client_of(cast.owner)
    browser.post(SETTINGS, {k: v for k, v in opened(browser, SETTINGS).items() if k != "runs_custom_code"})
    assert not Publication.objects.get().runs_custom_code


def test_the_settings_show_what_is_kept_and_run_none_of_it(cast: Cast) -> None:
    give_code(cast, "paid", runs=False)
    published("Public", "W.", cast=cast, extras={"foot_code": FOOT})
    published("Plain", "W.", cast=cast, extras={"meta_title": "x"})
    body = client_of(cast.owner).get(SETTINGS).content.decode()
    assert "2 posts that are out have code of their own" in body and "sent to nobody" in body
    assert "&lt;script&gt;paperHead()&lt;/script&gt;" in body and HEAD not in body
    assert 'name="runs_custom_code"' in body
    assert 'name="runs_custom_code"' not in client_of(cast.administrator).get(SETTINGS).content.decode()
