"""The course's small data sets as plain arrays: ``dataset("penguins")``. No network; found from any working directory.

The sandboxed child of the judge has a copy of this module, so it imports NumPy and the standard library only.
"""

from __future__ import annotations

import csv
import difflib
import gzip
import io
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import numpy as np

FOLDER = "FROM_H_TO_ETA_DATA"  # the environment variable that names another folder


def dataset(name: str) -> dict:
    """A data set by its name, as a dict of arrays with one entry for each example.

    ``dataset("penguins")``: 333 penguins. bill_length_mm, bill_depth_mm, flipper_length_mm, body_mass_g, year are floats;
    species, island and sex are whole numbers that count into the lists species_names, island_names and sex_names.
    ``dataset("longley")``: 16 years of the American economy: employed, deflator, gnp, unemployed, armed_forces,
    population, year, all floats.
    ``dataset("digits")``: 1797 handwritten digits. pixels (1797, 64) holds an 8×8 picture in each row, row by row, values
    0 to 16; digit (1797,) says which digit it is.

    The files are looked for in the folder that the environment variable FROM_H_TO_ETA_DATA names, else in the folder
    ``data`` of the course, which an installed package has inside. Raises `ValueError` for an unknown name and `FileNotFoundError` where the files are missing.
    """
    return dataset_from(os.environ.get(FOLDER) or _folder(), name)


def _folder() -> Path:
    package = Path(__file__).resolve().parents[1]
    packaged = package / "handout" / "data"
    return packaged if packaged.is_dir() else package.parent / "data"


def dataset_from(folder: str | os.PathLike, name: str) -> dict:
    """`dataset`, with the files in `folder`."""
    if name not in _READERS:
        near = difflib.get_close_matches(str(name), _READERS, n=1, cutoff=0.5)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"no data set is called {name!r}; there are {', '.join(_READERS)}.{hint}")
    return {key: value.copy() for key, value in _read(os.fspath(folder), name).items()}


@lru_cache(maxsize=8)
def _read(folder: str, name: str) -> dict:
    file, reader = _READERS[name]
    path = os.path.join(folder, file)
    try:
        with open(path, "rb") as stream:
            data = stream.read()
    except OSError as error:
        raise FileNotFoundError(
            f"{file} is not in {folder or 'any known folder'} ({error.strerror}). It belongs to the course's folder `data`; "
            f"copy that folder back, or set the environment variable {FOLDER} to where it lies."
        ) from None
    return reader(gzip.decompress(data) if file.endswith(".gz") else data)


def _rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"))))


def _penguins(data: bytes) -> dict:
    # 11 of the 344 birds lack a measurement or their sex; the lessons use the complete ones
    rows = [row for row in _rows(data) if "NA" not in row.values() and "" not in row.values()]
    found: dict = {}
    for key in ("species", "island", "sex"):
        names = sorted({row[key] for row in rows})
        found[key] = np.array([names.index(row[key]) for row in rows])
        found[f"{key}_names"] = names
    for key in ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "year"):
        found[key] = np.array([float(row[key]) for row in rows])
    return found


def _longley(data: bytes) -> dict:
    rows = _rows(data)
    names = {
        "TOTEMP": "employed",
        "GNPDEFL": "deflator",
        "GNP": "gnp",
        "UNEMP": "unemployed",
        "ARMED": "armed_forces",
        "POP": "population",
        "YEAR": "year",
    }
    return {new: np.array([float(row[old]) for row in rows]) for old, new in names.items()}


def _digits(data: bytes) -> dict:
    lines = data.decode("ascii").split()
    table = np.fromstring(",".join(lines), sep=",").reshape(len(lines), 65)
    return {"pixels": table[:, :64].copy(), "digit": table[:, 64].astype(int)}


_READERS: dict[str, tuple[str, Callable[[bytes], dict]]] = {
    "penguins": ("penguins.csv", _penguins),
    "longley": ("longley.csv", _longley),
    "digits": ("digits.csv.gz", _digits),
}
