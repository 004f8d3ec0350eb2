"""Every equality that the prose claims, evaluated at random points: tests/claims/<lesson>.toml lists them.

A right side that is written out in numbers is what the prose prints: it must be the true number, rounded to the digits that stand there
(14 000 with two digits is 1.4e4), however wide the claim's tolerance is.
"""

from __future__ import annotations

import ast
import tomllib
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

CLAIMS = [
    pytest.param(claim, id=f"{file.stem}: {claim['where']} {i}")
    for file in sorted((Path(__file__).parent / "claims").glob("*.toml"))
    for i, claim in enumerate(tomllib.loads(file.read_text(encoding="utf-8"))["claim"])
]


def printed(text: str) -> list[str] | None:
    """The numbers of a right side, as they are written; None where it is computed."""
    found: list[str] = []

    def read(node, sign="") -> bool:
        if isinstance(node, ast.List | ast.Tuple):
            return all([read(one, sign) for one in node.elts])
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "np.array" and len(node.args) == 1:
            return read(node.args[0], sign)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return read(node.operand, "-")
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            found.append(sign + ast.get_source_segment(text, node))
            return True
        return False

    return found if read(ast.parse(text, mode="eval").body) else None


def half_a_digit(number: str) -> float:
    """Half a unit of the last digit that is written."""
    return float(Decimal(1).scaleb(Decimal(number).as_tuple().exponent)) / 2


@pytest.mark.parametrize("claim", CLAIMS)
def test_claim(claim):
    digits = printed(claim["rhs"])
    rng = np.random.default_rng(7)
    for _ in range(20 if "vars" in claim else 1):
        point = {name: rng.uniform(*span) for name, span in claim.get("vars", {}).items()}
        names = {"np": np, **point}
        exec(claim.get("given", ""), names)  # it may use the point: a matrix of random entries, for example
        left, right = (np.asarray(eval(claim[side], names)) for side in ("lhs", "rhs"))
        assert left.shape == right.shape
        np.testing.assert_allclose(left, right, rtol=claim.get("rtol", 1e-10), atol=claim.get("atol", 1e-10), err_msg=f"{claim} at {point}")
        if digits:
            rounded = np.array([max(half_a_digit(number), 1e-10 * (1 + abs(float(number)))) for number in digits])
            off = np.abs(np.ravel(left) - np.ravel(right)) > rounded * (1 + 1e-9)
            assert not off.any(), (claim, np.ravel(left)[off], np.ravel(right)[off], point)


def test_a_number_is_held_to_its_digits():
    assert (
        printed("np.array([-8.9e-7, 14])") == ["-8.9e-7", "14"] and printed("[2*x, 1]") is None and printed("(1, -2.50)") == ["1", "-2.50"]
    )
    assert half_a_digit("-8.9e-7") == pytest.approx(5e-9) and half_a_digit("1.4e4") == 500 and half_a_digit("14000") == 0.5
