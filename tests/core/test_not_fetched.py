"""What the fetcher refuses without a packet, and what its errors do not tell (check 81)."""

import socket
from typing import Any

import pytest

from masthead.core.fetching import FetchError, NotAsked, fetch
from masthead.core.outbound.networks import is_open
from tests.stand_ins.listening import Listener, connected_to, listening, redirecting, said, silent

PUBLIC = "93.184.215.14"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "0", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "2130706433", "0x7f.1", "127.1",  # noqa: S104
        "0x7f000001", "0177.0.0.1", "127.0.0.1.", "localhost", "localhost.", "LOCALHOST", "paper.localtest", "[2002:7f00:1::]",
        "169.254.169.254", "10.0.0.1", "192.168.1.1", "172.31.0.1", "100.64.0.1", "224.0.0.1", "255.255.255.255",
        "[fe80::1]", "[fe80::1%25lo]", "[fd00::1]", "[ff02::1]", "[::127.0.0.1]", "[64:ff9b:1::1]", "[2001::1]",
        "１２７.０.０.１", "127。0。0。1", "ⓛocalhost", "0x08080808", "134744072", "8.8.2056",
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["http://{}:{}/", "https://{}:{}/", "http://{}/"])
def test_no_packet_goes_to_a_private_address_however_it_is_spelled(
    server: Listener, names: dict[str, list[list[str]]], settings: Any, host: str, form: str
) -> None:
    """The resolver gives loopback for all of them, so that only a refusal keeps the listener quiet."""
    names |= {name: [["127.0.0.1"]] for name in ("localhost", "paper.localtest", "2130706433", "0", "0x7f.1", "127.1")}
    settings.FETCH_ALLOW = []
    with pytest.raises(NotAsked):
        fetch(form.format(host, server.port))
    assert server.calls == 0


def test_the_list_of_refusals_would_be_noticed_if_it_were_gone(
    server: Listener, names: dict[str, list[list[str]]], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A seeded fault for the test above: with every network open and every port ours, the listener is called."""
    names["localhost"] = [["127.0.0.1"]]
    settings.FETCH_ALLOW = []
    monkeypatch.setattr("masthead.core.outbound.targets.is_open", lambda address: True)
    monkeypatch.setattr("masthead.core.outbound.targets.PORTS", {"http": server.port, "https": 443})
    assert fetch(f"http://localhost:{server.port}/").content == b"hello"
    assert server.calls == 1


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "gopher://{}/", "ftp://{}/", "ws://{}/", "//{}/", "{}", "", "http://", "http:///x", "https:{}",
        "http://user@{}/", "http://user:pass@{}/", "http://paper.example\\@{}/", "http://{}\r\nX: y/", "data:text/plain,x",
        "http://paper.example:99999/", "http://paper.example:22/", "http://paper.example:{port}/", "http://" + "a" * 300 + "/",
        "http://paper.example/" + "a" * 9000,
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_not_asked(
    server: Listener, names: dict[str, list[list[str]]], url: str
) -> None:
    names["paper.example"] = [["127.0.0.1"]]
    with pytest.raises(NotAsked):
        fetch(url.replace("{port}", str(server.port)).replace("{}", server.pair))
    assert server.calls == 0


@pytest.mark.parametrize(
    "rest", [":22/", ":8080/", ":{port}/", ":0x50/", "@134744072/", "@0x08080808/", "@8.8.2056/", "@8.8.8.010/", "@0x/"]
)
def test_a_public_place_is_not_asked_on_other_ports_or_by_an_odd_number(
    server: Listener, names: dict[str, list[list[str]]], monkeypatch: pytest.MonkeyPatch, rest: str
) -> None:
    """The resolver and the line would take it: the address is public, and every connection leads to the listener."""
    names |= {name: [[PUBLIC]] for name in ("paper.example", "134744072", "0x08080808", "8.8.2056", "8.8.8.010", "0x")}
    connected_to(monkeypatch, server.port)
    host = "" if rest.startswith("@") else "paper.example"
    with pytest.raises(NotAsked):
        fetch(f"http://{host}{rest.lstrip('@').format(port=server.port)}")
    assert server.calls == 0
    assert fetch("http://paper.example:80/").status == 200


def test_the_operator_allows_one_pair_and_nothing_beside_it(
    server: Listener, settings: Any, names: dict[str, list[list[str]]]
) -> None:
    names["localhost"] = [["127.0.0.1"]]
    assert fetch(server.url).status == 200
    with pytest.raises(NotAsked, match=rf"add “localhost:{server.port}” to fetch_allow"):
        fetch(f"http://localhost:{server.port}/")
    settings.FETCH_ALLOW = [f"LOCALHOST.:{server.port}"]
    assert fetch(f"http://localhost:{server.port}/").status == 200
    with pytest.raises(NotAsked):
        fetch(server.url)
    assert server.calls == 2


def test_one_private_address_among_public_ones_spoils_a_name(names: dict[str, list[list[str]]]) -> None:
    names["paper.example"] = [[PUBLIC, "10.0.0.1"]]
    with pytest.raises(NotAsked) as refused:
        fetch("https://paper.example/")
    with pytest.raises(NotAsked) as unknown:
        fetch("https://other.example/")
    assert str(refused.value) == str(unknown.value).replace("other", "paper"), "the two must not be told apart"


def test_a_name_that_leads_elsewhere_a_moment_later_does_not_win(
    server: Listener, names: dict[str, list[list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the resolver says public, then loopback; the connection goes to what was checked."""
    names["paper.example"] = [[PUBLIC], ["127.0.0.1"]]
    meant = connected_to(monkeypatch, server.port)
    assert fetch("http://paper.example/x").status == 200
    assert meant == [(PUBLIC, 80)]
    assert server.asked[0].headers["host"] == "paper.example"
    with pytest.raises(NotAsked):
        fetch("http://paper.example/x")
    assert server.calls == 1


def test_a_second_address_is_tried_when_the_first_does_not_take_the_call(
    server: Listener, names: dict[str, list[list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine without IPv6, or with nothing else (check 124)."""
    names["paper.example"] = [["2606:2800:21f:cb07:6820:80da:af6b:8b2c", PUBLIC]]
    meant = connected_to(monkeypatch, server.port)
    assert fetch("http://paper.example/").status == 200
    assert meant == [("2606:2800:21f:cb07:6820:80da:af6b:8b2c", 80), (PUBLIC, 80)]


@pytest.mark.parametrize(
    "place", ["http://127.0.0.1:{}/", "//127.0.0.1:{}/", "http://[::1]:{}/", "http://10.0.0.1/", "file:///etc/passwd", "http://x@a/"]
)  # fmt: skip
def test_every_hop_is_checked_anew(settings: Any, place: str) -> None:
    with listening(lambda asked: said(b"secret")) as other:
        with listening(redirecting({"/": place.format(other.port)})) as server:
            settings.FETCH_ALLOW = [server.pair]
            with pytest.raises(NotAsked):
                fetch(server.url)
        assert (server.calls, other.calls) == (1, 0)


def test_a_public_site_cannot_send_us_to_what_only_the_operator_may_name(
    settings: Any, names: dict[str, list[list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening(lambda asked: said(b"secret")) as other:
        with listening(redirecting({"/": other.url})) as server:
            settings.FETCH_ALLOW = [other.pair]
            names["paper.example"] = [[PUBLIC]]
            connected_to(monkeypatch, server.port)
            with pytest.raises(NotAsked, match="another site sent us there"):
                fetch("http://paper.example/")
        assert (server.calls, other.calls) == (1, 0)


def test_an_error_does_not_tell_a_closed_port_from_an_open_one(settings: Any) -> None:
    """Closed, silent, hanging up, and speaking something else, all in the same words."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        closed = probe.getsockname()[1]
    messages = set()
    ways: list[Any] = [lambda asked: b"SSH-2.0-OpenSSH_9.2\r\n", lambda asked: b"", silent]
    settings.FETCH_ALLOW = [f"127.0.0.1:{closed}"]
    for way in ways:
        with listening(way) as server:
            settings.FETCH_ALLOW = [*settings.FETCH_ALLOW, server.pair]
            messages.add(_message(server.url))
    messages |= {_message(f"http://127.0.0.1:{closed}"), _message(f"https://127.0.0.1:{closed}")}
    assert len(messages) == 1, messages


def _message(url: str) -> str:
    with pytest.raises(FetchError) as error:
        fetch(url, seconds=0.5)
    return str(error.value)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (PUBLIC, True), ("8.8.8.8", True), ("2606:2800:21f::1", True), ("2a00:1450::1", True), ("172.32.0.1", True),
        ("192.0.0.8", False), ("198.18.0.1", False), ("203.0.113.9", False), ("239.1.1.1", False), ("240.0.0.1", False),
        ("::ffff:8.8.8.8", False), ("2001:db8::1", False), ("2002:808:808::1", False), ("64:ff9b::808:808", False),
        ("fec0::1", False), ("fc00::1", False), ("3fff::1", False), ("100.127.255.255", False), ("words", False), ("", False),
    ],
)  # fmt: skip
def test_only_addresses_of_the_open_internet_are_open(address: str, expected: bool) -> None:
    assert is_open(address) is expected
