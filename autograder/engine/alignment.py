"""Pieces of a right answer as changes of a learner's code: what stands there at the same place, in the learner's names."""

from __future__ import annotations

import ast
import copy
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping

from .edits import Edit, Scope, places
from .statements import bodies, is_docstring

_WHOLE = (ast.Return, ast.Assign, ast.AugAssign, ast.Tuple, ast.List, ast.Dict, ast.Lambda)
_LARGEST = 40  # nodes of a piece
_FURTHEST = 9  # parts that may differ between a piece and what it replaces inside a statement


def aligned_edits(function: ast.FunctionDef, right: ast.FunctionDef, scope: Scope) -> Iterator[Edit]:
    """Expressions and statements of `right`, an answer that is right, put into `function`: the nearest ones cost least."""
    theirs = [a.arg for a in right.args.args]
    names = dict(zip(theirs, scope.params))
    body = [copy.deepcopy(s) for s in right.body if not is_docstring(s)]
    pieces = _pieces(body, theirs)
    strangers = {n.id for s in body for n in ast.walk(s) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)} - set(theirs)
    yield from _expressions(function, [(new, whole) for piece, whole in pieces for new in _renamed(piece, names, strangers, scope)], scope)
    yield from _statements(function, body, names, strangers, scope)


def _pieces(body: list[ast.stmt], params: list[str]) -> list[tuple[ast.expr, bool]]:
    """Every expression of the right answer, as it stands and with its intermediate results written out; whether it is a whole one."""
    defined: dict[str, ast.expr] = {}
    holder = ast.Module(body, [])
    assigned = Counter(n.id for n in ast.walk(holder) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
    for statement in body:
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target, value = statement.targets[0], statement.value
            pairs = [(target, value)]
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
                pairs = list(zip(target.elts, value.elts))
            for one, its in pairs:
                if isinstance(one, ast.Name) and assigned[one.id] == 1 and one.id not in params:
                    defined[one.id] = _written_out(its, defined)
    found: dict[str, tuple[ast.expr, bool]] = {}
    for parent, _, _, piece in places(holder):
        for one in (piece, _written_out(piece, defined)):
            if sum(1 for _ in ast.walk(one)) <= _LARGEST and not isinstance(one, (ast.Slice, ast.Starred)):
                found.setdefault(ast.dump(one), (one, isinstance(parent, _WHOLE)))
    return list(found.values())


class _Rename(ast.NodeTransformer):
    def __init__(self, names: Mapping[str, ast.expr | str]):
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        new = self.names.get(node.id)
        if isinstance(new, str):
            return ast.copy_location(ast.Name(new, node.ctx), node)
        return copy.deepcopy(new) if new is not None and isinstance(node.ctx, ast.Load) else node


def _written_out(piece: ast.expr, defined: dict[str, ast.expr]) -> ast.expr:
    return _Rename(defined).visit(copy.deepcopy(piece)) if defined else piece


def _renamed(piece: ast.AST, names: dict[str, str], strangers: set[str], scope: Scope) -> list[ast.AST]:
    """The piece in the learner's names. A local name of the right answer may be any local name of the learner's."""
    used = {n.id for n in ast.walk(piece) if isinstance(n, ast.Name)}
    bound = {n.id for c in ast.walk(piece) if isinstance(c, ast.comprehension) for n in ast.walk(c.target) if isinstance(n, ast.Name)}
    bound |= {a.arg for n in ast.walk(piece) if isinstance(n, ast.Lambda) for a in n.args.args}
    strange = sorted(used - set(names) - bound - {scope.numpy})
    mine = [value for value in scope.values if value not in names.values()]
    local = [word for word in strange if word in strangers and word not in mine]
    if len(local) > 2 or (local and not mine):
        return []
    known = {**{word: word for word in strange}, **names}
    return [
        _Rename({**known, **dict(zip(local, chosen))}).visit(copy.deepcopy(piece))
        for chosen in itertools.islice(itertools.permutations(mine, len(local)), 12)
    ]


def _words(node: ast.AST) -> Counter:
    """What a piece is made of, to tell how far two of them are apart."""
    return Counter(
        f"{type(n).__name__} {getattr(n, 'id', getattr(n, 'attr', getattr(n, 'value', '') if isinstance(n, ast.Constant) else ''))}"
        for n in ast.walk(node)
        if not isinstance(n, ast.expr_context)
    )


def _expressions(function: ast.FunctionDef, pieces: list[tuple[ast.AST, bool]], scope: Scope) -> Iterator[Edit]:
    measured = [(piece, whole, _words(piece)) for piece, whole in pieces]
    for parent, name, index, old in list(places(function)):
        own, own_text = _words(old), ast.dump(old)
        at_whole = isinstance(parent, _WHOLE)
        lost = {n.id for n in ast.walk(old) if isinstance(n, ast.Name)} & set(scope.locals)
        for piece, whole, words in measured:
            apart = ((own - words) + (words - own)).total()
            if apart > _FURTHEST and not (whole and at_whole):
                continue
            # a right formula in the last line makes all others idle and would prove nothing of the place
            kept = {n.id for n in ast.walk(piece) if isinstance(n, ast.Name)}
            if any(scope.locals[word] == own[f"Name {word}"] for word in lost - kept):
                continue
            if ast.dump(piece) != own_text:
                new = ast.fix_missing_locations(ast.copy_location(copy.deepcopy(piece), old))
                yield Edit(2 + apart // 2, parent, name, index, new, old)


def _statements(
    function: ast.FunctionDef, body: list[ast.stmt], names: dict[str, str], strangers: set[str], scope: Scope
) -> Iterator[Edit]:
    for statement in ast.walk(ast.Module(body, [])):
        if (
            not isinstance(statement, (ast.If, ast.For, ast.While, ast.Assign, ast.AugAssign))
            or sum(1 for _ in ast.walk(statement)) > _LARGEST
        ):
            continue
        for piece in _renamed(statement, names, strangers, scope):
            for owner, name, own in list(bodies(function)):
                for k in range(1 if is_docstring(own[0]) else 0, len(own)):
                    new = ast.fix_missing_locations(ast.copy_location(copy.deepcopy(piece), own[k]))
                    yield Edit(5, owner, name, None, [*own[:k], new, *own[k:]], own[k], missing=True)
                    if type(own[k]) is type(piece):
                        yield Edit(6, owner, name, None, [*own[:k], new, *own[k + 1 :]], own[k])
