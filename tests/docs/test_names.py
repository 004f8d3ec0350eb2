"""What the README and docs/ name is there: files, commands, make targets, links."""

import argparse
import re
import shlex
from pathlib import Path

import pytest

from autograder import __main__ as cli

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
ENDINGS = "py|md|toml|txt|css|js|csv|sh|ipynb|json|db"
# what a name in prose may be relative to
HOMES = ("", "autograder", "autograder/exercises", "explorers", "tests", "docs", "notebooks")
# by us, where git ignores it, by nbgrader, and by learning platforms
MADE_LATER = ("work/", "study/", "site/", "timestamp.txt", "Downloads/", "local.toml")
COMMANDS = {"name": "derivative", "LESSON": "01_derivative", "STUDENT": "ada", "…": "01_derivative"}
COMMANDS |= {"$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT": "1/2", "$SLURM_CPUS_PER_TASK": "2"}


def code(page: Path) -> list[str]:
    """All code of a page: what stands between backticks in prose, and the lines of its shell blocks."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.M | re.S)
    prose = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    return [*re.findall(r"`([^`\n]+)`", prose), *(line for block in blocks for line in block.splitlines())]


def is_there(name: str) -> bool:
    """Whether a file is in the repository: by its path from one of `HOMES`, or anywhere when it is a bare name."""
    if "/" not in name and any(
        next((ROOT / folder).rglob(name), None) for folder in ("autograder", "explorers", "tests", "docs", "data", "benchmarks")
    ):
        return True
    return any((ROOT / home / name).exists() for home in HOMES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_is_named_exists(page):
    # a file that a page tells its reader to make; test_authoring makes it
    new = set(re.findall(r"^\*\*`([^`]+)`\*\*, a new file:$", page.read_text(encoding="utf-8"), re.M))
    new |= {path.rpartition("/")[2] for path in new}
    for text in code(page):
        for name in re.findall(rf"(?<![\w./*…])[\w./]*\w\.(?:{ENDINGS})\b(?![\w(])", text):
            placeholder = re.search(r"NN_|\bNAME\b|STUDENT|LESSON", name)
            if not placeholder and not name.startswith(MADE_LATER) and name not in new:
                assert is_there(name), f"{page.name} names {name}, which is not there"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_folder_that_is_named_exists(page):
    for text in code(page):
        if re.fullmatch(r"[\w./]+/", text) and not text.startswith(MADE_LATER) and "NN_" not in text and "/name/" not in text:
            assert any((ROOT / home / text).is_dir() for home in (*HOMES, "autograder/judge")), (
                f"{page.name} names {text}, which is not there"
            )


class Parsed(Exception):
    """The command line was understood; nothing is run."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_is_understood(page, monkeypatch, capsys, tmp_path):
    (tmp_path / "Downloads").mkdir()  # the pages' hand-ins lie there, and what is written goes there
    monkeypatch.chdir(tmp_path)
    parse = argparse.ArgumentParser.parse_args

    def understood(parser, *arguments):
        parse(parser, *arguments)
        raise Parsed

    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", understood)
    for text in code(page):
        for command in re.findall(r"python -m autograder\b(.*)", text):
            words = [COMMANDS.get(word, word) for word in shlex.split(command.split("|")[0], comments=True)]
            if len(words) < 2:
                words.append("--help")  # named as such: there must be a command of that name
            try:
                cli.main(words)
            except Parsed:
                continue
            except SystemExit as stop:
                assert stop.code == 0, f"{page.name} names  python -m autograder{command}\n{capsys.readouterr().err}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_exists(page):
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = {target for text in code(page) for target in re.findall(r"^make ([\w-]+)", text)}
    assert named <= targets, f"{page.name} names make {sorted(named - targets)}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        path, _, anchor = target.partition("#")
        if re.match(r"https?:", target):
            continue
        other = (page.parent / path) if path else page
        assert other.exists(), f"{page.name} links to {target}"
        if anchor:
            headings = re.findall(r"^#+ (.*)$", other.read_text(encoding="utf-8"), re.M)
            assert anchor in {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}, (
                f"{page.name}: {target}"
            )
