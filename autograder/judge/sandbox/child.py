"""A confined child as the judge holds it: it listens, can be ended, and then it is known how it ended."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

from ...shared.channel import Channel


@dataclass(frozen=True)
class End:
    """How a child ended."""

    signal: int = 0
    code: int = 0
    overflow: bool = False
    cpu: float = 0.0
    memory: int = 0
    by_judge: bool = False  # the judge had it killed; else it ended, or was ended, without us
    starved: bool = False  # killed because its cgroup's memory was used up
    machine_short: bool = False  # killed while the machine itself was short of memory: nobody's fault in the notebook


@dataclass
class Child:
    """One confined child: its channel, and how it ended once it has."""

    channel: Channel
    control: socket.socket  # the zygote's
    ended: Callable[[float], End]  # the zygote's word, within so many seconds
    pid: int = 0  # as this process sees it, 0 where the system does not say
    end: End | None = None

    def cpu(self) -> float:
        """Processor seconds that the child has used so far, by the kernel's own count; 0 where it does not say."""
        if self.end is not None:
            return self.end.cpu
        with contextlib.suppress(OSError):
            return time.clock_gettime(~self.pid << 3 | 2) if self.pid else 0.0  # Linux' number for another process's clock
        return 0.0

    def threads(self) -> int:
        """How many threads the child has; 0 where the system does not say."""
        with contextlib.suppress(OSError):
            return len(os.listdir(f"/proc/{self.pid}/task")) if self.pid else 0
        return 0

    def kill(self) -> End:
        """End the child if it lives; how it ended. Raises `SandboxError` when the zygote does not answer."""
        if self.end is None:
            self.channel.sock.close()
            with contextlib.suppress(OSError):
                self.control.send(b'{"op":"kill"}')
            self.end = self.ended(30)
        return self.end

    def wait(self, seconds: float) -> End:
        """How the child ended by itself; it is killed when it does not within `seconds`."""
        poll = select.poll()
        poll.register(self.control, select.POLLIN)
        if self.end is None and poll.poll(seconds * 1000):
            self.end = self.ended(1)
            self.channel.sock.close()
        return self.kill()
