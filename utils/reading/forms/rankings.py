"""The columns of an export that put things in order, and which question's they are.

Forms write a ranking in three ways: one column a rank, one column a thing that holds its rank, or
one cell. Which it is shows in the cells, or in the titles of a question that is called by its name.
"""

__all__ = ["Order", "Ranking", "orders", "rankings"]

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from utils.reading.forms.answers import Answers, UnreadError, place_of
from utils.reading.forms.groups import ABSENT, MOST, ORDER, doubt_of, numbers_options, options_named, spreads
from utils.reading.forms.guesses import ALIKE, Guess, alike, guess_codes, names
from utils.reading.forms.headings import OTHER, opening, splits, squeezed
from utils.reading.forms.labels import Labels, folded, score
from utils.survey.codebook import Codebook, Question
from utils.survey.places import ranks_of

BY_OPTIONS = "d’après ses modalités"
NO_RANK = "pas de rang ?"

_UNNUMBERED = re.compile("classement|rang|rank|ranking")


@dataclass(frozen=True)
class Ranking:
    """Columns that put things in order.

    Attributes
    ----------
    by : {"rank", "thing", "cell"}
        Whether there is a column a rank, the first rank first; a column a thing; or one for all.
    stem : str
        What their titles have in common.
    titles : mapping
        Title by rank, as it is written, or by thing.
    """

    by: Literal["rank", "thing", "cell"]
    stem: str
    titles: Mapping[str, str]


@dataclass(frozen=True)
class Order:
    """The columns of a question of type `classement`.

    Attributes
    ----------
    ranking : Ranking
    options : tuple of Guess
        Title by option, where there is a column an option; of no column where the form did not offer one.
    titles : tuple of Guess
        The titles of the ranks, or of the one cell.
    cells : tuple of Guess
        What stands in the columns of options that is no rank.
    known : int
        How many options have a column, or how many answers are known.
    """

    ranking: Ranking
    options: tuple[Guess, ...] = ()
    titles: tuple[Guess, ...] = ()
    cells: tuple[Guess, ...] = ()
    known: int = 0


def rankings(header: Sequence[str], rows: pd.DataFrame) -> list[Ranking]:
    """Return the columns that put things in order, whatever they are called.

    Parameters
    ----------
    header : sequence of str
    rows : DataFrame of str
        With these columns.

    Examples
    --------
    >>> titles = ["Classez [Facebook]", "Classez [YouTube]"]
    >>> (found,) = rankings(titles, pd.DataFrame([["1", "2"], ["2", "1"]], columns=titles))
    >>> found.by, found.titles
    ('thing', {'Facebook': 'Classez [Facebook]', 'YouTube': 'Classez [YouTube]'})
    """
    apart = {stem: title for title in header for stem, part in splits(title) if _UNNUMBERED.fullmatch(folded(part))}
    found = [Ranking("thing", "", apart)] if apart else []
    bare = {title: title for title in header if place_of(title) and not score(title)}
    found += [_by_rank("", bare)] if len(bare) > 1 else []
    found += [Ranking("cell", title, {title: title}) for title in header if _reordered(rows[title])]
    taken = {title for ranking in found for title in ranking.titles.values()}
    for spread in spreads(title for title in header if title not in taken):
        ranked = {part: title for part, title in spread.titles.items() if place_of(part) and not score(part)}
        if ranked and taken.isdisjoint(ranked.values()):
            found.append(_by_rank(spread.stem, ranked))
            taken |= set(ranked.values())
    for spread in spreads(header):
        titles = list(spread.titles.values())
        if len(titles) > 1 and taken.isdisjoint(titles):
            cells = rows[titles].drop_duplicates()
            if _permuted(cells):
                found.append(Ranking("thing", spread.stem, spread.titles))
            elif all(re.fullmatch("[0-9]{1,9}", part) for part in spread.titles) and _distinct(cells):
                found.append(_by_rank(spread.stem, spread.titles))
            else:
                continue
            taken |= set(titles)
    return found


def orders(
    header: Sequence[str], found: Iterable[Ranking], values: Mapping[str, Sequence[str]], codebook: Codebook, tool: str
) -> dict[str, Order]:
    """Find the columns of the questions of type `classement`.

    A question is told by what its columns' titles begin with; or by what is ranked, if these are its
    options and nobody else's.

    Parameters
    ----------
    header : sequence of str
        The titles that may be looked at.
    found : iterable of Ranking
        As `rankings` finds them.
    values : mapping
        Different answers by title.
    codebook : Codebook
    tool : str
        As `ImportMapping.format`.

    Returns
    -------
    dict of Order
        By question. What could as well be another question's is left out.
    """
    asked = [question for question in codebook.questions if question.type == "classement"]
    sets = [*(called for question in asked for called in _called(question, header, values)), *found]
    told: list[tuple[tuple[int, float, int], Question, Order]] = []
    for ranking in sets:
        for question in asked:
            near = _near(question, ranking)
            if placed := order_of(question, ranking, values, tool, sure=near[0] > 0):
                told.append(((*near, placed.known), question, placed))
    placed: dict[str, Order] = {}
    taken: set[str] = set()
    for rank, question, order in sorted(told, key=lambda one: one[0], reverse=True):
        mine = set(order.ranking.titles.values())
        rivals = [
            1
            for like, other, its in told
            if like == rank and (other != question) != mine.isdisjoint(its.ranking.titles.values())
        ]
        if question.id not in placed and not rivals and mine.isdisjoint(taken):
            placed[question.id] = order
            taken |= mine
    return placed


def order_of(
    question: Question,
    ranking: Ranking,
    values: Mapping[str, Sequence[str]],
    tool: str,
    *,
    sure: bool,
    doubt: str = BY_OPTIONS,
) -> Order | None:
    """Place a ranking's columns, if they may be a question's.

    Parameters
    ----------
    question : Question
        Of type `classement`.
    ranking : Ranking
    values : mapping
        Different answers by title.
    tool : str
        As `ImportMapping.format`.
    sure : bool
        Whether the titles tell the question; else the options have to, and `doubt` says so.
    """
    doubt = "" if sure else doubt
    if ranking.by == "thing":
        return _by_option(question, ranking, values, tool, doubt)
    titles = list(ranking.titles.values())
    cells = Answers(question.id, Labels(question.options, {}), tool)
    given = {value for title in titles for value in values.get(title, ())}
    unread = [value for value in given if not _reads(cells.order, value)]
    codes = ranking.by == "rank" and bool(guess_codes(unread, question.options))
    told = sure or (given and 2 * len(unread) <= len(given)) or (codes and doubt != BY_OPTIONS)
    if not told or (ranking.by == "rank" and len(titles) > len(ranks_of(question))):
        return None
    named = tuple(Guess(title, question.id, doubt) for title in titles)
    return Order(ranking, titles=named, known=len(given) - len(unread))


def _by_option(
    question: Question, ranking: Ranking, values: Mapping[str, Sequence[str]], tool: str, doubt: str
) -> Order | None:
    parts = [part for part in ranking.titles if not OTHER.fullmatch(folded(part))]
    named = options_named(question, parts)
    if len(named) > 1 and len(named) >= MOST * len(ranking.titles):
        columns = {option: part for part, option in named.items()}
        doubts = {option: doubt or doubt_of(part, ranking.titles[part], question) for option, part in columns.items()}
    elif not named and doubt != BY_OPTIONS and numbers_options(parts, own := _own(question)):
        columns = dict(zip(own, parts, strict=True))
        doubts = dict.fromkeys(own, doubt or ORDER)
    else:
        return None
    rest = [part for part in ranking.titles if part not in columns.values()]
    if "autre" in question.options and "autre" not in columns and rest:
        columns["autre"] = rest[0]
    options = tuple(
        Guess(option, ranking.titles[columns[option]], doubts.get(option, doubt))
        if option in columns
        else Guess(option, "", ABSENT)
        for option in question.options
    )
    cells = Answers(question.id, Labels(question.options, {}), tool)
    given = dict.fromkeys(value for guess in options for value in values.get(guess.value, ()))
    strange = tuple(Guess(value, "", NO_RANK) for value in given if not _reads(cells.rank, value))
    return Order(ranking, options, cells=strange, known=len(columns))


def _called(question: Question, header: Sequence[str], values: Mapping[str, Sequence[str]]) -> Iterator[Ranking]:
    """Yield the columns that are called as a question is, in the form that their titles and cells have."""
    own = {squeezed(name) for name in names(question)}
    for spread in spreads(header):
        if not own & _stems(spread.stem):
            continue
        parts = [part for part in spread.titles if not OTHER.fullmatch(folded(part))]
        cells = {value for part in parts for value in values.get(spread.titles[part], ())}
        by_rank = all(place_of(part) for part in parts)
        ranked = [value for value in cells if place_of(value)]
        held = bool(ranked) and len(cells) - len(ranked) < 2  # and what a form may write for none
        if by_rank and not (held and len(parts) == len(_own(question))):
            yield _by_rank(spread.stem, {part: spread.titles[part] for part in parts})
        elif held or not cells:
            yield Ranking("thing", spread.stem, spread.titles)


def _by_rank(stem: str, titles: Mapping[str, str]) -> Ranking:
    ordered = sorted(titles, key=lambda part: int(re.search("[0-9]{1,9}", part)[0]))
    return Ranking("rank", stem, {part: titles[part] for part in ordered})


def _near(question: Question, ranking: Ranking) -> tuple[int, float]:
    """Tell whether a ranking is called as a question is (2), begins so where a tool cut it (1), and how alike it is."""
    own, stem = names(question), ranking.stem
    if {squeezed(name) for name in own} & _stems(stem):
        return 2, 1.0
    cut = opening(stem)
    close = max(alike(folded(stem), name) for name in own)
    begun = bool(cut) and any(squeezed(name).startswith(cut) for name in own)
    return int(begun), close if close >= ALIKE else 0.0


def _stems(stem: str) -> set[str]:
    return {squeezed(text) for text in (stem, re.split(r"[/.:-]", stem)[-1])} - {""}


def _own(question: Question) -> list[str]:
    return [option for option in question.options if option != "autre"]


def _reads(read, text: str) -> bool:
    try:
        read(text)
    except UnreadError:
        return False
    return True


def _permuted(cells: pd.DataFrame) -> bool:
    """Tell whether every row holds 1 to k, each once, and some row more than one."""
    longest = 0
    for row in cells.itertuples(index=False):
        given = [place_of(value) for value in row if value]
        if None in given or sorted(given) != list(range(1, len(given) + 1)):
            return False
        longest = max(longest, len(given))
    return longest > 1


def _distinct(cells: pd.DataFrame) -> bool:
    """Tell whether every row holds different things, taken from the same few, and some row more than one."""
    rows = [[value for value in row if value] for row in cells.itertuples(index=False)]
    things = {value for row in rows for value in row}
    return (
        all(len(set(row)) == len(row) for row in rows)
        and any(len(row) > 1 for row in rows)
        and not any(value.isdecimal() for value in things)
    )


def _reordered(column: pd.Series) -> bool:
    """Tell whether every cell lists the same things, three or more, not always in the same order."""
    if not column.str.contains(";").any():
        return False
    lists = [tuple(part.strip() for part in cell.split(";") if part.strip()) for cell in column.unique() if cell]
    return len(lists) > 1 and len(set(map(frozenset, lists))) == 1 and len(lists[0]) > 2
