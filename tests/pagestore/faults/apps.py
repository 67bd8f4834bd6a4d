"""What MASTHEAD_TEST_FAULT names is broken as soon as the app is ready (tests/pagestore/faults/seeded.py)."""

import os

from django.apps import AppConfig


class FaultsConfig(AppConfig):
    name = "tests.pagestore.faults"
    label = "faults"

    def ready(self) -> None:
        """Break what the environment names."""
        from tests.pagestore.faults import seeded

        if fault := os.environ.get("MASTHEAD_TEST_FAULT"):
            seeded.FAULTS[fault]()
