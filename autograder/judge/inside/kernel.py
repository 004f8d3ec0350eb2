"""ipykernel's application, fitted into a confined child: sockets inside the process, the judge's clock, errors told as the warm shell tells them."""

from __future__ import annotations

import asyncio
import sys

import zmq
from ipykernel import debugger, displayhook, iostream  # noqa: F401 - the kernel would load them in each child
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.profiledir import ProfileDir
from traitlets.config import Config

from ...shared.answer import OutOfTime
from .capture import TYPES, error_output
from .executor import Clock
from .no_programs import NoPrograms

_RUN_CODE = InteractiveShell.run_code.__code__


class KernelClock(Clock):
    """A clock for cells that wait in the kernel's event loop: there is nothing to raise in, so their task is cancelled."""

    task: asyncio.Task | None = None
    loop: asyncio.AbstractEventLoop | None = None
    cancelled = False

    def _tick(self, number, frame):
        if not self.is_over():
            return
        if self.task is None or _in_a_cell(frame):
            self.rang = True
            raise OutOfTime("no time left")
        self.cancelled = self.rang = True
        self.loop.call_soon_threadsafe(self.task.cancel)


def _in_a_cell(frame) -> bool:
    while frame is not None and frame.f_code is not _RUN_CODE:
        frame = frame.f_back
    return frame is not None


class _Shell(NoPrograms, ZMQInteractiveShell):
    def enable_gui(self, gui=None):
        pass

    def _note(self, *args, **kwargs):
        output = error_output()
        if output is not None:
            self._showtraceback(sys.exc_info()[0], output["evalue"], output["traceback"])

    showtraceback = showsyntaxerror = showindentationerror = _note


class _Kernel(IPythonKernel):
    shell_class = _Shell
    clock: KernelClock
    limits = (0.0, 0.0)  # CPU and wall seconds of the next cell

    async def do_execute(self, *args, **kwargs):
        self.clock.cancelled, self.clock.loop = False, asyncio.get_running_loop()
        self.clock.task = asyncio.ensure_future(super().do_execute(*args, **kwargs))
        self.clock.wind()
        self.clock.start(*self.limits)
        try:
            return await self.clock.task
        except asyncio.CancelledError:
            return {"status": "aborted"}
        finally:
            self.clock.stop()
            self.clock.task = None


class _App(IPKernelApp):
    """ipykernel's application on sockets that nobody outside this process can reach."""

    def _try_bind_socket(self, s, port):
        self.sockets = getattr(self, "sockets", 0) + 1
        s.bind(f"inproc://kernel-{self.sockets}")
        return self.sockets

    def init_connection_file(self):
        pass

    def write_connection_file(self, **kwargs):
        pass

    def init_iopub(self, context):
        self.iopub_socket = context.socket(zmq.XPUB)
        self.iopub_port = self._bind_socket(self.iopub_socket, self.iopub_port)
        self.configure_tornado_logger()
        # without the pipe, a TCP socket for what forked processes print: none can be forked
        self.iopub_thread = iostream.IOPubThread(self.iopub_socket, pipe=False, session=self.session)
        self.iopub_thread.start()
        self.iopub_socket = self.iopub_thread.background_socket

    def init_heartbeat(self):
        pass  # needs a socket of the system; nobody would listen

    def _run_startup_files(self):
        pass


def start(clock: KernelClock, render: bool) -> IPKernelApp:
    """A kernel in this process, ready for messages once its application's `start` has been called; cells run against `clock`."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.Session.key = b""  # nobody else can reach the sockets
    app = _App.instance(config=config, kernel_class=_Kernel, log_level=50)
    app.profile_dir = ProfileDir()  # nowhere: no folder is made or read
    app.initialize([])
    app.kernel.clock = clock
    app.shell.display_formatter.active_types = list(TYPES) if render else ["text/plain"]
    return app
