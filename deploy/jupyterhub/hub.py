"""Makes a JupyterHub with nbgrader's exchange for this course on a Linux machine, and keeps it: make, add, backup, restore. As root.

    python3 deploy/jupyterhub/hub.py make --teachers tina --students amy ben

`make` may be run as often as you like, and is the update too: what is as it should be is left alone, work of people is never touched.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import pwd
import re
import secrets
import shutil
import sys
from pathlib import Path

from keep import back_up, restore
from places import COURSE_ID, REPOSITORY, Hub, Refused, account_of, folder, group, put, run

HERE = Path(__file__).resolve().parent
OLDEST_PYTHON, OLDEST_NODE = (3, 11), 20
_NO_PART = {"__pycache__", ".ipynb_checkpoints"}


def make(hub: Hub, students: list[str], teachers: list[str]) -> None:
    """Everything, in order. Raises `Refused` at the first thing that cannot be done; what was done until then is left and used the next time."""
    _can_be_made(hub)
    for name in hub.groups.values():
        group(name)
    if account_of(hub.grader) is None:
        run("useradd", "--system", "--user-group", "--home-dir", hub.course.parent, "--shell", "/bin/bash", hub.grader)
        print(f"account {hub.grader}: made, without a password; the graders' server runs as it")
    for path in (hub.settings, hub.programs, hub.homes, hub.course.parents[1]):
        path.mkdir(parents=True, exist_ok=True)
    folder(hub.state, 0o700)
    folder(hub.course.parent, 0o700, hub.grader)
    folder(hub.course, 0o700, hub.grader)
    # everybody writes into the exchange, as nbgrader asks; the sticky bit keeps them from renaming the course in it
    folder(hub.exchange, 0o1777, hub.grader)
    folder(hub.exchange / COURSE_ID, 0o755, hub.grader)
    if not hub.environment:
        _make_environment(hub)
    if not hub.proxy:
        fetch_proxy(hub.programs / "proxy")
    _bring_course(hub)
    _write_settings(hub)
    add(hub, "teachers", teachers)
    add(hub, "students", students)
    _write_unit(hub)


def _can_be_made(hub: Hub) -> None:
    if not sys.platform.startswith("linux"):
        raise Refused(f"a hub needs Linux, and this is {sys.platform}")
    if os.geteuid() != 0:
        raise Refused("a hub makes accounts and starts each person's server as that person, and needs root for it: sudo python3 …")
    if not (REPOSITORY / "solutions").is_dir():
        raise Refused(f"{REPOSITORY} has no solutions/: a hub is made from the repository, not from what students get")
    if not shutil.which("useradd"):
        raise Refused("useradd is missing, with which accounts are made (Debian, Ubuntu: apt-get install passwd)")
    if not hub.environment and sys.version_info < OLDEST_PYTHON:
        raise Refused(f"this is Python {sys.version.split()[0]}, and the course needs 3.11 or newer: run this script with a newer one")
    if hub.environment and not hub.python().exists():
        raise Refused(f"{hub.environment} is no Python environment: {hub.python()} is missing")
    if not shutil.which("bwrap"):
        print(
            "bwrap is missing (Debian, Ubuntu: apt-get install bubblewrap): without it student code is graded at a lower level of isolation"
        )


def _make_environment(hub: Hub) -> None:
    """One environment for the hub, the graders and all students, with the course's wheel in it. Only root writes there."""
    python = hub.python()
    if not python.exists():
        try:
            run(sys.executable, "-m", "venv", python.parents[1])
        except Refused as problem:
            shutil.rmtree(python.parents[1], ignore_errors=True)
            raise Refused(f"no environment could be made (Debian, Ubuntu: apt-get install python3-venv).\n{problem}") from None
        print(f"{python.parents[1]}: made")
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade", f"{REPOSITORY}[hub]")
    print(f"{python.parents[1]}: has this course, {run(python, '-m', 'autograder', '--version', cwd=hub.programs).strip()}, and JupyterHub")


def fetch_proxy(where: Path) -> None:
    """configurable-http-proxy below `where`, from npm: the files whose hashes package-lock.json has, and nothing of theirs is run."""
    lock = (HERE / "package-lock.json").read_text(encoding="utf-8")
    fetched = where / "fetched.json"  # written when all of it is there
    if fetched.exists() and fetched.read_text(encoding="utf-8") == lock:
        print(f"{where}: as it was")
        return
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        raise Refused(
            "npm is missing, which brings JupyterHub's proxy: install Node.js 20 or newer (Debian, Ubuntu: apt-get install nodejs npm)"
        )
    version = run(node, "--version").strip()
    if int(re.match(r"v(\d+)", version)[1]) < OLDEST_NODE:
        raise Refused(f"this is Node.js {version}, and JupyterHub's proxy needs {OLDEST_NODE} or newer; nodejs.org has it for every system")
    where.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(HERE / name, where / name)
    run(npm, "ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel", "error", cwd=where)
    put(fetched, lock)
    print(f"{where}: configurable-http-proxy fetched")


def _bring_course(hub: Hub) -> None:
    """The lessons with their answers to the graders. What somebody changed there since it was brought is left alone, and said."""
    noted = hub.state / "brought.json"
    before = json.loads(noted.read_text(encoding="utf-8")) if noted.exists() else {}
    sources = [REPOSITORY / "nbgrader_config.py"]
    sources += sorted(path for name in ("solutions", "notebooks") for path in (REPOSITORY / name).rglob("*") if path.is_file())
    brought, changed, now = 0, [], {}
    for source in sources:
        inside = source.relative_to(REPOSITORY)
        if _NO_PART.intersection(inside.parts):
            continue
        data, target = source.read_bytes(), hub.course / inside
        there = target.read_bytes() if target.is_file() else None
        if there not in (None, data) and hashlib.sha256(there).hexdigest() != before.get(str(inside)):
            changed.append(str(inside))
            continue
        now[str(inside)] = hashlib.sha256(data).hexdigest()
        if there != data:
            for parent in reversed([path for path in target.parents if path.is_relative_to(hub.course)]):
                folder(parent, 0o700, hub.grader)
            target.write_bytes(data)
            shutil.chown(target, hub.grader, hub.grader)
            brought += 1
    put(noted, json.dumps({**before, **now}, indent=1), 0o600)
    print(f"{hub.course}: {f'{brought} files brought' if brought else 'as it was'}")
    for name in changed:
        print(f"{hub.course / name}: changed here since, and left alone; remove it and run make again for the repository's")


def _write_settings(hub: Hub) -> None:
    """What the hub and everybody's servers read, in /etc; only local_config.py there is yours, and is not touched."""
    files = {"jupyterhub_config.py": HERE / "jupyterhub_config.py"}
    files |= {
        str(path.relative_to(HERE)): path for path in sorted((HERE / "jupyter").rglob("*.*")) if not _NO_PART.intersection(path.parts)
    }
    defaults = "labconfig/default_setting_overrides.json"
    files[f"jupyter/everybody/{defaults}"] = REPOSITORY / "autograder" / "course" / "jupyter" / defaults
    texts = {name: path.read_text(encoding="utf-8") for name, path in files.items()}
    texts["hub.json"] = json.dumps(hub.described(), indent=1) + "\n"
    texts["jupyter/everybody/nbgrader_config.py"] = (
        '"""Where the exchange is, for everybody; the course\'s own settings lie in the course."""\n\n'
        f"c = get_config()\nc.CourseDirectory.course_id = {COURSE_ID!r}\nc.Exchange.root = {str(hub.exchange)!r}\n"
    )
    written = [name for name, text in texts.items() if put(hub.settings / name, text)]
    for path in (hub.settings, *(path for path in hub.settings.rglob("*") if path.is_dir())):
        path.chmod(0o755)
    print(f"{hub.settings}: {', '.join(written) + ' written' if written else 'as it was'}")


def add(hub: Hub, kind: str, names: list[str]) -> None:
    """Accounts for `names` in the group of the `kind`, students or teachers. Passwords of new ones are printed, once.

    All names are looked at before the first account is made. Raises `Refused`.
    """
    found = {name: account_of(name) for name in names}
    for name, account in found.items():
        if account and account.pw_uid < 1000:
            raise Refused(f"{name} is an account of the system, not of a person; nobody was added")
    for name, account in found.items():
        if account is None:
            run("useradd", "--create-home", "--home-dir", hub.homes / name, "--shell", "/bin/bash", name)
            password = secrets.token_urlsafe(9)
            run("chpasswd", told=f"{name}:{password}\n")
        run("usermod", "--append", "--groups", hub.groups[kind], name)
        home = Path(pwd.getpwnam(name).pw_dir)
        if home.is_dir():
            home.chmod(0o700)  # neighbours do not look in
        print(f"{name}  {password if account is None else '(an account that was there: its password stays)'}")


def _write_unit(hub: Hub) -> None:
    """The systemd unit, started where systemd runs; elsewhere the line that starts the hub."""
    start = f"{hub.python()} -m jupyterhub --config {hub.settings / 'jupyterhub_config.py'}"
    text = (HERE / "hub.service").read_text(encoding="utf-8")
    path = f"{hub.python().parent}:/usr/local/bin:/usr/bin:/bin"
    new = put(hub.unit, text.format(start=start, state=hub.state, path=path))
    print(f"{hub.unit}: {'written' if new else 'as it was'}")
    if hub.under == "/" and Path("/run/systemd/system").is_dir():
        run("systemctl", "daemon-reload")
        run("systemctl", "enable", hub.unit.name)
        run("systemctl", "restart", hub.unit.name)
        print(f"the hub runs: http://127.0.0.1:{hub.port}; its log: journalctl -u {hub.unit.name}")
    else:
        print(f"systemd does not run here; start the hub with\n  cd {hub.state} && PATH={path} {start}")


def main() -> int:
    """Exit codes: 0 done · 1 refused, with the reason."""
    parser = argparse.ArgumentParser(prog="hub.py", description=__doc__.splitlines()[0])
    parser.add_argument("--name", default=COURSE_ID, help="of folders, groups and the unit (default: %(default)s)")
    parser.add_argument("--under", default="/", help="the folder below which all files lie, homes included (default: %(default)s)")
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make", help="the hub, or what is missing of it, or its update")
    making.add_argument("--students", nargs="+", default=[], metavar="NAME")
    making.add_argument("--teachers", nargs="+", default=[], metavar="NAME")
    making.add_argument("--port", type=int, help="the first of four on this machine (8000)")
    making.add_argument("--environment", help="a Python environment with the course and JupyterHub, instead of making one")
    making.add_argument("--proxy", help="a folder with configurable-http-proxy, as `hub.py proxy` makes it, instead of fetching it")
    making.add_argument("--memory-mib", type=int, help="address space of each process of a person (4096)")
    making.add_argument("--processes", type=int, help="processes and threads of each person (512)")
    adding = commands.add_parser("add", help="students or teachers; the hub must be started again for new teachers")
    adding.add_argument("kind", choices=("students", "teachers"))
    adding.add_argument("names", nargs="+", metavar="NAME")
    keeping = commands.add_parser("backup", help="course, grades, key, exchange, homes and accounts, into one file in a folder")
    keeping.add_argument("folder", type=Path)
    keeping.add_argument("--keep", type=int, default=14, help="how many of the newest are kept there (default: %(default)s)")
    commands.add_parser("restore", help="such a file, into a hub that was just made").add_argument("file", type=Path)
    commands.add_parser("proxy", help="fetch configurable-http-proxy into a folder").add_argument("folder", type=Path)
    given = parser.parse_args()
    try:
        if given.command == "proxy":
            fetch_proxy(given.folder)
        elif given.command == "make":
            options = {key: getattr(given, key) for key in ("port", "environment", "proxy", "memory_mib", "processes")}
            make(Hub.of(given.name, given.under, **options), given.students, given.teachers)
        else:
            hub = Hub.of(given.name, given.under)
            hub.must_be_there()
            if os.geteuid() != 0:
                raise Refused("this needs root: sudo python3 …")
            if given.command == "add":
                add(hub, given.kind, given.names)
            elif given.command == "backup":
                print(back_up(hub, given.folder, given.keep))
            else:
                restore(hub, given.file)
    except (Refused, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
