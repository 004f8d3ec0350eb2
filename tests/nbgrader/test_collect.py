"""`nbgrader collect` on one machine: whose a hand-in is says the file system, and no link brings what its author could not read."""

from __future__ import annotations

import os
import pwd
import shutil
import sysconfig
from types import SimpleNamespace

import pytest
from nbgrader.api import Gradebook
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.course.exchange_collect import CollectFromOwner

LESSON, ME = "01_derivative", os.getuid() if hasattr(os, "getuid") else 0


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory):
    """An empty one; making it costs a second."""
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]]))  # where nbgrader finds alembic
        Gradebook(f"sqlite:///{path}", "c").close()
    return path


@pytest.fixture
def exchange(tmp_path, monkeypatch, gradebook):
    """An exchange whose hand-ins all belong to ben, who is not the grader; and what collecting them gives, by student."""
    monkeypatch.setattr(pwd, "getpwuid", lambda uid: SimpleNamespace(pw_name="ben"))
    monkeypatch.setattr(os, "getuid", lambda: ME + 1)
    root, course = tmp_path / "exchange", tmp_path / "course"
    inbound = root / "c" / "inbound"
    inbound.mkdir(parents=True)
    (course / "solutions").mkdir(parents=True)
    (course / "solutions" / "answer.ipynb").write_text("the answer")
    shutil.copy(gradebook, course)

    def collect() -> dict[str, dict[str, str]]:
        if ME == 0:  # what root put there is believed
            for path in inbound.iterdir():
                os.chown(path, 65534, 65534, follow_symlinks=False)
        config = Config()
        config.Exchange.root = str(root)
        config.CourseDirectory.root, config.CourseDirectory.course_id = str(course), "c"
        config.CourseDirectory.assignment_id = LESSON
        config.CourseDirectory.db_url = f"sqlite:///{course / 'gradebook.db'}"
        folders = CourseDirectory(config=config)
        CollectFromOwner(coursedir=folders, authenticator=Authenticator(config=config), config=config).start()
        return {one.name: {path.name: path.read_text() for path in (one / LESSON).iterdir()} for one in (course / "submitted").iterdir()}

    return SimpleNamespace(inbound=inbound, course=course, collect=collect)


def hand_in(exchange, name, text="mine", when="2026-11-01 10:00:00.000000 UTC"):
    folder = exchange.inbound / f"{name}+{LESSON}+{when}+x{name}"
    folder.mkdir()
    (folder / f"{LESSON}.ipynb").write_text(text)
    (folder / "timestamp.txt").write_text(when)
    return folder


def test_a_hand_in_under_anothers_name_is_its_owners(exchange):
    hand_in(exchange, "amy", "forged")
    assert exchange.collect() == {"ben": {f"{LESSON}.ipynb": "forged", "timestamp.txt": "2026-11-01 10:00:00.000000 UTC"}}


def test_no_link_is_followed(exchange):
    folder = hand_in(exchange, "ben")
    (folder / f"{LESSON}.ipynb").unlink()
    (folder / f"{LESSON}.ipynb").symlink_to(exchange.course / "solutions" / "answer.ipynb")
    (folder / "more").symlink_to(exchange.course / "solutions")
    os.mkfifo(folder / "pipe")
    assert exchange.collect() == {"ben": {"timestamp.txt": "2026-11-01 10:00:00.000000 UTC"}}


def test_a_hand_in_that_is_a_link_brings_nothing(exchange):
    folder = exchange.inbound / f"ben+{LESSON}+2026-11-01 10:00:00.000000 UTC+x"
    folder.symlink_to(exchange.course / "solutions")
    assert exchange.collect() == {"ben": {}}


def test_the_newest_of_honest_hand_ins_counts(exchange):
    hand_in(exchange, "ben", "old")
    folder = hand_in(exchange, "ben", "new", when="2026-11-02 10:00:00.000000 UTC")
    (folder / "pictures").mkdir()
    assert exchange.collect()["ben"][f"{LESSON}.ipynb"] == "new"
