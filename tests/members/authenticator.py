"""A passkey in software, as a browser and a phone make and use one (WebAuthn Level 2, 6.1 and 6.5.4)."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

ORIGIN = "https://paper.example"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Authenticator:
    """One key pair, and the browser that asks it."""

    origin: str = ORIGIN
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def add(self, client: Client, *, begin: str, finish: str, **more: Any) -> Any:
        """Answer the question of `begin` with a new credential, and return what `finish` says."""
        options = client.post(begin).json()
        if "publicKey" not in options:
            return options
        client_data = self._client_data("webauthn.create", options)
        key: Any = ES256  # its maker is untyped
        public = cbor.encode(dict(key.from_cryptography_key(self.key.public_key())))
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        held = self._data(options["publicKey"]["rp"]["id"], PRESENT | VERIFIED | ATTESTED) + attested
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": held})
        response = {"clientDataJSON": websafe_encode(client_data), "attestationObject": websafe_encode(attestation)}
        return self._send(client, finish, response, more)

    def answer(self, client: Client, *, begin: str, finish: str, **more: Any) -> Any:
        """Answer the question of `begin` with a signature, and return what `finish` says."""
        options = client.post(begin).json()
        client_data = self._client_data("webauthn.get", options)
        held = self._data(options["publicKey"]["rpId"], PRESENT | VERIFIED)
        signature = self.key.sign(held + hashlib.sha256(client_data).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": websafe_encode(client_data),
            "authenticatorData": websafe_encode(held),
            "signature": websafe_encode(signature),
        }
        return self._send(client, finish, response, more)

    def _client_data(self, kind: str, options: dict[str, Any]) -> bytes:
        challenge = options["publicKey"]["challenge"]
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _data(self, party: str, flags: int) -> bytes:
        return hashlib.sha256(party.encode()).digest() + bytes([flags]) + bytes(4)

    def _send(self, client: Client, address: str, response: dict[str, str], more: dict[str, Any]) -> Any:
        credential = {
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "type": "public-key",
            "response": response,
        }
        told = client.post(address, json.dumps({"credential": credential} | more), content_type="application/json")
        return told.json()
