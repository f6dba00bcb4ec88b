"""Attack what is published of random waves, as a reader would who knows who took part.

    .venv/bin/python tests/disclosure.py 300 [FIRST]

Two attacks. By numbers: integer programming tells how closely each hidden count can be worked
out of all counts that are told. By everything else: the wave's twin, which has other answers
behind the same counts, must be told in the same words, drawings and files.
"""

__all__ = ["attacked"]

import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from support.attacker import exposed
from support.random_waves import drawn
from support.twins import Reader, counted, twin

from utils.offering.bundle import offered
from utils.offering.explorer import explored
from utils.publishing import blocks
from utils.showing.tables import as_csv, breakdown
from utils.survey.wave import Wave
from utils.telling import oddities, verdicts


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


def shown(wave: Wave) -> dict[str, object]:
    """Return what is published of a wave without a page around it: its files, the explorer, tables, words."""
    found: dict[str, object] = {file.name: file.content for file in offered(wave)}
    found |= {"explorer": json.dumps(explored(wave)), "oddities": str(oddities.told(wave))}
    for question, base in counted(wave):
        for by in ("province", "taille"):
            if split := wave.breakdown(question.id, by, base):
                found[f"{question.id} {base} {by}"] = as_csv(breakdown(split)) + verdicts.breakdown(split)
    for question in {question.id: question for question, _ in counted(wave)}:
        for number, part in enumerate(blocks.block(wave, question)):
            if isinstance(part, blocks.Text):
                found[f"{question} {number}"] = str(part.pieces)
            else:
                found[f"{question} {number}"] = f"{part.chart.alt} {as_csv(part.table)}"
    return found


def attacked(wave: Wave, seed: int) -> Attacked:
    """Attack a wave by its numbers and by its twin."""
    reader, told, hidden = Reader(wave), {}, 0
    for question, base in counted(wave):
        page = reader.published(question, base)
        if page is not None:
            hidden += len(list(page.hidden))
            if found := exposed(page, wave.about.threshold):
                told[question.id, base] = found
    other = twin(reader, seed)
    cells = ["question", "modalite", "active", "province", "taille"]
    first, second = (each.counts.set_index(cells)["effectif"].sort_index() for each in (wave, other))
    here, there = shown(wave), shown(other)
    betrayed = tuple(name for name, content in here.items() if content != there[name])
    return Attacked(hidden, told, int((first != second).sum()), betrayed)


if __name__ == "__main__":
    number, begin = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    hidden = told = moved = betrayed = 0
    for seed in range(begin, begin + number):
        with tempfile.TemporaryDirectory() as folder:
            found = attacked(drawn(seed, Path(folder)), seed)
        hidden += found.hidden
        told += sum(map(len, found.told.values()))
        moved += found.moved
        betrayed += len(found.betrayed)
        if found.told or found.betrayed:
            print(seed, found.told, found.betrayed)
        print(f"{seed}: {hidden} hidden, {told} told; {moved} moved, {betrayed} betrayed", flush=True)
