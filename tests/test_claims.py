"""Every equality that the prose claims, evaluated at random points: tests/claims/<lesson>.toml lists them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

CLAIMS = [
    pytest.param(claim, id=f"{file.stem}: {claim['where']} {i}")
    for file in sorted((Path(__file__).parent / "claims").glob("*.toml"))
    for i, claim in enumerate(tomllib.loads(file.read_text(encoding="utf-8"))["claim"])
]


@pytest.mark.parametrize("claim", CLAIMS)
def test_claim(claim):
    rng = np.random.default_rng(7)
    for _ in range(20 if "vars" in claim else 1):
        point = {name: rng.uniform(*span) for name, span in claim.get("vars", {}).items()}
        names = {"np": np, **point}
        exec(claim.get("given", ""), names)  # it may use the point: a matrix of random entries, for example
        left, right = (np.asarray(eval(claim[side], names)) for side in ("lhs", "rhs"))
        assert left.shape == right.shape
        np.testing.assert_allclose(left, right, rtol=claim.get("rtol", 1e-10), atol=claim.get("atol", 1e-10), err_msg=f"{claim} at {point}")
