"""The server of one worker: uvicorn with our protocol, Django behind it in a pool of threads, and what runs beside."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

import uvicorn
from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.db import close_old_connections, connection
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from masthead.pagestore import log, parts
from masthead.pagestore.access_log import AccessLog, to_file
from masthead.pagestore.claims import Claims
from masthead.pagestore.front import Application, Front
from masthead.pagestore.limits import Limits, allow_files
from masthead.pagestore.log import News
from masthead.pagestore.pressing import Press
from masthead.pagestore.protocol import PageProtocol
from masthead.pagestore.serving import Serving
from masthead.pagestore.site import Site
from masthead.pagestore.sweeping import Sweeper

logger = logging.getLogger(__name__)
STOP_TIME = 25  # seconds for requests that are running
EACH = 1.0  # seconds between two looks at everything
EACH_STOPPING = 0.2  # seconds, when the worker stops
PATIENCE = 1.0  # seconds that readers wait while the log is read


class LogReader:
    """Reads the purge log in a thread of its own, with a connection of its own: the event loop may not ask Django's."""

    def __init__(self) -> None:
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="purge-log")

    def everything(self) -> News:
        """Return all that the log knows."""
        return cast(News, self.thread.submit(_with_connection, log.everything).result())

    async def news(self, position: int) -> News:
        """Return what was purged after a position; raises TimeoutError after a second."""
        asked = asyncio.get_running_loop().run_in_executor(self.thread, _with_connection, log.news, position)
        return cast(News, await asyncio.wait_for(asked, PATIENCE))


def _with_connection(ask: Any, *words: Any) -> Any:
    close_old_connections()
    try:
        return ask(*words)
    except Exception:
        connection.close()
        raise


class Server(uvicorn.Server):
    """Uvicorn's server with a second hand: sweeping, the log once a second, the access log, compressing."""

    def __init__(self, config: uvicorn.Config, site: Site, reader: LogReader, when_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._site, self._reader, self._when_ready = site, reader, when_ready
        self._press = Press(site.serving, parts.store())
        self._sweeper = Sweeper(most=settings.CONFIG["server.connections"])
        self._beside: asyncio.Task[None] | None = None
        self._pressing: asyncio.Task[None] | None = None
        self._is_closed = False  # no connection is accepted any more

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        self._beside = asyncio.get_running_loop().create_task(self._each_second())
        self._when_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept nothing more, finish what is under way within STOP_TIME, and write what the access log holds.

        Afterwards uvicorn ends the process by the signal that asked for it, so that no thread is waited for.
        """
        self._is_closed = True
        await super().shutdown(sockets)
        if self._beside is not None:
            self._beside.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._beside
        self._reader.thread.shutdown(wait=False, cancel_futures=True)
        if self._site.log is not None:
            self._site.log.flush()

    async def _each_second(self) -> None:
        while True:
            await asyncio.sleep(EACH_STOPPING if self.should_exit else EACH)
            try:
                await self._tick()
            except Exception:  # the next second tries again
                logger.exception("A second of the server failed")

    async def _tick(self) -> None:
        if self._is_closed:
            for late in list(self.server_state.connections):  # accepted as the door was closed
                late.shutdown()
        self._sweeper.sweep(cast(Any, self.server_state.connections))
        site, serving = self._site, self._site.serving
        if site.log is not None:
            site.log.flush()
        parts.counter().renew()
        if parts.store().renew():
            serving.forget_index()
        if await asyncio.get_running_loop().run_in_executor(None, parts.take_up_theme):
            serving.forget_all()
        serving.forget_raised()
        await serving.poll()
        if self._pressing is None or self._pressing.done():
            self._pressing = asyncio.get_running_loop().create_task(self._press.press_one())


def make_server(django: Any, *, when_ready: Callable[[], None] = lambda: None) -> Server:
    """Return the server of this process for Django's WSGI application; `when_ready` is called when it answers."""
    allow_files(settings.CONFIG["server.connections"])
    reader = LogReader()
    serving = Serving(
        parts.store(),
        parts.counter(),
        parts.keys(),
        ask_news=reader.news,
        most_memory=settings.CONFIG["pages.memory"] * parts.MEGABYTE,
    )
    serving.start(reader)
    site = Site(
        serving,
        hosts=_hosts(),
        names=parts.names(),
        keys=parts.keys(),
        is_demo=settings.MODE == "demo",
        log=_access_log(),
    )
    protocol = type("PageProtocol", (PageProtocol,), {"site": site})
    config = uvicorn.Config(_application(django, site), http=protocol, **_options())
    return Server(config, site, reader, when_ready)


def _application(django: Any, site: Site) -> Application:
    bridge = WSGIMiddleware(django, workers=settings.CONFIG["server.threads"])
    front = Front(
        cast(Application, bridge),
        site.serving,
        Claims(parts.FOLDER / "claims"),
        read=site.read,
        limits=Limits(settings.CONFIG.data, largest=settings.CONFIG["server.largest_body"] * parts.MEGABYTE),
        is_demo=site.is_demo,
        log=site.log,
    )
    return cast(Application, _believing(cast(Any, front))) if settings.CONFIG["server.proxies"] else front


def _believing(application: Any) -> ProxyHeadersMiddleware:
    """Return an application that believes X-Forwarded-For and -Proto of the proxies, and of nobody else."""
    return ProxyHeadersMiddleware(application, trusted_hosts=settings.CONFIG["server.proxies"])


def _hosts() -> frozenset[bytes]:
    """Return the values of Host for which pages are kept: the publication's own, and on a site that is not live this machine's."""
    own = settings.ADDRESS.partition("://")[2]
    port = own.rpartition(":")[2] if ":" in own else ""
    names = [own]
    if not settings.IS_LIVE:
        names += [f"{name}:{port}" if port else name for name in ("127.0.0.1", "localhost")]
    return frozenset(name.lower().encode() for name in names)


def _access_log() -> AccessLog | None:
    path = settings.CONFIG["server.access_log"]
    if not path:
        return None
    return AccessLog(to_file(path), proxies=_believing(None).trusted_hosts)


def _options() -> dict[str, Any]:
    return {
        "loop": "auto",  # uvloop where there is one
        "interface": "asgi3",
        "ws": "none",
        "lifespan": "off",
        "proxy_headers": False,  # ours stands in _application, so that the protocol and the log see the same
        "server_header": False,
        "access_log": False,
        "log_level": "warning",
        "timeout_keep_alive": 65,
        "timeout_graceful_shutdown": STOP_TIME,
    }
