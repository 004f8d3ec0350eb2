"""A hub's backup, one file, and the way back from it."""

from __future__ import annotations

import contextlib
import datetime
import grp
import io
import json
import os
import pwd
import sqlite3
import tarfile
import tempfile
from pathlib import Path

from places import Hub, Refused, account_of, run

_CACHES = {".cache", ".run", "__pycache__", ".ipynb_checkpoints", "Trash"}


def _members(hub: Hub) -> dict[str, list[str]]:
    return {kind: sorted(grp.getgrnam(name).gr_mem) for kind, name in hub.groups.items()}


def back_up(hub: Hub, where: Path, keep: int) -> str:
    """A new file in `where`, readable by root alone, and what became of the older ones. The hub may run meanwhile.

    Databases are copied as they are at one moment, by SQLite itself. Raises `Refused`, `OSError`.
    """
    if keep < 1:
        raise Refused(f"--keep {keep} would keep nothing; the least is 1")
    where.mkdir(parents=True, exist_ok=True)
    target = where / f"{hub.name}-{datetime.datetime.now(datetime.UTC):%Y-%m-%dT%H-%M-%SZ}.tar.gz"
    people = _members(hub)
    hashes = {words[0]: words[1] for words in (line.split(":") for line in Path("/etc/shadow").read_text().splitlines())}
    accounts = {kind: {name: hashes.get(name, "!") for name in names} for kind, names in people.items()}
    roots = {"course": hub.course, "exchange": hub.exchange, "settings": hub.settings, "state": hub.state}
    for name in {name for names in people.values() for name in names}:
        roots[f"homes/{name}"] = Path(pwd.getpwnam(name).pw_dir)
    part = target.with_suffix(".part")
    with (
        open(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as stream,
        tarfile.open(fileobj=stream, mode="w:gz") as archive,
    ):
        _put(archive, "accounts.json", json.dumps(accounts).encode())
        for name, root in roots.items():
            if root.is_dir():
                archive.add(
                    root, name, filter=lambda member: archive.inodes.clear() or _worth_keeping(member)
                )  # no file is a link to another
                for database in (path for path in root.rglob("*") if _is_database(path) and not path.is_symlink()):
                    _put_database(archive, database, f"{name}/{database.relative_to(root)}")
    part.rename(target)
    old = sorted(where.glob(f"{hub.name}-*Z.tar.gz"))[:-keep]
    for path in old:
        path.unlink()
    return f"{target}: {target.stat().st_size / 1e6:.1f} MB{f'; {len(old)} older ones removed' if old else ''}"


def _is_database(path: Path) -> bool:
    return path.name in ("gradebook.db", "jupyterhub.sqlite")


def _worth_keeping(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Plain files, folders and links; a database that somebody may be writing is put in by other means."""
    path = Path(member.name)
    database = path.name.removesuffix("-wal").removesuffix("-shm").removesuffix("-journal")
    if _CACHES.intersection(path.parts) or (_is_database(Path(database)) and member.isreg()):
        return None
    return member if member.isreg() or member.isdir() or member.issym() else None


def _put(archive: tarfile.TarFile, name: str, data: bytes, like: os.stat_result | None = None) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(data), 0o600
    if like:
        member.mode, member.mtime = like.st_mode & 0o7777, int(like.st_mtime)
        member.uname, member.gname = pwd.getpwuid(like.st_uid).pw_name, grp.getgrgid(like.st_gid).gr_name
    archive.addfile(member, io.BytesIO(data))


def _put_database(archive: tarfile.TarFile, path: Path, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        try:
            with (
                contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as source,
                contextlib.closing(sqlite3.connect(copy)) as target,
            ):
                source.backup(target)
        except sqlite3.Error as error:
            raise Refused(f"{path} cannot be copied ({error}); nothing was backed up") from None
        _put(archive, name, copy.read_bytes(), path.stat())


def restore(hub: Hub, file: Path) -> None:
    """The accounts with their passwords, and everybody's files. The hub must be stopped and new. Raises `Refused`, `OSError`."""
    if (hub.course / "work" / "course.json").exists():
        raise Refused(f"{hub.course} has grades of its own: restore into a hub that was just made, so that nothing is overwritten")
    try:
        archive = tarfile.open(file)
    except (tarfile.TarError, EOFError) as error:
        raise Refused(f"{file} is no backup: {error}") from None
    with archive:
        try:
            accounts = json.load(archive.extractfile("accounts.json"))
        except (KeyError, ValueError):
            raise Refused(f"{file} is no backup of a hub: it has no list of accounts") from None
        for kind, people in accounts.items():
            for name, password in people.items():
                if account_of(name) is None:
                    run("useradd", "--create-home", "--home-dir", hub.homes / name, "--shell", "/bin/bash", "--password", password, name)
                run("usermod", "--append", "--groups", hub.groups[kind], name)
        places = {"course": hub.course, "exchange": hub.exchange, "state": hub.state}
        places |= {f"homes/{name}": Path(pwd.getpwnam(name).pw_dir) for people in accounts.values() for name in people}
        restored = 0
        for member in archive:
            for start, place in places.items():
                if member.name == start or member.name.startswith(f"{start}/"):
                    inside = member.name[len(start) :].lstrip("/") or "."
                    # root's own file; other filters would take from the exchange that everybody writes there
                    archive.extract(member.replace(name=inside, deep=False), place, filter="fully_trusted")
                    restored += 1
    print(
        f"{restored} files and folders restored for {len({name for people in accounts.values() for name in people})} people; start the hub again"
    )
    print(f"its settings lie in the file, below settings/: what you had in local_config.py goes to {hub.settings}")
