"""What can be chosen about judging, as plain constants: to name them on a command line needs no sandbox and no Linux."""

LEVELS = ("full", "standard", "weak")  # of confinement, strongest first; docs/security.md says what each holds
ENGINES = ("child", "kernel")  # what runs the cells: a warm shell (`inside.shell`), or ipykernel (`inside.kernel`)
LINUX_ONLY = "Grading runs on Linux only (on Windows: in WSL2). Nothing that a learner runs needs it, `check` included."
WEAK_MEANS = (
    "level weak confines nothing but time: a notebook can read and change whatever you can, the solutions and other "
    "grades included. Use it for your own notebooks only."
)
