"""Whoever reads a commune's sheet: she knows her own answers and the book's files, and looks for those of others.

Shares no code with what decides what a sheet shows. Three looks: is every number one that the files give, less her
own answers? How closely does the sheet alone tell a count of others, where in the worst case she knows how many of
them answered of each province and size? And would the sheet be the same if what is hidden were otherwise?
"""

__all__ = ["Exposed", "printed", "sheets_of", "unpublished", "worked_out"]

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from utils.offering.tidy import tidy
from utils.publishing.sheets.edition import Edition, hold
from utils.publishing.sheets.sheet import Sheet
from utils.reading.own import own_answers
from utils.survey.own import Own
from utils.survey.peers import Peers, Place, places
from utils.survey.places import at_rank
from utils.survey.wave import Wave

# Where a commune's size and its province cross: both its own, its size alone, its province alone, neither.
_GROUPS = {"taille": (1, 1, 0, 0), "province": (1, 0, 1, 0), "": (1, 1, 1, 1)}
_TARGETS = (*_GROUPS.values(), *map(tuple, np.eye(4, dtype=int).tolist()), (0, 0, 1, 1), (0, 1, 0, 1))


class Exposed(NamedTuple):
    """A count of a few others that a sheet tells: of which answer, where, within which range."""

    question: str
    answer: str
    target: tuple[int, ...]
    low: int
    high: int


def sheets_of(wave: Wave, known: Peers, data: Path, codes: Sequence[str]) -> Iterator[tuple[str, Own, list[Place]]]:
    """Yield what some sheets of a wave show."""
    own = own_answers(wave, data)
    for ins in codes:
        yield ins, own[ins], places(known, ins, own[ins])


def printed(known: Peers, own: dict[str, Own], ins: str) -> str:
    """Return a sheet as its notebook shows it."""
    hold(known.wave, "", Edition(known, own))
    sheet = Sheet(known.wave, ins)
    parts = (sheet.opening, sheet.leads, sheet.rated, sheet.single, sheet.options, sheet.closing)
    return "".join(part().html for part in parts)


def _own(place: Place, own: Own) -> tuple[int, int]:
    """Return how many of her own respondents gave an answer that a share counts, and how many any."""
    if not place.asked:
        return 0, 0
    answers = [set(given) - set(place.question.no_opinion) for given in own.given(place.question)]
    answers = [given for given in answers if given]
    if place.question.type == "likert":
        return sum(bool(place.own) for _ in answers), len(answers)
    return sum(place.answer in given for given in answers), len(answers)


def _files(wave: Wave) -> pd.DataFrame:
    """Return the counts that the book's files give; made once a wave."""
    if "files of the book" not in wave.__dict__:
        rows = tidy(wave)["resultats"]
        rows = rows[rows["sorte"] != "score"].set_index(["question", "base", "reponse"]).sort_index()
        wave.__dict__["files of the book"] = rows
    return wave.__dict__["files of the book"]


def unpublished(wave: Wave, known: Peers, ins: str, own: Own, shown: list[Place]) -> list[str]:
    """Return the shares that are not the files' own, less her answers."""
    rows, row, found = _files(wave), known.communes.loc[ins], []
    for place in shown:
        if not any(place.groups.values()):
            continue
        ranked = place.question.type == "classement"
        answer = at_rank(place.answer, 1) if ranked else place.answer
        given = rows.loc[[(place.question.id, place.base, answer)]]
        for by, share in place.groups.items():
            if share is None:
                continue
            where = given[given["ventilation"] == (by or "ensemble")]
            where = where[where["strate"] == row[by]] if by else where
            k, n = _own(place, own)
            count, size = where[["effectif", "n"]].iloc[0]
            if pd.isna(count) or pd.isna(size) or (round(share.share * share.n), share.n) != (count - k, size - n):
                found.append(f"{place.question.id} {place.answer} {by}: {share}, published {count} of {size}")
    return found


def worked_out(wave: Wave, known: Peers, ins: str, own: Own, shown: list[Place]) -> list[Exposed]:
    """Return the counts of a few others that the sheet tells more closely than by the threshold."""
    found, threshold = [], known.about.threshold
    for place in shown:
        told = {by: round(share.share * share.n) for by, share in place.groups.items() if share}
        sizes, truth = _crossed(wave, known, ins, own, place)
        for target in _TARGETS:
            aim, size = np.array(target), int(np.dot(target, sizes))
            true = int(np.dot(aim, truth))
            if not any(0 < part < threshold for part in (true, size - true)):
                continue
            low, high = _ends(target, sizes, told)
            if low == high and low in (0, size):  # of a group that answers as one, every part does
                continue
            # Of all together, nothing but how many they are; of a part, what is told of all too.
            alone = _ends(target, sizes, {by: k for by, k in told.items() if by == "" and target != _GROUPS[""]})
            wide = min(threshold, alone[1] - alone[0])
            if high - low < wide:
                found.append(Exposed(place.question.id, place.answer, target, low, high))
    return found


def _crossed(wave: Wave, known: Peers, ins: str, own: Own, place: Place) -> tuple[np.ndarray, np.ndarray]:
    """Return how many others truly answered in each of the four places, and how many gave the answer."""
    row, (k, n) = known.communes.loc[ins], _own(place, own)
    side = {"actives": "oui", "non_actives": "non"}.get(place.base, "toutes")
    answers = [place.answer]
    if place.question.type == "likert":
        answers = [str(score) for score in wave.codebook.scale(place.question.id).side("accord")]
    sizes, truth = np.zeros(4, dtype=int), np.zeros(4, dtype=int)
    for province in wave.codebook.strata("province"):
        for taille in wave.codebook.strata("taille"):
            at = 2 * (taille != row["taille"]) + (province != row["province"])
            sizes[at] += wave.with_opinion(place.question.id, place.base, province=province, taille=taille)
            truth[at] += int(wave.cells(place.question.id, side, province, taille)[answers].sum())
    sizes[0] -= n
    truth[0] -= k
    return sizes, truth


def _ends(aim: tuple[int, ...], sizes: np.ndarray, told: dict[str, int]) -> tuple[int, int]:
    """Return the least and the greatest that a count can be, whatever is told being so.

    Every number of both is tried; given it, each other place is told or lies between ends of its own.
    """
    low, high = [], []
    for both in range(sizes[0] + 1):
        ends = [(both, both), *((0, int(size)) for size in sizes[1:])]
        for at, by in ((1, "taille"), (2, "province")):
            if by in told:
                rest = told[by] - both
                ends[at] = (rest, rest) if 0 <= rest <= sizes[at] else (1, 0)
        if any(least > most for least, most in ends):
            continue
        least, most = (sum(end[side] for end, there in zip(ends, aim, strict=True) if there) for side in (0, 1))
        left, right = (sum(end[side] for end, there in zip(ends, aim, strict=True) if not there) for side in (0, 1))
        if "" in told:
            least, most = max(least, told[""] - right), min(most, told[""] - left)
        if least <= most:
            low.append(least)
            high.append(most)
    assert low, "the sheet contradicts itself"
    return min(low), max(high)
