"""Expressions that decide a statement, read by a small evaluator of their own: never Python's `eval`.

Logic has three values: 1 (true), 0.5 (nearly), 0 (false); `and` is the least of its
parts, `or` the greatest, `not x` is 1 - x (Kleene's strong logic). Python's own `and`
would let a half truth pass for a whole one. Knows nothing of waves or questions: it is
given the functions and the names that an expression may use.
"""

__all__ = ["ExpressionError", "evaluate", "fill"]

import ast
import operator
import re
from collections.abc import Callable, Collection, Mapping

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
_LONGEST = 1000  # characters; no honest expression comes near
_HOLE = re.compile(r"\{([^{}]*)\}")


class ExpressionError(ValueError):
    """An expression cannot be read or has no value; the message says why, in French."""


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
        Anything else than the above, an unknown name, or a call that fails.

    Examples
    --------
    >>> evaluate("twice(2) > 3 and 0.5", {"twice": lambda x: 2 * x}, ())
    0.5
    """
    if len(text) > _LONGEST:
        raise ExpressionError(f"une expression de {_LONGEST} caractères au plus")
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError) as error:
        raise ExpressionError("une expression bien formée") from error
    try:
        return _value(tree.body, functions, names)
    except ExpressionError:
        raise
    except RecursionError as error:
        raise ExpressionError("une expression moins imbriquée") from error


def _value(node: ast.expr, functions: Mapping[str, Callable[..., Value]], names: Collection[str]) -> Value:
    def value(child: ast.expr) -> Value:
        return _value(child, functions, names)

    def numeric(child: ast.expr) -> float:
        found = value(child)
        if isinstance(found, str):
            raise ExpressionError(f"un nombre, non le nom « {found} »")
        return found

    match node:
        case ast.Constant(value=int() | float() | str() as constant) if not isinstance(constant, bool):
            return constant
        case ast.Name(id=name):
            if name not in names:
                raise ExpressionError(f"un nom connu, non « {name} »")
            return name
        case ast.Call(func=ast.Name(id=name), args=given, keywords=keywords):
            return _call(name, [value(g) for g in given], {k.arg: value(k.value) for k in keywords}, functions)
        case ast.BoolOp(op=junction, values=parts):
            return (min if isinstance(junction, ast.And) else max)(numeric(part) for part in parts)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return 1 - numeric(operand)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -numeric(operand)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _ARITHMETIC:
            try:
                return _ARITHMETIC[type(sign)](numeric(left), numeric(right))
            except ZeroDivisionError as error:
                raise ExpressionError("un diviseur qui n’est pas nul") from error
        case ast.Compare(left=left, ops=[sign], comparators=[right]) if type(sign) in _COMPARISONS:
            return int(_COMPARISONS[type(sign)](numeric(left), numeric(right)))
    raise ExpressionError("des nombres, des noms, des appels, des comparaisons, and, or ou not")


def _call(name: str, given: list[Value], named: dict[str | None, Value], functions: Mapping) -> Value:
    if name not in functions or None in named:
        raise ExpressionError(f"une fonction connue, non « {name} »")
    try:
        return functions[name](*given, **named)
    except ExpressionError:
        raise
    except (TypeError, KeyError, ValueError, ZeroDivisionError) as error:
        raise ExpressionError(f"un appel de {name} qui ait une valeur ({error})") from error


def fill(template: str, value_of: Callable[[str], str]) -> str:
    """Replace every `{expression}` of a text by what `value_of` makes of it.

    Examples
    --------
    >>> fill("{a} communes", {"a": "12"}.get)
    '12 communes'
    """
    return _HOLE.sub(lambda hole: value_of(hole.group(1)), template)
