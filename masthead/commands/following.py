"""What a child process of a tree does for its parent: it says when it is ready, and stops some time after it is alone."""

import os
import signal
import threading
import time

PARENT_VARIABLE = "MASTHEAD_PARENT"
READY_VARIABLE = "MASTHEAD_READY"
READY = b"1"
ALONE = 10.0  # seconds that children go on without their parent: readers are served until it is started anew


def say_ready() -> None:
    """Tell the parent that started this process as a part that it does its work now; else do nothing."""
    told = os.environ.pop(READY_VARIABLE, "")
    if told.isdigit():
        os.write(int(told), READY)
        os.close(int(told))


def follow_parent(*, alone: float = ALONE) -> None:
    """Stop this process `alone` seconds after the parent that started it is gone, even if that was killed; else do nothing."""
    parent = os.environ.get(PARENT_VARIABLE, "")
    if parent.isdigit():
        threading.Thread(target=_watch, args=(int(parent), alone), name="follow-parent", daemon=True).start()


def _watch(parent: int, alone: float) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    time.sleep(alone)
    os.kill(os.getpid(), signal.SIGTERM)
