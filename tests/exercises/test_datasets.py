"""The data sets: their bytes, their form, found from anywhere, and errors that say what to do."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from autograder import dataset
from autograder.shared.datasets import dataset_from

DATA = Path(__file__).resolve().parents[2] / "data"


def test_the_files_are_the_ones_that_were_made():
    listed = dict(line.split()[::-1] for line in (DATA / "SHA256SUMS").read_text().splitlines())
    assert set(listed) == {"penguins.csv", "longley.csv", "digits.csv.gz"}
    for name, digest in listed.items():
        assert hashlib.sha256((DATA / name).read_bytes()).hexdigest() == digest


def test_penguins_are_333_complete_birds():
    birds = dataset("penguins")
    assert birds["species_names"] == ["Adelie", "Chinstrap", "Gentoo"]
    assert np.bincount(birds["species"]).tolist() == [146, 68, 119]
    assert birds["bill_length_mm"][0] == 39.1 and birds["body_mass_g"][0] == 3750
    assert all(np.all(np.isfinite(value)) for value in birds.values() if isinstance(value, np.ndarray))


def test_digits_are_pictures():
    digits = dataset("digits")
    assert digits["pixels"].shape == (1797, 64) and digits["digit"].shape == (1797,)
    assert (digits["pixels"].min(), digits["pixels"].max()) == (0, 16)
    assert digits["digit"][:10].tolist() == list(range(10))


def test_longley_is_the_textbook_case():
    years = dataset("longley")
    assert years["year"].tolist() == list(range(1947, 1963)) and years["employed"][0] == 60323


def test_every_call_gives_fresh_arrays():
    dataset("longley")["gnp"][:] = 0
    assert dataset("longley")["gnp"].min() > 0


def test_found_from_another_folder(tmp_path):
    code = "from autograder import dataset; print(len(dataset('penguins')['species']))"
    environment = {key: value for key, value in os.environ.items() if key != "FROM_H_TO_ETA_DATA"} | {"PYTHONPATH": str(DATA.parent)}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == "333", done.stderr


def test_the_environment_variable_names_another_folder(tmp_path, monkeypatch):
    (tmp_path / "longley.csv").write_bytes((DATA / "longley.csv").read_bytes())
    monkeypatch.setenv("FROM_H_TO_ETA_DATA", str(tmp_path))
    assert len(dataset("longley")["gnp"]) == 16
    with pytest.raises(FileNotFoundError, match="FROM_H_TO_ETA_DATA"):
        dataset("penguins")


def test_errors_say_what_to_do(tmp_path):
    with pytest.raises(ValueError, match="Did you mean 'penguins'"):
        dataset("penguin")
    with pytest.raises(FileNotFoundError, match="copy that folder back"):
        dataset_from(tmp_path, "digits")
