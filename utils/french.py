"""French as it is printed: numbers, percentages, agreement, spaces.

The one place where a number is rounded. Shares come in as 0..1; percent exists
only in what these functions return.
"""

__all__ = [
    "MISSING",
    "NBSP",
    "agree",
    "begun",
    "capitalise",
    "count",
    "decapitalise",
    "elides",
    "listing",
    "number",
    "p_value",
    "percent",
    "period",
    "points",
    "rounded",
    "span",
    "typeset",
]

import datetime
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

NBSP = "\u00a0"  # before a colon and %, inside « »
THIN = "\u202f"  # before ; ! ? and between thousands
MISSING = "non calculé"


@lru_cache(maxsize=4096)  # a book writes the same few numbers again and again
def number(value: float, decimals: int = 0, *, fixed: bool = False) -> str:
    r"""Write a number with a decimal comma and thin spaces between thousands.

    Halves are rounded away from zero, as a reader does it (Babel alone rounds
    them to the even neighbour).

    Parameters
    ----------
    value : float
        NaN or infinite values have no French and raise `ValueError`.
    decimals : int
        The most decimals written.
    fixed : bool
        Keep trailing zeros, as a statistic wants them and a median does not.

    Examples
    --------
    >>> number(1234.5, 1)
    '1\u202f234,5'
    >>> number(7.0, 1)
    '7'
    """
    if not math.isfinite(value):
        raise ValueError(f"not a number that can be printed: {value}")
    # str() first: Decimal(2.675) would expose the binary neighbour below it.
    rounded = Decimal(str(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    places = "." + ("0" if fixed else "#") * decimals if decimals else ""
    text = format_decimal(rounded + 0, locale="fr", format=f"#,##0{places}")
    return text.replace("-", "\u2212")


def percent(share: float, decimals: int = 0) -> str:
    r"""Write a share (0..1) as a percentage, never rounding a few to none or most to all.

    Examples
    --------
    >>> percent(0.425)
    '43\xa0%'
    >>> percent(0.001)
    'moins de 1\xa0%'
    """
    if not 0 <= share <= 1:
        raise ValueError(f"not a share between 0 and 1: {share}")
    least = 0.1**decimals
    # A share computed by floats may sit a hair below its half: 0.145 * 100 is 14.499…
    shown = round(share * 100, 9)
    if 0 < shown < least / 2:
        return f"moins de {number(least, decimals)}{NBSP}%"
    if 100 - least / 2 <= shown < 100:
        return f"plus de {number(100 - least, decimals)}{NBSP}%"
    return f"{number(shown, decimals)}{NBSP}%"


def points(difference: float, *, signed: bool = False) -> str:
    r"""Write a difference of two shares (-1..1) in percentage points.

    Examples
    --------
    >>> points(-0.21)
    '21\xa0points'
    >>> points(0.21, signed=True)
    '+21\xa0points'
    """
    size = rounded(abs(difference))
    sign = ("+" if difference > 0 else "\u2212") if signed and size else ""
    return sign + count(size, "point", "points")


def rounded(share: float) -> int:
    """Return a share, or a difference of two, in whole percent as it is printed: halves go away from zero.

    Examples
    --------
    >>> rounded(0.145), rounded(-0.145)
    (15, -15)
    """
    return int(Decimal(str(round(share * 100, 9))).quantize(Decimal(1), ROUND_HALF_UP))


def span(low: float, high: float, unit: str = "%", decimals: int = 0) -> str:
    r"""Write the two ends of an interval, the unit once.

    Parameters
    ----------
    low, high : float
        Shares (0..1) or differences of shares (-1..1) where `unit` is "%" or "points";
        the values themselves where it is empty.

    Examples
    --------
    >>> span(0.618, 0.721)
    '62 à 72\xa0%'
    >>> span(0.18, 0.5, "", 2)
    '0,18 à 0,50'
    """
    scale = 100 if unit else 1
    ends = [number(round(end * scale, 9), decimals, fixed=True) for end in (low, high)]
    return " à ".join(ends) + (NBSP + unit if unit else "")


def p_value(p: float) -> str:
    r"""Write a p-value with its sign: two significant digits, never zero.

    Examples
    --------
    >>> p_value(0.0224)
    'p\xa0=\xa00,022'
    >>> p_value(0.00001)
    'p\xa0<\xa00,001'
    """
    if not 0 <= p <= 1:
        raise ValueError(f"not a probability: {p}")
    return f"p{NBSP}={NBSP}{number(p, 3 if p < 0.1 else 2)}" if p >= 0.001 else f"p{NBSP}<{NBSP}0,001"


def count(n: float, singular: str, plural: str) -> str:
    r"""Write a count with its noun; French counts 0 and 1 in the singular.

    Examples
    --------
    >>> count(1, "commune", "communes")
    '1\xa0commune'
    """
    return f"{number(n)}{NBSP}{agree(n, singular, plural)}"


def agree(n: float, singular: str, plural: str) -> str:
    """Return the form that a noun takes after a number; French counts 0 and 1 in the singular."""
    return singular if abs(n) < 2 else plural


def listing(items: Iterable[str]) -> str:
    """Join items as a French sentence does.

    Examples
    --------
    >>> listing(["Liège", "Namur", "Hainaut"])
    'Liège, Namur et Hainaut'
    """
    items = list(items)
    return " et ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def period(first: str, last: str) -> str:
    """Write a period whose ends are both given as `AAAA-MM`, or both as `AAAA-MM-JJ`.

    Examples
    --------
    >>> period("2017-02", "2017-06")
    'de février à juin 2017'
    >>> period("2026-12-01", "2026-12-01")
    'le 1er décembre 2026'
    """
    by_day = len(first) > 7
    days = [datetime.date.fromisoformat(moment if by_day else f"{moment}-01") for moment in (first, last)]
    start, end = (_moment(day, by_day=by_day) for day in days)
    if first == last:
        return f"{'le' if by_day else 'en'} {end}"
    if days[0].year == days[1].year:
        start = start.removesuffix(f" {days[0].year}")
    of = "du " if by_day else "d’" if elides(start) else "de "
    return f"{of}{start} {'au' if by_day else 'à'} {end}"


def _moment(day: datetime.date, *, by_day: bool) -> str:
    told = format_date(day, "d MMMM y" if by_day else "MMMM y", locale="fr")
    return re.sub(r"^1 ", "1er ", told)


def capitalise(text: str) -> str:
    """Give a text a capital first letter and leave the rest (unlike `str.capitalize`)."""
    return text[:1].upper() + text[1:]


def begun(sentence: str) -> str:
    """Give a sentence its capital, within quotation marks too where it begins with what somebody says.

    Examples
    --------
    >>> begun("« oui » vient en tête")
    '« Oui » vient en tête'
    """
    first = len(sentence) - len(sentence.lstrip("« \u00a0\u202f"))
    return sentence[:first] + capitalise(sentence[first:])


def decapitalise(text: str) -> str:
    """Give a text a small first letter: a label in the middle of a sentence."""
    return text[:1].lower() + text[1:]


def elides(word: str) -> bool:
    """Tell whether an article loses its vowel before a word: it begins with one.

    Examples
    --------
    >>> elides("arrondissement"), elides("province")
    (True, False)
    """
    return unicodedata.normalize("NFKD", word[:1]).casefold()[:1] in set("aeiouœ")


_SPACES: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"(?<=\S) +(?=[;!?])"), THIN),
    (re.compile(r"(?<=\S) +(?=[:%»])(?!:[:{])"), NBSP),
    (re.compile(r"« +"), "«" + NBSP),
    (re.compile(r"(?<=\d) (?=\d{3}\b)"), THIN),
    (re.compile(r"\b([npV]) ([=<>≥]) "), rf"\1{NBSP}\2{NBSP}"),
    (re.compile(r"'"), "’"),
    # Raised letters, where no markup can raise them: 1er, 2e.
    (re.compile(r"(?<![\w/.-])1er(?![\w/.-])"), "1ᵉʳ"),
    (re.compile(r"(?<![\w/.-])(\d+)e(?![\w/.-])"), "\\1ᵉ"),
)


def typeset(text: str) -> str:
    r"""Put the spaces that do not break where French typography wants them.

    Examples
    --------
    >>> typeset("Qui répond ? 67 % « oui »")
    'Qui répond\u202f? 67\xa0% «\xa0oui\xa0»'
    """
    for pattern, replacement in _SPACES:
        text = pattern.sub(replacement, text)
    return text
