"""Expressions have the values a reader gives them, and nothing else is ever run."""

from decimal import InvalidOperation

import pytest

from utils.auditing.expressions import Degree, ExpressionError, decide, evaluate, fill

NAMES = {"oui", "non", "facebook", "obstacle_budget"}


def called(*given, **named):
    """Say what a call was made with, as one text."""
    return ",".join([*map(str, given), *(f"{key}={value}" for key, value in named.items())])


FUNCTIONS = {"twice": lambda x: 2 * x, "called": called, "max": max, "half": lambda: 0.5}


def value(text):
    return evaluate(text, FUNCTIONS, NAMES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7", 7),
        ("0.25", 0.25),
        ("7 + 133", 140),
        ("165 - 89", 76),
        ("2 * 3.5", 7),
        ("3 / 4", 0.75),
        ("7 / 2", 3.5),
        ("-3 + 5", 2),
        ("--3", 3),
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("10 - 4 - 3", 3),
        ("  1\t+ 1  ", 2),
        ("(1 +\n 1)", 2),
    ],
)
def test_arithmetic(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 < 2", 1),
        ("2 < 2", 0),
        ("2 <= 2", 1),
        ("3 > 2", 1),
        ("2 > 2", 0),
        ("2 >= 2", 1),
        ("2 == 2", 1),
        ("2 == 3", 0),
        ("2 != 3", 1),
        ("1 + 1 == 4 - 2", 1),
        ("twice(2) == 4 and 3 < 2", 0),
    ],
)
def test_comparisons_are_one_or_zero(text, expected):
    found = value(text)
    assert found == expected
    assert not isinstance(found, bool)


# Kleene's tables, whole: the least of two, the greatest of two, the rest to one.
DEGREES = ("0", "0.5", "1")


@pytest.mark.parametrize(
    ("word", "table"),
    [
        ("and", [[0, 0, 0], [0, 0.5, 0.5], [0, 0.5, 1]]),
        ("or", [[0, 0.5, 1], [0.5, 0.5, 1], [1, 1, 1]]),
    ],
)
def test_logic_of_three_values(word, table):
    assert [[value(f"{left} {word} {right}") for right in DEGREES] for left in DEGREES] == table


def test_not_turns_a_degree_round():
    assert [value(f"not {degree}") for degree in DEGREES] == [1, 0.5, 0]
    assert value("not not 0.5") == 0.5


def test_logic_binds_as_in_python():
    assert value("1 or 0 and 0") == 1
    assert value("(1 or 0) and 0") == 0
    assert value("not 1 == 0") == 1
    assert value("1 and 0.5 and 1") == 0.5
    assert value("0 or 0.5 or 0") == 0.5


def test_every_part_of_a_junction_is_looked_at():
    # Python would stop at the first part that decides, and a mistake would hide behind it.
    for text in ("0 and twice(inconnu)", "1 or twice(inconnu)"):
        with pytest.raises(ExpressionError, match="un nom connu"):
            value(text)


def test_a_known_name_stands_for_itself():
    assert value("facebook") == "facebook"
    assert value("called(oui)") == "oui"


def test_a_quoted_text_is_taken_as_it_is():
    assert value('"5000_20000"') == "5000_20000"
    assert value("'5000_20000'") == "5000_20000"
    assert value('called("plus de 50")') == "plus de 50"


def test_arguments_by_place_and_by_name():
    assert value('called(oui, 3, base=non, taille="5000_20000")') == "oui,3,base=non,taille=5000_20000"
    assert value("called()") == ""
    assert value("twice(twice(1 + 1))") == 8
    assert value("max(1, twice(3), 4)") == 6
    assert value("half() or 0") == 0.5


def test_a_name_may_be_a_function_only_where_it_is_called():
    with pytest.raises(ExpressionError, match="un nom connu, non « twice »"):
        value("twice + 1")
    with pytest.raises(ExpressionError, match="une fonction connue, non « facebook »"):
        value("facebook(1)")


SHAPE = "des nombres, des noms, des appels"
FORM = "une expression bien formée"
DEEP = "imbriquée|caractères au plus|bien formée"

BROKEN = {
    "attribute": ("oui.upper", SHAPE),
    "method": ("oui.upper()", SHAPE),
    "way to the classes": ("().__class__.__base__.__subclasses__()", SHAPE),
    "subscript": ("oui[0]", SHAPE),
    "slice": ("oui[0:1]", SHAPE),
    "lambda": ("lambda: 1", SHAPE),
    "lambda called": ("(lambda: 1)()", SHAPE),
    "list comprehension": ("[x for x in oui]", SHAPE),
    "set comprehension": ("{x for x in oui}", SHAPE),
    "dict comprehension": ("{x: x for x in oui}", SHAPE),
    "generator": ("max(x for x in oui)", SHAPE),
    "list": ("[1]", SHAPE),
    "tuple": ("1, 2", SHAPE),
    "set": ("{1}", SHAPE),
    "dict": ("{1: 2}", SHAPE),
    "f-string": ("f'{twice(1)}'", SHAPE),
    "f-string without a hole": ("f'oui'", SHAPE),
    "walrus": ("(oui := 1)", SHAPE),
    "walrus in a call": ("twice(x := 1)", SHAPE),
    "starred argument": ("twice(*oui)", SHAPE),
    "unpacked keywords": ("called(**oui)", "une fonction connue"),
    "await": ("await oui", SHAPE),
    "yield in brackets": ("(yield 1)", SHAPE),
    "if else": ("1 if 1 else 0", SHAPE),
    "identity": ("oui is oui", SHAPE),
    "membership": ("oui in oui", SHAPE),
    "chained comparison": ("1 < 2 < 3", SHAPE),
    "chained equality": ("1 == 1 == 1", SHAPE),
    "power": ("2 ** 2", SHAPE),
    "tower of powers": ("10**10**10", SHAPE),
    "floor division": ("7 // 2", SHAPE),
    "remainder": ("7 % 2", SHAPE),
    "shift": ("1 << 1000000000", SHAPE),
    "bits": ("1 | 2", SHAPE),
    "matrix product": ("1 @ 2", SHAPE),
    "inversion": ("~1", SHAPE),
    "plus sign": ("+1", SHAPE),
    "bytes": ("b'oui'", SHAPE),
    "None": ("None", SHAPE),
    "True": ("True", SHAPE),
    "False": ("False", SHAPE),
    "complex": ("1j", SHAPE),
    "ellipsis": ("...", SHAPE),
    "call of a call": ("twice(1)(2)", SHAPE),
    "call of a number": ("1(2)", SHAPE),
    "call of a text": ("'twice'(2)", SHAPE),
    "dunder name": ("__builtins__", "un nom connu, non « __builtins__ »"),
    "dunder function": ("__import__('os')", "une fonction connue, non « __import__ »"),
    "builtin": ("eval('1')", "une fonction connue, non « eval »"),
    "open": ("open('/etc/passwd')", "une fonction connue, non « open »"),
    "unknown name": ("friendster", "un nom connu, non « friendster »"),
    "unknown function": ("thrice(1)", "une fonction connue, non « thrice »"),
    "accented identifier": ("élan", "un nom connu, non « élan »"),
    "look-alike letter": ("оui", "un nom connu, non « оui »"),
    "look-alike function": ("twiсe(1)", "une fonction connue"),
    "nan by name": ("nan", "un nom connu, non « nan »"),
    "text plus number": ("oui + 1", "un nombre, non le nom « oui »"),
    "text times number": ("'oui' * 1000000000", "un nombre, non le nom « oui »"),
    "text negated": ("-'oui'", "un nombre, non le nom « oui »"),
    "text in a comparison": ("oui == oui", "un nombre, non le nom « oui »"),
    "text in a logic": ("1 and oui", "un nombre, non le nom « oui »"),
    "not a text": ("not oui", "un nombre, non le nom « oui »"),
    "division by zero": ("1 / 0", "un diviseur qui n’est pas nul"),
    "zero by zero": ("0 / (2 - 2)", "un diviseur qui n’est pas nul"),
    "too few arguments": ("twice()", "un appel de twice qui ait une valeur"),
    "too many arguments": ("twice(1, 2)", "un appel de twice qui ait une valeur"),
    "unknown argument": ("twice(y=1)", "un appel de twice qui ait une valeur"),
    "argument given twice": ("twice(1, x=1)", "un appel de twice qui ait une valeur"),
    "import": ("import os", FORM),
    "from import": ("from os import system", FORM),
    "assignment": ("oui = 1", FORM),
    "deletion": ("del oui", FORM),
    "statement after an expression": ("1; import os", FORM),
    "two lines": ("1\n2", FORM),
    "yield": ("yield 1", FORM),
    "nothing": ("", FORM),
    "spaces": (" \t ", FORM),
    "comment": ("# rien", FORM),
    "unfinished": ("1 +", FORM),
    "open bracket": ("twice(1", FORM),
    "open quotes": ("'oui", FORM),
    "null character": ("1\0", FORM),
    "lone surrogate": ("\ud800", FORM),
    "space of no width": ("\u200b1", FORM),
    "typographic quotes": ("« oui »", FORM),
    "single equals": ("twice(1) = 2", FORM),
    "octal of old": ("0777", FORM),
    "too many characters": ("1" + " + 1" * 250, "1000 caractères au plus"),
    "a very long text": ("'" + "a" * 10**6 + "'", "1000 caractères au plus"),
    "thousands of brackets": ("(" * 5000 + "1" + ")" * 5000, DEEP),
    "thousands of nots": ("not " * 5000 + "1", DEEP),
    "brackets within the length": ("(" * 490 + "1" + ")" * 490, DEEP),
    "minus signs within the length": ("-" * 990 + "1", DEEP),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_or_hostile(kind):
    text, expected = BROKEN[kind]
    with pytest.raises(ExpressionError, match=expected):
        value(text)


GREAT = "un nombre fini, et pas trop grand"

# What Python would answer with another error, with infinity, or with the last of two values.
EXTREME = {
    "integer too large for a decimal": ("9" * 400 + " + 0.5", GREAT),
    "quotient too large": ("9" * 400 + " / 2", GREAT),
    "integer in a comparison": ("twice(" + "9" * 400 + ") * 0.5 > 1", GREAT),
    "infinite decimal": ("1e999", GREAT),
    "infinity by multiplication": ("1e11 * 1e11", GREAT),
    "infinity by division": ("1 / 5e-324", GREAT),
    "no number at all": ("1e999 - 1e999", GREAT),
    "infinity of a function": ("wild(0)", GREAT),
    "no number of a function": ("wild(1)", GREAT),
    "nothing of a function": ("wild(2)", GREAT),
    "a list of a function": ("wild(3)", GREAT),
    "argument named twice": ("called(base=oui, base=non)", "un argument « base » donné une seule fois à called"),
    "parser out of memory": ("[-" * 240 + "1", "moins imbriquée"),
}


@pytest.mark.parametrize("kind", EXTREME)
def test_extremes_are_refused(kind):
    text, expected = EXTREME[kind]
    wild = (float("inf"), float("nan"), None, [1])
    with pytest.raises(ExpressionError, match=expected):
        evaluate(text, FUNCTIONS | {"wild": lambda n: wild[n]}, NAMES)


def test_arguments_that_do_not_fit_are_told_by_name():
    with pytest.raises(ExpressionError, match=r"^un appel de twice qui ait une valeur \(arguments : x\)$"):
        value("twice(1, 2)")


# A number that happens to be 1, and a sum of two, are no truths; a degree is no number.
UNLOGICAL = {
    "more than one": ("1 and 2", "vraie ou fausse"),
    "a third": ("not 0.3", "vraie ou fausse"),
    "a sum": ("1 and 1 - 1", "vraie ou fausse"),
    "a number turned round": ("1 and -1", "vraie ou fausse"),
    "a kind of its own": ("1 and kind()", "vraie ou fausse"),
    "comparison of truths": ("(1 < 2) == 1", "un nombre, non le vrai ou le faux"),
    "sum of truths": ("(1 < 2) + (2 < 3)", "un nombre, non le vrai ou le faux"),
    "truth turned negative": ("-(1 < 2)", "un nombre, non le vrai ou le faux"),
}


class Kind(int):
    """A number of its own kind, as counts are."""


@pytest.mark.parametrize("kind", UNLOGICAL)
def test_numbers_and_truths_are_not_mixed(kind):
    text, expected = UNLOGICAL[kind]
    with pytest.raises(ExpressionError, match=expected):
        evaluate(text, {"kind": lambda: Kind(1)}, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2 > 1", 1), ("2 < 1", 0), ("1 and 0.5", 0.5), ("not 0", 1), ("true()", 1), ("1", 1), ("0.5", 0.5), ("(0)", 0)],
)
def test_what_decides(text, expected):
    found = decide(text, {"true": lambda: Degree(1)}, ())
    assert (found, type(found)) == (expected, Degree)


@pytest.mark.parametrize(
    "text", ["half()", "one()", "one() + 0", "2", "0.3", "-1", "1 - 1", "oui", "'oui'", "twice(0.5)", "max(0, 1)"]
)
def test_what_does_not_decide(text):
    with pytest.raises(ExpressionError, match="une expression vraie ou fausse, non"):
        decide(text, FUNCTIONS | {"one": lambda: 1}, NAMES)


def test_what_decides_is_evaluated_once():
    seen = []
    decide("note(1)", {"note": lambda x: seen.append(x) or Degree(0)}, ())
    assert seen == [1]


def test_parsing_deep_in_the_stack():
    def deep(frames):
        if frames:
            return deep(frames - 1)
        return value("-" * 500 + "1")

    with pytest.raises(ExpressionError):
        deep(850)


def test_nothing_is_run_before_the_expression_is_refused():
    seen = []
    functions = {"note": lambda x: seen.append(x) or 1}
    for text in ("note(__import__('os'))", "note(oui.upper())", "note([1])", "note(1"):
        with pytest.raises(ExpressionError):
            evaluate(text, functions, NAMES)
    assert seen == []


def test_a_call_is_made_once_for_each_time_it_stands_there():
    seen = []
    evaluate("note(1) and note(2)", {"note": lambda x: seen.append(x) or 0}, ())
    assert seen == [1, 2]


@pytest.mark.parametrize(
    "error", [TypeError, KeyError, ValueError, ZeroDivisionError, OverflowError, MemoryError, InvalidOperation]
)
def test_a_function_that_fails_is_named(error):
    def fails():
        raise error("pour voir")

    with pytest.raises(ExpressionError, match=r"un appel de fails qui ait une valeur .*pour voir"):
        evaluate("fails()", {"fails": fails}, ())


def test_a_function_may_say_itself_what_it_wanted():
    def fails():
        raise ExpressionError("des réponses")

    with pytest.raises(ExpressionError, match=r"^des réponses$"):
        evaluate("fails()", {"fails": fails}, ())


def test_placeholders_are_filled_in_their_order():
    seen = []
    filled = fill("{a} sur {b + 1}, soit {a}", lambda text: seen.append(text) or str(len(seen)))
    assert filled == "1 sur 2, soit 3"
    assert seen == ["a", "b + 1", "a"]


def test_a_text_without_placeholder_stays():
    assert fill("Rien à calculer.", str.upper) == "Rien à calculer."
    assert fill("", str.upper) == ""


def test_a_filled_value_is_not_read_again():
    assert fill("{a}", {"a": "{a}"}.get) == "{a}"


def test_an_empty_placeholder_is_refused_by_the_evaluator():
    with pytest.raises(ExpressionError, match=FORM):
        fill("{} communes", lambda text: str(value(text)))


@pytest.mark.parametrize("text", ["{twice(1) communes", "twice(1)} communes", "{{twice(1)}}", "}{", "{a {twice(1)}"])
def test_an_odd_brace_is_refused(text):
    with pytest.raises(ExpressionError, match="des accolades ouvertes puis fermées"):
        fill(text, lambda inner: str(value(inner)))


def test_what_can_be_filled_beside_an_odd_brace_is_still_read():
    seen = []
    with pytest.raises(ExpressionError):
        fill("{a} et {b", lambda inner: seen.append(inner) or "")
    assert seen == ["a"]
