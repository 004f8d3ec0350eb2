"""A socket that carries frames, with deadlines and bounds. It runs on both sides.

Besides the frames of `wire` there is a quick one, for what is sent most by far: the question for f(x) or f(x, y) with a
few floats, and its answer. It has a mark that no length can be, the function's number, how many floats, which of
them are NumPy's, and the floats.
"""

from __future__ import annotations

import socket
import struct
import time
from dataclasses import dataclass

import numpy as np

from .wire import LENGTHS, Malformed, TooLarge, decode, encode

_MARK, _MOST = 0xFFFFFFFF, 8
_QUICK = [struct.Struct(f">IBBH{count}d") for count in range(_MOST + 1)]
_ONE = _QUICK[1]
_FLOATS = (float, np.float64)
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
    """One end of a socket that carries frames. `bounds` are what this end accepts, `most` the longest frame it sends."""

    def __init__(self, sock: socket.socket, bounds: Bounds | None = None):
        self.sock, self.bounds, self.most = sock, bounds or Bounds(), 1 << 31
        self._buffer = bytearray()
        # a blocking socket that wakes up now and then: one system call a frame, where a time-out of Python's costs two
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            sock.setsockopt(socket.SOL_SOCKET, option, _TICK)

    def send(self, message: dict, values: tuple = (), deadline: float | None = None) -> None:
        """Send `message` (JSON data) with plain `values`. Raises `TypeError`, `TooLarge`, `Closed` or `Late`."""
        frame = encode(message, values)
        if len(frame) > self.most:
            raise TooLarge(f"a frame of {len(frame)} bytes")
        self.write(frame, deadline)

    def send_floats(self, number: int, values: tuple, deadline: float | None = None) -> bool:
        """Send a few floats for function `number` in a quick frame; False, and nothing sent, when they do not fit one."""
        if len(values) == 1 and type(values[0]) in _FLOATS and number < 256:
            self.write(_ONE.pack(_MARK, number, 1, type(values[0]) is np.float64, values[0]), deadline)
            return True
        kinds = list(map(type, values))
        if len(kinds) > _MOST or number > 255 or any(kind not in _FLOATS for kind in kinds):
            return False
        mask = sum(1 << place for place, kind in enumerate(kinds) if kind is np.float64)
        self.write(_QUICK[len(kinds)].pack(_MARK, number, len(kinds), mask, *values), deadline)
        return True

    def receive(self, deadline: float | None = None, refs=None) -> tuple[dict | int, list]:
        """The next frame: its message, or a quick one's number, and its values. Raises `Malformed`, `Closed` or `Late`."""
        buffer = self._buffer
        if not buffer:
            self._fill(LENGTHS.size, deadline)
            if len(buffer) == _ONE.size:  # by far the most frequent frame, alone: nothing is left to take apart
                mark, number, count, mask, value = _ONE.unpack(buffer)
                if mark == _MARK and count == 1:
                    buffer.clear()
                    return number, [np.float64(value) if mask else value]
        elif len(buffer) < LENGTHS.size:
            self._fill(LENGTHS.size, deadline)
        first, second = LENGTHS.unpack_from(buffer)
        if first == _MARK:
            count, mask = second >> 16 & 255, second & 0xFFFF
            if count > _MOST:
                raise Malformed("a quick frame with too many floats")
            form = _QUICK[count]
            if len(buffer) < form.size:
                self._fill(form.size, deadline)
            values = form.unpack_from(buffer)[4:]
            del buffer[: form.size]
            if mask:
                return second >> 24, [np.float64(v) if mask >> place & 1 else v for place, v in enumerate(values)]
            return second >> 24, list(values)
        if first > self.bounds.header or second > self.bounds.body:
            raise Malformed(f"a frame of {first} + {second} bytes")
        start, size = LENGTHS.size + first, LENGTHS.size + first + second
        if len(buffer) < size:
            self._fill(size, deadline)
        header, body = bytes(buffer[LENGTHS.size : start]), bytes(buffer[start:size])
        del buffer[:size]
        return decode(header, body, refs)

    def receive_message(self, deadline: float | None = None) -> dict:
        """The message of the next frame, where no quick one may come. Raises as `receive` does."""
        message, _ = self.receive(deadline)
        if type(message) is not dict:
            raise Malformed("a quick frame where none may be")
        return message

    def write(self, data: bytes, deadline: float | None) -> None:
        """Send a frame that was encoded before. Raises `Closed` or `Late`."""
        sent, size = 0, len(data)
        while sent < size:
            try:
                sent += self.sock.send(data[sent:] if sent else data)
            except BlockingIOError:
                _look_at_clock(deadline)
            except OSError:
                raise Closed from None

    def _fill(self, size: int, deadline: float | None) -> None:
        """Receive until `size` bytes are there."""
        while len(self._buffer) < size:
            try:
                part = self.sock.recv(_PIECE)
            except BlockingIOError:
                _look_at_clock(deadline)
                continue
            except OSError:
                raise Closed from None
            if not part:
                raise Closed
            self._buffer += part
            if len(self._buffer) < size:  # who sends a byte at a time is late as well
                _look_at_clock(deadline)


def _look_at_clock(deadline: float | None) -> None:
    if deadline is not None and time.monotonic() > deadline:
        raise Late
