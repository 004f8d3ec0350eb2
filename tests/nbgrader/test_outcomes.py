"""Whatever is wrong with a course's files ends a teacher's command with one sentence and the documented exit code; nothing is lost."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from hand_ins import FULL, LESSON, POINTS, REPOSITORY, right

from autograder.__main__ import main, start
from autograder.files.course import Course
from autograder.gradebook.enter import enter_grades
from autograder.judge import verdicts
from autograder.judge.coordinator import grade_all

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="the judge runs on Linux")]
ALL = ("grade", "report", "export", "verify")


@pytest.fixture(scope="module")
def class_(tmp_path_factory):
    """Two students, graded and entered."""
    course = Course(tmp_path_factory.mktemp("course"))
    for name in ("solutions", "notebooks"):
        shutil.copytree(REPOSITORY / name / LESSON, course.root / name / LESSON)
    shutil.copy(REPOSITORY / "nbgrader_config.py", course.root)
    for student in ("ada", "bob"):
        path = course.submitted(LESSON, student)
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(right()))
    grade_all(course.root, LESSON, jobs=1)
    enter_grades(LESSON, course.root)
    return course


@pytest.fixture
def course(class_, tmp_path):
    shutil.copytree(class_.root, tmp_path / "course")
    return Course(tmp_path / "course")


@pytest.fixture
def said(course, capsys):
    """Runs a command in this process; returns its exit code, what it said, and what it complained of, which is a sentence and no traceback."""

    def run(command: str, *arguments: str, lesson: str = LESSON) -> tuple[int, str, str]:
        try:
            code = main(["--course", str(course.root), command, lesson, *arguments])
        except SystemExit as end:  # argparse
            code = end.code
        out, err = capsys.readouterr()
        assert "Traceback" not in err and len(err.splitlines()) <= 10
        return code, out, err

    return run


def _other_key(course):
    path = course.work / "course.json"
    path.write_text(path.read_text().replace('"key": "', '"key": "00'))


def _other_course(course):
    with sqlite3.connect(course.work / "gradebook.db") as book:
        book.execute("insert into course (id) values ('other')")
        book.execute("update assignment set course_id = 'other'")


def _other_lesson(course):
    for path in (course.source(LESSON), course.release(LESSON)):
        notebook = json.loads(path.read_text())
        notebook["cells"] = [c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") != "check-one_sided"]
        path.write_text(json.dumps(notebook))


def _folder(name):
    def make(course):
        (course.work / name).unlink()
        (course.work / name).mkdir()

    return make


def _config(line):
    return lambda course: (course.root / "nbgrader_config.py").write_text((REPOSITORY / "nbgrader_config.py").read_text() + f"\n{line}\n")


# what is done to the course, the words of the sentence, and the exit codes of grade, report, export and verify
SPOILT = {
    "the key is gone": (lambda c: (c.work / "course.json").unlink(), "restore it from a backup", (3, 3, 3, 3)),
    "the key is gone, and the receipts": (
        lambda c: ((c.work / "course.json").unlink(), shutil.rmtree(c.work / "receipts")),
        "restore it from a backup",
        (3, 3, 3, 3),
    ),
    "the key is damaged": (lambda c: (c.work / "course.json").write_text("{"), "course.json is damaged", (3, 3, 3, 3)),
    "the key is empty": (lambda c: (c.work / "course.json").write_text('{"seed": "", "key": ""}'), "course.json is damaged", (3, 3, 3, 3)),
    "the key is a folder": (_folder("course.json"), "course.json", (3, 3, 3, 3)),
    "the key is another course's": (_other_key, "signed with another key", (3, 3, 3, 1)),
    "the gradebook is damaged": (lambda c: (c.work / "gradebook.db").write_text("x" * 9999), "it is damaged", (3, 0, 0, 3)),
    "the gradebook is half": (lambda c: os.truncate(c.work / "gradebook.db", 40_000), "it is damaged", (3, 0, 0, 3)),
    "the gradebook is a folder": (_folder("gradebook.db"), "is it a folder", (3, 0, 0, 3)),
    "the gradebook is another course's": (_other_course, "assignments of another course", (3, 0, 0, 3)),
    "the lesson has other exercises now": (_other_lesson, "exercises were added or removed", (3, 0, 0, 0)),
    "the settings are gone": (lambda c: (c.root / "nbgrader_config.py").unlink(), "copy it from the repository", (3, 0, 0, 3)),
    "the settings are no Python": (_config("x = ("), "SyntaxError", (3, 0, 0, 3)),
    "the settings raise": (_config("c = nothing"), "NameError", (3, 0, 0, 3)),
    "the settings lead elsewhere": (
        _config("c.CourseDirectory.submitted_directory = 'there'"),
        "it must be 'work/submitted'",
        (3, 0, 0, 3),
    ),
    "the settings name no database": (_config("c.CourseDirectory.db_url = 'nonsense'"), "cannot be used", (3, 0, 0, 3)),
    "work/submitted is a file": (lambda c: (shutil.rmtree(c.hand_ins), c.hand_ins.touch()), "submitted", (3, 3, 3, 3)),
    "nobody handed in": (lambda c: shutil.rmtree(c.hand_ins), "obody", (3, 3, 3, 2)),
}


@pytest.mark.parametrize("name", SPOILT)
def test_one_sentence_and_one_exit_code(course, said, name):
    spoil, words, codes = SPOILT[name]
    spoil(course)
    before = verdicts.path_of(course.root, LESSON, "ada").read_bytes()
    told = [said(command) for command in ALL]
    assert tuple(code for code, _, _ in told) == codes
    for command, (code, out, err) in zip(ALL, told, strict=True):
        assert not code or words in out + err, command
    assert verdicts.path_of(course.root, LESSON, "ada").read_bytes() == before or name == "the lesson has other exercises now", (
        "nothing is lost"
    )


def test_a_lost_key_is_not_made_anew(course, said):
    (course.work / "course.json").unlink()
    assert said("grade", "--again")[0] == 3 and not (course.work / "course.json").exists()


def test_another_key_judges_again_only_when_told_to(course, said):
    _other_key(course)
    assert "--again" in said("grade")[2]
    assert said("grade", "--again")[0] == 0 and said("verify")[0] == 0


def test_a_gradebook_that_is_in_use_is_said(course, said, monkeypatch):
    monkeypatch.setenv("PYTHONWARNINGS", "ignore")
    book = sqlite3.connect(course.work / "gradebook.db")
    try:
        book.execute("begin exclusive")
        code, out, err = said("grade")
        assert code == 3 and "another program is writing it" in err and f"{FULL:g} to {FULL:g} of {FULL:g}" in out
    finally:
        book.close()
    assert said("grade")[0] == 0


@pytest.mark.parametrize("lesson", ["01_derivativ", "../../x", "/nowhere/x", "01_derivative/", "."])
def test_a_lesson_is_a_name_of_a_lesson(course, said, lesson):
    files = sorted(course.root.parent.rglob("*"))
    for command in ALL:
        assert said(command, lesson=lesson)[0] == 2, command
    assert sorted(course.root.parent.rglob("*")) == files, "nothing is written anywhere"


@pytest.mark.parametrize(
    "command, arguments",
    [
        ("grade", ("--jobs", "0")),
        ("grade", ("--jobs", "-1")),
        ("grade", ("--shard", "3/2")),
        ("grade", ("--only", "nobody")),
        ("grade", ("--only", "../ada")),
        ("export", ("--to", "/nonexistent/x.csv")),
        ("export", ("--to", "/")),
        ("export", ("--to", "")),
    ],
)
def test_wrong_use(course, said, command, arguments):
    code, out, err = said(command, *arguments)
    assert code == 2 and err and not out
    assert not os.path.exists("/nonexistent")


def test_nothing_graded_is_not_success_and_no_points_are_no_zero(course, said):
    for student in ("ada", "bob"):
        course.submitted(LESSON, student).write_text("{")
    code, out, _ = said("grade", "--json")
    assert code == 3 and [one["points"] for one in json.loads(out)["results"]] == [None, None]
    code, out, _ = said("grade", "--shard", "3/3")
    assert code == 0, "a part of a small class may be empty"


def test_the_notebook_of_another_lesson_is_named(course, said):
    shutil.copy(REPOSITORY / "notebooks" / "02_numerical_derivative" / "02_numerical_derivative.ipynb", course.submitted(LESSON, "bob"))
    assert "bob/01_derivative/01_derivative.ipynb has no exercise of 01_derivative; it is the notebook of 02_numerical" in said("grade")[1]


def test_verify_tells_what_changed_from_what_was_forged(course, said):
    with sqlite3.connect(course.work / "gradebook.db") as book:
        book.execute("update grade set auto_score = 1.5 where cell_id in (select id from base_cell where name = 'check-one_sided')")
    code, out, _ = said("verify")
    assert code == 1 and out.count("the gradebook has 1.5 points for one_sided, the verdict 1") == 2
    assert enter_grades(LESSON, course.root).entered == ["ada", "bob"] and said("verify")[0] == 0
    course.submitted(LESSON, "ada").unlink()
    course.submitted(LESSON, "bob").unlink()
    course.submitted(LESSON, "bob").symlink_to("/dev/zero")
    code, out, _ = said("verify")
    ada, bob = out.splitlines()
    assert code == 1 and "that was graded is gone" in ada and "is a link, which is not followed" in bob
    course.submitted(LESSON, "bob").unlink()
    os.mkfifo(course.submitted(LESSON, "bob"))
    course.submitted(LESSON, "ada").write_text("{}")
    ada, bob = said("verify")[1].splitlines()
    assert "is not the one that was graded" in ada and "is no plain file" in bob
    receipt = verdicts.path_of(course.root, LESSON, "ada", "receipts")
    receipt.write_text(receipt.read_text().replace(f'"points":{FULL}', f'"points":{FULL - 1}'))
    assert "not to be believed: the signature is not this course's" in said("verify")[1]
    receipt.unlink()
    os.mkfifo(receipt)
    assert said("verify")[0] == 1, "not even our own files are waited for"


def test_no_two_names_share_a_verdict(course):
    names = ["n" * 240, "N" * 240, "é" * 120, "e\u0301" * 80, ".x", "x.", "x/y", "~", "a~b", os.fsdecode(b"\xff"), "\udcff~", "\n", " "]
    names += [verdicts.path_of(course.root, LESSON, name).stem for name in names]
    paths = {verdicts.path_of(course.root, LESSON, name) for name in names}
    assert len(paths) == len(set(names)) and all(len(os.fsencode(path.name)) < 256 for path in paths)


def test_ctrl_c_is_a_sentence_and_goes_on_later(course, said, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("autograder.judge.coordinator.grade_all", stop)
        code, _, err = said("grade")
        assert code == 130 and "run the command again" in err
        patch.setattr("autograder.__main__.main", stop)
        assert start() == 130
    assert said("grade")[0] == 0


@pytest.mark.skipif(not os.path.exists("/usr/bin/setpriv"), reason="root may write everything; setpriv takes that away")
def test_a_folder_that_may_not_be_written(course):
    for path in (*course.work.rglob("*"), course.work):
        path.chmod(0o500 if path.is_dir() else 0o400)
    plain = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    try:
        for command, code in zip(ALL, (3, 3, 3, 0), strict=True):
            done = subprocess.run(
                [*plain, sys.executable, "-m", "autograder", "--course", course.root, command, LESSON],
                env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
                capture_output=True,
                text=True,
                timeout=300,
            )
            assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr
            assert not code or "ermission denied" in done.stdout + done.stderr
            assert command != "report" or "ada" in done.stdout, "it can be read all the same"
    finally:
        for path in (course.work, *course.work.rglob("*")):
            path.chmod(0o700)


def _in_a_fork(work) -> int:
    """Run `work` in a child; its exit code, or minus the signal that ended it."""
    pid = os.fork()
    if pid == 0:
        code = 77
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


@pytest.mark.parametrize("write", [0, 1, 2])
@pytest.mark.parametrize("trouble", ["killed", "full"])
def test_a_kill_or_a_full_disk_while_grades_are_entered(course, trouble, write, monkeypatch):
    """At each moment of a batch: afterwards everybody's grade is whole or absent, and the next run has all of them."""
    from autograder.gradebook import autograded
    from autograder.gradebook.rows import Rows

    for student in ("ada", "bob"):
        shutil.rmtree(course.autograded(LESSON, student).parent)
    with sqlite3.connect(course.work / "gradebook.db") as book:
        book.execute("update grade set auto_score = null, needs_manual_grade = 1")
    calls = [0]

    def spoil(real):
        def spoilt(*arguments, **named):
            calls[0] += 1
            if calls[0] - 1 == write:
                if trouble == "full":
                    raise OSError(28, "No space left on device")
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **named)

        return spoilt

    def work():
        autograded.Autograded.write = spoil(autograded.Autograded.write)
        Rows.commit = spoil(Rows.commit)
        entered = enter_grades(LESSON, course.root)
        assert len(entered.errors) == (trouble == "full" and write < 2), entered

    code = _in_a_fork(work)
    assert code == (-signal.SIGKILL if trouble == "killed" else 0 if write < 2 else 77)
    enter_grades(LESSON, course.root)
    with sqlite3.connect(course.work / "gradebook.db") as book:
        assert book.execute("select count(*), sum(auto_score) from grade").fetchone() == (2 * len(POINTS), 2 * FULL)
    assert all(course.autograded(LESSON, student).exists() for student in ("ada", "bob"))
    assert not [path for path in (course.work / "autograded").rglob(".new-*")] or trouble == "killed"


def test_a_disk_that_fills_while_the_gradebook_is_written(course, capfd):
    """The kernel refuses to let a file grow: a real full disk, as far as SQLite is concerned."""
    (course.work / "gradebook.db").unlink()

    def work():
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        os._exit(main(["--course", str(course.root), "grade", LESSON]))

    assert _in_a_fork(work) == 3
    said = capfd.readouterr().err
    assert "The verdicts are written, but no grade was entered" in said and "Traceback" not in said, said
    assert main(["--course", str(course.root), "grade", LESSON]) == 0 and main(["--course", str(course.root), "verify", LESSON]) == 0


def test_a_run_that_is_interrupted_says_so(course):
    """The real signal, to the real command, while it judges; what was judged before stays."""
    notebook = right()
    notebook["cells"].insert(1, {"cell_type": "code", "metadata": {}, "outputs": [], "source": "import time\ntime.sleep(25)"})
    course.submitted(LESSON, "bob").write_text(json.dumps(notebook))
    verdict = verdicts.path_of(course.root, LESSON, "ada")
    verdict.unlink()
    process = subprocess.Popen(
        [sys.executable, "-m", "autograder", "--course", course.root, "grade", LESSON, "--jobs", "2"],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell lets what it starts in the background ignore it
    )
    while not verdict.exists() and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 130 and "Traceback" not in err and "Stopped" in err, err
    assert verdicts.read(course.root, LESSON, "ada")[0].points == FULL and not verdicts.path_of(course.root, LESSON, "bob").exists()
