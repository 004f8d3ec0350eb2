"""What a cell puts out, as notebooks hold it: collected by the shell or a kernel, bounded, joined."""

from __future__ import annotations

import sys
import traceback

import numpy as np
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher

from .stubs import Harmless

_TEXT, _IMAGES, PIECES = 64 << 10, 4 << 20, 200  # what one cell may put out: characters, image characters, pieces
OUT_OF_TIME = {"output_type": "error", "ename": "OutOfTime", "evalue": "no time left", "traceback": []}
_PLAIN = {bool, int, float, complex, str, tuple, list, dict, np.ndarray, np.float64, np.int64, np.bool_}
TYPES = {"text/plain": _TEXT, "image/png": _IMAGES}


def error_output() -> dict | None:
    """The exception that is being handled as an output: its name, its text, and the notebook's own lines; None where there is none."""
    kind, error, trace = sys.exc_info()
    if kind is None:
        return None
    lines = traceback.extract_tb(trace)
    own = [f"line {frame.lineno} in {frame.name}" for frame in lines if "ipykernel_" in frame.filename or "ipython-input" in frame.filename]
    try:
        text = _where_it_cannot_be_read(error) if isinstance(error, SyntaxError) else str(error)[:2000]
    except BaseException:  # a hostile __str__
        text = ""
    return {"output_type": "error", "ename": kind.__name__[:100], "evalue": text, "traceback": own[-10:]}


def _where_it_cannot_be_read(error: SyntaxError) -> str:
    """What is wrong with the source, and in which line of the cell."""
    line = f" (line {error.lineno})" if type(error.lineno) is int else ""
    return f"{str(error.msg)[:2000]}{line}"


def _add(shell, output: dict) -> None:
    if len(shell.collected) < PIECES:
        shell.collected.append(output)


def cut(data: dict) -> dict:
    """Of a display's forms those that are kept, bounded."""
    return {kind: str(data[kind])[:most] for kind, most in TYPES.items() if kind in data}


def text_output(outputs: list[dict], name: str, text: str) -> None:
    """Add a piece of stdout or stderr to `outputs`; neighbouring pieces are joined, what is too much is dropped."""
    piece = text[: max(0, _TEXT - sum(len(output["text"]) for output in outputs if output.get("name") == name))]
    if outputs and outputs[-1].get("name") == name:
        outputs[-1]["text"] += piece
    elif piece and len(outputs) < PIECES:
        outputs.append({"output_type": "stream", "name": name, "text": piece})


class Publisher(DisplayPublisher):
    """Takes what a cell displays."""

    def publish(self, data, metadata=None, **kwargs):
        _add(self.shell, {"output_type": "display_data", "data": cut(data), "metadata": {}})

    def clear_output(self, wait=False):
        self.shell.collected.clear()


class Hook(DisplayHook):
    """Takes the value of a cell's last expression."""

    def quiet(self):
        # a semicolon at the end; looking for it takes a tokenizer, and few cells have one
        return ";" in self.shell.history_manager.input_hist_parsed[-1] and super().quiet()

    def compute_format_data(self, result):
        formatter = self.shell.display_formatter
        if type(result) is Harmless:
            return {}, {}
        special = formatter.ipython_display_formatter.type_printers or formatter.mimebundle_formatter.type_printers
        if type(result) in _PLAIN and formatter.active_types == ["text/plain"] and not special:
            return {"text/plain": formatter.formatters["text/plain"](result)}, {}  # it has no other form that would have to be looked for
        return formatter.format(result, include=formatter.active_types)

    def start_displayhook(self):
        pass

    def log_output(self, format_dict):
        pass

    def write_output_prompt(self):
        pass

    def write_format_data(self, data, metadata=None):
        count = self.shell.execution_count
        _add(self.shell, {"output_type": "execute_result", "data": cut(data), "metadata": {}, "execution_count": count})

    def finish_displayhook(self):
        pass


class Stream:
    """stdout or stderr of a cell: neighbouring pieces are joined, and after enough text the rest is dropped."""

    encoding, errors, closed = "utf-8", "replace", False

    def __init__(self, shell, name: str):
        self.shell, self.name, self.left = shell, name, _TEXT

    def write(self, text) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        piece = text[: self.left]
        self.left -= len(piece)
        last = self.shell.collected[-1] if self.shell.collected else {}
        if last.get("name") == self.name:
            last["text"] += piece
        elif piece:
            _add(self.shell, {"output_type": "stream", "name": self.name, "text": piece})
        return len(text)

    def writelines(self, lines) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        raise OSError("a notebook's output has no descriptor")
