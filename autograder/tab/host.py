"""What a page hears: messages as lines of JSON through the one way out that Python has there, its standard output."""

from __future__ import annotations

import io
import json
import sys

_WAY_OUT = sys.__stdout__


def say(kind: str, /, **what) -> None:
    """Send the page a message; `what` is plain data."""
    _WAY_OUT.write(json.dumps({"type": kind, **what}) + "\n")
    _WAY_OUT.flush()


class Stream(io.TextIOBase):
    """What a cell prints, sent as it comes; `name` is stdout or stderr."""

    encoding = "utf-8"

    def __init__(self, name: str):
        self.name = name

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if text:
            say("stream", name=self.name, text=text)
        return len(text)


def no_input(prompt: object = "") -> str:
    """In place of `input`: raises `EOFError`, for a page cannot wait in the middle of a cell."""
    raise EOFError("a page cannot wait for somebody to type. Write the value into the cell, in place of input().")
