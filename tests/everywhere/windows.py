"""Runs Python as Windows would, as far as Linux can play it: `windows.py -m MODULE ARGUMENT…` or `windows.py -c TEXT`.

For the course's own modules only, because the libraries are tested on Windows by those who write them: what is Unix-only is missing
from `os`, `signal`, `socket`, `select` and `multiprocessing`, `sys.platform` is "win32", and modules such as fcntl cannot be imported.
For everybody: a text file opened without an encoding is cp1252, and lines end in CRLF unless somebody says otherwise.
"""

import builtins
import io
import multiprocessing
import os
import runpy
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = (str(ROOT / "autograder"), str(ROOT / "explorers"))
BLOCKED = {"fcntl", "resource", "pwd", "grp", "spwd", "crypt", "termios", "tty", "pty", "posix", "syslog", "nis", "curses", "readline"}
O_BINARY = 0x8000
MISSING = {
    "os": """fork forkpty wait wait3 wait4 waitid WNOHANG WIFEXITED WIFSIGNALED WEXITSTATUS WTERMSIG killpg getpgid setpgid getsid setsid
        getuid geteuid getgid getegid getgroups setuid setgid setresuid setresgid initgroups getresuid chown lchown fchown fchmod mkfifo mknod
        uname getloadavg nice sysconf confstr statvfs fstatvfs sched_getaffinity sched_setaffinity sched_yield pread pwrite preadv pwritev
        posix_spawn memfd_create pidfd_open sendfile pipe2 openpty ttyname ctermid chroot sync fdatasync fchdir lockf posix_fallocate
        set_blocking get_blocking O_DIRECTORY O_NOFOLLOW O_NONBLOCK O_CLOEXEC O_SYNC O_DSYNC O_PATH O_NOCTTY O_TMPFILE""".split(),
    "signal": """SIGALRM SIGKILL SIGHUP SIGCHLD SIGPIPE SIGUSR1 SIGUSR2 SIGSTOP SIGCONT SIGQUIT SIGXCPU SIGSYS SIGTSTP alarm setitimer getitimer
        ITIMER_REAL ITIMER_VIRTUAL ITIMER_PROF pause sigwait sigtimedwait sigwaitinfo sigpending pthread_kill pthread_sigmask siginterrupt
        SIG_BLOCK SIG_UNBLOCK SIG_SETMASK""".split(),
    "socket": "AF_UNIX SOCK_SEQPACKET SCM_RIGHTS SCM_CREDENTIALS send_fds recv_fds SOCK_CLOEXEC SOCK_NONBLOCK".split(),
    "select": "poll epoll kqueue".split(),
    "sys": [],
    "multiprocessing": [],
}
OTHERWISE = {
    "os": {"name": "nt", "O_BINARY": O_BINARY, "open": lambda *a, **k: open_descriptor(*a, **k)},
    "sys": {"platform": "win32"},
    "multiprocessing": {"get_all_start_methods": lambda: ["spawn"], "get_context": lambda method=None: get_context(method)},
}
find_module, open_file = builtins.__import__, io.open


def open_descriptor(path, flags, mode=0o777, **more):
    """os.open, where a file that is not opened as binary loses its carriage returns."""
    if not flags & O_BINARY and os.path.isfile(path):
        raise AssertionError(f"{path} is opened as text: on Windows os.open needs O_BINARY")
    return os.open(path, flags & ~O_BINARY, mode, **more)


def get_context(method=None):
    """multiprocessing's, which cannot fork."""
    if method not in (None, "spawn"):
        raise ValueError(f"cannot find context for {method!r}")
    return multiprocessing.get_context("spawn")


def open_as_windows(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, *more, **others):
    """open, with the encoding and the line ends of Windows."""
    if "b" not in mode:
        encoding = "cp1252" if encoding in (None, "locale") else encoding
        newline = "\r\n" if newline is None and set(mode) & set("wax+") and "r" not in mode else newline
    return open_file(file, mode, buffering, encoding, errors, newline, *more, **others)


class StandIn:
    """A module of the standard library as our code finds it there."""

    def __init__(self, name):
        self.__dict__.update(_module=sys.modules.get(name) or find_module(name), _name=name)

    def __getattr__(self, name):
        if name in OTHERWISE.get(self._name, {}):
            return OTHERWISE[self._name][name]
        if name in MISSING[self._name]:
            raise AttributeError(f"module {self._name!r} has no attribute {name!r} on Windows")
        return getattr(self._module, name)

    def __setattr__(self, name, value):
        setattr(self._module, name, value)


def import_as_windows(name, globals=None, locals=None, fromlist=(), level=0):
    """__import__, for our modules without what Windows lacks."""
    home = (globals or {}).get("__file__") or ""
    if level == 0 and (home.startswith(OURS) or home.endswith("nbgrader_config.py")):
        if name.partition(".")[0] in BLOCKED:
            raise ModuleNotFoundError(f"No module named {name!r} on Windows; {home} imports it", name=name)
        if name in MISSING:
            return STAND_INS[name]
    return find_module(name, globals, locals, fromlist, level)


STAND_INS = {name: StandIn(name) for name in MISSING}

if __name__ == "__main__":
    sys.path[0] = str(ROOT)
    builtins.__import__ = import_as_windows
    builtins.open = io.open = open_as_windows
    kind, what = sys.argv[1:3]
    sys.argv = sys.argv[2:]
    if kind == "-m":
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        exec(
            compile(what, str(ROOT / "autograder" / "<text>"), "exec"),
            {"__name__": "__main__", "__file__": str(ROOT / "autograder" / "<text>")},
        )
