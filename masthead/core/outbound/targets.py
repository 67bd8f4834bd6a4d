"""Where an address leads, and whether it may be asked."""

import ipaddress
import re
import socket
import threading
from dataclasses import dataclass

import httpx2
from django.conf import settings

from masthead.core.outbound.allowed import pairs, spelled
from masthead.core.outbound.errors import NoAnswer, NotAsked
from masthead.core.outbound.networks import is_open

PORTS = {"http": 80, "https": 443}
NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+", re.IGNORECASE)
LONGEST = 2083  # characters, as old browsers have it
ADDRESSES = 4  # of one name, that are tried


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be asked, and the network addresses, already checked, that alone are connected to."""

    url: httpx2.URL
    host: str
    port: int
    addresses: tuple[str, ...]
    is_private: bool  # by leave of the operator

    @property
    def origin(self) -> tuple[str, str, int]:
        """What credentials are bound to."""
        return (self.url.scheme, self.host, self.port)


def target(url: str, *, seconds: float, may_be_private: bool = True) -> Target:
    """Check an address and resolve its name, once; raises NotAsked, or NoAnswer if the resolver takes too long.

    One network address that is not of the open internet spoils the whole name. A name that leads nowhere and one
    that leads to a private network get the same words, so that nobody can map a network by asking.
    """
    parsed = _parsed(url)
    host = spelled(parsed.raw_host.decode("ascii").strip("[]"))
    port = parsed.port or PORTS[parsed.scheme]
    is_allowed = (host, port) in pairs(settings.FETCH_ALLOW)
    if is_allowed and not may_be_private:
        raise NotAsked(f"“{url}” was not fetched: another site sent us there, and it is a private address.")
    if not is_allowed and port not in PORTS.values():
        raise NotAsked(f"“{url}” was not fetched: only ports 80 and 443 are. {_leave(host, port)}")
    addresses = _addresses(host, port, seconds)
    if not addresses or (not is_allowed and not all(is_open(address) for address in addresses)):
        raise NotAsked(f"“{host}” leads to no address on the open internet, so it was not asked. {_leave(host, port)}")
    return Target(parsed, host, port, tuple(addresses[:ADDRESSES]), is_allowed)


def _leave(host: str, port: int) -> str:
    pair = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return f"Correct the address; or if it is a machine of your own, add “{pair}” to fetch_allow in masthead.toml."


def _parsed(url: str) -> httpx2.URL:
    try:
        parsed = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError, TypeError) as error:
        raise NotAsked("That is no web address. Write it whole, as https://paper.example/picture.jpg.") from error
    if parsed.scheme not in PORTS or not parsed.raw_host or len(url) > LONGEST:
        raise NotAsked("Only addresses that begin with http:// or https:// are fetched, and no very long ones.")
    if parsed.userinfo:
        raise NotAsked("An address with a name or password before the @ is not fetched. Take that part away.")
    return parsed


def _addresses(host: str, port: int, seconds: float) -> list[str]:
    """Return the network addresses of a host; none if it has none, or is a number in an odd spelling."""
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        is_number = ":" in host or NUMBER.fullmatch(host.rpartition(".")[2])
        return [] if is_number or "%" in host else _resolved(host, port, seconds)


def _resolved(host: str, port: int, seconds: float) -> list[str]:
    """Ask the machine's resolver, in a thread because it knows no time limit of its own."""
    found: list[str] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(dict.fromkeys(str(answer[4][0]) for answer in answers))

    thread = threading.Thread(target=ask, daemon=True, name="resolver")
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise NoAnswer(no_answer(host))
    return found


def no_answer(host: str) -> str:
    """Say that nothing usable came, in the same words whether a port is closed, silent or speaks something else."""
    return f"“{host}” gave no whole answer in time. Check the address, or try again later."
