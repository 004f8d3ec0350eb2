"""A lesson on a hub, typed and clicked: released, fetched, solved, checked, handed in, collected, graded, looked at, given back. And who may not.

`make hub-test` runs it; hub_machine.py says what it needs.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from hub_machine import ROOT, Machine, machine  # noqa: F401 - the last is a fixture
from lab import NotebookPage

from autograder.course.lab import kernel_environment
from autograder.files.course import Course
from autograder.shared.threads import ONE_THREAD

LESSON = "01_derivative"
pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.hub]

# a line typed into a terminal of JupyterLab, and what it shows until the line has ended
TYPED = """async line => {
    const base = JSON.parse(document.getElementById('jupyter-config-data').textContent).baseUrl;
    const token = document.cookie.match(/_xsrf=([^;]*)/)[1];
    const made = await fetch(base + 'api/terminals', {method: 'POST', headers: {'X-XSRFToken': token}});
    const socket = new WebSocket('ws://' + location.host + base + 'terminals/websocket/' + (await made.json()).name);
    let shown = '';
    return await new Promise((resolve, reject) => {
        socket.onerror = reject;
        socket.onopen = () => socket.send(JSON.stringify(['stdin', line + '; echo "exit code"":$?"\\r']));
        socket.onmessage = message => {
            const [kind, text] = JSON.parse(message.data);
            if (kind === 'stdout') shown += text;
            if (/exit code:\\d+/.test(shown)) { socket.close(); resolve(shown); }
        };
    });
}"""


@pytest.fixture(scope="module")
def hub(machine):  # noqa: F811
    """The machine with a hub that runs, two students and a teacher."""
    (machine.folder / "etc" / machine.name).mkdir(parents=True)
    # what an administrator may add; here JupyterLab's own object, for the test to drive it by
    machine.local_config('c.Spawner.args = ["--LabApp.expose_app_in_browser=True"]\n')
    said = machine.make("--teachers", machine.tina, "--students", machine.amy, machine.ben)
    assert "systemd does not run here" in said and len(machine.passwords) == 3
    with machine.running():
        yield machine


@contextmanager
def logged_in(hub, browser, who):
    """A browser of this person's own, in which they typed name and password."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(90_000)
    page = context.new_page()
    try:
        page.goto(f"{hub.url}/hub/login")
        page.fill("#username_input", who)
        page.fill("#password_input", hub.passwords[who])
        page.click("#login_submit")
        page.wait_for_url(f"**/user/{who}/lab**")
        yield page
    finally:
        context.close()


@pytest.fixture(scope="module")
def people(hub, browser):
    """The browsers of the teacher and the students, by their names."""
    with logged_in(hub, browser, hub.tina) as tina, logged_in(hub, browser, hub.amy) as amy, logged_in(hub, browser, hub.ben) as ben:
        yield {hub.tina: tina, hub.amy: amy, hub.ben: ben}


def clicks_in_assignment_list(page, who, hub, button, gone=True):
    """Nbgrader, Assignment List, and there the lesson's button; returns when the list is drawn anew."""
    page.goto(f"{hub.url}/user/{who}/lab?reset")
    page.wait_for_function("() => window.jupyterapp !== undefined")
    page.evaluate("async () => { await jupyterapp.restored; }")
    page.get_by_role("menuitem", name="Nbgrader", exact=True).click()
    items = page.locator(".lm-Menu-item:not(.lm-mod-hidden) .lm-Menu-itemLabel")
    offered = [text for text in items.all_inner_texts() if text]
    items.filter(has_text="Assignment List").click()
    wanted = page.locator("#nbgrader-assignment-list button", has_text=re.compile(f"^{button}$"))
    wanted.first.click()
    if gone:
        wanted.first.wait_for(state="detached")
    return offered


def typed(page, hub, line, code=0):
    """What a line in a terminal of the graders' server shows."""
    page.goto(f"{hub.url}/services/from-h-to-eta/lab")
    shown = re.sub(r"\x1b\[[?0-9;]*[A-Za-z]", "", page.evaluate(TYPED, line)).replace("\r", "")
    assert f"exit code:{code}" in shown, shown
    return shown


def clicks_in_formgrader(page, hub, column):
    """The lesson's link in a column of Formgrader's list of assignments, until it says that it was done."""
    page.goto(f"{hub.url}/services/from-h-to-eta/formgrader/manage_assignments", wait_until="networkidle")
    page.locator("tr", has_text=LESSON).first.locator(f"td.{column} a").click()
    page.wait_for_selector(".modal.in .modal-title, .modal.show .modal-title")
    said = page.locator(".modal.in, .modal.show").inner_text()
    assert "Success" in said, said


def test_nobody_reads_what_is_not_theirs(hub):
    """With the rights of the accounts themselves, whatever a browser shows."""
    course, state = hub.course, hub.folder / "var" / "lib" / hub.name
    home = hub.folder / "home" / hub.ben
    (home / "mine.txt").write_text("mine")
    for who in (hub.amy, hub.tina):
        for place in (Course(course).source(LESSON), course / "nbgrader_config.py", state / "cookie_secret", home / "mine.txt"):
            done = hub.as_(who, "cat", place)
            assert done.returncode and "Permission denied" in done.stderr, f"{who} reads {place}"
        for place in (course, course.parent, state, home):
            assert "Permission denied" in hub.as_(who, "ls", place).stderr, f"{who} looks into {place}"
    # the exchange is everybody's to write to, and the course in it the graders' own
    assert hub.as_(hub.amy, "touch", hub.exchange / "mine").returncode == 0
    for command in (
        ("mv", hub.exchange / "from-h-to-eta", hub.exchange / "gone"),
        ("touch", hub.exchange / "from-h-to-eta" / "outbound-of-mine"),
    ):
        assert hub.as_(hub.amy, *command).returncode, command
    assert hub.as_(hub.grader, "cat", Course(course).source(LESSON)).returncode == 0


def test_the_script_is_run_again_and_refuses_in_a_sentence(hub):
    said = hub.make()
    assert "written" not in said and "brought" not in said and "made" not in said.replace("make", ""), "what is there is left alone"
    changed = hub.course / "nbgrader_config.py"
    before = changed.read_text()
    changed.write_text(before + "# the graders' own\n")
    assert "changed here since, and left alone" in hub.make() and changed.read_text().endswith("# the graders' own\n")
    changed.write_text(before)
    for words, why in (
        (("add", "students", "Amy Doe"), "cannot be an account"),
        (("add", "students", "root"), "an account of the system"),
        (("make", "--environment", hub.folder / "none"), "is no Python environment"),
        (("restore", hub.folder / "hub.log"), "is no backup"),
    ):
        said = hub.script(*words, code=1)
        assert why in said and "Traceback" not in said
    assert "its password stays" in hub.script("add", "students", hub.amy)


def test_a_backup_has_what_a_hub_needs(hub):
    folder = hub.folder / "backups"
    hub.script("backup", folder)
    said = hub.script("backup", folder, "--keep", "1")
    (file,) = folder.glob("*.tar.gz")
    assert str(file) in said and file.stat().st_mode & 0o777 == 0o600
    with tarfile.open(file) as archive:
        names = set(archive.getnames())
        accounts = json.load(archive.extractfile("accounts.json"))
    assert set(accounts["students"]) == {hub.amy, hub.ben} and set(accounts["teachers"]) == {hub.tina}
    assert {f"course/solutions/{LESSON}.py", "state/jupyterhub.sqlite", "settings/hub.json", f"homes/{hub.amy}"} <= names


def test_a_lost_hub_comes_back_from_its_backup(machine, tmp_path):  # noqa: F811
    """Another hub, with the same environment: made, filled, backed up, lost with its accounts, made again, restored."""
    folder = Path(tempfile.mkdtemp(prefix="hub-"))
    folder.chmod(0o755)
    other = Machine(folder)
    other.environment = machine.environment
    try:
        other.make("--teachers", other.tina, "--students", other.amy)
        (work := other.course / "work").mkdir()
        (work / "course.json").write_text("the key")
        with contextlib.closing(sqlite3.connect(work / "gradebook.db")) as database:
            database.execute("create table grades (points)")
            database.commit()
        for path in (work, *work.iterdir()):
            shutil.chown(path, other.grader, other.grader)
        inbound = other.exchange / "from-h-to-eta" / "inbound"
        inbound.mkdir()
        inbound.chmod(0o2733)
        mine = folder / "home" / other.amy / "mine.txt"
        mine.write_text("mine")
        shutil.chown(mine, other.amy, other.amy)
        hashed = hash_of(other.amy)
        other.script("backup", tmp_path)
        (file,) = tmp_path.iterdir()
        assert "has grades of its own" in other.script("restore", file, code=1), "nothing is overwritten"
        other.clean()
        for name in ("srv", "home", "var", "etc"):
            shutil.rmtree(folder / name)
        other.make()
        other.script("restore", file)
        assert (other.course / "work" / "course.json").owner() == other.grader and mine.read_text() == "mine" and mine.owner() == other.amy
        with contextlib.closing(sqlite3.connect(other.course / "work" / "gradebook.db")) as database:
            assert database.execute("select * from grades").fetchall() == []
        assert inbound.stat().st_mode & 0o7777 == 0o2733 and hash_of(other.amy) == hashed
        assert other.as_(other.tina, "cat", mine).returncode and other.as_(other.amy, "cat", mine).stdout == "mine"
    finally:
        other.clean()
        shutil.rmtree(folder, ignore_errors=True)


def hash_of(name):
    """The hash of this account's password."""
    lines = Path("/etc/shadow").read_text().splitlines()
    return next(line.split(":")[1] for line in lines if line.startswith(f"{name}:"))


def test_a_lesson_goes_round(hub, people):
    tina, amy, ben = people.values()
    # the teacher finds the course, and releases the lesson
    assert "Course List" in _courses(tina, hub)
    tina.goto(f"{hub.url}/services/from-h-to-eta/lab?formgrader=true")
    tina.frame_locator("iframe").get_by_text("Manage Assignments").first.wait_for()  # Formgrader in its frame
    clicks_in_formgrader(tina, hub, "release")
    # the students fetch it; what graders click is not in their menu
    for who, page in ((hub.amy, amy), (hub.ben, ben)):
        assert clicks_in_assignment_list(page, who, hub, "Fetch") == ["Assignment List"]
    # one solves it, and check judges as at home
    source = nbformat.read(Course(ROOT).source(LESSON), as_version=4)
    answers = {c.metadata["nbgrader"]["grade_id"]: c.source for c in source.cells if c.metadata.get("nbgrader", {}).get("solution")}
    notebook = NotebookPage(amy)
    notebook.goto(f"{hub.url}/user/{hub.amy}/lab/tree/{LESSON}/{LESSON}.ipynb?reset")
    amy.evaluate(
        """answers => { for (const cell of jupyterapp.shell.currentWidget.content.widgets) {
            const known = cell.model.getMetadata('nbgrader');
            if (known && known.grade_id in answers) cell.model.sharedModel.setSource(answers[known.grade_id]);
        } }""",
        answers,
    )
    notebook.run_all()
    shown = amy.evaluate(
        "() => JSON.stringify(jupyterapp.shell.currentWidget.content.widgets.map(cell => cell.model.toJSON().outputs || []))"
    )
    assert shown.count("2 of 2 points") >= 9
    threads = notebook.python(f"{{name: __import__('os').environ[name] for name in {list(ONE_THREAD)}}}")
    assert json.loads(threads.replace("'", '"')) == {name: kernel_environment()[name] for name in ONE_THREAD}, "as in grading"
    for place in (Course(hub.course).source(LESSON), f"{hub.folder}/home/{hub.ben}/{LESSON}/{LESSON}.ipynb"):
        assert "PermissionError" in notebook.python(f"open({str(place)!r}).read()")
    amy.evaluate("async () => { await jupyterapp.commands.execute('docmanager:save'); }")
    # nobody comes to the graders' server or to a neighbour's through the hub either
    for place in ("services/from-h-to-eta/api/contents", f"user/{hub.ben}/api/contents"):
        assert amy.request.get(f"{hub.url}/{place}", max_redirects=10).status in (403, 404), place
    # both hand in, by a click
    for who, page in ((hub.amy, amy), (hub.ben, ben)):
        clicks_in_assignment_list(page, who, hub, "Submit", gone=False)
        page.locator("#nbgrader-assignment-list button", has_text="Fetch Feedback").first.wait_for()
    # collect, grade, look
    clicks_in_formgrader(tina, hub, "collect")
    said = typed(tina, hub, f"from-h-to-eta grade {LESSON}")
    assert "2 submissions, 2 judged" in said and "2 grades entered" in said
    listed = tina.request.get(f"{hub.url}/services/from-h-to-eta/formgrader/api/submitted_notebooks/{LESSON}/{LESSON}").json()
    assert {one["student"]: one["score"] for one in listed} == {hub.amy: 21.0, hub.ben: 0.0}
    amys = next(one["id"] for one in listed if one["student"] == hub.amy)
    tina.goto(f"{hub.url}/services/from-h-to-eta/formgrader/submissions/{amys}/", wait_until="load")
    tina.wait_for_selector("text=difference_quotient: 2 of 2 points")
    # give back
    for column in ("generate-feedback", "release-feedback"):
        clicks_in_formgrader(tina, hub, column)
    for (who, page), score in zip(((hub.amy, amy), (hub.ben, ben)), ("21 of 21", "0 of 21")):
        clicks_in_assignment_list(page, who, hub, "Fetch Feedback", gone=False)
        page.locator("#nbgrader-assignment-list a", has_text="view feedback").click()
        page.locator(".jp-DirListing-item", has_text=f"{LESSON}.html").wait_for()
        (at,) = (hub.folder / "home" / who / LESSON / "feedback").glob(f"*/{LESSON}.html")
        page.goto(f"{hub.url}/user/{who}/files/{at.relative_to(hub.folder / 'home' / who)}")
        assert score in page.locator("body").inner_text()


def _courses(page, hub):
    """What nbgrader's list of courses shows a teacher on their own server."""
    page.wait_for_function("() => window.jupyterapp !== undefined")
    page.evaluate("async () => { await jupyterapp.restored; await jupyterapp.commands.execute('nbgrader:open-course-list'); }")
    page.locator("#nbgrader-course-list a", has_text="from-h-to-eta").wait_for()
    return page.locator("#nbgrader-course-list").inner_text() + " Course List"
