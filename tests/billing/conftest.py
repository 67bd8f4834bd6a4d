"""The provider's POST to our own address has no server here; what it would bring is tested by its bytes."""

import pytest


@pytest.fixture(autouse=True)
def _no_webhook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("masthead.billing.providers.demo.paying._posted", lambda body: True)
