"""Keys of the API, made, named and revoked at the desk."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from masthead.core.models import Event
from masthead.members.keys import admin_secret, make_key
from masthead.members.models import ApiKey
from masthead.members.models.api_key import KeyKind
from tests.cast import Cast, client_of

KEYS = "/desk/keys/"


def opens(key: str) -> bool:
    return Client().get(f"/ghost/api/content/posts/?key={key}").status_code == 200


def made(browser: Client, name: str = "Our app", kind: str = "content") -> str:
    """Make a key at the desk and return what the page shows."""
    answer = browser.post(KEYS, {"name": name, "kind": kind})
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    (shown,) = LexborHTMLParser(answer.content).css("code.key")
    return shown.text()


def body(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def browser(cast: Cast) -> Client:
    return client_of(cast.administrator)


def test_a_desk_without_keys_says_so(browser: Client) -> None:
    page = body(browser.get(KEYS))
    assert "No program has a key." in page and 'href="/desk/keys/"' in body(browser.get("/desk/"))


def test_a_content_key_is_shown_once_and_opens_the_api(browser: Client, cast: Cast) -> None:
    key = made(browser)
    assert len(key) == 26 and opens(key)
    page = body(browser.get(KEYS))
    assert "Our app" in page and key not in page and "last used on" in page
    row = ApiKey.objects.get()
    assert (row.made_by, row.kind, row.revoked_at) == (cast.administrator, "content", None)
    assert key not in body(browser.get(f"{KEYS}{row.public_id}/"))
    assert Event.objects.get(kind="key.made").subject == f"key:{row.pk}"


def test_an_admin_key_is_derived_from_the_sites_secret_and_its_own_id(browser: Client) -> None:
    public_id, _, secret = made(browser, "Bridge", "admin").partition(":")
    row = ApiKey.objects.get(public_id=public_id)
    assert row.key_hash is None and admin_secret(row) == secret and len(bytes.fromhex(secret)) == 32
    assert admin_secret(make_key("Other", KeyKind.ADMIN, by=row.made_by, at=timezone.now())[0]) != secret  # type: ignore[arg-type]
    with override_settings(SECRET_KEY=settings.SECRET_KEY + "x"):
        assert admin_secret(row) != secret
    content = make_key("App", KeyKind.CONTENT, by=row.made_by, at=timezone.now())[0]  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="admin"):
        admin_secret(content)


def test_a_form_that_is_sent_twice_makes_one_key(browser: Client) -> None:
    made(browser)
    answer = browser.post(KEYS, {"name": " Our  app ", "kind": "content"})
    assert answer.status_code == 422 and "There is a key named “Our app”" in body(answer)
    assert ApiKey.objects.count() == 1
    assert made(browser, kind="admin") and ApiKey.objects.count() == 2


@pytest.mark.parametrize(
    "fields", [{}, {"name": " "}, {"name": "x" * 121, "kind": "content"}, {"name": "A", "kind": "owner"}]
)
def test_a_form_that_is_wrong_makes_none(browser: Client, fields: dict[str, str]) -> None:
    answer = browser.post(KEYS, fields)
    assert answer.status_code == 422 and "No key was made" in body(answer) and not ApiKey.objects.exists()


def test_a_key_is_named_anew_and_still_opens(browser: Client) -> None:
    key = made(browser)
    made(browser, "Another")
    path = f"{KEYS}{ApiKey.objects.get(name='Our app').public_id}/"
    assert browser.post(path, {"act": "rename", "name": "The app"}).status_code == 302
    assert ApiKey.objects.filter(name="The app").exists() and opens(key)
    taken = browser.post(path, {"act": "rename", "name": "Another"})
    assert (
        taken.status_code == 422
        and "There is a key named “Another”" in body(taken)
        and "<h1>The app</h1>" in body(taken)
    )
    assert browser.post(path, {"act": "rename", "name": ""}).status_code == 422
    assert browser.post(path, {"act": "delete"}).status_code == 404


def test_a_key_is_revoked_once_one_is_sure_and_for_good(browser: Client) -> None:
    key = made(browser)
    row = ApiKey.objects.get()
    path = f"{KEYS}{row.public_id}/"
    unsure = browser.post(path, {"act": "revoke"})
    assert unsure.status_code == 422 and "still works" in body(unsure) and opens(key)
    assert browser.post(path, {"act": "revoke", "sure": "yes"}).status_code == 302
    assert not opens(key)
    page = body(browser.get(KEYS))
    assert "is revoked and opens nothing" in page and "1 revoked key" in page
    assert "opens nothing any more" in body(browser.get(path))
    assert browser.post(path, {"act": "rename", "name": "Back"}).status_code == 200
    assert browser.post(path, {"act": "revoke", "sure": "yes"}).status_code == 200
    row.refresh_from_db()
    assert row.name == "Our app" and Event.objects.filter(kind="key.revoked").count() == 1
    assert len(made(browser)) == 26, "its name is free again"
