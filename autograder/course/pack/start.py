"""Opens the course beside this file, and installs it first, once:  python3 start.py  (Windows:  py start.py).

It goes out with the notebooks and runs with whatever Python lies on the learner's machine: it imports nothing of ours, and even an old
Python must be able to read it to the line that refuses it.
"""

import hashlib
import os
import signal
import subprocess
import sys

WHEEL = "from_h_to_eta.whl"  # `handout` writes the name of the file that it packs
OLDEST = (3, 11)
HERE = os.path.dirname(os.path.abspath(__file__))
ENVIRONMENT = os.path.join(HERE, ".venv")
PYTHON = os.path.join(ENVIRONMENT, "Scripts", "python.exe") if os.name == "nt" else os.path.join(ENVIRONMENT, "bin", "python")
INSTALLED = os.path.join(ENVIRONMENT, "installed")  # which wheel; written last, so that an installation that was cut short goes on
PIP = ["-m", "pip", "--disable-pip-version-check", "install", "--quiet"]


def main(arguments):
    """Install what is not installed yet, and run the course's command with `arguments`, by default study; its exit code."""
    if sys.version_info < OLDEST:
        found, wanted = ("%d.%d" % tuple(version[:2]) for version in (sys.version_info, OLDEST))
        return (
            "This is Python " + found + ", and the course needs " + wanted + " or newer: get it from python.org and use it for this line."
        )
    wheel = os.path.join(HERE, WHEEL)
    if not os.path.exists(wheel):
        return WHEEL + " is not beside this file: unpack the whole archive, and start from the folder that comes out of it."
    with open(wheel, "rb") as stream:
        digest = hashlib.sha256(stream.read()).hexdigest()
    if installed() != digest:
        problem = install(wheel)
        if problem:
            return problem
        with open(INSTALLED, "w") as stream:
            stream.write(digest)
    line = [PYTHON, "-m", "autograder", "--course", HERE] + (arguments or ["study"])
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(PYTHON, line)  # from here on this is the course: Ctrl-C and the exit code are its own
    signal.signal(signal.SIGINT, lambda *_: None)  # Windows has no such thing; there, too, Ctrl-C is for JupyterLab
    return subprocess.call(line)


def installed():
    """The digest of the wheel that is installed and whose Python still runs, or nothing."""
    try:
        with open(INSTALLED) as stream:
            digest = stream.read()
        return digest if subprocess.call([PYTHON, "-c", ""]) == 0 else ""
    except OSError:
        return ""


def install(wheel):
    """Make the environment and install the wheel with all that it needs; what to do if that fails, or nothing."""
    print("Installing the course into " + ENVIRONMENT + ", once. This takes some minutes, and the network.")
    sys.stdout.flush()
    try:
        runs = subprocess.call([PYTHON, "-c", "import pip"], stderr=subprocess.DEVNULL) == 0
    except OSError:
        runs = False
    if not runs and subprocess.call([sys.executable, "-m", "venv", "--clear", ENVIRONMENT]) != 0:
        return "No environment could be made. On Debian and Ubuntu:  sudo apt install python3-venv  and start again."
    # first ours, also over one with the same number, and then what it needs: where that is there already, nothing is fetched
    for step in (["--force-reinstall", "--no-deps", wheel], [wheel]):
        if subprocess.call([PYTHON] + PIP + step) != 0:
            return "The installation stopped; the lines above say why. Start again: it goes on where it was."
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
