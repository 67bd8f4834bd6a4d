"""`masthead web`: the web server."""

import argparse
import errno
import socket
from typing import Any

from masthead.commands import Refused
from masthead.commands.starting import add_dir, start_publication
from masthead.commands.supervising import follow_parent


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the folder, and whether to restart when code changes."""
    add_dir(parser)
    parser.add_argument("--reload", action="store_true", help="restart when code changes (for developers)")
    # A listening socket that the parent of a process tree took, so that its workers share it.
    parser.add_argument("--listener", type=int, metavar="FD", help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Answer requests at the host and port of masthead.toml until stopped."""
    start_publication(args)
    follow_parent()
    from django.conf import settings

    if args.listener is not None:
        listener = socket.socket(fileno=args.listener)
    else:
        listener = _listen(settings.CONFIG["server.host"], settings.CONFIG["server.port"])
        print(f"{settings.ADDRESS} answers at {_shown(listener)}", flush=True)
    _answer(listener, reload=args.reload)
    return 0


def _listen(host: str, port: int) -> socket.socket:
    """Take the port now, so that one in use is one clear line."""
    try:
        listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        raise Refused(_why_not(error, host, port)) from error
    listener.set_inheritable(True)
    return listener


def _why_not(error: Exception, host: str, port: int) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.EADDRINUSE:
        return f"port {port} of {host} is in use. Stop what runs there, or set another server.port in masthead.toml."
    if number == errno.EACCES:
        return f"port {port} may not be used by this account. Set server.port in masthead.toml to one above 1023."
    return f"cannot listen at {host}, port {port}: {error}. Correct server.host and server.port in masthead.toml."


def _shown(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"{host}:{port}"


def _answer(listener: socket.socket, *, reload: bool) -> None:
    if reload:
        _answer_reloading(listener)
        return
    from masthead.pagestore.server import make_server
    from masthead.wsgi import application

    make_server(application).run(sockets=[listener])


def _answer_reloading(listener: socket.socket) -> None:
    """Answer through Django alone, and restart when code changes: developers see what they wrote."""
    import uvicorn
    from uvicorn.supervisors import ChangeReload

    config = uvicorn.Config("masthead.asgi:application", **OPTIONS, reload=True)
    ChangeReload(config, target=uvicorn.Server(config).run, sockets=[listener]).run()


OPTIONS: dict[str, Any] = {
    "http": "httptools",
    "interface": "asgi3",
    "lifespan": "off",
    "server_header": False,
    "access_log": False,
    "log_level": "warning",
}
