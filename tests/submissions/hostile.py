"""Submissions that attack: each gets what its answers deserve, whatever else it tries.

`forge` cases have wrong answers, `cell` cases are honest but for one more cell, `answer` cases attack from within one answer.
"""

from __future__ import annotations

from .case import answer, cell, forge

# The name of the root folder of the course is put in for @ROOT@, of the judge's temporary folder for @TEMP@.

FORGING = [
    forge("forging", "check replaced", "check = lambda *a: 4.0"),
    forge("forging", "check replaced in the package", "import autograder\nautograder.check = lambda *a: 10.0"),
    forge("forging", "displayhook prints points", "import sys\nsys.displayhook = lambda x: print(10.0)"),
    forge("forging", "allclose says yes", "np.allclose = np.isclose = np.array_equal = lambda *a, **k: True"),
    forge("forging", "numpy.testing is silent", "np.testing.assert_allclose = np.testing.assert_equal = lambda *a, **k: None"),
    forge("forging", "abs is zero", "import builtins\nbuiltins.abs = lambda x: 0.0"),
    forge("forging", "math.isclose says yes", "import math\nmath.isclose = lambda *a, **k: True"),
    forge(
        "forging",
        "asserts dropped by an ast transformer",
        """
        import ast
        class Drop(ast.NodeTransformer):
            def visit_Assert(self, node): return ast.Pass()
        get_ipython().ast_transformers.append(Drop())""",
    ),
    forge("forging", "input transformer rewrites cells", "get_ipython().input_transformers_post.append(lambda lines: ['print(10.0)\\n'])"),
    forge(
        "forging",
        "the answer's caller is patched",
        """
        import sys
        answer = sys.modules['_course.shared.answer']
        answer.LocalAnswer.call = lambda self, args, program='', counted=False: answer.Outcome(value=0.0, evaluations=2)""",
    ),
    forge(
        "forging",
        "the worker's reply is patched",
        """
        import sys
        worker = sys.modules['_course.judge.inside.executor'].Executor
        worker._call = lambda self, message, values: ({'raised': '', 'points': 10.0, 'status': 'right', 'verdict': 'pass'}, (True,))""",
    ),
    forge("forging", "plain is patched", "import sys\nsys.modules['_course.shared.values'].plain = lambda value, depth=0: value"),
    forge(
        "forging",
        "frames written ahead",
        """
        import json, os, struct
        header = json.dumps({'m': {'raised': '', 'mutated': [], 'warnings': [], 'printed': False, 'has': True, 'outputs': []}, 'v': [0.0]}).encode()
        os.write(3, (struct.pack('>II', len(header), 0) + header) * 50)""",
    ),
    forge(
        "forging",
        "questions about f written ahead",
        """
        import json, os, struct
        header = json.dumps({'m': {'ask': 0}, 'v': [['t', [1.5]]]}).encode()
        os.write(3, (struct.pack('>II', len(header), 0) + header) * 500)""",
    ),
    forge(
        "forging",
        "a thread writes answers all the time",
        """
        import json, os, struct, threading, time
        header = json.dumps({'m': {'raised': '', 'has': True}, 'v': [True]}).encode()
        def write():
            while True:
                os.write(3, struct.pack('>II', len(header), 0) + header); time.sleep(0.001)
        threading.Thread(target=write, daemon=True).start()""",
    ),
    forge(
        "forging",
        "pickle on the wire",
        "import os, pickle, struct\nd = pickle.dumps(print)\nos.write(3, struct.pack('>II', len(d), 0) + d)",
    ),
    forge("forging", "garbage on the wire", "import os\nos.write(3, bytes(range(256)) * 40)"),
    forge("forging", "a frame of four gigabytes", "import os, struct\nos.write(3, struct.pack('>II', 0xFFFFFFF0, 0xFFFFFFF0))"),
    forge("forging", "a frame that never ends", "import os, struct\nos.write(3, struct.pack('>II', 1000, 0) + b'{')"),
    forge("forging", "deep JSON on the wire", "import os, struct\nd = b'[' * 200000\nos.write(3, struct.pack('>II', len(d), 0) + d)"),
    forge(
        "forging",
        "a lying array header on the wire",
        """
        import json, os, struct
        d = json.dumps({'m': {'raised': ''}, 'v': [['a', '<f8', [1 << 39, 1 << 39], True]]}).encode()
        os.write(3, struct.pack('>II', len(d), 0) + d)""",
    ),
    answer(
        "forging",
        "a float that equals everything",
        """
        class Yes(float):
            __eq__ = __le__ = __ge__ = __lt__ = __gt__ = lambda *a: True
            __ne__ = lambda *a: False
            __sub__ = __rsub__ = __abs__ = lambda *a: Yes(0)
        def difference_quotient(f, x, h):
            f(x); f(x + h)
            return Yes(0.0)""",
        status="partly right",
        points=8.0,
    ),
    answer(
        "forging",
        "an array that equals everything",
        """
        class Yes(np.ndarray):
            __eq__ = __array_ufunc__ = __array_function__ = lambda *a, **k: True
            tobytes = lambda self, *a: b''
        def scaled(v, c):
            return np.zeros(v.shape).view(Yes)""",
        exercise="scaled",
        points=8.0,
        status="wrong",
    ),
    answer(
        "forging",
        "a string that equals everything",
        """
        class Yes(str):
            __eq__ = __contains__ = lambda *a: True
            __hash__ = str.__hash__
            strip = lower = lambda self: "b"
        def colour():
            return Yes("a")""",
        exercise="colour",
        points=9.0,
        status="wrong",
    ),
    answer(
        "forging",
        "an object that pretends to be a float",
        """
        class Yes:
            __class__ = float
            __float__ = lambda self: 0.0
            __eq__ = __array_ufunc__ = lambda *a, **k: True
        def difference_quotient(f, x, h):
            return Yes()""",
    ),
    answer(
        "forging",
        "an object with __array__",
        """
        class Yes:
            def __array__(self, *a, **k): return np.zeros(3)
            shape = property(lambda self: (3,))
        def scaled(v, c): return Yes()""",
        exercise="scaled",
        points=8.0,
    ),
    answer(
        "forging",
        "a list that lies about its items",
        """
        class Lie(list):
            __iter__ = lambda self: iter([1.0, 2.0])
            __len__ = lambda self: 2
            __getitem__ = lambda self, i: 1.0
        def tangent_line(f, df, a): return Lie()""",
        exercise="tangent_line",
        points=7.0,
    ),
    answer(
        "forging",
        "the derivative asked from f",
        """
        def difference_quotient(f, x, h):
            for way in (lambda: f.prime(x), lambda: f.derivative(x), lambda: f._f.__closure__[1].cell_contents.prime(x),
                        lambda: f._f.__closure__[1].cell_contents.d, lambda: f.__wrapped__(x)):
                try: print(way())
                except Exception: pass
            return 0.0""",
    ),
    answer(
        "forging",
        "evaluations hidden by patching the count",
        """
        def difference_quotient(f, x, h):
            import gc
            value = sum(f(x + h) for _ in range(5))/5 - f(x)
            for thing in gc.get_objects():
                if type(thing) is list and len(thing) == 1 and type(thing[0]) is int: thing[0] = 2
            return value/h""",
        points=8.0,
        status="partly right",
    ),
    answer(
        "forging",
        "evaluations hidden behind the oracle",
        """
        def difference_quotient(f, x, h):
            raw = f._f.__closure__[1].cell_contents
            return (sum(raw(x + h) for _ in range(3))/3 - raw(x))/h""",
        points=None,
    ),
    answer(
        "forging",
        "f asked with an object",
        """
        def difference_quotient(f, x, h):
            class Spy(float):
                def __add__(self, other): print("seen", other); return self
                __radd__ = __mul__ = __rmul__ = __pow__ = __sub__ = __rsub__ = __truediv__ = __add__
            return f(Spy(x)) - f(Spy(x))""",
        status="wrong",  # the judge, which counts, sees a float in its place: another value than otherwise
    ),
    answer(
        "forging",
        "f asked for a function that does not exist",
        """
        def difference_quotient(f, x, h):
            import json, os, struct
            header = json.dumps({'m': {'ask': 77}, 'v': [['t', [1.5]]]}).encode()
            os.write(3, struct.pack('>II', len(header), 0) + header)
            return 0.0""",
        status="malformed",
    ),
    answer("forging", "f asked for a large array", "def difference_quotient(f, x, h):\n    return f(np.zeros(10**6))[0]", status="wrong"),
    answer(
        "forging",
        "f asked for a large array where the judge counts",
        """
        def difference_quotient(f, x, h):
            try: f(np.zeros(10**6))
            except (MemoryError, TypeError): pass
            try: f(np.zeros(10**5))
            except (MemoryError, TypeError): pass
            return (f(x + h) - f(x))/h""",
        points=8.0,
        status="partly right",
    ),
    answer("forging", "f asked for a huge int", "def difference_quotient(f, x, h):\n    return f(10**70000)", points=None),
    answer(
        "forging",
        "the seed is searched",
        """
        def difference_quotient(f, x, h):
            import random
            for seed in range(2000):
                if np.random.default_rng(seed).uniform(-1, 1) == x: return float('nan')
            return 0.0""",
    ),
]

_READERS = {
    "solutions by path": "print(open('@ROOT@/solutions/90_tiny/90_tiny.ipynb').read())",
    "the course's key": "print(open('@ROOT@/work/course.json').read())",
    "a classmate": "print(open('@ROOT@/work/submitted/classmate/90_tiny/90_tiny.ipynb').read())",
    "all verdicts": "import glob\nfor p in glob.glob('@ROOT@/work/verdicts/*/*'): print(open(p).read())",
    "the gradebook": "import sqlite3\nc = sqlite3.connect('file:@ROOT@/work/gradebook.db?mode=ro', uri=True); print(c.execute('select * from secrets').fetchall())",
    "every file there is": """
        import os
        for top in ('@ROOT@', '/root', '/home', '/tmp', '/var/tmp', '/etc', '/run', '/work', '..', '../..'):
            for folder, _, names in os.walk(top):
                for name in names[:50]:
                    try:
                        text = open(os.path.join(folder, name), errors='replace').read(200000)
                        if 'SECRET' in text: print(text[text.index('SECRET'):][:80])
                    except OSError: pass""",
    "the environment": "import os\nprint(dict(os.environ))",
    "environments in proc": """
        import os
        for p in ['self', '1', str(os.getppid()), *[str(n) for n in range(2, 400)]]:
            try: print(open(f'/proc/{p}/environ').read(), open(f'/proc/{p}/cmdline').read())
            except OSError: pass""",
    "memory in proc": "maps = open('/proc/self/maps').read(); print(maps[:100]); print(open('/proc/1/mem', 'rb').read(10))",
    "descriptors": """
        import os
        for n in range(4, 300):
            try: print(n, os.pread(n, 100000, 0))
            except OSError: pass
        print(os.listdir('/proc/self/fd'))""",
    "descriptors of the parent": "import os\nfor n in range(30):\n    try: print(open(f'/proc/{os.getppid()}/fd/{n}', 'rb').read(1000))\n    except OSError: pass",
    "objects in memory": """
        import gc
        for thing in gc.get_objects():
            if type(thing) in (dict, list, tuple):
                for text in (thing.values() if type(thing) is dict else thing):
                    if type(text) is str and 'SECRET' in text and len(text) < 5000 and 'get_objects' not in text: print(text)""",
    "frames of callers": """
        import sys
        frame = sys._getframe()
        while frame:
            print({k: repr(v)[:300] for k, v in frame.f_locals.items() if k not in ('source', 'raw_cell', 'message', 'cell', 'code')})
            frame = frame.f_back""",
    "modules of the course": """
        import importlib, sys
        for name in ('autograder.exercises', 'autograder.engine.runner', 'autograder.judge', 'solutions', 'autograder.exercises.derivative'):
            try: print(importlib.import_module(name).__file__)
            except Exception as e: print(type(e).__name__)
        sys.path.insert(0, '@ROOT@')
        import solutions""",
    "the history": "import os, glob\nfor p in glob.glob(os.path.expanduser('~root') + '/.ipython/**', recursive=True) + glob.glob('/root/.*history'): print(open(p, 'rb').read()[:500])",
    "a link to a secret": "import os\nos.symlink('@ROOT@/work/course.json', 'here'); print(open('here').read())",
    "a hard link to a secret": "import os\nos.link('@ROOT@/work/course.json', 'here'); print(open('here').read())",
    "a folder handle": "import os\nh = os.open('@ROOT@/work', os.O_RDONLY); print(os.open('course.json', os.O_RDONLY, dir_fd=h))",
    "an O_PATH handle": "import os\nh = os.open('@ROOT@/work/course.json', os.O_PATH); print(open(f'/proc/self/fd/{h}').read())",
    "the judge's temporary folder": "import os\nfor f, d, n in os.walk('@TEMP@'): print(f, d, n)\nprint(open('@TEMP@/canary').read())",
    "shared memory": "import os\nprint(os.listdir('/dev/shm')); open('/dev/shm/SECRET-left', 'w').write('x')",
    "the shadow file": "print(open('/etc/shadow').read())",
    "through numpy": "print(np.fromfile('@ROOT@/work/course.json', dtype=np.uint8).tobytes())",
    "through mmap": "import mmap, os\nprint(mmap.mmap(os.open('@ROOT@/work/course.json', os.O_RDONLY), 0, prot=mmap.PROT_READ)[:])",
    "through matplotlib": "import matplotlib.pyplot as plt\nplt.imread('@ROOT@/work/course.json')",
    "through a magic": "%load @ROOT@/work/course.json",
    "through %run": "%run @ROOT@/secret.py",
    "through cat": "!cat @ROOT@/work/course.json",
    "through %%bash": "%%bash\ncat @ROOT@/work/course.json",
    "through %%file and back": "%%writefile @ROOT@/written\nx",
    "input from somebody": "input('SECRET?')",
}
READING = [cell("reading", name, source) for name, source in _READERS.items()]

_LIBC = "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
_ESCAPES = {
    "fork": "import os\nif os.fork() == 0:\n    import time; time.sleep(100)",
    "fork and write the other notebook": "import os\nos.fork(); open('@ROOT@/escaped', 'w').write('x')",
    "forkpty": "import pty\npty.fork()",
    "subprocess": "import subprocess\nsubprocess.run(['touch', '@ROOT@/escaped'])",
    "os.system": "import os\nprint(os.system('touch @ROOT@/escaped'))",
    "os.execv": "import os\nos.execv('/bin/sh', ['sh', '-c', 'touch @ROOT@/escaped'])",
    "posix_spawn": "import os\nos.posix_spawn('/bin/touch', ['touch', '@ROOT@/escaped'], {})",
    "multiprocessing": "import multiprocessing as m\np = m.Process(target=print); p.start(); p.join()",
    "a process pool": "from concurrent.futures import ProcessPoolExecutor as P\nwith P(2) as p: print(list(p.map(abs, [1])))",
    "vfork by hand": _LIBC + "print(libc.syscall(58))",
    "execve by hand": _LIBC + "print(libc.execve(b'/bin/sh', None, None))",
    "a TCP socket": "import socket\nsocket.create_connection(('127.0.0.1', 1), 1)",
    "a TCP server": "import socket\ns = socket.socket(); s.bind(('', 0)); s.listen()",
    "a UDP socket": "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
    "a name lookup": "import socket\nsocket.getaddrinfo('localhost', 80)",
    "a unix socket": "import socket\ns = socket.socket(socket.AF_UNIX); s.connect('/run/systemd/private')",
    "an abstract socket": "import socket\ns = socket.socket(socket.AF_UNIX); s.bind('\\0x')",
    "a raw socket": "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_RAW, 1)",
    "a packet socket": "import socket\nsocket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
    "a vsock": "import socket\nsocket.socket(40, socket.SOCK_STREAM)",
    "urllib": "import urllib.request\nurllib.request.urlopen('http://127.0.0.1:9/')",
    "a memfd": "import os\nprint(os.memfd_create('x'))",
    "chroot": "import os\nos.chroot('.')",
    "setuid": "import os\nos.setuid(0); os.setgid(0)",
    "chmod the notebook": "import os\nos.chmod('@ROOT@/secret.py', 0o777)",
    "chown": "import os\nopen('mine', 'w').close(); os.chown('mine', 65534, 65534)",
    "utime": "import os\nos.utime('@ROOT@/secret.py', (0, 0))",
    "xattr": "import os\nos.setxattr('@ROOT@/secret.py', 'user.x', b'y')",
    "mknod": "import os, stat\nos.mknod('disk', 0o600 | stat.S_IFBLK, os.makedev(8, 0))",
    "mkfifo": "import os\nos.mkfifo('pipe')",
    "kill everybody": "import os, signal\nos.kill(-1, signal.SIGKILL)",
    "kill the parent": "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)",
    "kill the group": "import os, signal\nos.killpg(0, signal.SIGKILL)",
    "kill itself": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "raise a signal": "import signal\nsignal.raise_signal(signal.SIGKILL)",
    "a pidfd": "import os\nprint(os.pidfd_open(os.getppid()))",
    "raise limits": "import resource\nresource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
    "limits of the parent": "import os, resource\nresource.prlimit(os.getppid(), resource.RLIMIT_CPU, (1, 1))",
    "outlive the parent": _LIBC + "print(libc.prctl(1, 0))",
    "become traceable": _LIBC + "print(libc.prctl(4, 1))",
    "priority": "import os\nos.setpriority(os.PRIO_PROCESS, 0, -20)",
    "type into the terminal": "import fcntl\nfcntl.ioctl(3, 0x5412, b'x')",
    "write into the library": "import numpy\nopen(numpy.__file__, 'a').write('#')",
    "write beside the library": "import numpy, os\nopen(os.path.join(os.path.dirname(numpy.__file__), 'escaped.py'), 'w')",
    "remove the library": "import numpy, os\nos.unlink(numpy.__file__)",
    "write the data": "open('@ROOT@/data/points.csv', 'w').write('x')",
    "remove the data": "import os\nos.unlink('@ROOT@/data/points.csv')",
    "move the data": "import os\nos.rename('@ROOT@/data/points.csv', 'mine')",
    "write its own grade": "open('@ROOT@/work/verdicts/90_tiny/me.json', 'w').write('{}')",
    "write the temporary folder": "open('/tmp/escaped-by-course', 'w').write('x')",
    "write its home": "import os\nopen('/root/escaped-by-course', 'w').write('x')",
    "open a terminal": "open('/dev/tty', 'w').write('x')",
    "open the disk": "open('/dev/vda', 'rb').read(10)",
    "open kernel memory": "open('/dev/mem', 'rb').read(10)",
    "install a package": "%pip install something",
    "set the clock": "import time\ntime.clock_settime(time.CLOCK_REALTIME, 0)",
    "set the host's name": "import socket\nsocket.sethostname('escaped')",
    "syslog": "import syslog\nsyslog.syslog('escaped')",
}
_FATAL = {
    "ptrace": "libc.ptrace(16, 1, 0, 0)",
    "unshare": "libc.unshare(0x10000000)",
    "setns": "libc.setns(0, 0)",
    "mount": "libc.mount(b'x', b'/tmp', b'tmpfs', 0, None)",
    "read another's memory": "libc.process_vm_readv(1, None, 0, None, 0, 0)",
    "io_uring": "libc.syscall(425, 1, 0)",
    "bpf": "libc.syscall({'x86_64': 321}.get(__import__('platform').machine(), 280), 0, 0, 0)",
    "keyring": "libc.syscall({'x86_64': 250}.get(__import__('platform').machine(), 219), 0, 0)",
    "perf events": "libc.syscall({'x86_64': 298}.get(__import__('platform').machine(), 241), 0, 0, 0, 0, 0)",
    "userfaultfd": "libc.syscall({'x86_64': 323}.get(__import__('platform').machine(), 282), 0)",
    "the other calling convention": "print(libc.syscall(0x40000000 + 39))",
}
ESCAPING = [cell("escaping", name, source) for name, source in _ESCAPES.items()]
ESCAPING += [cell("escaping", name, _LIBC + source) for name, source in _FATAL.items()]
ESCAPING += [
    answer(
        "escaping",
        f"{name} in an answer",
        f"def difference_quotient(f, x, h):\n    import ctypes; libc = ctypes.CDLL(None); {_FATAL[name]}\n    return 0.0",
        status="forbidden",
    )
    for name in ("ptrace", "unshare", "io_uring")
]
