"""Attack the sheets of random waves, as their readers would: by numbers, and by the wave's twin.

    .venv/bin/python tests/sheets_disclosure.py 30 [FIRST]

As `disclosure.py`, for whoever knows her own row and holds the book beside her sheet; some sheets of each wave.
"""

import random
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from support.apart import QUESTIONNAIRE, TYPES
from support.random_waves import drawn
from support.sheet_reader import printed, sheets_of, unpublished, worked_out
from support.twins import Reader, twin

from utils.reading.own import own_answers
from utils.survey.peers import peers

QUESTIONNAIRES = (None, QUESTIONNAIRE, None, TYPES)
SOME = 12  # sheets of a wave


def attacked(seed: int, data: Path) -> tuple[int, list]:
    """Return how many shares some sheets of a wave show, and all that they give away."""
    wave = drawn(seed, data, questionnaire=QUESTIONNAIRES[seed % len(QUESTIONNAIRES)])
    known, own = peers(wave), own_answers(wave, data)
    other = peers(twin(Reader(wave), seed))
    codes = random.Random(seed).sample(sorted(own), min(SOME, len(own)))
    shown, found = 0, []
    for ins, answers, places in sheets_of(wave, known, data, codes):
        shown += sum(bool(share) for place in places for share in place.groups.values())
        found += unpublished(wave, known, ins, answers, places)
        found += worked_out(wave, known, ins, answers, places)
        if printed(known, own, ins) != printed(other, own, ins):
            found.append(f"{ins}: its sheet tells the twin apart")
    return shown, found


if __name__ == "__main__":
    number, begin = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    failed = 0
    for seed in range(begin, begin + number):
        with tempfile.TemporaryDirectory() as folder:
            shown, found = attacked(seed, Path(folder))
        failed += bool(found)
        print(seed, f"{shown} shares shown", *found[:3], sep=" ; ", flush=True)
    print(f"{number} waves, {failed} with something given away")
    sys.exit(failed > 0)
