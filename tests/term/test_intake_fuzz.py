"""Whatever bytes an archive or a table is made of, and whatever stands in a path: an answer or one sentence, never a traceback."""

import gzip
import io
import random
import tarfile
import tempfile
from pathlib import Path

import pytest
from classroom import LESSON, OTHER, notebook, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.intake.archive import NotAnArchive, entries
from autograder.intake.platforms import is_junk, read_path
from autograder.intake.roster import Person, Roster, RosterError, read_roster
from autograder.intake.whose import whose

pytestmark = pytest.mark.slow
PARTS = st.lists(st.text(min_size=1, max_size=40).map(lambda text: text.replace("/", "_")), min_size=1, max_size=4)
SHAPED = st.sampled_from(
    [
        "{}_12_assignsubmission_file_",
        "{}_LATE_1_2_x.ipynb",
        "{}+01_derivative+2026-01-12 18:30:00 {}",
        "{}_attempt_2026-13-40-99-99-99_x",
        "Copy of {}.ipynb",
        "{} (1)",
    ]
)


def tarred() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        for name in ("jdoe.ipynb", "x" * 150 + ".ipynb"):
            info = tarfile.TarInfo(name)
            info.size, info.pax_headers = len(notebook()), {"comment": "ü" * 30}
            tar.addfile(info, io.BytesIO(notebook()))
    return stream.getvalue()


SAMPLES = {
    "a.zip": zipped([("jdoe.ipynb", notebook()), ("a/b.zip", zipped([("x.ipynb", notebook())])), ("timestamp.txt", b"2026")]),
    "a.tar": tarred(),
    "a.tar.gz": gzip.compress(tarred(), mtime=0),
}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_spoiled_archives(name):
    rng = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        for _ in range(1500):
            data = bytearray(SAMPLES[name])
            for _ in range(rng.choice((1, 2, 5, 20))):
                data[rng.randrange(len(data))] = rng.choice((0, 1, 255, rng.randrange(256)))
            path.write_bytes(data[: rng.randrange(len(data))] if rng.random() < 0.2 else data)
            try:
                for entry in entries(path):
                    assert entry.parts and all(entry.parts) and (entry.data is None or not entry.refused)
            except NotAnArchive as problem:
                assert str(problem)


@settings(max_examples=500)
@given(parts=PARTS, shape=SHAPED, with_roster=st.booleans())
def test_any_path_is_read(parts, shape, with_roster):
    shaped = [*parts[:-1], shape.replace("{}", parts[-1])]
    roster = Roster([Person("jdoe", "Jane Doe"), Person("x", parts[0])]) if with_roster else None
    for path in (tuple(parts), tuple(shaped), (*shaped, "n.ipynb")):
        owner = whose(read_path(path, [LESSON, OTHER]), roster)
        assert bool(owner.id) != bool(owner.why)
        is_junk(path)


@settings(max_examples=500)
@given(
    data=st.one_of(st.binary(max_size=300), st.text(alphabet="id,name;email\t\n\r\"'ü=0", max_size=200).map(str.encode)), head=st.booleans()
)
def test_any_table_is_a_roster_or_a_sentence(data, head):
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write((b"id,name\n" if head else b"") + data)
        file.flush()
        try:
            people = read_roster(Path(file.name)).people
            assert people and all(person.id for person in people)
        except RosterError as problem:
            assert str(problem)
