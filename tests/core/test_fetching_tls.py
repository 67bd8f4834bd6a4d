"""Certificates: checked for the name that was asked for, though the line goes to an address."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from masthead.core.fetching import BadCertificate, NoAnswer, fetch
from tests.stand_ins.listening import connected_to, listening, said

PUBLIC = "93.184.215.14"


def certificate(folder: Path, name: str, *, days: int = 1) -> Path:
    """Write a certificate for a name, signed by itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=3))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    path.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + made.public_bytes(pem))
    return path


@pytest.fixture
def speaks(
    tmp_path: Path, names: dict[str, list[list[str]]], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., dict[str, Any]]:
    """Serve paper.example over TLS with a certificate, and return the outcome of fetching it."""

    def outcome(name: str, *, is_known: bool = True, days: int = 1) -> dict[str, Any]:
        path = certificate(tmp_path, name, days=days)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        seen: dict[str, Any] = {}
        context.set_servername_callback(lambda line, name, context: seen.update(sni=name))
        trusted = ssl.create_default_context(cafile=str(path) if is_known else None)
        monkeypatch.setattr("masthead.core.outbound.asking._certificates", lambda: trusted)
        names["paper.example"] = [[PUBLIC]]
        with listening(
            lambda asked: said(b"hello"), lambda line: context.wrap_socket(line, server_side=True)
        ) as server:
            seen["meant"] = connected_to(monkeypatch, server.port)
            try:
                seen["fetched"] = fetch("https://paper.example/")
            except NoAnswer as error:
                seen["error"] = error
            except BadCertificate as error:
                seen["error"] = error
            seen["asked"] = list(server.asked)
        return seen

    return outcome


def test_the_name_is_what_is_shown_and_checked_though_the_line_goes_to_an_address(
    speaks: Callable[..., dict[str, Any]],
) -> None:
    seen = speaks("paper.example")
    assert seen["fetched"].content == b"hello"
    assert (seen["sni"], seen["meant"]) == ("paper.example", [(PUBLIC, 443)])
    assert seen["asked"][0].headers["host"] == "paper.example"


@pytest.mark.parametrize(
    ("name", "changes", "said"),
    [
        ("other.example", {}, "mismatch"),
        ("paper.example", {"is_known": False}, "self-signed|unable to get"),
        ("paper.example", {"days": -1}, "expired"),
    ],
)
def test_a_certificate_that_is_not_good_is_refused_and_nothing_is_sent(
    speaks: Callable[..., dict[str, Any]], name: str, changes: dict[str, Any], said: str
) -> None:
    seen = speaks(name, **changes)
    with pytest.raises(BadCertificate, match=said):
        raise seen["error"]
    assert seen["asked"] == []
