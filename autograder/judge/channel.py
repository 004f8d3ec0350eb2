"""A socket that carries frames, with deadlines and bounds. It runs on both sides.

Besides the frames of `wire` there is a quick one, for what is sent most by far: the question for f(x) with one float, and
its answer. It is 16 bytes: a mark that no length can be, a code, and the float.
"""

from __future__ import annotations

import socket
import struct
import time
from dataclasses import dataclass

import numpy as np

from .wire import LENGTHS, Malformed, decode, encode

_QUICK, _MARK = struct.Struct(">IId"), 0xFFFFFFFF
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
    """One end of a socket that carries frames. `bounds` are what this end accepts."""

    def __init__(self, sock: socket.socket, bounds: Bounds | None = None):
        self.sock, self.bounds = sock, bounds or Bounds()
        self._buffer = bytearray()
        # a blocking socket that wakes up now and then: one system call a frame, where a time-out of Python's costs two
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            sock.setsockopt(socket.SOL_SOCKET, option, _TICK)

    def send(self, message: dict, values: tuple = (), deadline: float | None = None) -> None:
        """Send `message` (JSON data) with plain `values`. Raises `TypeError`, `TooLarge`, `Closed` or `Late`."""
        self._write(encode(message, values), deadline)

    def send_quick(self, code: int, value, deadline: float | None = None) -> None:
        """Send one float with a code below 2**31; the lowest bit of what is sent tells whether it is NumPy's."""
        self._write(_QUICK.pack(_MARK, code << 1 | (type(value) is np.float64), value), deadline)

    def receive(self, deadline: float | None = None, refs=None) -> tuple[dict | int, list]:
        """The next frame: its message, or a quick one's code, and its values. Raises `Malformed`, `Closed` or `Late`."""
        first, second = LENGTHS.unpack(self._read(LENGTHS.size, deadline))
        if first == _MARK:
            value = struct.unpack(">d", self._read(8, deadline))[0]
            return second >> 1, [np.float64(value) if second & 1 else value]
        if first > self.bounds.header or second > self.bounds.body:
            raise Malformed(f"a frame of {first} + {second} bytes")
        return decode(self._read(first, deadline), self._read(second, deadline), refs)

    def _write(self, data: bytes, deadline: float | None) -> None:
        view = memoryview(data)
        while view:
            try:
                view = view[self.sock.send(view):]
            except BlockingIOError:
                _look_at_clock(deadline)
            except OSError:
                raise Closed from None

    def _read(self, size: int, deadline: float | None) -> bytes:
        buffer = self._buffer
        while len(buffer) < size:
            try:
                part = self.sock.recv(max(_PIECE, min(size - len(buffer), 1 << 20)))
            except BlockingIOError:
                part = None
            except OSError:
                raise Closed from None
            if part:
                buffer += part
            elif part is not None:
                raise Closed
            if len(buffer) < size:  # also after a piece: who sends a byte at a time is late as well
                _look_at_clock(deadline)
        data = bytes(buffer[:size])
        del buffer[:size]
        return data


def _look_at_clock(deadline: float | None) -> None:
    if deadline is not None and time.monotonic() > deadline:
        raise Late
