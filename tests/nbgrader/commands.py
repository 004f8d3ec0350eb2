"""Runs several nbgrader commands, each in a process of its own, importing nbgrader once: `commands.py '[["autograde", "x"], …]'`.

Prints one JSON line a command: its exit code and what it said.
"""

import json
import os
import sys
import tempfile

import autograder.files  # noqa: F401 - before nbgrader: it knows a quicker way to import nbformat

# isort: split
from nbgrader.apps import NbGraderApp


def run(arguments: list[str]) -> dict:
    with tempfile.TemporaryFile() as said:
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                os.dup2(said.fileno(), 1)
                os.dup2(said.fileno(), 2)
                sys.argv = ["nbgrader", *arguments]
                NbGraderApp.launch_instance()
                code = 0
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else int(bool(end.code))
            except BaseException:
                import traceback

                traceback.print_exc()
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        status = os.waitpid(pid, 0)[1]
        said.seek(0)
        return {"command": arguments[0], "code": os.waitstatus_to_exitcode(status), "said": said.read().decode(errors="replace")}


for line in json.loads(sys.argv[1]):
    print(json.dumps(run(line)), flush=True)
