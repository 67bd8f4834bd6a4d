"""When a connection is read and when it waits: uvicorn's flow control, with one more reason to wait."""

from collections.abc import Callable
from typing import Any

from uvicorn.protocols.http.flow_control import FlowControl


class Flow(FlowControl):
    """Uvicorn's flow control; besides, nothing is read while something that arrived is held."""

    def __init__(self, transport: Any, on_room: Callable[[], None]) -> None:
        """Call `on_room` whenever what is held might go on."""
        super().__init__(transport)
        self._on_room = on_room
        self._is_holding = False

    def pause_reading(self) -> None:
        """Read nothing more until `resume_reading`."""
        if not self.read_paused and not self._is_holding:
            self._transport.pause_reading()
        self.read_paused = True

    def resume_reading(self) -> None:
        """Read again, once nothing is held any more."""
        if self.read_paused:
            self.read_paused = False
            self._resume()

    def resume_writing(self) -> None:
        """Note that the client takes what is sent."""
        super().resume_writing()
        if self._is_holding:
            self._on_room()

    def hold(self) -> None:
        """Read nothing more until `let_go`."""
        if not self.read_paused and not self._is_holding:
            self._transport.pause_reading()
        self._is_holding = True

    def let_go(self) -> None:
        """Note that nothing is held any more."""
        self._is_holding = False
        self._resume()

    def _resume(self) -> None:
        if self._is_holding:
            self._on_room()
        elif not self.read_paused and not self._transport.is_closing():
            self._transport.resume_reading()
