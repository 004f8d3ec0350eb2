"""A terminal that lacks ✓ and η gets words in their place, and no command stops."""

from __future__ import annotations

import contextlib
import io
import sys

import pytest
from elsewhere import LESSON, run

from autograder import check
from autograder.files.spelling import spelled


@pytest.mark.parametrize(
    "text, ascii_text",
    [
        ("✓ right, ✗ wrong, ○ empty", "[ok] right, [no] wrong, [ ] empty"),
        ("η = 0.1, Θ, λ₁₂ → ∂f", "eta = 0.1, Theta, lambda_12 -> df"),
        ("10⁻⁶ x⁽ᵖ⁾ Wᵀ", "10^-6 x^(p) W^T"),
        ("ŷ, Żaneta", "y, Zaneta"),
        ("名 \udcff 🙂", "? ? ?"),
        ("a − b ≈ ‖x‖ ≤ 3 – 4", "a - b ~ ||x|| <= 3 - 4"),
        ("plain", "plain"),
    ],
)
def test_what_an_encoding_lacks_is_spelled_out(text, ascii_text):
    assert spelled(text, "ascii") == ascii_text


def test_what_an_encoding_has_stays():
    assert spelled("é × ü – ✓", "cp1252") == "é × ü – [ok]"
    assert spelled("é ✓ η", "utf-8") == spelled("é ✓ η", None) == "é ✓ η"


def test_a_panel_can_be_printed_there(monkeypatch):
    def secant_line(f, x, h):
        raise NotImplementedError

    out = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    with contextlib.redirect_stdout(out):
        print(check(secant_line))
    out.flush()
    assert out.buffer.getvalue().decode("cp1252").startswith("[ ] secant_line")
    monkeypatch.setattr(sys, "stdout", io.StringIO())  # a stream in memory names no encoding
    assert str(check(secant_line)).startswith("○ secant_line")


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp437"])
def test_every_command_prints_there(graded, encoding):
    """`doctor` with its ticks, `report` and `verify` with a path and names, help with a page of text."""
    for command in (["report", LESSON], ["verify", LESSON], ["study", "--no-open"], ["build", "--check"], ["grade", "--help"]):
        said, code = run(graded, *command, started=command[0] == "verify", PYTHONIOENCODING=encoding)
        assert code == 0, said


@pytest.mark.slow
def test_the_doctor_prints_there(course):
    said, code = run(course, "doctor", LESSON, PYTHONIOENCODING="cp1252")
    assert "[ok] no outputs are committed" in said and "[no] data and links are there" in said, said
