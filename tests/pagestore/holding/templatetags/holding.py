"""`{% hold %}`: renders to nothing, and not before the file `hold` in the publication's folder is gone."""

import os
import time
from pathlib import Path

from django import template

register = template.Library()
LONGEST = 60  # seconds


@register.simple_tag
def hold() -> str:
    """Wait while there is a file `hold`; who waits says so by a file `held-` and the process."""
    folder = Path(os.environ["MASTHEAD_DIR"])
    deadline = time.monotonic() + LONGEST
    while (folder / "hold").exists() and time.monotonic() < deadline:
        (folder / f"held-{os.getpid()}").touch()
        time.sleep(0.01)
    return ""
