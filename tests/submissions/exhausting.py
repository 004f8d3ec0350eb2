"""Submissions that use everything up, will not die, or confuse: one exercise pays, the rest is graded."""

from __future__ import annotations

from .case import answer, cell

_F = "def difference_quotient(f, x, h):\n    "

EXHAUSTING = [
    answer("exhausting", "a loop in an answer", _F + "while True: pass", status="timeout"),
    answer(
        "exhausting",
        "a loop that swallows everything",
        _F + "while True:\n        try:\n            while True: pass\n        except BaseException: pass",
        status="timeout",
    ),
    answer("exhausting", "a sleep in an answer", _F + "import time; time.sleep(1000)", status="timeout"),
    answer(
        "exhausting",
        "alarms switched off",
        _F
        + "import signal\n    for s in (signal.SIGALRM, signal.SIGPROF, signal.SIGXCPU): signal.signal(s, signal.SIG_IGN)\n    while True: pass",
        status="timeout",
    ),
    answer(
        "exhausting",
        "timers switched off",
        _F + "import signal\n    signal.setitimer(signal.ITIMER_PROF, 0); signal.setitimer(signal.ITIMER_REAL, 0)\n    while True: pass",
        status="timeout",
    ),
    answer(
        "exhausting",
        "signals blocked",
        _F + "import signal\n    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))\n    while True: pass",
        status="timeout",
    ),
    answer("exhausting", "a loop in C", _F + "return sum(range(10**15))", status="timeout"),
    answer("exhausting", "a huge power", _F + "return 9**9**9", status="timeout"),
    answer("exhausting", "a slow regular expression", _F + "import re; re.match('(a+)+$', 'a'*60 + 'b'); return 0.0", status="timeout"),
    answer("exhausting", "f a billion times", _F + "while True: f(x)", status="timeout"),
    answer("exhausting", "a waiting lock", _F + "import threading; l = threading.Lock(); l.acquire(); l.acquire()", status="timeout"),
    answer("exhausting", "a waiting read", _F + "import os; r, w = os.pipe(); os.read(r, 1)", status="timeout"),
    answer("exhausting", "a read from the judge's channel", _F + "import os; os.read(3, 1)", points=6.0),
    answer(
        "exhausting",
        "an exception whose text never ends",
        "class E(Exception):\n    def __str__(self):\n        while True: pass\n" + _F + "raise E",
        status="timeout",
    ),
    answer("exhausting", "memory in small pieces", _F + "a = []\n    while True: a.append(bytearray(1 << 20))", points=6.0),
    answer("exhausting", "memory in one piece", _F + "return np.ones(1 << 40)[0]", status="memory"),
    answer("exhausting", "memory shared", _F + "import mmap\n    m = mmap.mmap(-1, 1 << 36)\n    return 0.0", points=6.0),
    answer("exhausting", "a result of a gigabyte", "def scaled(v, c):\n    return np.zeros(1 << 24)", exercise="scaled", points=8.0),
    answer("exhausting", "a string without end", 'def colour():\n    return "b" * (1 << 26)', exercise="colour", points=9.0),
    answer("exhausting", "a list without end", "def scaled(v, c):\n    return list(range(10**6))", exercise="scaled", points=8.0),
    answer("exhausting", "an int without end", _F + "return 10**400000"),
    answer("exhausting", "an int of 5000 digits", _F + "return 10**5000"),
    answer("exhausting", "recursion", _F + "return difference_quotient(f, x, h)", status="raised"),
    answer(
        "exhausting",
        "recursion without a limit",
        _F + "import sys; sys.setrecursionlimit(10**9)\n    g = lambda: g()\n    return g()",
        points=6.0,
    ),
    answer(
        "exhausting",
        "threads",
        _F + "import threading, time\n    while True: threading.Thread(target=time.sleep, args=(100,)).start()",
        points=6.0,
    ),
    answer("exhausting", "printing without end", _F + "while True: print('x' * 100000)", points=6.0),
    answer("exhausting", "warnings without end", _F + "import warnings\n    while True: warnings.warn('x' * 100000)", points=6.0),
    cell("exhausting", "a loop in a cell", "while True: pass"),
    cell(
        "exhausting",
        "a loop in a cell that swallows everything",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    ),
    cell("exhausting", "a sleep in a cell", "import time; time.sleep(1000)"),
    cell("exhausting", "a loop in C in a cell", "sum(range(10**15))"),
    cell("exhausting", "await for ever", "import asyncio\nawait asyncio.sleep(1000)"),
    cell("exhausting", "memory in a cell", "a = []\nwhile True: a.append(bytearray(1 << 20))"),
    cell("exhausting", "fork bomb", "import os\nwhile True: os.fork()"),
    cell("exhausting", "a full disk", "i = 0\nwhile True:\n    i += 1\n    with open(f'f{i}', 'wb') as s: s.write(bytes(1 << 20))"),
    cell("exhausting", "one huge file", "with open('f', 'wb') as s:\n    while True: s.write(bytes(1 << 20))"),
    cell("exhausting", "a sparse file", "import os\nh = os.open('f', os.O_CREAT | os.O_RDWR); os.ftruncate(h, 1 << 50)"),
    cell("exhausting", "a million files", "for i in range(10**6): open(f'f{i}', 'w').close()"),
    cell("exhausting", "all descriptors", "import os\nwhile True: os.pipe()"),
    cell("exhausting", "output without end", "while True: print('x' * 100000)"),
    cell("exhausting", "errors without end", "import sys\nwhile True: sys.stderr.write('x' * 100000)"),
    cell("exhausting", "a million displays", "for i in range(10**5): display(i)"),
    cell("exhausting", "a display of a gigabyte", "class Big:\n    def __repr__(self): return 'x' * (1 << 28)\nBig()"),
    cell("exhausting", "a hundred figures", "import matplotlib.pyplot as plt\nfor i in range(100): plt.figure()"),
    cell(
        "exhausting", "a huge figure", "import matplotlib.pyplot as plt\nplt.figure(figsize=(10000, 10000)); plt.plot([1, 2]); plt.show()"
    ),
    cell(
        "exhausting",
        "a zip bomb",
        "import zlib\nd = zlib.compress(bytes(1 << 26))\nfor i in range(60): zlib.decompress(d)\nx = [zlib.decompress(d) for i in range(100)]",
    ),
    cell("exhausting", "an endless repr", "class Loop:\n    def __repr__(self):\n        while True: pass\nLoop()"),
    cell("exhausting", "a source of a thousand brackets", "x = " + "(" * 3000 + ")" * 3000),
    cell(
        "exhausting",
        "shared memory of the system",
        "from multiprocessing import shared_memory\nshared_memory.SharedMemory(create=True, size=1 << 34)",
    ),
    cell("exhausting", "message queues", "import ctypes\nlibc = ctypes.CDLL(None)\nwhile libc.msgget(0, 0o1666) >= 0: pass"),
]

SURVIVING = [
    cell(
        "surviving",
        "a thread that goes on",
        "import threading, time\ndef go():\n    while True: time.sleep(0.01)\nthreading.Thread(target=go).start()",
    ),
    cell(
        "surviving",
        "a thread that burns",
        "import threading\ndef go():\n    while True: pass\nthreading.Thread(target=go, daemon=True).start()",
        points=None,
    ),
    cell("surviving", "atexit", "import atexit, time\natexit.register(time.sleep, 1000)"),
    cell("surviving", "an object that will not be freed", "class D:\n    def __del__(self):\n        while True: pass\nd = D()"),
    cell(
        "surviving",
        "a daemon",
        "import os\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        import time; time.sleep(1000)",
    ),
    cell(
        "surviving",
        "signals ignored",
        "import signal\nfor s in range(1, 32):\n    try: signal.signal(s, signal.SIG_IGN)\n    except (OSError, ValueError): pass",
    ),
    cell("surviving", "exit", "exit()"),
    cell("surviving", "sys.exit", "import sys\nsys.exit(0)"),
    cell("surviving", "os._exit", "import os\nos._exit(0)"),
    cell("surviving", "os._exit after a while", "import os, threading\nthreading.Timer(0.02, os._exit, (0,)).start()", points=None),
    cell("surviving", "abort", "import os\nos.abort()"),
    cell("surviving", "a segmentation fault", "import ctypes\nctypes.string_at(0)"),
    cell("surviving", "KeyboardInterrupt", "raise KeyboardInterrupt"),
    cell("surviving", "the channel closed", "import os\nos.close(3)"),
    cell("surviving", "all descriptors closed", "import os\nos.closerange(0, 100)"),
    cell("surviving", "the channel shut", "import socket\nsocket.socket(fileno=3).shutdown(2)"),
    cell("surviving", "the shell reset", "get_ipython().reset()", points=8.0),
    cell("surviving", "the shell killed", "get_ipython().run_cell = None\ndel get_ipython().user_ns", points=None),
    answer("surviving", "os._exit in an answer", "def difference_quotient(f, x, h):\n    import os; os._exit(0)", status="exited"),
    answer(
        "surviving",
        "os._exit with the code of a broken sandbox",
        "def difference_quotient(f, x, h):\n    import os; os._exit(1)",
        status="exited",
    ),
    answer("surviving", "sys.exit in an answer", "def difference_quotient(f, x, h):\n    raise SystemExit(0)", status="raised"),
    answer(
        "surviving", "KeyboardInterrupt in an answer", "def difference_quotient(f, x, h):\n    raise KeyboardInterrupt", status="raised"
    ),
    answer(
        "surviving", "a crash in an answer", "def difference_quotient(f, x, h):\n    import ctypes; ctypes.string_at(0)", status="exited"
    ),
    answer("surviving", "abort in an answer", "def difference_quotient(f, x, h):\n    import os; os.abort()", status="exited"),
    answer(
        "surviving", "the channel closed in an answer", "def difference_quotient(f, x, h):\n    import os; os.close(3)", status="exited"
    ),
    answer(
        "surviving",
        "the channel closed, and the process goes on",
        "def difference_quotient(f, x, h):\n    import os, time; os.close(3); time.sleep(30)",
        status="exited",
    ),
    answer(
        "surviving",
        "the channel shut, and the process goes on",
        "def difference_quotient(f, x, h):\n    import socket, time; socket.socket(fileno=3).shutdown(2); time.sleep(30)",
        status="exited",
    ),
    answer(
        "surviving",
        "SIGKILL to itself through a pipe's settings",
        """
        def difference_quotient(f, x, h):
            import fcntl, os
            r, w = os.pipe()
            fcntl.fcntl(r, 10, 9)
            fcntl.fcntl(r, fcntl.F_SETOWN, os.getpid())
            fcntl.fcntl(r, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
            os.write(w, b"x")
            return (f(x + h) - f(x))/h
        """,
        status="raised",
    ),
    answer(
        "surviving",
        "thousands of threads",
        """
        def difference_quotient(f, x, h):
            import threading, time
            threading.stack_size(32768)
            for _ in range(6000):
                threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
            time.sleep(3)
            return (f(x + h) - f(x))/h
        """,
        points=6.0,  # how it ends depends on what counts threads: the limit, the zygote, the clock
    ),
    answer(
        "surviving",
        "files that are unlinked while they are open",
        """
        KEPT = []
        def difference_quotient(f, x, h):
            import os, time
            for number in range(40):
                KEPT.append(open(f"f{number}", "wb"))
                os.unlink(f"f{number}")
                KEPT[-1].write(b"x"*(8 << 20))
                KEPT[-1].flush()
            time.sleep(1)
            return (f(x + h) - f(x))/h
        """,
        points=6.0,
    ),
]

_E = _F + "raise "
CONFUSING = [
    answer("confusing", "NaN", _F + "return float('nan')"),
    answer("confusing", "infinity", _F + "return float('inf')"),
    answer("confusing", "None", _F + "pass"),
    answer("confusing", "True", _F + "return True"),
    answer("confusing", "a complex number", _F + "return 1j"),
    answer("confusing", "an object array", _F + "return np.array([object()])"),
    answer("confusing", "a structured array", _F + "return np.zeros(1, dtype=[('a', float)])"),
    answer("confusing", "a date", _F + "return np.datetime64('2026-01-01')"),
    answer("confusing", "a string array", _F + "return np.array('x')"),
    answer("confusing", "an array with 60 axes", _F + "return np.zeros((1,)*60)"),
    answer("confusing", "an empty array", _F + "return np.zeros((0, 5))"),
    answer("confusing", "a broken truth value", _F + "return np.frombuffer(b'\\x02', dtype=bool)"),
    answer("confusing", "a big-endian array", "def scaled(v, c):\n    return (c*v).astype('>f8')", exercise="scaled", points=10.0),
    answer("confusing", "a strided array", "def scaled(v, c):\n    return np.repeat(c*v, 2)[::2]", exercise="scaled", points=10.0),
    answer("confusing", "a long double", "def scaled(v, c):\n    return np.longdouble(c)*v", exercise="scaled", points=10.0),
    answer("confusing", "a deep list", _F + "a = []\n    for _ in range(10**5): a = [a]\n    return a"),
    answer("confusing", "a list in itself", _F + "a = []; a.append(a); return a"),
    answer("confusing", "a dict in itself", _F + "a = {}; a['a'] = a; return a"),
    answer("confusing", "a generator", _F + "while True: yield 1.0"),
    answer("confusing", "bytes", _F + "return b'0'"),
    answer("confusing", "f itself", _F + "return f"),
    answer("confusing", "a module", _F + "return np"),
    answer("confusing", "a lone surrogate", 'def colour():\n    return "\\ud800"', exercise="colour", points=9.0),
    answer("confusing", "a class with a hostile name", _F + "return type('<script>alert(1)</script>' * 100, (), {})()"),
    answer(
        "confusing",
        "an exception with a hostile name",
        _E + "type('<img src=x onerror=alert(1)>', (Exception,), {})('<script>')",
        status="raised",
    ),
    answer("confusing", "an exception that carries the input out", _E + "type('x_' + str(x), (ValueError,), {})(str(x))", status="raised"),
    answer(
        "confusing",
        "an exception that cannot be printed",
        "class E(Exception):\n    __str__ = __repr__ = None\n" + _E + "E",
        status="raised",
    ),
    answer(
        "confusing",
        "an exception whose class lies",
        "class M(type):\n    __name__ = property(lambda c: 3)\nclass E(Exception, metaclass=M): pass\n" + _E + "E",
        points=6.0,
    ),
    answer("confusing", "an exception group", _E + "ExceptionGroup('x', [ValueError(1)])", status="raised"),
    answer("confusing", "a base exception", "class B(BaseException): pass\n" + _E + "B", status="raised"),
    answer("confusing", "GeneratorExit", _E + "GeneratorExit", status="raised"),
    answer("confusing", "StopIteration", _E + "StopIteration", status="raised"),
    answer("confusing", "our own exception", "import sys\n" + _E + "sys.modules['_course.shared.answer'].Died('error')", points=6.0),
    answer("confusing", "our own clock", "import sys\n" + _E + "sys.modules['_course.shared.answer'].OutOfTime('x')", status="timeout"),
    answer("confusing", "a made-up status", "import sys\n" + _E + "sys.modules['_course.shared.answer'].Died('right')", points=6.0),
    answer(
        "confusing",
        "a warning with a hostile name",
        _F + "import warnings\n    warnings.warn('<script>' + str(x), type('<b>', (UserWarning,), {}))\n    return 0.0",
    ),
    answer("confusing", "the function is a number", "difference_quotient = 3", status="raised"),
    answer("confusing", "the function is a class", "class difference_quotient: pass", status="raised"),
    answer("confusing", "the function takes other arguments", "def difference_quotient(): return 1.0", status="raised"),
    answer("confusing", "an async function", "async def difference_quotient(f, x, h): return 1.0"),
    answer("confusing", "the name is gone", "pass", status="missing"),
    answer("confusing", "the stub", "def difference_quotient(f, x, h):\n    raise NotImplementedError", status="not attempted"),
    # Whoever changes what it was given is told so, and pays for it; the other exercises are asked with arguments of their own.
    answer(
        "confusing",
        "the arguments spoilt",
        "def scaled(v, c):\n    v *= c\n    return v",
        exercise="scaled",
        status="partly right",
        points=9.9,
    ),
    answer(
        "confusing",
        "the argument resized",
        "def scaled(v, c):\n    w = c*v\n    v.resize(0, refcheck=False)\n    return w",
        exercise="scaled",
        status="partly right",
        points=9.8,
    ),
    cell("confusing", "isinstance says yes", "import builtins\nbuiltins.isinstance = lambda *a: True", points=None),
    cell("confusing", "len is zero", "import builtins\nbuiltins.len = lambda x: 0", points=None),
    cell("confusing", "type is float", "import builtins\nbuiltins.type = lambda *a: float", points=None),
    cell(
        "confusing", "json is broken", "import json\njson.loads = json.dumps = None\njson.JSONEncoder.encode = lambda *a: '{}'", points=None
    ),
    cell(
        "confusing",
        "numpy shadowed by a file",
        "open('numpy.py', 'w').write('allclose = lambda *a: True')\nimport importlib, sys\nsys.path.insert(0, '')",
        points=None,
    ),
    cell("confusing", "numpy replaced", "import sys, types\nsys.modules['numpy'] = types.ModuleType('numpy')", points=None),
    cell("confusing", "numpy emptied", "for n in list(vars(np)):\n    if not n.startswith('__'): delattr(np, n)", points=None),
    cell(
        "confusing",
        "import hook",
        "import sys\nclass H:\n    def find_spec(self, *a): raise SystemExit\nsys.meta_path.insert(0, H())",
        points=None,
    ),
    cell("confusing", "trace function", "import sys\nsys.settrace(lambda *a: (_ for _ in ()).throw(SystemExit))", points=None),
    cell("confusing", "stdout replaced", "import sys\nsys.stdout = sys.stderr = None"),
    cell("confusing", "warnings are errors", "import warnings\nwarnings.simplefilter('error')\nnp.seterr(all='raise')"),
    cell(
        "confusing",
        "a hostile namespace",
        "class D(dict):\n    def get(self, *a): return lambda *a: 0.0\nget_ipython().user_ns = D()",
        points=None,
    ),
    cell(
        "confusing",
        "script in outputs",
        "from IPython.display import HTML, Javascript, display\ndisplay(HTML('<script>alert(1)</script>'), Javascript('alert(2)'))\nprint('<script>alert(3)</script>')\nraise ValueError('<script>alert(4)</script>')",
    ),
    cell("confusing", "escape codes in outputs", "print('\\x1b]0;owned\\x07\\x1b[2J')\nraise ValueError('\\x1b[31m')"),
    cell(
        "confusing",
        "a bogus picture",
        "display({'image/png': '\"><script>alert(1)</script>', 'text/html': '<script>', 'application/javascript': 'alert(1)'}, raw=True)",
    ),
    cell("confusing", "a syntax error", "def ("),
    cell("confusing", "a tab and a null", "x = '\\x00'\n\tprint(1)"),
]
