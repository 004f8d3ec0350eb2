"""One thread for linear algebra, wherever answers run: in the sandbox, in a learner's kernel, on a hub."""

from __future__ import annotations

# what NumPy's libraries read when they are loaded: many small products are quicker so, and a machine that others use is not filled
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
