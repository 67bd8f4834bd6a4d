"""`masthead web`: the web server."""

import argparse
import socket
from typing import Any

from masthead.commands.following import follow_parent, say_ready
from masthead.commands.starting import add_dir, publication_folder, start_publication


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the folder, and whether to restart when code changes."""
    add_dir(parser)
    parser.add_argument("--reload", action="store_true", help="restart when code changes (for developers)")
    # A listening socket that the parent of a process tree took, so that its workers share it.
    parser.add_argument("--listener", type=int, metavar="FD", help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Answer requests at the host and port of masthead.toml until stopped: with web workers, or as one of them."""
    if args.reload:
        _answer_reloading(args)
        return 0
    if args.listener is not None:
        _answer(args)
        return 0
    from masthead.commands.serving import Publication

    return Publication(publication_folder(args)).serve(tasks=False)


def _answer(args: argparse.Namespace) -> None:
    """Be one web worker."""
    start_publication(args)
    follow_parent()
    from django.urls import get_resolver

    from masthead.pagestore.server import make_server
    from masthead.wsgi import application

    _ = get_resolver().url_patterns  # every view is imported before this worker says that it is ready
    make_server(application, when_ready=say_ready).run(sockets=[socket.socket(fileno=args.listener)])


def _answer_reloading(args: argparse.Namespace) -> None:
    """Answer through Django alone, and restart when code changes: developers see what they wrote."""
    start_publication(args)
    follow_parent(alone=0)
    import uvicorn
    from django.conf import settings
    from uvicorn.supervisors import ChangeReload

    from masthead.commands.listening import listen

    host, port = settings.CONFIG["server.host"], settings.CONFIG["server.port"]
    listener = listen(host, port)
    print(f"{settings.ADDRESS} answers at {host}:{port}", flush=True)
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
