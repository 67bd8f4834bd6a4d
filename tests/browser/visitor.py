"""Somebody who visits over HTTP, without a browser: keeps cookies, fills forms in, presses buttons."""

import http.cookiejar
import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.browser.running import Site
from tests.commands.running import wait_for

PATIENCE = 30  # seconds


@dataclass(frozen=True)
class Answer:
    """What a page answered, after redirects."""

    status: int
    address: str
    text: str

    @property
    def path(self) -> str:
        parts = urlsplit(self.address)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path


class Visitor:
    """Visits a site as one of its people, or as anyone."""

    def __init__(self, site: Site, persona: str = "anyone") -> None:
        self.site = site
        self.jar = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.jar)
        )
        if address := site.personas[persona]:
            self.open(address)

    def open(self, address: str, fields: list[tuple[str, str]] | None = None) -> Answer:
        """Fetch an address or path; with fields, by a POST."""
        body = None if fields is None else urlencode(fields).encode()
        request = urllib.request.Request(urljoin(self.site.address, address), data=body)
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                return Answer(answer.status, answer.url, answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.url or address, error.read().decode())

    def press(self, page: Answer, button: str, **typed: str) -> Answer:
        """Press a button of a page, with what is typed into its form first."""
        form, pressed = _form_with(page, button)
        values = [(name, value) for name, value in _fields(form) if name not in typed] + list(typed.items())
        if pressed.attributes.get("name"):
            values.append((pressed.attributes["name"] or "", pressed.attributes.get("value") or ""))
        address = urljoin(page.address, form.attributes.get("action") or page.address)
        if (form.attributes.get("method") or "get").lower() == "get":
            return self.open(f"{address}?{urlencode(values)}")
        return self.open(address, values)

    def sign_in(self, email: str, page: Answer | None = None) -> Answer:
        """Sign in with the code from the outbox and return the page that comes then."""
        asking = self.press(page or self.open("/sign-in/"), "Send me a code", email=email)
        return self.press(asking, "Sign in", code=code_for(self.site, email))

    @property
    def cookies(self) -> list[dict[str, Any]]:
        """The cookies, as a browser takes them over."""
        return [{"name": c.name, "value": c.value, "url": self.site.address} for c in self.jar]


def code_for(site: Site, email: str) -> str:
    """Wait for the newest mail to an address and return the code in its subject."""
    query = "select subject from ops_outboxmail where [to] = ? order by id desc limit 1"
    wait_for(lambda: site.rows(query, email), seconds=PATIENCE)
    found = re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", site.one(query, email))
    assert found is not None
    return found.group()


def _form_with(page: Answer, button: str) -> tuple[LexborNode, LexborNode]:
    for form in LexborHTMLParser(page.text).css("main form"):
        for pressed in form.css("button"):
            if pressed.text().startswith(button):
                return form, pressed
    raise AssertionError(f"{page.address} ({page.status}) has no button “{button}”.")


def _fields(form: LexborNode) -> list[tuple[str, str]]:
    found = [
        (node.attributes.get("name"), value) for node in form.css("input, textarea, select") for value in _of(node)
    ]
    return [(name, value) for name, value in found if name]


def _of(node: LexborNode) -> list[str]:
    if node.tag == "textarea":
        return [node.text().removeprefix("\n")]
    if node.tag == "select":
        chosen = node.css("option[selected]")
        first = [] if "multiple" in node.attributes else node.css("option")[:1]
        return [option.attributes.get("value") or "" for option in chosen or first]
    kind = node.attributes.get("type")
    if kind == "file" or (kind in ("checkbox", "radio") and "checked" not in node.attributes):
        return []
    return [node.attributes.get("value") or ("on" if kind == "checkbox" else "")]
