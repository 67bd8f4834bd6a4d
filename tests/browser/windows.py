"""Windows of a browser: each a browser profile of its own, whose every request and complaint is noted."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, ViewportSize

from tests.browser.running import Site

DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
NARROW: ViewportSize = {"width": 320, "height": 640}
PATIENCE = 15_000  # milliseconds that a page or a button may take


@dataclass
class Watch:
    """What a window asked for and complained about."""

    host: str
    requests: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def attach(self, page: Page) -> None:
        """Listen to a page: requests, failures, script errors, and the console, where broken rules of the CSP are told."""
        page.on("request", self._request)
        page.on("response", self._response)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)
        parts = urlsplit(request.url)
        if parts.netloc != self.host and parts.scheme not in ("data", "blob"):
            self.elsewhere.append(request.url)

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.complaints.append(f"{response.status}: {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        # A page that itself answers 404 is told to the console too; for what it loads, see _response.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"{message.type}: {message.text}")


class Windows:
    """Opens windows and closes all of them."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser, self.site = browser, site
        self._contexts: list[BrowserContext] = []

    def open(self, persona: str = "anyone", *, cookies: Iterable[Any] = (), **options: Any) -> Page:
        """Open an empty window, in which one of the demo's people is signed in."""
        context = self.browser.new_context(**({"viewport": DESKTOP} | options))
        self._contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.add_cookies(list(cookies))
        page = context.new_page()
        if address := self.site.personas[persona]:
            page.goto(address)
        return page

    def watch(self, page: Page) -> Watch:
        """Begin to note what a window asks for and complains about."""
        watch = Watch(urlsplit(self.site.address).netloc)
        watch.attach(page)
        return watch

    def close(self) -> None:
        """Close every window."""
        for context in self._contexts:
            context.close()
