"""Attack what is published of random waves, as a reader would who knows who took part.

    .venv/bin/python tests/disclosure.py 300 [FIRST]

Half of the waves are put other questions than the project's: answers that stand apart, numbers,
rankings, a net promoter score. Two attacks. By numbers: integer programming tells how closely
each hidden count can be worked out of all counts that are told. By everything else: the wave's
twin, which has other answers behind the same counts, must be told in the same words, drawings
and files.
"""

__all__ = ["activity", "attacked", "files", "shown", "splits", "told"]

import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from support.apart import QUESTIONNAIRE, TYPES
from support.attacker import exposed
from support.random_waves import drawn
from support.twins import Reader, counted, twin

from utils.offering import commune
from utils.offering.bundle import offered
from utils.offering.explorer import explored
from utils.offering.result_files import as_csv
from utils.publishing import blocks
from utils.showing import charts, evidence, matrix
from utils.showing.by_stratum import breakdown, options_by_size, strata
from utils.survey.wave import Wave
from utils.telling import breakdowns, nonresponse, oddities, options, verdicts

QUESTIONNAIRES = (None, QUESTIONNAIRE, None, TYPES)  # of one random wave after the other


@dataclass(frozen=True)
class Attacked:
    """What an attack on one wave found.

    Attributes
    ----------
    hidden : int
        Counts that are not published.
    told : dict
        Those that are told more closely than by the threshold, with their range, by question and base.
    moved : int
        Counts in which the twin differs.
    betrayed : tuple of str
        What is not the same of the two.
    """

    hidden: int
    told: dict
    moved: int
    betrayed: tuple[str, ...]


def files(wave: Wave) -> dict[str, object]:
    """Return what can be kept of a wave, and what the pages with a script load."""
    return {file.name: file.content for file in offered(wave)} | {
        "explorer": json.dumps(explored(wave)),
        "commune": json.dumps(commune.told(wave)),
    }


def splits(wave: Wave) -> dict[str, str]:
    """Return each breakdown as its table and its sentence."""
    found = {}
    for question, base in counted(wave):
        for by in ("province", "taille"):
            if split := wave.breakdown(question.id, by, base):
                found[f"{question.id} {base} {by}"] = as_csv(breakdown(split)) + breakdowns.tested(split)
    return found


def activity(wave: Wave) -> dict[str, str]:
    """Return what is told of who is active."""
    found = {"order": verdicts.larger(wave.activity("taille")), "oddities": str(oddities.told(wave))}
    found["missing"] = nonresponse.missing(wave.activity("taille"), wave.asked())
    for by in ("province", "taille"):
        split = wave.activity(by)
        title = verdicts.strata_headline(split, "la part de communes actives")
        said = (title, verdicts.strata_test(split), verdicts.outlying(split), verdicts.majorities(split, "a", "b"))
        bars = charts.strata(split, title, verdicts.strata_basis(split, "Part")).alt
        weighted = nonresponse.weighted(split, wave.active_everywhere())
        found[f"active {by}"] = f"{said} {bars} {as_csv(strata(split, 'Titre', 'a', 'b'))} {weighted}"
    return found


def told(wave: Wave) -> dict[str, str]:
    """Return each question's block, and the options by size."""
    apart = wave.options_by_size("communicateurs")
    found = {"options": as_csv(options_by_size(apart)) + as_csv(evidence.option_tests(apart))}
    found["options said"] = options.options_apart(apart) + options.size_headline(apart) + options.too_few(apart)
    found["options drawn"] = matrix.options_by_size(apart, "Titre").alt
    for question in dict.fromkeys(question.id for question, _ in counted(wave)):
        for number, part in enumerate(blocks.block(wave, question)):
            if isinstance(part, blocks.Text):
                found[f"{question} {number}"] = str(part.pieces)
            else:
                drawn = f"{part.chart.alt} {part.said}" if isinstance(part, blocks.Result) else ""
                found[f"{question} {number}"] = f"{drawn} {as_csv(part.table)}"
    return found


def shown(wave: Wave, parts: Sequence[Callable[[Wave], dict]] = (files, splits, activity, told)) -> dict[str, object]:
    """Return what is published of a wave, without the pages around it."""
    return {name: content for part in parts for name, content in part(wave).items()}


def attacked(wave: Wave, seed: int) -> Attacked:
    """Attack a wave by its numbers and by its twin."""
    reader, close, hidden = Reader(wave), {}, 0
    for question, base in counted(wave):
        page = reader.published(question, base)
        if page is not None:
            hidden += len(list(page.hidden))
            if found := exposed(page, wave.about.threshold):
                close[question.id, base] = found
    other = twin(reader, seed)
    cells = ["question", "modalite", "active", "province", "taille"]
    first, second = (each.counts.set_index(cells)["effectif"].sort_index() for each in (wave, other))
    here, there = shown(wave), shown(other)
    betrayed = tuple(name for name, content in here.items() if content != there[name])
    return Attacked(hidden, close, int((first != second).sum()), betrayed)


if __name__ == "__main__":
    number, begin = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    hidden = close = moved = betrayed = 0
    for seed in range(begin, begin + number):
        with tempfile.TemporaryDirectory() as folder:
            asked = QUESTIONNAIRES[seed % len(QUESTIONNAIRES)]
            found = attacked(drawn(seed, Path(folder), questionnaire=asked), seed)
        hidden += found.hidden
        close += sum(map(len, found.told.values()))
        moved += found.moved
        betrayed += len(found.betrayed)
        if found.told or found.betrayed:
            print(seed, found.told, found.betrayed)
        print(f"{seed}: {hidden} hidden, {close} told; {moved} moved, {betrayed} betrayed", flush=True)
