"""A real kernel (ipykernel) in the confined child, in place of the warm shell: cells go to it as messages, calls to its main thread.

Theory of operation. The child is forked and confined exactly as one with the warm shell, before it has a second thread or any
student code. Then it starts ipykernel's own application, and is its only front end as well: a thread here takes the judge's
orders, sends cells as execute requests, collects what the kernel publishes until it is idle, and has calls done by the kernel's main
thread, between two cells. All messages cross ZeroMQ sockets inside the process (`inproc`): there is no port, no file
and no second process, so that no layer of the sandbox is wider than for the warm shell. The heartbeat and the history are
off; errors are told without IPython's coloured frames. Like everything in a child, all this is believed by nobody.
"""

from __future__ import annotations

import json
import os
import queue
import threading

import matplotlib.pyplot  # loaded once, here, for all children; its backend is chosen in the child
import zmq
from tornado.ioloop import IOLoop

from . import confine, probes
from .capture import OUT_OF_TIME, PIECES, cut, text_output
from .executor import Executor
from .kernel import KernelClock, start
from .no_programs import replace_programs
from .shell import load_late_modules
from .stubs import install_stubs

_BACKEND = "module://matplotlib_inline.backend_inline"
_WAIT = 60.0  # seconds that the kernel of a trial may take; the judge has a deadline of its own for all others


class KernelExecutor(Executor):
    """Obeys the judge's orders with a kernel. Made in the zygote, where it only loads modules; `begin` starts the kernel."""

    def __init__(self, data: str = "", render: bool = False):
        self.clock, self.render = KernelClock(), render
        os.environ["MPLBACKEND"] = matplotlib.rcParams["backend"] = _BACKEND  # as for any kernel; loaded with the first picture
        install_stubs(data)
        load_late_modules()
        self.shell = self  # `Executor` reads the notebook's names there

    @property
    def names(self) -> dict:
        """The notebook's names as they are now."""
        return self.app.shell.user_ns

    def base(self) -> int:
        """Bytes of address space that a child with a kernel has mapped, tried out in one. Raises `RuntimeError` when none starts."""
        read, write = os.pipe()
        child = os.fork()
        if not child:
            found = {"failed": "the kernel did not start"}
            try:
                self.begin()
                threading.Thread(target=self._try_out, args=(found, write), daemon=True).start()
                threading.Timer(_WAIT, os._exit, (1,)).start()
                self.app.start()
            except BaseException as error:
                os.write(write, json.dumps({"failed": f"{type(error).__name__}: {error}"}).encode())
            finally:
                os._exit(0)
        os.close(write)
        with os.fdopen(read) as stream:
            told = stream.read()
        os.waitpid(child, 0)
        found = json.loads(told or '{"failed": "it ended without a word"}')
        if "failed" in found:
            raise RuntimeError(f"ipykernel: {found['failed']}")
        return found["mapped"]

    def _try_out(self, found: dict, write: int) -> None:
        try:
            reply, _ = self._cell({"source": "1 + 1", "cpu": 30, "wall": 30}, [])
            text = [output["data"]["text/plain"] for output in reply["outputs"]]
            found = {"mapped": confine.mapped()} if text == ["2"] else {"failed": f"1 + 1 gave {str(reply)[:300]}"}
        except BaseException as error:
            found = {"failed": f"{type(error).__name__}: {error}"}
        os.write(write, json.dumps(found).encode())
        os._exit(0)

    def load_pictures(self) -> None:
        """It is loaded; a kernel starts its backend itself."""

    def begin(self) -> None:
        """Start the kernel; its main loop begins with `serve`."""
        replace_programs()
        self.inherited = probes.descriptors()
        app = self.app = start(self.clock, self.render)
        self.session = app.session.clone()
        self.requests = app.context.socket(zmq.DEALER)
        self.requests.connect(f"inproc://kernel-{app.shell_port}")
        self.published = app.context.socket(zmq.SUB)
        self.published.rcvhwm = 0  # nothing may be lost: an idle that is missed would never end
        self.published.subscribe(b"")
        self.published.connect(f"inproc://kernel-{app.iopub_port}")
        self.loop = IOLoop.current().asyncio_loop
        self.session.recv(self.published, 0)  # the kernel's welcome says that the subscription holds

    def serve(self, channel) -> None:
        """Obey orders until the judge closes the channel; the kernel has this thread, the judge another."""
        threading.Thread(target=self._obey, args=(channel,), daemon=True, name="Judge").start()
        self.app.start()

    def _obey(self, channel) -> None:
        try:
            super().serve(channel)
        finally:
            os._exit(0)

    def _cell(self, message: dict, values: list) -> tuple[dict, tuple]:
        self.app.kernel.limits = message["cpu"], message["wall"]
        content = {
            "code": message["source"],
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": False,
        }
        sent = self.session.send(self.requests, "execute_request", content)["header"]["msg_id"]
        outputs: list[dict] = []
        while True:
            _, told = self.session.recv(self.published, 0)
            if told["parent_header"].get("msg_id") != sent:
                continue
            if told["msg_type"] == "status" and told["content"]["execution_state"] == "idle":
                break
            _collect(outputs, told["msg_type"], told["content"])
        while self.session.recv(self.requests)[1] is not None:
            pass  # the reply says nothing that was not published
        if self.clock.cancelled:  # told as the warm shell tells it
            outputs = [output for output in outputs if output["output_type"] != "error"] + [OUT_OF_TIME]
        if self.app.shell.exit_now:
            os._exit(0)  # exit() ends a kernel a moment later; better while it is known which cell asked for it
        return {"outputs": outputs, "late": self.clock.rang}, ()

    def _has(self, message: dict, values: list) -> tuple[dict, tuple]:
        return self._in_kernel(super()._has, message, values)

    def _call(self, message: dict, values: list) -> tuple[dict, tuple]:
        return self._in_kernel(super()._call, message, values)

    def _calls(self, message: dict, values: list) -> None:
        self._in_kernel(super()._calls, message, values)

    def _probe(self, message: dict, values: list) -> tuple[dict, tuple]:
        reply, results = self._in_kernel(super()._probe, message, values)
        reply["probe"][probes.DESCRIPTORS] = not self.inherited  # the others are the kernel's own
        return reply, results

    def _in_kernel(self, action, *args):
        """What `action` gives in the kernel's main thread, where cells run as well; its exceptions are raised here."""
        if threading.current_thread() is threading.main_thread():
            return action(*args)
        done = queue.SimpleQueue()

        def run():
            try:
                done.put((action(*args), None))
            except BaseException as error:
                done.put((None, error))

        self.loop.call_soon_threadsafe(run)
        result, error = done.get()
        if error is not None:
            raise error
        return result


def _collect(outputs: list[dict], kind: str, content: dict) -> None:
    """Add what a kernel published to `outputs`, bounded and in the warm shell's form."""
    if kind == "clear_output":
        outputs.clear()
    elif kind == "stream":
        text_output(outputs, content["name"], content["text"])
    elif len(outputs) >= PIECES:
        return
    elif kind == "execute_result":
        outputs.append({"output_type": kind, "data": cut(content["data"]), "metadata": {}, "execution_count": content["execution_count"]})
    elif kind in ("display_data", "update_display_data"):
        outputs.append({"output_type": "display_data", "data": cut(content["data"]), "metadata": {}})
    elif kind == "error":
        outputs.append(
            {
                "output_type": kind,
                "ename": content["ename"][:100],
                "evalue": content["evalue"][:2000],
                "traceback": content["traceback"][-10:],
            }
        )
