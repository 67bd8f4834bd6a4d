"""The demo: a publication to click through, with its people, its outbox and its own thief."""

from masthead.ops.demo.running import run

__all__ = ["run"]
