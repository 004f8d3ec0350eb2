"""Functions by what they do: their statements without docstring, layout, annotations and the names of their own variables."""

from __future__ import annotations

import ast
import textwrap
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .lesson import BEGIN

# what of a node may hold others; how a name is used and which operator stands there has nothing in it
_FIELDS = {
    kind: tuple(field for field in kind._fields if field not in ("ctx", "op", "ops"))
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST)
}


@dataclass(frozen=True)
class Body:
    """What a function does. `name` is the function's ("" for a lambda), `several` whether it has more than one statement."""

    name: str
    code: str
    several: bool


def bodies(source: str, *, outer: bool = False) -> list[Body]:
    """All functions and lambdas of a text, with `outer` only those that stand in no other function; none of a text that is no Python."""
    if "def" not in source and "lambda" not in source:  # most of the texts that come here: none of them need be parsed
        return []
    tree = parsed(textwrap.dedent(source))
    if tree is None:
        return []
    return [_body(node) for node in (_outer(tree) if outer else walk(tree)) if isinstance(node, (ast.FunctionDef, ast.Lambda))]


def parsed(source: str) -> ast.Module | None:
    """The tree of a text that may be Python, or None; what Python would warn of in it is nobody's business here."""
    try:
        with warnings.catch_warnings(action="ignore"):
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _outer(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.Lambda)):
            yield from _outer(node)


def squeeze(code: str) -> str:
    """Code without spaces, quotes of one kind, and without comments: what is left when somebody reformats it."""
    lines = (line.split(" #")[0] if not line.lstrip().startswith("#") or BEGIN in line else "" for line in code.splitlines())
    return "".join("".join(lines).split()).replace('"', "'")


def _body(node: ast.FunctionDef | ast.Lambda) -> Body:
    if isinstance(node, ast.Lambda):
        name, statements = "", [ast.Return(node.body)]
    else:
        name, statements = node.name, node.body[1:] if ast.get_docstring(node) is not None else node.body
    own = {argument.arg: "" for argument in walk(node.args) if isinstance(argument, ast.arg)}
    written = [list(walk(statement)) for statement in statements]
    for parts in written:
        own |= {part.id: "" for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
        own |= {part.arg: "" for part in parts if isinstance(part, ast.arg)}
    renamed = {old: f"v{number}" for number, old in enumerate(own)}
    code = "\n".join(_unparsed(statement, parts, renamed) for statement, parts in zip(statements, written))
    return Body(name, code, len(statements) > 1)


def _unparsed(statement: ast.stmt, parts: list[ast.AST], names: dict[str, str]) -> str:
    """A statement's text with other names for a function's own variables, and without annotations of arguments. Afterwards the tree is as it was."""
    before = [(part, dict(vars(part))) for part in parts if isinstance(part, (ast.Name, ast.arg))]
    try:
        for part, _ in before:
            if isinstance(part, ast.Name):
                part.id = names.get(part.id, part.id)
            else:
                part.arg, part.annotation = names.get(part.arg, part.arg), None
        return ast.unparse(statement)
    finally:
        for part, old in before:
            vars(part).update(old)


def walk(tree: ast.AST) -> Iterator[ast.AST]:
    """A tree's nodes in the order of `ast.walk`, but for uses and operators (`_FIELDS`), in half its time."""
    level = [tree]
    while level:
        yield from level
        level = [child for node in level for field in _FIELDS[type(node)] for child in _children(getattr(node, field, None))]


def _children(value: object) -> Iterable[ast.AST]:
    if isinstance(value, list):
        return [item for item in value if isinstance(item, ast.AST)]
    return (value,) if isinstance(value, ast.AST) else ()
