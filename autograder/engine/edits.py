"""What a change of a learner's code is, where one can be made, and which names it may bring in."""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(eq=False)
class Edit:
    """One change: `parent.field`, or its item at `index`, becomes `value`. It is applied in place and taken back: a thousand cost no copies.

    `mark` is the part of the learner's code that it changes; where something is `missing`, that stands before `mark`, or
    after it when `after`. Edits with a lower `cost` are likelier.
    """

    cost: int
    parent: ast.AST
    field: str
    index: int | None
    value: object
    mark: ast.stmt | ast.expr
    missing: bool = False
    after: bool = False
    old: object = None

    def __enter__(self) -> None:
        self.old = getattr(self.parent, self.field) if self.index is None else getattr(self.parent, self.field)[self.index]
        self._put(self.value)

    def __exit__(self, *_) -> None:
        self._put(self.old)

    def _put(self, value) -> None:
        if self.index is None:
            setattr(self.parent, self.field, value)
        else:
            getattr(self.parent, self.field)[self.index] = value


@dataclass(frozen=True, eq=False)
class Change:
    """Edits that are made together, and what they cost: one, the same one wherever the code reads alike, or one after another."""

    edits: tuple[Edit, ...]
    cost: int

    @contextlib.contextmanager
    def made(self) -> Iterator[None]:
        """While this lasts the code is changed."""
        with contextlib.ExitStack() as stack:
            for edit in self.edits:
                stack.enter_context(edit)
            yield


@dataclass
class Scope:
    """The names that a change may bring in: `values` of the function itself, the `functions` that it calls, its text constants."""

    values: list[str] = field(default_factory=list)
    functions: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    params: list[str] = field(default_factory=list)
    locals: dict[str, int] = field(default_factory=dict)  # how often each name that the function itself sets is read
    optional: list[str] = field(default_factory=list)  # parameters that may be None
    numpy: str = ""


def scope_of(function: ast.FunctionDef | ast.Assign, names: dict) -> Scope:
    """What `function` knows. `names` is its namespace: NumPy goes by the name that it has there."""
    every = list(ast.walk(function))
    owner = function if isinstance(function, ast.FunctionDef) else function.value
    assert isinstance(owner, (ast.FunctionDef, ast.Lambda)), "`function_of` lets no other value pass"
    args = owner.args
    params = [a.arg for part in (args.posonlyargs, args.args, args.kwonlyargs) for a in part]
    called = [n.func.id for n in every if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
    stored = [n.id for n in every if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    inner = [a.arg for n in every if isinstance(n, (ast.Lambda, ast.FunctionDef)) and n is not function for a in n.args.args]
    loaded = [n.id for n in every if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
    numbers = [name for name in loaded if isinstance(names.get(name), (int, float)) and name not in stored]
    values = [name for name in dict.fromkeys([*params, *stored, *inner, *numbers]) if name not in called and name != "_"]
    texts = [n.value for n in every if isinstance(n, ast.Constant) and isinstance(n.value, str) and n.value.isidentifier()]
    numpy = next((name for name, value in names.items() if getattr(value, "__name__", "") == "numpy"), "")
    with_default = [*zip(params[::-1], args.defaults[::-1])] if not args.kwonlyargs else []
    optional = [name for name, default in with_default if isinstance(default, ast.Constant) and default.value is None]
    own = {name: loaded.count(name) for name in stored if name not in params}
    return Scope(values[:14], list(dict.fromkeys(called)), list(dict.fromkeys(texts))[:12], params, own, optional, numpy)


def places(function: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.expr]]:
    """Every expression whose value matters, with its place: (parent, field, index or None, expression), in reading order.

    Left out are annotations, decorators, docstrings and the texts of exceptions.
    """
    for name, value in ast.iter_fields(function):
        if name in ("annotation", "returns", "decorator_list", "exc", "cause", "type_comment", "type_params"):
            continue
        for index, item in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(item, ast.AST) or isinstance(item, (ast.JoinedStr, ast.expr_context)):
                continue
            if isinstance(item, ast.Expr) and isinstance(item.value, ast.Constant):
                continue
            if isinstance(item, ast.expr) and not isinstance(getattr(item, "ctx", None), (ast.Store, ast.Del)):
                yield function, name, index, item
            yield from places(item)


def written_into(function: ast.AST) -> set[str]:
    """The names whose items or attributes the code sets or deletes: ``x`` in ``x[0] = 1`` and in ``x.shape = (2, 3)``."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, (ast.Attribute, ast.Subscript)) and isinstance(node.ctx, (ast.Store, ast.Del)):
            root: ast.expr = node
            while isinstance(root, (ast.Attribute, ast.Subscript)):
                root = root.value
            found |= {root.id} if isinstance(root, ast.Name) else set()
    return found


def own_names(function: ast.AST) -> set[str]:
    """The names that are the function's own: parameters, and what it sets."""
    every = list(ast.walk(function))
    return {n.arg for n in every if isinstance(n, ast.arg)} | {
        n.id for n in every if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    }


def name_of(word: str) -> ast.Name:
    """A name that is read."""
    return ast.Name(word, ast.Load())


def call(function: ast.expr | str, *args: ast.expr, **keywords: ast.expr) -> ast.Call:
    """A call as a piece of a tree."""
    function = name_of(function) if isinstance(function, str) else function
    return ast.Call(function, list(args), [ast.keyword(key, value) for key, value in keywords.items()])


def of_numpy(scope: Scope, word: str, *args: ast.expr, **keywords: ast.expr) -> ast.Call:
    """The call of a function of NumPy."""
    return call(ast.Attribute(name_of(scope.numpy), word, ast.Load()), *args, **keywords)
