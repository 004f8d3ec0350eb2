"""Functions by what they do: their statements without docstring, layout, annotations and the names of their own variables."""

from __future__ import annotations

import ast
import textwrap
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from .lesson import BEGIN


@dataclass(frozen=True)
class Body:
    """What a function does. `name` is the function's ("" for a lambda), `several` whether it has more than one statement."""

    name: str
    code: str
    several: bool


def bodies(source: str, *, outer: bool = False) -> list[Body]:
    """All functions and lambdas of a text, with `outer` only those that stand in no other function; none of a text that is no Python."""
    tree = parsed(textwrap.dedent(source))
    if tree is None:
        return []
    return [_body(node) for node in (_outer(tree) if outer else ast.walk(tree)) if isinstance(node, (ast.FunctionDef, ast.Lambda))]


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
    own = {argument.arg: "" for argument in ast.walk(node.args) if isinstance(argument, ast.arg)}
    for statement in statements:
        own |= {part.id: "" for part in ast.walk(statement) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
        own |= {part.arg: "" for part in ast.walk(statement) if isinstance(part, ast.arg)}
    renamed = {old: f"v{number}" for number, old in enumerate(own)}
    code = "\n".join(ast.unparse(_Renamed(renamed).visit(ast.parse(ast.unparse(statement)))) for statement in statements)
    return Body(name, code, len(statements) > 1)


class _Renamed(ast.NodeTransformer):
    """Gives a function's own variables new names."""

    def __init__(self, names: dict[str, str]):
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self.names.get(node.id, node.id), node.ctx)

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return ast.arg(self.names.get(node.arg, node.arg))
