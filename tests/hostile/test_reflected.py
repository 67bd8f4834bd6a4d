"""Hostile texts that come back in the answer: a search, a return address, a form, a name, a device (checks 38, 40, 76, 83)."""

from collections.abc import Callable
from urllib.parse import quote, urlsplit

import pytest
from django.template import base as template_base
from django.test import Client
from django.utils import timezone

from masthead.core.models import Publication
from masthead.members.models import Device, Member, Passkey
from masthead.members.views import signing_in
from tests.cast import Cast, client_of, published
from tests.hostile.looking import folded, handlers, is_bad_address, skeleton, words_of
from tests.hostile.payloads import ADDRESSES, MARK, PAYLOADS, PLAIN, UNSPEAKABLE

ASKED = [text.encode("utf-8", "surrogatepass") for text in [*PAYLOADS, *UNSPEAKABLE]]
SOME = PAYLOADS[::8] + ADDRESSES[::4]
WHERE = ("/search/?q={}", "/sign-in/?next={}", "/sign-up/?next={}", "/subscribe/?next={}", "/sign-in/code/?code={}&request={}",
         "/{}", "/tag/{}/", "/search/?page={}&q=ships", "/?{}={}")  # fmt: skip


def asked(client: Client, where: str, text: bytes) -> str:
    """The page at an address with this text in it."""
    return client.get(where.replace("{}", quote(text, safe=""))).content.decode()


def changed(client: Client, where: str) -> list[bytes]:
    """Name the texts with which a page has other elements or attributes than with a plain one."""
    plain = skeleton(asked(client, where, PLAIN.encode()))
    pages = [(text, asked(client, where, text)) for text in ASKED]
    return [text for text, page in pages if skeleton(page) != plain or handlers(page)]


@pytest.mark.parametrize("where", WHERE)
def test_what_is_asked_for_comes_back_as_words_if_at_all(where: str, cast: Cast) -> None:
    assert changed(client_of(None), where) == []


@pytest.mark.parametrize(
    "where",
    [
        "/desk/?q={}",
        "/desk/?state={}",
        "/desk/?page={}",
        "/account/passkeys/?next={}",
        "/subscribe/begin/?price={}&next={}",
    ],
)
def test_what_staff_ask_for_comes_back_as_words_if_at_all(where: str, cast: Cast) -> None:
    assert changed(client_of(cast.editor), where) == []


def test_a_search_shows_what_was_looked_for(cast: Cast) -> None:
    for text in PAYLOADS:
        page = asked(client_of(None), "/search/?q={}", text.encode())
        assert folded(text) in folded(
            page.partition("<title>")[2]
            .partition("</title>")[0]
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", '"')
            .replace("&#x27;", "'")
            .replace("&amp;", "&")
        ), text


def test_a_wrong_mail_address_comes_back_as_words(cast: Cast) -> None:
    plain = skeleton(client_of(None).post("/sign-in/", {"email": PLAIN}).content.decode())
    for text in [*PAYLOADS, *(text for text in UNSPEAKABLE if text.isprintable())]:
        answer = client_of(None).post("/sign-in/", {"email": text, "next": text})
        assert answer.status_code == 422, text
        assert skeleton(answer.content.decode()) == plain and not handlers(answer.content.decode()), text


def places(cast: Cast, text: str) -> list[str]:
    """Where every door that takes a return address leads to."""
    client = client_of(cast.free)
    answers = [
        client.get("/sign-in/", {"next": text}),
        client.get("/sign-up/", {"next": text}),
        client.post("/sign-in/", {"next": text}),
    ]
    answers.append(client.get("/subscribe/begin/", {"price": "none", "next": text}))
    return [answer["Location"] for answer in answers if answer.status_code == 302]


def test_a_return_address_never_leads_to_another_site(cast: Cast) -> None:
    """Check 40."""
    for text in ADDRESSES + SOME:
        for form in (text, quote(text), quote(quote(text)), "/" + text, "/" + quote(text)):
            for place in places(cast, form):
                assert not is_bad_address(place) and urlsplit(place).netloc == "" and place.startswith("/"), (
                    form,
                    place,
                )


def test_a_return_address_on_this_site_is_kept(cast: Cast) -> None:
    assert "/archive/?x=1" in places(cast, "/archive/?x=1")


def test_a_members_name_stays_words_on_every_page_and_comes_back_whole(cast: Cast) -> None:
    client = client_of(cast.editor)
    paths = ("/account/", "/desk/", "/desk/posts/new/", "/account/data/", "/account/devices/")
    client.post("/account/", {"name": PLAIN})
    plain = [skeleton(client.get(path).content.decode()) for path in paths]
    for text in PAYLOADS:
        assert client.post("/account/", {"name": text}).status_code == 302
        assert Member.objects.get(pk=cast.editor.pk).name == folded(text)[:120]
        pages = [client.get(path).content.decode() for path in paths]
        assert [skeleton(page) for page in pages] == plain, text
        assert not [path for path, page in zip(paths, pages, strict=True) if handlers(page)], text
    assert MARK in str(client.post("/account/data/").content)


def test_the_name_of_a_device_and_of_a_passkey_stays_words(cast: Cast) -> None:
    Passkey.objects.create(member=cast.free, credential_id=b"x", credential=b"x", name=PLAIN, added_at=timezone.now())
    client = client_of(cast.free)
    client.get("/account/", headers={"User-Agent": PLAIN})
    plain = [skeleton(client.get(path).content.decode()) for path in ("/account/devices/", "/account/passkeys/")]
    for text in PAYLOADS:
        Passkey.objects.update(name=text[:80])
        Device.objects.all().delete()
        client = client_of(cast.free)
        client.get("/account/", headers={"User-Agent": " ".join(text.encode("ascii", "replace").decode().split())})
        pages = [client.get(path).content.decode() for path in ("/account/devices/", "/account/passkeys/")]
        assert [skeleton(page) for page in pages] == plain and not handlers("".join(pages)), text


def settings_form(client: Client) -> Callable[..., int]:
    """Open the form of the paper's settings; the answer writes some of them, and returns the status."""
    form = client.get("/desk/settings/").context["form"]
    values = {name: form[name].value() for name in form.fields}
    shown = {name: value for name, value in values.items() if value is not None and value is not False}
    return lambda **fields: client.post("/desk/settings/", shown | fields).status_code


def test_settings_stay_words_on_every_page(cast: Cast) -> None:
    published("A post", "Words.", cast=cast, slug="post")
    client, reader = client_of(cast.owner), client_of(None)
    write = settings_form(client)
    paths = ("/", "/post/", "/tag/world/", "/archive/", "/search/", "/sign-in/", "/no-such-page/")

    def pages(text: str) -> list[str]:
        fields = {"name": text, "tagline": text, "description": text, "navigation": f"{folded(text)} | /about/"}
        assert write(**fields) == 302, text
        found = [reader.get(path).content.decode() for path in paths]
        return [*found, *(client.get(path).content.decode() for path in ("/desk/", "/desk/settings/"))]

    plain = [skeleton(page) for page in pages(PLAIN)]
    for text in SOME:
        found = pages(text)
        assert [skeleton(page) for page in found] == plain and not [page for page in found if handlers(page)], text
        assert folded(Publication.current().name) in words_of(found[0], "header .name")
        assert [reader.get(path).status_code for path in ("/rss/", "/atom.xml", "/feed.json", "/sitemap-news.xml")] == [
            200
        ] * 4, text


def test_a_link_in_the_footer_leads_only_where_a_link_may(cast: Cast) -> None:
    write = settings_form(client_of(cast.owner))
    for text in SOME:
        status = write(navigation=f"About us | {text}")
        assert status == 422 or not is_bad_address(Publication.current().navigation[0]["address"], elsewhere=True), text
        assert handlers(client_of(None).get("/").content.decode()) == []
    assert write(navigation="About us | javascript:alert(1)") == 422
    assert write(navigation="About us | /about/") == 302


def test_a_page_that_gives_back_raw_is_found(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_base, "conditional_escape", str)
    assert len(changed(client_of(None), "/search/?q={}")) > 5
    monkeypatch.undo()
    monkeypatch.setattr(signing_in, "safe_path", lambda value, default: value)
    assert any(is_bad_address(place) for place in places(cast, "//evil.example/"))
