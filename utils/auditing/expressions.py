"""Expressions that decide a statement, read by a small evaluator of their own: never Python's `eval`.

Logic has three values: 1 (true), 0.5 (nearly), 0 (false); `and` is the least of its
parts, `or` the greatest, `not x` is 1 - x (Kleene's strong logic). Python's own `and`
would let a half truth pass for a whole one. Knows nothing of waves or questions: it is
given the functions and the names that an expression may use.
"""

__all__ = ["DEGREES", "Degree", "ExpressionError", "decide", "evaluate", "fill"]

import ast
import inspect
import operator
import re
import warnings
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

Value = float | str

_ARITHMETIC = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
_COMPARISONS = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
DEGREES = (0, 0.5, 1)
_LONGEST = 1000  # characters; no honest expression comes near
_GREATEST = 10**12  # nor any number: beyond, decimals are lost, and infinity is near
_HOLE = re.compile(r"\{([^{}]*)\}")


class ExpressionError(ValueError):
    """An expression cannot be read or has no value; the message says why, in French."""


class Degree(float):
    """How true something is, one of `DEGREES`: what logic and comparisons give, and the words of a vocabulary."""


class _Scope(NamedTuple):
    """What an expression may call and name."""

    functions: Mapping[str, Callable[..., Value]]
    names: Collection[str]


def evaluate(text: str, functions: Mapping[str, Callable[..., Value]], names: Collection[str]) -> Value:
    """Return the value of an expression.

    Parameters
    ----------
    text : str
        Numbers, quoted or bare names, calls, `+ - * /`, comparisons, `and`, `or`, `not`.
    functions : mapping
        What may be called, by name.
    names : collection of str
        Bare names that stand for themselves, as text.

    Raises
    ------
    ExpressionError
        Anything else than the above, an unknown name, a call that fails, or a number
        that is not finite.

    Examples
    --------
    >>> evaluate("twice(2) > 3 and 0.5", {"twice": lambda x: 2 * x}, ())
    0.5
    """
    return _read(text, _Scope(functions, names), _value)


def decide(text: str, functions: Mapping[str, Callable[..., Value]], names: Collection[str]) -> Degree:
    """Return how true an expression is.

    At its top level stand comparisons, `and`, `or`, `not`, calls that give a `Degree`, or a
    degree itself: a number that happens to be 1 is not yet a truth.

    Parameters
    ----------
    text, functions, names
        As for `evaluate`.

    Raises
    ------
    ExpressionError
        As for `evaluate`, and for a value that is no degree.

    Examples
    --------
    >>> decide("2 > 1", {}, ())
    1.0
    """
    return _read(text, _Scope(functions, names), _decided)


def _read(text: str, scope: _Scope, value_of: Callable[[ast.expr, _Scope], Value]) -> Value:
    if len(text) > _LONGEST:
        raise ExpressionError(f"une expression de {_LONGEST} caractères au plus")
    try:
        with warnings.catch_warnings(action="ignore", category=SyntaxWarning):  # « 0and 1 » is told by its value
            return value_of(ast.parse(text.strip(), mode="eval").body, scope)
    except ExpressionError:
        raise
    except (SyntaxError, ValueError) as error:
        raise ExpressionError("une expression bien formée") from error
    except (RecursionError, MemoryError) as error:
        raise ExpressionError("une expression moins imbriquée") from error


def _value(node: ast.expr, scope: _Scope) -> Value:
    match node:
        case ast.Constant(value=int() | float() | str() as constant) if not isinstance(constant, bool):
            return _usable(constant)
        case ast.Name(id=name):
            if name not in scope.names:
                raise ExpressionError(f"un nom connu, non « {name} »")
            return name
        case ast.Call(func=ast.Name(id=name), args=given, keywords=keywords):
            return _call(name, given, keywords, scope)
        case ast.BoolOp(op=junction, values=parts):
            return (min if isinstance(junction, ast.And) else max)([_degree(part, scope) for part in parts])
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Degree(1 - _degree(operand, scope))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_number(operand, scope)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _ARITHMETIC:
            try:
                return _usable(_ARITHMETIC[type(sign)](_number(left, scope), _number(right, scope)))
            except ZeroDivisionError as error:
                raise ExpressionError("un diviseur qui n’est pas nul") from error
        case ast.Compare(left=left, ops=[sign], comparators=[right]) if type(sign) in _COMPARISONS:
            return Degree(_COMPARISONS[type(sign)](_number(left, scope), _number(right, scope)))
    raise ExpressionError("des nombres, des noms, des appels, des comparaisons, and, or ou not")


def _number(node: ast.expr, scope: _Scope) -> float:
    found = _value(node, scope)
    if isinstance(found, str):
        raise ExpressionError(f"un nombre, non le nom « {found} »")
    if isinstance(found, Degree):
        raise ExpressionError("un nombre, non le vrai ou le faux d’une autre expression")
    return found


def _degree(node: ast.expr, scope: _Scope) -> Degree:
    found = _value(node, scope)
    if isinstance(found, str):
        raise ExpressionError(f"un nombre, non le nom « {found} »")
    # A count is told by its own type; a sum or a difference has none, but is one all the same.
    computed = isinstance(node, ast.BinOp) or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub))
    if computed or type(found) not in (int, float, Degree) or found not in DEGREES:
        raise ExpressionError("une expression vraie ou fausse, non un nombre")
    return Degree(found)


def _decided(node: ast.expr, scope: _Scope) -> Degree:
    if isinstance(node, ast.Constant) and node.value in DEGREES:
        return _degree(node, scope)
    found = _value(node, scope)
    if not isinstance(found, Degree):
        what = f"le nom « {found} »" if isinstance(found, str) else "un nombre"
        raise ExpressionError(f"une expression vraie ou fausse, non {what}")
    return found


def _call(name: str, given: list[ast.expr], keywords: list[ast.keyword], scope: _Scope) -> Value:
    labels = [keyword.arg for keyword in keywords]
    if name not in scope.functions or None in labels:
        raise ExpressionError(f"une fonction connue, non « {name} »")
    if repeated := next((label for label in labels if labels.count(label) > 1), None):
        raise ExpressionError(f"un argument « {repeated} » donné une seule fois à {name}")
    function, wanted = scope.functions[name], f"un appel de {name} qui ait une valeur"
    places = [_value(node, scope) for node in given]
    named = {keyword.arg: _value(keyword.value, scope) for keyword in keywords}
    if signature := _signature(function):
        try:
            bound = signature.bind(*places, **named)
        except TypeError as error:
            known = ", ".join(signature.parameters) or "aucun"
            raise ExpressionError(f"{wanted} (arguments : {known})") from error
        places, named = bound.args, bound.kwargs
    try:
        return _usable(function(*places, **named))
    except (ExpressionError, RecursionError):
        raise
    except Exception as error:  # whatever it is, it is told where the expression stands
        raise ExpressionError(f"{wanted} ({error})") from error


def _signature(function: Callable[..., Value]) -> inspect.Signature | None:
    try:
        return inspect.signature(function)
    except ValueError:  # some built-in functions do not tell theirs
        return None


def _usable(found: Value) -> Value:
    if isinstance(found, str):
        return found
    if not isinstance(found, int | float) or not abs(found) <= _GREATEST:
        raise ExpressionError("un nombre fini, et pas trop grand")
    return found


def fill(template: str, value_of: Callable[[str], str]) -> str:
    """Replace every `{expression}` of a text by what `value_of` makes of it.

    Raises
    ------
    ExpressionError
        A brace is not closed, or not opened, or doubled; all else is filled before.

    Examples
    --------
    >>> fill("{a} communes", {"a": "12"}.get)
    '12 communes'
    """
    filled = _HOLE.sub(lambda hole: value_of(hole.group(1)), template)
    if set("{}") & set(_HOLE.sub("", template)):
        raise ExpressionError("des accolades ouvertes puis fermées, une seule paire autour de chaque expression")
    return filled
