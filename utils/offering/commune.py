"""What an alderman looks for: answers of communes of the size of hers, and of her province, beside all communes.

Every number is one that the explorer shows, under the same protection; of one commune nothing is told but
what the list of those asked says. `told` is written as JSON beside the page, words ready to print.
"""

__all__ = ["Cell", "Group", "Row", "groups", "listed", "told"]

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pandas as pd

from utils.french import capitalise, typeset
from utils.offering import explorer
from utils.reading import waves
from utils.reading.postal import codes
from utils.survey.codebook import SPLIT, Question
from utils.survey.communes import Directory, successors
from utils.survey.results import HIDDEN, ChoiceResult, LikertResult
from utils.survey.wave import Wave
from utils.telling import alike, phrases, places

Json = dict[str, object]
MOST = 3  # obstacles of each kind of communes, and questions of an edition that asks none of all this
AGREE = "Accord"  # the answer of a rated item that is told, as the explorer names it


@dataclass(frozen=True)
class Cell:
    """A share as it is printed and drawn; without `n`, `share` says in words why there is none.

    Attributes
    ----------
    share, around, n : str
    drawn : tuple of float
        Share and ends of its interval, 0..1.
    """

    share: str
    around: str = ""
    n: str = ""
    drawn: tuple[float, ...] = ()

    @classmethod
    def of(cls, cell: list | None, n: str) -> "Cell":
        """Return a cell of the explorer, and of how many it is."""
        if cell is None or HIDDEN in (cell[1], n):
            return cls(alike.UNTOLD)
        return cls(cell[1], cell[2], n, tuple(cell[3:])) if len(cell) > 3 else cls(alike.EMPTY)


@dataclass(frozen=True)
class Row:
    """One answer, named as in a sentence: of all communes, and of each stratum; a kind that is not counted has none."""

    name: str
    result: LikertResult | ChoiceResult
    whole: Cell
    strata: dict[str, dict[str, Cell]] = field(default_factory=dict)


@dataclass(frozen=True)
class Group:
    """Answers that are read together; those of the groups that come `first` are told as sentences."""

    title: str
    who: str
    rows: tuple[Row, ...]
    first: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """By what some of its answers are told."""
        return tuple(dict.fromkeys(by for row in self.rows for by in row.strata))


def groups(wave: Wave) -> list[Group]:
    """Return the results that matter to a commune, those that come first in front.

    Who is active, and what the survey's message stands on; then each question with several answers, and the
    obstacles that most communes share. Of an edition that asks none of these, its first questions.
    """
    codebook, found = wave.codebook, []
    counted = [question for question in codebook.questions if question.type != "texte"]
    if SPLIT in codebook:
        found.append(_group(wave, codebook[SPLIT].libelle, [(codebook[SPLIT], "communes")], first=True))
    if codebook.shown:
        told = [(codebook[name], codebook[name].bases[0]) for name in codebook.shown]
        found.append(_group(wave, phrases.message(wave), told, first=True))
    found += [_options(wave, question) for question in counted if question.type == "choix_multiple"]
    found += _obstacles(wave, [question for question in counted if question.polarite == "defavorable"])
    return found or [_options(wave, question) for question in counted if question.type != "likert"][:MOST]


def _group(wave: Wave, title: str, asked: list[tuple[Question, str]], *, first: bool = False) -> Group:
    results = [wave.result(question.id, base) for question, base in asked]
    rows = (_row(wave, result, _split(wave, result)) for result in results)
    return Group(typeset(title), results[0].noun.plural, tuple(rows), first)


def _options(wave: Wave, question: Question) -> Group:
    """Return the answers of a question with options, the most chosen first."""
    result = wave.result(question.id)
    split = _split(wave, result)
    rows = tuple(_row(wave, result, split, option) for option in result.order)
    return Group(typeset(question.libelle), result.noun.plural, rows)


def _obstacles(wave: Wave, asked: list[Question]) -> Iterator[Group]:
    """Yield the most shared obstacles of each kind of communes that rates them apart."""
    for base in dict.fromkeys(base for question in asked for base in question.bases):
        rated = [(question, base) for question in asked if base in question.bases]
        rated.sort(key=lambda one: -_agree(wave.result(one[0].id, base)))
        yield _group(wave, f"Obstacles les plus partagés des {asked[0].noun(base).plural}", rated[:MOST])


def _agree(result: LikertResult) -> float:
    return result.agree if result.answers.n else 0


def _split(wave: Wave, result: LikertResult | ChoiceResult) -> dict[str, Json]:
    """Return the explorer's views of a result by size and by province, sizes first, where the wave counts them."""
    apart = f"-{result.base}" if len(result.question.bases) > 1 else ""
    found = {view["id"]: view for view in explorer.views(wave, result.question)}
    return {by: found[f"{by}{apart}"] for by in reversed(wave.codebook.kinds) if f"{by}{apart}" in found}


def _row(wave: Wave, result: LikertResult | ChoiceResult, split: dict[str, Json], option: str | None = None) -> Row:
    """Return what a question is told by, or one of its options, in each of its views."""
    rated = isinstance(result, LikertResult)
    name = result.label(option) if option else _stands_for(result)
    if option is None and not rated:
        option = _told_by(result)
    answer = AGREE if rated else capitalise(typeset(result.label(option)))
    part = result.part(tuple(result.scale.side("accord"))) if rated else result.part(option)
    whole = Cell.of(None if result.withheld else explorer.cell(part), explorer.size(result))
    strata = {by: _cells(wave.codebook.strata(by), view, answer) for by, view in split.items()}
    return Row(typeset(name), result, whole, {by: cells for by, cells in strata.items() if cells})


def _stands_for(result: LikertResult | ChoiceResult) -> str:
    """Name what a question is told by, as in a sentence."""
    if not result.answers.n:
        return result.topic
    top = phrases.told_by(result)[2]
    return result.label(top) if top else result.question.constat


def _told_by(result: ChoiceResult) -> str:
    """Return the option that a question is told by; its first where nobody answered."""
    top = phrases.told_by(result)[2] if result.answers.n else None
    return top or result.answers.shares.index[0]


def _cells(strata: Iterable[str], view: Json, answer: str) -> dict[str, Cell]:
    """Return one answer of each stratum; none where the view does not count it."""
    names, named = [shown["name"] for shown in view["answers"]], {group["id"]: group for group in view["groups"]}
    if answer not in names:
        return {}
    cells = ((named[s]["cells"][names.index(answer)], named[s]["n"]) if s in named else (None, HIDDEN) for s in strata)
    return {stratum: Cell.of(*cell) for stratum, cell in zip(strata, cells, strict=True)}


def listed(wave: Wave) -> pd.DataFrame | None:
    """Return the communes asked, with their other names; None where only their number is known.

    Returns
    -------
    DataFrame
        `commune, province, taille, population`; `postal`, a tuple of codes; `others`, a tuple of names in other
        languages or for short; `former` and `later`, tuples of names that mergers took or gave.
    """
    if wave.communes is None:
        return None
    territory, table = wave.codebook.territory, wave.communes
    merged = waves.mergers(territory)
    names = dict(zip(merged["ins_ancien"], merged["commune_ancienne"], strict=True))
    names |= dict(zip(merged["ins_nouveau"], merged["commune_nouvelle"], strict=True))
    became = successors(merged)
    directory = Directory.of(table, territory)
    rows = []
    for commune in table.itertuples():
        former = tuple(names[old] for old, new in became.items() if new == commune.ins)
        later = (names[became[commune.ins]],) if commune.ins in became else ()
        rows.append(
            {
                "commune": commune.commune,
                "province": commune.province,
                "taille": commune.taille,
                "population": None if pd.isna(commune.population) else int(commune.population),
                "postal": codes(getattr(commune, "code_postal", "")),
                "others": directory.also(commune.ins),
                "former": tuple(name for name in former if name != commune.commune),
                "later": tuple(name for name in later if name != commune.commune),
            }
        )
    return pd.DataFrame(rows)


def told(wave: Wave) -> Json | None:
    """Return all that the page's script shows, ready to be written as JSON; None where no commune is known by name.

    Returns
    -------
    dict
        `communes`: name, province, size, what is said of it, postal codes, and other names, each with what it is.
        `groups`: see `groups`; a share is a list (share, interval, n, then share and ends as they are drawn), or
        the words that stand for it.
    """
    table = listed(wave)
    if table is None:
        return None
    kinds = list(reversed(wave.codebook.kinds))
    found = groups(wave)
    return {
        "fictional": explorer.FICTIONAL if wave.about.fictif else "",
        "kinds": kinds,
        "labels": {by: capitalise(alike.like(wave, by)) for by in kinds} | {"": alike.TOGETHER},
        "strata": {by: {s: typeset(label) for s, label in wave.codebook.strata(by).items()} for by in kinds},
        "asked": places.asked(wave),
        "inhabitants": places.inhabitants(wave),
        "addressed": typeset(f"L’enquête s’adressait {places.addressed(wave)}."),
        "communes": [_commune(wave, row) for row in table.to_dict("records")],
        "groups": [_written(wave, group) for group in found],
        "legend": alike.LEGEND,
        "untold": {"said": alike.UNTOLD, "why": alike.WHY},
        "absent": {by: alike.absent(wave, by) for by in ("", *kinds)},
        "nowhere": alike.nowhere(wave),
    }


def _commune(wave: Wave, row: dict) -> list:
    said = alike.placed(wave, row["population"], row["taille"], row["province"])
    named = [(name, "") for name in row["others"]]
    named += [(name, "autrefois") for name in row["former"]]
    named += [(name, "aujourd’hui") for name in row["later"]]
    return [row["commune"], row["province"], row["taille"], said, row["postal"], named]


def _written(wave: Wave, group: Group) -> Json:
    rows = []
    for row in group.rows:
        cells = {"": _cell(row.whole)}
        cells |= {by: {s: _cell(cell) for s, cell in strata.items()} for by, strata in row.strata.items()}
        rows.append(
            {"name": capitalise(row.name), "cells": cells} | ({"said": _said(wave, row)} if group.first else {})
        )
    chapter = group.rows[0].result.question.chapitre
    told = {"title": group.title, "who": alike.shares(group.who), "chapter": f"{chapter}.html", "first": group.first}
    return {**told, "kinds": group.kinds, "rows": rows}


def _cell(cell: Cell) -> list | str:
    return [cell.share, cell.around, cell.n, *cell.drawn] if cell.n else cell.share


def _said(wave: Wave, row: Row) -> Json:
    """Return the sentence on each share that is told, as `cells` are ordered."""
    strata = {
        by: {s: alike.said(wave, row.result, cell.share, by) for s, cell in cells.items() if cell.n}
        for by, cells in row.strata.items()
    }
    return strata | ({"": alike.said(wave, row.result, row.whole.share, "")} if row.whole.n else {})
