"""A socket that carries frames, with deadlines and bounds. It runs on both sides."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass

from .wire import LENGTHS, Malformed, decode, encode


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

    def __init__(self, sock: socket.socket, bounds: Bounds = Bounds()):
        self.sock, self.bounds = sock, bounds

    def send(self, message: dict, values: tuple = (), deadline: float | None = None) -> None:
        """Send `message` (JSON data) with plain `values`. Raises `TypeError`, `TooLarge`, `Closed` or `Late`."""
        frame = encode(message, values)
        try:
            self.sock.settimeout(_left(deadline))
            self.sock.sendall(frame)
        except TimeoutError:
            raise Late from None
        except OSError:
            raise Closed from None

    def receive(self, deadline: float | None = None, refs=None) -> tuple[dict, list]:
        """The next frame's message and values. Raises `Malformed`, `Closed` or `Late`."""
        header_size, body_size = LENGTHS.unpack(self._read(LENGTHS.size, deadline))
        if header_size > self.bounds.header or body_size > self.bounds.body:
            raise Malformed(f"a frame of {header_size} + {body_size} bytes")
        header, body = self._read(header_size, deadline), self._read(body_size, deadline)
        return decode(header, body, refs)

    def _read(self, size: int, deadline: float | None) -> bytes:
        data = bytearray()
        while len(data) < size:
            try:
                self.sock.settimeout(_left(deadline))
                part = self.sock.recv(min(size - len(data), 1 << 20))
            except TimeoutError:
                raise Late from None
            except OSError:
                raise Closed from None
            if not part:
                raise Closed
            data += part
        return bytes(data)


def _left(deadline: float | None) -> float | None:
    if deadline is None:
        return None
    left = deadline - time.monotonic()
    if left <= 0:
        raise Late
    return left
