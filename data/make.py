"""Makes the files of this folder from the packages that carry them, and checks them against SHA256SUMS.

Each file is taken from its package byte for byte; nothing is computed. Install the packages somewhere that is not the
course's environment, then name that folder:

    python -m pip install --no-deps --target /some/folder palmerpenguins==0.1.6 statsmodels==0.15.0 scikit-learn==1.9.1
    python data/make.py /some/folder

`python data/make.py` alone only checks the files that are here.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
MADE_FROM = {
    "penguins.csv": "palmerpenguins/data/penguins.csv",
    "longley.csv": "statsmodels/datasets/longley/longley.csv",
    "digits.csv.gz": "sklearn/datasets/data/digits.csv.gz",
}


def sums() -> dict[str, str]:
    """The expected SHA-256 of every file, from SHA256SUMS."""
    lines = (HERE / "SHA256SUMS").read_text(encoding="ascii").split("\n")
    return {name: digest for digest, name in (line.split() for line in lines if line)}


def main(packages: list[str]) -> int:
    """Copy (when a folder of packages is given) and check; the number of files that are not as expected."""
    for file, source in MADE_FROM.items() if packages else ():
        (HERE / file).write_bytes((Path(packages[0]) / source).read_bytes())
    wrong = 0
    for file, digest in sums().items():
        same = hashlib.sha256((HERE / file).read_bytes()).hexdigest() == digest
        print(f"{file}: {'as expected' if same else 'DIFFERS from SHA256SUMS'}")
        wrong += not same
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
