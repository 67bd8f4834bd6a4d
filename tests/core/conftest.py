"""Something to fetch from, and a resolver that says what a test wants."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from tests.stand_ins.listening import Listener, listening, said


@pytest.fixture
def server(settings: Any) -> Iterator[Listener]:
    """Listen, by leave of the operator."""
    with listening(lambda asked: said(b"hello")) as listener:
        settings.FETCH_ALLOW = [listener.pair]
        yield listener


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[list[str]]]:
    """Stand in for the resolver: each name has its answers, one after another, the last for ever."""
    known: dict[str, list[list[str]]] = {}

    def getaddrinfo(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        answers = known[host]
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(0, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return known
