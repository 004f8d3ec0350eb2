"""A socket that carries frames, with deadlines and bounds. It runs on both sides."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass

from .frames import LENGTHS, decode, encode
from .wire import Malformed, TooLarge

_TICK = struct.pack("ll", 0, 100_000)  # seconds and microseconds between two looks at the clock while waiting
_PIECE = 1 << 16


class Closed(Exception):
    """The other side is gone."""


class Late(Exception):
    """The other side did not read or write in time."""


@dataclass(frozen=True)
class Bounds:
    """The largest header and body, in bytes, that one side accepts."""

    header: int = 1 << 20
    body: int = 4 << 20


class Channel:
    """One end of a socket that carries frames. `bounds` are what this end accepts, `most` what the other one does, as far as it is known."""

    def __init__(self, sock: socket.socket, bounds: Bounds | None = None):
        self.sock, self.bounds = sock, bounds or Bounds()
        self.most: Bounds | None = None
        self.watch: Callable[[], None] | None = None  # called now and then while this end waits; may raise `Late`
        self.taken = 0  # bytes that came in, those of headers eightfold: that is what they become in memory
        self._buffer = bytearray()
        # a blocking socket that wakes up now and then: one system call a frame, where a time-out of Python's costs two
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            sock.setsockopt(socket.SOL_SOCKET, option, _TICK)

    def send(self, message: dict, values: tuple = (), deadline: float | None = None) -> None:
        """Send `message` (JSON data) with plain `values`. Raises `TypeError`, `TooLarge`, `Closed` or `Late`."""
        frame = encode(message, values)
        first, second = LENGTHS.unpack_from(frame)
        if self.most is not None and (first > self.most.header or second > self.most.body):
            raise TooLarge(f"a frame of {first} + {second} bytes")
        self.write(frame, deadline)

    def receive(self, deadline: float | None = None, refs=None) -> tuple[dict, list]:
        """The next frame: its message and its values. Raises `Malformed`, `Closed` or `Late`."""
        buffer = self._buffer
        self._fill(LENGTHS.size, deadline)
        first, second = LENGTHS.unpack_from(buffer)
        if first > self.bounds.header or second > self.bounds.body:
            raise Malformed(f"a frame of {first} + {second} bytes")
        start, size = LENGTHS.size + first, LENGTHS.size + first + second
        self._fill(size, deadline)
        self.taken += 8 * first + second
        header, body = bytes(buffer[LENGTHS.size : start]), bytes(buffer[start:size])
        del buffer[:size]
        return decode(header, body, refs)

    def receive_message(self, deadline: float | None = None) -> dict:
        """The message of the next frame, which has no values of interest. Raises as `receive` does."""
        return self.receive(deadline)[0]

    def write(self, data: bytes, deadline: float | None) -> None:
        """Send a frame that was encoded before. Raises `Closed` or `Late`."""
        sent, size = 0, len(data)
        while sent < size:
            try:
                sent += self.sock.send(data[sent:] if sent else data)
            except BlockingIOError:
                self._look_around(deadline)
            except OSError:
                raise Closed from None

    def _fill(self, size: int, deadline: float | None) -> None:
        """Receive until `size` bytes are there."""
        while len(self._buffer) < size:
            try:
                part = self.sock.recv(_PIECE)
            except BlockingIOError:
                self._look_around(deadline)
                continue
            except OSError:
                raise Closed from None
            if not part:
                raise Closed
            self._buffer += part
            if len(self._buffer) < size:  # who sends a byte at a time is late as well
                self._look_around(deadline)

    def _look_around(self, deadline: float | None) -> None:
        if deadline is not None and time.monotonic() > deadline:
            raise Late
        if self.watch is not None:
            self.watch()
