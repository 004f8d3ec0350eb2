"""The wire: every plain value comes back as it went, and whatever bytes arrive, the decoder says Malformed or plain data."""

from __future__ import annotations

import json
import math
import os
import socket
import struct
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.files.outputs import clean_outputs
from autograder.judge import submission
from autograder.shared import frames, wire
from autograder.shared.channel import Bounds, Channel, Closed, Late
from autograder.shared.functions import Function
from autograder.shared.values import Opaque, Seeded, same
from autograder.shared.wire import Malformed, Ref, TooLarge

QUICK = settings(max_examples=100, deadline=None, derandomize=True)

numbers = st.one_of(st.integers(-(2**200), 2**200), st.floats(), st.booleans(), st.none(), st.complex_numbers(), st.text(max_size=20))
dtypes = st.sampled_from([np.dtype(d) for d in wire.DTYPES.values()])
arrays = dtypes.flatmap(lambda d: hnp.arrays(d, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)))
scalars = dtypes.flatmap(lambda d: hnp.arrays(d, ()).map(lambda a: a[()]))
values = st.recursive(
    st.one_of(
        numbers,
        arrays,
        scalars,
        st.builds(Seeded, st.integers(0, 2**70)),
        st.builds(Opaque, st.sampled_from(["Thing", "set"]), st.booleans()),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.lists(inner, max_size=4).map(tuple), st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


def there_and_back(value):
    frame = frames.encode({"op": "x"}, (value,))
    header, body = frames.LENGTHS.unpack(frame[:8])
    message, [back] = frames.decode(frame[8 : 8 + header], frame[8 + header :])
    assert message == {"op": "x"} and len(frame) == 8 + header + body
    return back


def in_a_child(frame: bytes) -> list:
    """The values of a frame as a child reads them."""
    header, _ = frames.LENGTHS.unpack(frame[:8])
    return frames.decode(frame[8 : 8 + header], frame[8 + header :], lambda ref: ref)[1]


def identical(a, b) -> bool:
    """`values.same`, and the same types, signs of zero and writability."""
    if type(a) is not type(b):
        return False
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(identical, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(identical(a[key], b[key]) for key in a)
    if isinstance(a, np.ndarray):
        return same(a, b) and a.flags.writeable == b.flags.writeable
    if isinstance(a, np.generic):
        # the padding of a long double is not part of its value
        return a.dtype == b.dtype and (a.tobytes() == b.tobytes() if a.itemsize <= 8 else bool(a == b or (a != a and b != b)))
    if isinstance(a, float):
        return struct.pack("d", a) == struct.pack("d", b) or (math.isnan(a) and math.isnan(b))
    if isinstance(a, complex):
        return identical(a.real, b.real) and identical(a.imag, b.imag)
    return same(a, b)


@QUICK
@given(values)
def test_every_plain_value_comes_back(value):
    assert identical(there_and_back(value), value)


@pytest.mark.parametrize(
    "value",
    [True, 1, 1.0, -0.0, 10**4000, (1,), [1], np.float64(1), np.float32(1), np.array(1.0), np.bool_(True), "\U0001f600\\ud800", {"a": ()}],
)
def test_types_stay_apart(value):
    assert identical(there_and_back(value), value)


def test_half_a_pair_of_surrogates_becomes_a_text_that_can_be_written_down():
    halves = ["a\ud800b", "\udc00\ud83d\ude00\ud83d", "\\\ud800", "\\ud800"]
    whole = ["a\ufffdb", "\ufffd\U0001f600\ufffd", "\\\ufffd", "\\ud800"]
    assert there_and_back([halves, {halves[0]: 1.0}]) == [whole, {whole[0]: 1.0}]
    assert there_and_back(Opaque(halves[0])).type_name.encode()


def test_read_only_arrays_stay_read_only_and_others_can_be_written():
    array = np.arange(3.0)
    assert there_and_back(array).flags.writeable
    array.setflags(write=False)
    assert not there_and_back(array).flags.writeable
    assert there_and_back(np.arange(3, dtype=">f8")).tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    "value",
    [object(), {1: 2}, {1}, b"x", np.array([object()]), np.array("x"), np.zeros(1, dtype=[("a", float)]), np.datetime64("2026"), lambda: 0],
)
def test_only_plain_data_crosses(value):
    with pytest.raises(TypeError):
        frames.encode({}, (value,))


def test_what_is_too_large_is_told():
    with pytest.raises(TooLarge):
        frames.encode({}, (10**5000,))
    deep = []
    for _ in range(100):
        deep = [deep]
    with pytest.raises(TypeError, match="nested"):
        frames.encode({}, (deep,))


@QUICK
@given(st.binary(max_size=200), st.binary(max_size=64))
def test_any_bytes_are_malformed_or_data(header, body):
    try:
        frames.decode(header, body)
    except Malformed:
        pass


json_values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**70), 2**70),
        st.floats(),
        st.sampled_from(["l", "t", "d", "a", "n", "c", "i", "o", "s", "f", "<f8", "|b1", "0x10", "x"]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=5), st.dictionaries(st.sampled_from(["m", "v", "a"]), inner)),
    max_leaves=20,
)


@settings(QUICK, max_examples=300)
@given(json_values, json_values, st.binary(max_size=64), st.booleans())
def test_any_json_is_malformed_or_data(message, value, body, refs):
    header = json.dumps({"m": message, "v": [value]}).encode()
    try:
        frames.decode(header, body, (lambda ref: ref) if refs else None)
    except Malformed:
        pass


@settings(QUICK, max_examples=200)
@given(values, st.data())
def test_a_damaged_frame_is_malformed_or_data(value, data):
    frame = bytearray(frames.encode({"op": "x"}, (value,)))
    for _ in range(data.draw(st.integers(1, 4))):
        frame[data.draw(st.integers(0, len(frame) - 1))] = data.draw(st.integers(0, 255))
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(frame)
        theirs.shutdown(socket.SHUT_WR)
        try:
            Channel(ours).receive(time.monotonic() + 5)
        except (Malformed, Closed):
            pass


def test_a_channel_bounds_time_and_size():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        channel = Channel(ours, Bounds(100, 100))
        with pytest.raises(Late):
            channel.receive(time.monotonic() + 0.05)
        theirs.sendall(struct.pack(">II", 101, 0))
        with pytest.raises(Malformed):
            channel.receive(time.monotonic() + 5)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        with pytest.raises(Late):  # nobody reads
            Channel(ours).send({}, (np.zeros(10**6),), time.monotonic() + 0.05)
        theirs.close()
        with pytest.raises(Closed):
            Channel(ours).send({}, (1.0,))


def test_a_function_is_a_reference_and_only_where_one_may_be():
    frame = frames.encode({}, ((Ref(2, "f"),),))
    header = frame[8:]
    assert frames.decode(header, b"", lambda ref: ref)[1] == [(Ref(2, "f"),)]
    with pytest.raises(Malformed):
        frames.decode(header, b"")


def test_a_function_crosses_as_text_without_its_derivatives():
    frame = frames.encode({}, ((Function("x**3", "3*x**2", "6*x", name="cube"),),))
    assert b"x**3" in frame and b"3*x" not in frame and b"6*x" not in frame
    given = in_a_child(frame)[0][0]
    assert (given(2.0), given.source, given.d, given.d2, given.__name__) == (8.0, "lambda x: x**3", "", "", "cube")


@pytest.mark.parametrize(
    "f",
    [Function("0.5*x + 1.25*y - 0.5", args="x, y"), Function("np.sin(x) - 1e-3*abs(x)"), Function("sum(0.1*k*x for k in range(3))")],
    ids=str,
)
def test_a_function_that_crossed_computes_what_the_text_says(f):
    (given,) = in_a_child(frames.encode({}, (f,)))
    at = (0.3, -1.7)[: f.args.count(",") + 1]
    assert given(*at) == f(*at) == eval(f.source, {"np": np})(*at)


def test_no_text_of_a_child_is_read_here():
    frame = frames.encode({}, (Function("x**3"),))
    header, _ = frames.LENGTHS.unpack(frame[:8])
    with pytest.raises(Malformed):
        frames.decode(frame[8 : 8 + header], frame[8 + header :])


def test_a_function_that_stands_many_times_crosses_once_and_is_one_object():
    cube, other = Function("x**3", name="cube"), Function("x + 1", name="other")
    frame = frames.encode({}, ([cube, other, cube], (cube,), [other, 1.0], cube))
    assert frame.count(b"x**3") == frame.count(b"x + 1") == 1
    many, alone, mixed, single = in_a_child(frame)
    assert type(many) is list and type(alone) is tuple and [f(2.0) for f in (*many, *alone, mixed[0], single)] == [8, 3, 8, 8, 3, 8]
    assert many[0] is many[2] is alone[0] is single and mixed[1] == 1.0


@pytest.mark.parametrize("value", [["F", 0], ["F", -1], ["Flist", [0]], ["Ftuple", 3], ["F", "x"], ["F"]])
def test_a_number_of_no_function_is_malformed(value):
    header = json.dumps({"m": {}, "v": [value], "f": [["x", "x", "f"]]}).encode()
    with pytest.raises(Malformed):
        frames.decode(header, b"")


@pytest.mark.parametrize("table", [3, [3], [["x"]], {"x": 1}, [["x", "x", "f", "y"]]])
def test_a_table_of_no_functions_is_malformed(table):
    with pytest.raises(Malformed):
        frames.decode(json.dumps({"m": {}, "v": [], "f": table}).encode(), b"", lambda ref: ref)


def test_a_truth_value_is_true_or_false():
    header = json.dumps({"m": {}, "v": [["a", "|b1", [2], True]]}).encode()
    assert there_and_back(frames.decode(header, b"\x02\x00")[1][0]).tobytes() == b"\x01\x00"


@settings(QUICK, max_examples=150)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_notebook_or_a_bad_one(data):
    try:
        submission.parse(data, {"f"})
    except submission.BadNotebook as problem:
        assert len(str(problem)) < 500


notebook_parts = st.recursive(
    st.one_of(st.none(), st.integers(), st.text(max_size=10), st.sampled_from(["code", "markdown", "check(f)", "check-f", "f"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(["cell_type", "source", "metadata", "nbgrader", "grade_id", "outputs"]), inner),
    ),
    max_leaves=15,
)


@settings(QUICK, max_examples=200)
@given(
    st.lists(
        st.fixed_dictionaries({"cell_type": st.just("code")}, optional={"source": notebook_parts, "metadata": notebook_parts}), max_size=4
    ),
    notebook_parts,
)
def test_any_cells_are_read_or_refused(cells, extra):
    data = json.dumps({"nbformat": 4, "cells": [*cells, extra]}).encode("utf-8", "surrogatepass")
    try:
        found = submission.parse(data, {"f"})
    except submission.BadNotebook:
        return
    assert sum(cell.role == "check" for cell in found.cells) <= 1
    assert all(type(cell.source) is str for cell in found.cells)


@settings(QUICK, max_examples=40)
@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={k: json_values for k in ("output_type", "data", "text", "name", "ename", "evalue", "traceback", "execution_count")},
        )
        | json_values
    ),
    st.integers(0, 2000),
)
def test_any_outputs_become_clean_ones(outputs, room):
    import nbformat

    clean = clean_outputs(outputs, room)
    cell = nbformat.v4.new_code_cell(outputs=[nbformat.from_dict(output) for output in clean])
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))
    assert clean_outputs(clean) == clean, "cleaning what is clean changes nothing"


def test_no_file_is_followed_or_waited_for(tmp_path):
    path = tmp_path / "x.ipynb"
    with pytest.raises(submission.MissingNotebook, match="renamed"):
        submission.read(path)
    os.mkfifo(path)
    with pytest.raises(submission.BadNotebook, match="no plain file"):
        submission.read(path)
