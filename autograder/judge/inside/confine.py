"""Confines the calling process by landlock, seccomp, resource limits and empty capabilities; for good.

Theory of operation. The zygote builds the two rule sets once (`Confinement`); each child then applies them to itself before
any student code runs, and no layer can be undone:
- landlock: files can be read only below the given places, and written only flat in the scratch folder; no TCP, no signals to
  processes outside, no abstract sockets, as far as the kernel's version knows these.
- seccomp: an allow-list. What is not on it fails with EPERM, so that a notebook that tries goes on like after any error; what
  only an attacker tries ends the process (SIGSYS), and is named. No fork, no exec, no sockets, no signals, no namespaces.
- limits of memory, CPU seconds, file size, open files; no core dumps; all capabilities dropped, no new privileges.
With fork denied a child is one process: its limits are the submission's, and killing it leaves nothing alive.

Rules in libseccomp are written by name and hold on every architecture; the library is there wherever apt or systemd is. For
landlock there is no kept binding, so its three system calls are made here.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import mmap
import os
import resource
import sys
from dataclasses import dataclass

_LIBC = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38

_ALLOWED = """
read write readv writev pread64 pwrite64 preadv pwritev lseek close close_range fstat stat lstat newfstatat fstatat64 statx
access faccessat faccessat2 readlink readlinkat getdents64 getcwd chdir flock fsync fdatasync ftruncate dup dup2
dup3 pipe pipe2 poll ppoll select pselect6 epoll_create1 epoll_ctl epoll_wait epoll_pwait eventfd2 recvfrom sendto
shutdown getsockname getpeername mmap munmap mprotect mremap madvise brk msync mincore
rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend sigaltstack restart_syscall alarm
setitimer getitimer pause nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time times getrusage getpid gettid
getppid getuid geteuid getgid getegid getgroups getresuid getresgid getpgrp uname sysinfo getrlimit sched_yield
sched_get_priority_max sched_get_priority_min getcpu getrandom futex
set_robust_list rseq set_tid_address arch_prctl membarrier exit exit_group umask unlink unlinkat rename renameat statfs fstatfs
copy_file_range sendfile wait4 waitid fadvise64
""".split()
_FATAL = """
ptrace process_vm_readv process_vm_writev io_uring_setup keyctl add_key request_key bpf perf_event_open userfaultfd mount
umount2 pivot_root move_mount fsopen unshare setns kexec_load init_module finit_module delete_module reboot swapon
open_by_handle_at
""".split()
MOST_THREADS = 256  # of one child; the kernel does not bind root, whom a cgroup does
_CLONE_THREAD, _AF_UNIX, _SOL_SOCKET = 0x10000, 1, 1
_SAFE_IOCTLS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)  # TCGETS TIOCGWINSZ FIONREAD FIONBIO FIONCLEX FIOCLEX
# by command, so that no signal can be aimed with them (F_SETOWN, F_SETSIG, F_NOTIFY, F_SETLEASE) and no pipe enlarged (F_SETPIPE_SZ):
# F_DUPFD F_GETFD F_SETFD F_GETFL F_GETLK F_SETLK F_SETLKW, the same locks by open file, F_DUPFD_CLOEXEC F_GETPIPE_SZ
_SAFE_FCNTLS = (0, 1, 2, 3, 5, 6, 7, 36, 37, 38, 1030, 1032)
_F_SETFL, _O_ASYNC = 4, 0x2000
_OPENING = (("open", 1), ("openat", 2))  # and the argument that is the flags
# SO_TYPE SO_ERROR SO_SNDBUF SO_RCVBUF SO_RCVTIMEO SO_SNDTIMEO SO_PROTOCOL SO_DOMAIN; none that tells of the process at the other end
_SAFE_SOCKET_OPTIONS = (3, 4, 7, 8, 20, 21, 38, 39)
_OF_ITSELF = ("getpgid", "getsid", "sched_getaffinity", "sched_getparam", "sched_getscheduler")  # with 0: of the caller
_SAFE_PRCTLS = (15, 16, 0x53564D41)  # set and get a thread's name; name a mapping (glibc's malloc)


class Unavailable(Exception):
    """A layer does not exist or does not work here; the text says why and what to do."""


@dataclass(frozen=True)
class Limits:
    """Resource limits of one child. `memory` is what it may use beyond what a warm Python has mapped."""

    memory: int = 1 << 30
    cpu: int = 30
    file: int = 32 << 20
    files_total: int = 64 << 20
    open_files: int = 96


class _Arg(ctypes.Structure):
    _fields_ = [("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


# made here and not in each child, where making a type costs a millisecond
_CAPABILITIES = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()


def _equal(arg: int, value: int) -> _Arg:
    return _Arg(arg, 4, value, 0)  # SCMP_CMP_EQ


def _unequal(arg: int, value: int) -> _Arg:
    return _Arg(arg, 1, value, 0)  # SCMP_CMP_NE


def _masked(arg: int, bits: int, value: int) -> _Arg:
    return _Arg(arg, 7, bits, value)  # SCMP_CMP_MASKED_EQ


def seccomp_filter() -> bytes:
    """The filter as a program for the kernel. Raises `Unavailable` where libseccomp is missing or refuses a rule."""
    try:
        lib = ctypes.CDLL("libseccomp.so.2")
    except OSError:
        raise Unavailable("libseccomp.so.2 is missing; install it: apt-get install libseccomp2, dnf install libseccomp") from None
    lib.seccomp_init.restype = ctypes.c_void_p
    allow, fatal, refuse = 0x7FFF0000, 0x80000000, 0x00050000
    context = ctypes.c_void_p(lib.seccomp_init(ctypes.c_uint32(refuse | errno.EPERM)))

    def rule(action: int, name: str, *args: _Arg) -> None:
        number = lib.seccomp_syscall_resolve_name(name.encode())
        if number < 0:  # this architecture has no such call
            return
        code = lib.seccomp_rule_add_array(context, ctypes.c_uint32(action), number, len(args), (_Arg * max(1, len(args)))(*args))
        if code:
            raise Unavailable(f"libseccomp refused the rule for {name}: {os.strerror(-code)}")

    for name in _ALLOWED:
        rule(allow, name)
    for name in _FATAL:
        rule(fatal, name)
    for name in ("sched_getparam", "sched_getscheduler"):
        rule(refuse, name, _unequal(0, 0))  # of others nothing is told, as if all were well: a thread of ZeroMQ's asks by its own number
    rule(refuse, "sched_setscheduler")  # nothing is done and success told: ZeroMQ, in a kernel, takes a refusal for the end of the world
    rule(refuse | errno.ENOSYS, "clone3")  # its flags lie in memory, out of a filter's sight; glibc then uses clone
    rule(allow, "clone", _masked(0, _CLONE_THREAD, _CLONE_THREAD))
    rule(allow, "socketpair", _equal(0, _AF_UNIX))  # asyncio's wake-up; a pair leads nowhere
    rule(allow, "prlimit64", _equal(0, 0), _equal(2, 0))  # reading the own limits
    for command in _SAFE_FCNTLS:
        rule(allow, "fcntl", _equal(1, command))
    rule(allow, "fcntl", _equal(1, _F_SETFL), _masked(2, _O_ASYNC, 0))
    for option in _SAFE_SOCKET_OPTIONS:
        rule(allow, "getsockopt", _equal(1, _SOL_SOCKET), _equal(2, option))
        rule(allow, "setsockopt", _equal(1, _SOL_SOCKET), _equal(2, option))  # no SO_PASSCRED: each message would name its sender
    for name, flags in _OPENING:
        # landlock asks whether a file may be written, before its third version not whether it may be emptied: who empties must open for writing
        rule(allow, name, _masked(flags, os.O_TRUNC, 0))
        for writing in (os.O_WRONLY, os.O_RDWR):
            rule(allow, name, _masked(flags, os.O_TRUNC | os.O_ACCMODE, os.O_TRUNC | writing))
    rule(allow, "renameat2", _equal(4, 0))
    for name in _OF_ITSELF:
        rule(allow, name, _equal(0, 0))
    for request in _SAFE_IOCTLS:
        rule(allow, "ioctl", _equal(1, request))
    for option in _SAFE_PRCTLS:
        rule(allow, "prctl", _equal(0, option))
    lib.seccomp_attr_set(context, 8, ctypes.c_uint32(2))  # a binary tree instead of a list, where this version can
    read, write = os.pipe()
    try:
        if lib.seccomp_export_bpf(context, write):
            raise Unavailable("libseccomp could not write its filter")
        os.close(write)
        with os.fdopen(read, "rb") as stream:
            return stream.read()
    finally:
        lib.seccomp_release(context)


def landlock_version() -> int:
    """The kernel's landlock version, 0 where there is none."""
    return max(0, _LIBC.syscall(444, None, ctypes.c_size_t(0), 1))


def landlock_rules(readable: list[str], scratch: str) -> int:
    """A rule set's descriptor: files below `readable` can be read, flat files in `scratch` written. Raises `Unavailable`."""
    version = landlock_version()
    if not version:
        raise Unavailable("this kernel has no landlock (Linux 5.13 or newer with CONFIG_SECURITY_LANDLOCK and lsm=landlock)")
    all_files = (1 << (13 + (version >= 2) + (version >= 3) + (version >= 5))) - 1
    attributes = (ctypes.c_uint64 * 3)(all_files, 3 if version >= 4 else 0, 3 if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = _LIBC.syscall(444, attributes, ctypes.c_size_t(size), 0)
    if ruleset < 0:
        raise Unavailable(f"landlock made no rule set: {os.strerror(ctypes.get_errno())}")
    read_file, read_folder = 1 << 2, 1 << 3
    write = (1 << 1) | (1 << 5) | (1 << 8) | ((1 << 14) if version >= 3 else 0)  # write, remove and make regular files, truncate
    rules = [(path, read_file | read_folder) for path in readable]
    rules += [(scratch, read_file | read_folder | write), ("/dev/null", read_file | 1 << 1), ("/dev/urandom", read_file)]
    for path, access in rules:
        try:
            handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue  # what does not exist or cannot be reached needs no rule
        if not os.path.isdir(path):
            access &= ~read_folder
        rule = (ctypes.c_char * 12).from_buffer_copy(access.to_bytes(8, sys.byteorder) + handle.to_bytes(4, sys.byteorder))
        failed = _LIBC.syscall(445, ruleset, 1, rule, 0)
        os.close(handle)
        if failed:
            raise Unavailable(f"landlock refused {path}: {os.strerror(ctypes.get_errno())}")
    kept = fcntl.fcntl(ruleset, fcntl.F_DUPFD_CLOEXEC, 16)  # a child puts its channel at 3, whatever is there
    os.close(ruleset)
    return kept


def mapped() -> int:
    """How many bytes of address space this process has mapped: where the limit starts to bite. Needs no /proc."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    low, high = 0, 1 << 44
    while high - low > 1 << 20:
        middle = (low + high) // 2
        resource.setrlimit(resource.RLIMIT_AS, (middle, hard))
        try:
            mmap.mmap(-1, 1 << 16).close()
            high = middle
        except OSError:
            low = middle
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    return high


def limit(limits: Limits, base: int, own_users: bool) -> None:
    """Set the resource limits, hard ones, on top of `base` mapped bytes. `own_users` says that no other process of this user counts beside it."""
    wanted = {
        resource.RLIMIT_AS: base + limits.memory,
        resource.RLIMIT_FSIZE: limits.file,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
    }
    if own_users:  # elsewhere it would count all that the user runs; there the zygote looks at the threads
        wanted[resource.RLIMIT_NPROC] = MOST_THREADS
    for kind, value in wanted.items():
        resource.setrlimit(kind, (value, value))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu + 1))  # the soft one sends SIGXCPU, which has a name


def die_with_parent(parent: int) -> None:
    """Ask the kernel to kill this process when its parent ends. Exits at once where that has happened already."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, 9, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


@dataclass
class Confinement:
    """The layers of one zygote, ready to be applied in its children. Made by `prepare`."""

    ruleset: int
    program: bytes  # the filter, which the kernel reads through `pointer`
    pointer: _Program

    @classmethod
    def prepare(cls, readable: list[str], scratch: str) -> Confinement:
        """Build both rule sets. Raises `Unavailable` when one cannot be built."""
        ruleset, program = landlock_rules(readable, scratch), seccomp_filter()
        return cls(ruleset, program, _Program(len(program) // 8, ctypes.cast(ctypes.c_char_p(program), ctypes.c_void_p)))

    def apply(self) -> None:
        """Confine this process for good. Raises `Unavailable` when a layer refuses."""
        if _LIBC.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
            raise Unavailable("no_new_privs was refused")
        _LIBC.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        if _LIBC.capset(*_CAPABILITIES):
            raise Unavailable(f"capabilities were not dropped: {os.strerror(ctypes.get_errno())}")
        if _LIBC.syscall(446, self.ruleset, 0):
            raise Unavailable(f"landlock was not applied: {os.strerror(ctypes.get_errno())}")
        os.close(self.ruleset)
        if _LIBC.prctl(_PR_SET_SECCOMP, 2, ctypes.byref(self.pointer), 0, 0):
            raise Unavailable(f"the seccomp filter was not applied: {os.strerror(ctypes.get_errno())}")
