"""Plain data: what an answer may return, and nothing that can lie about itself."""

import numpy as np

from autograder.shared.values import Opaque, fresh, plain, same


class AlwaysEqual(float):
    def __eq__(self, other):
        return True

    def __float__(self):
        return 42.0

    __hash__ = float.__hash__


class Matrix(np.ndarray):
    def __eq__(self, other):
        return np.True_


def test_subclasses_lose_their_behaviour():
    assert type(plain(AlwaysEqual(1.5))) is float and plain(AlwaysEqual(1.5)) == 1.5
    array = np.arange(3.0).view(Matrix)
    assert type(plain(array)) is np.ndarray
    assert type(plain(np.ma.masked_array([1.0, 2.0]))) is np.ndarray

    class Liar(dict):
        def items(self):
            return [("a", 1)]

    assert plain(Liar(b=2)) == {"b": 2}


def test_numbers_keep_what_matters():
    assert type(plain(np.float64(2))) is float and type(plain(np.int64(2))) is int and type(plain(np.bool_(1))) is bool
    assert plain(np.float32(0.1)).dtype == np.float32
    assert plain([1, (2.0, None), {"a": "b"}]) == [1, (2.0, None), {"a": "b"}]


def test_the_rest_is_opaque():
    assert plain(len) == Opaque("builtin_function_or_method", True)
    assert isinstance(plain(np.array([None, 1])), Opaque) and isinstance(plain({1: 2}), Opaque) and isinstance(plain({1}), Opaque)
    nest = []
    for _ in range(30):
        nest = [nest]
    value = plain(nest)
    while isinstance(value, list):
        value = value[0]
    assert isinstance(value, Opaque)


def test_fresh_copies_keep_read_only_arrays_read_only():
    array = np.arange(3.0)
    array.setflags(write=False)
    copy = fresh({"x": [array]})["x"][0]
    assert copy is not array and not copy.flags.writeable and same(copy, array)


def test_same_is_bit_for_bit():
    assert same(np.array([np.nan]), np.array([np.nan])) and same(float("nan"), float("nan"))
    assert not same(np.array([1]), np.array([1.0])) and not same([1], (1,)) and not same(0.5, 0.25)
