"""A wave's folder, read and checked: the only reader of `data/`, beside `territory` for outlines.

`load("2017")` gives the counts, the frame and the metadata of one edition, or a
`DataError` that lists everything that is wrong. Counts that do not add up are
shown, not mended: they are the wave's oddities.
"""

__all__ = ["available", "check_name", "load", "mergers", "read_once", "stated"]

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from pathlib import Path

import pandas as pd

from utils.french import listing
from utils.paths import DATA
from utils.reading.checks import (
    WHOLE,
    check_cells,
    check_complete,
    check_left_out,
    check_published,
    flag,
    flag_repeated,
)
from utils.reading.files import LINE, display_path, read_document
from utils.reading.forms.counting import gave
from utils.reading.forms.faults import SHOWN
from utils.reading.forms.rejects import check_rejects, lines_of, read_rejects
from utils.reading.forms.responses import tally
from utils.reading.forms.weights import weigh
from utils.reading.frames import Frame, read_frame
from utils.reading.mergers import read_mergers
from utils.reading.names import WAVE, is_wave
from utils.reading.problems import DataError, Problem
from utils.reading.questionnaires import read_questionnaire, read_territory
from utils.reading.respondents import respondents
from utils.reading.tabular import read_table
from utils.reading.totals import check_totals, uneven
from utils.survey.about import Comments, FrameMapping, Metadata
from utils.survey.codebook import ALL, CELL, SPLIT, Codebook
from utils.survey.oddities import Oddity
from utils.survey.territory import DEFAULT, Territory
from utils.survey.wave import Wave

_read: ContextVar[dict | None] = ContextVar("read", default=None)  # the waves that were read, while they are kept


def available(data: Path = DATA) -> list[str]:
    """Return the ids of the waves that have a folder, oldest first; `names.misnamed` has the folders left out."""
    return sorted(name for path in data.glob("*/vague.yml") if is_wave(name := path.parent.name))


def check_name(wave: str, data: Path = DATA) -> None:
    """Stop before any path is made of it if a text is no wave's name.

    Raises
    ------
    DataError
        Nothing is read.
    """
    if not is_wave(wave):
        raise DataError([Problem(f"{display_path(data)}/", WAVE, value=wave)])


def stated(wave: str, data: Path = DATA) -> Metadata:
    """Return what a wave's `vague.yml` states; nothing else of it is read.

    Raises
    ------
    DataError
        The file is missing or damaged.
    """
    check_name(wave, data)
    problems: list[Problem] = []
    about = read_document(data / wave / "vague.yml", Metadata, problems)
    if problems or about is None:
        raise DataError(problems)
    return about


@contextmanager
def read_once() -> Iterator[None]:
    """Within it, a wave is read once, however many ask: what one makes it compute serves the next.

    For commands that begin and end; who works on for hours would not see that a file has changed.
    """
    token = _read.set({} if _read.get() is None else _read.get())
    try:
        yield
    finally:
        _read.reset(token)


def load(wave: str, data: Path = DATA, *, shown: int = SHOWN, aside: Collection[int] = frozenset()) -> Wave:
    """Read a wave's folder and check everything in it.

    Parameters
    ----------
    wave : str
    data : Path
    shown : int
        How many lines are named with a fault that stands on several.
    aside : collection of int
        Lines of respondents' rows to leave out, beside those that `rejets.csv` lists.

    Raises
    ------
    DataError
        The wave does not exist, or its files hold anything that is fatal. All problems are in it.
    """
    read, asked = _read.get(), (wave, data, shown, frozenset(aside))
    if read is None:
        return _load(*asked)
    if asked not in read:
        read[asked] = _load(*asked)
    return read[asked]


def _load(wave: str, data: Path, shown: int, aside: frozenset[int]) -> Wave:
    check_name(wave, data)
    problems: list[Problem] = []
    if wave not in available(data):
        known = listing(available(data)) or "aucune"
        raise DataError([Problem(f"{display_path(data)}/", f"une vague qui existe : {known}", value=wave)])
    folder = data / wave
    about = read_document(folder / "vague.yml", Metadata, problems)
    questionnaire = read_questionnaire(problems, data, wave, about.territoire if about else DEFAULT)
    path = folder / "commentaires.yml"
    comments = read_document(path, Comments, problems) if path.exists() else Comments()
    if questionnaire is None:
        raise DataError(problems)
    # Metadata that cannot be read hides nothing of what the other files hold.
    codebook = questionnaire.at(about.periode.debut, about.non_posees) if about else questionnaire.at(wave)
    check_left_out(about.non_posees if about else (), codebook, questionnaire, folder, problems)
    frame = read_frame(folder, about.cadre if about else FrameMapping(), codebook, problems)
    everywhere, codebook = codebook, codebook.asked_in(*frame.strata(codebook))
    named = frame.communes
    if about and about.habitants:
        named = read_frame(folder, about.habitants, everywhere, problems).communes
    printed = None
    if about.source == "effectifs" if about else (folder / "effectifs.csv").exists():
        printed = _printed(folder, everywhere, codebook, problems)
    if about is None or comments is None:
        raise DataError(problems)
    common = {"id": wave, "codebook": codebook, "frame": frame.margins, "communes": named}
    common |= {"comments": comments.chapitres, "oddities": ()}
    if about.source == "reponses":
        loaded = _counted(folder, about, frame, codebook, problems, common, shown=shown, aside=aside)
    elif not problems:
        loaded = Wave(about=about, **printed, answers=None, respondents=None, **common)
    if problems or loaded is None:
        raise DataError(problems)
    if totals := check_totals(loaded, folder):
        raise DataError(totals)
    if about.arrondi > 1:  # how many left a question blank, to the unit, would tell what the rounding hides
        return loaded.rounded()
    return replace(loaded, oddities=(*loaded.oddities, *uneven(loaded)))


def _printed(
    folder: Path, everywhere: Codebook, codebook: Codebook, problems: list[Problem]
) -> dict[str, pd.DataFrame] | None:
    """Read the counts of an aggregated wave, and what its study prints beside them.

    What it counts where no commune was asked, `everywhere` but in the `codebook`, is nobody.
    """
    before = len(problems)
    counts = read_table(folder / "effectifs.csv", [*CELL, "effectif"], problems)
    # Of a table that cannot be read, nothing more is said: every cell would be told to be missing.
    readable = len(problems) == before
    published = read_table(folder / "publie.csv", [*CELL, "mesure", "valeur"], problems)
    files = {name: display_path(folder / f"{name}.csv") for name in ("effectifs", "publie")}
    for name, table in (("effectifs", counts), ("publie", published)):
        check_cells(table, files[name], everywhere, problems)
    whole = ~counts["effectif"].str.fullmatch(WHOLE)
    flag(counts, "effectif", whole, files["effectifs"], "un entier positif ou nul", problems)
    check_published(published, files["publie"], problems)
    flag_repeated(counts, list(CELL), files["effectifs"], problems)
    flag_repeated(published, [*CELL, "mesure"], files["publie"], problems)
    if readable:
        check_complete(counts, files["effectifs"], codebook, problems)
    if len(problems) > before:
        return None
    strata = [[ALL, *codebook.strata(by)] for by in ("province", "taille")]
    asked = counts["province"].isin(strata[0]) & counts["taille"].isin(strata[1])
    nobody = "0, puisque le cadre n’y compte aucune commune"
    flag(counts, "effectif", ~asked & (counts["effectif"].str.strip("0") != ""), files["effectifs"], nobody, problems)
    return {
        "counts": counts[asked].drop(columns=LINE).reset_index(drop=True).astype({"effectif": int}),
        "published": published.drop(columns=LINE).astype({"valeur": float}),
    }


def _counted(
    folder: Path,
    about: Metadata,
    frame: Frame,
    codebook: Codebook,
    problems: list[Problem],
    common: Mapping[str, object],
    *,
    shown: int,
    aside: frozenset[int],
) -> Wave | None:
    """Count the answers of a wave's respondents."""
    rejects = read_rejects(folder, problems)
    rejected = aside | lines_of(rejects)
    path, export = respondents(folder, about, codebook, problems, shown=shown, aside=rejected)
    check_rejects(folder, rejects, export.relation, problems)
    export.relation.drop_lines(rejected)
    weightless = weigh(export.relation, about, path, codebook, problems, shown)
    if frame.communes is None:
        if not frame.margins.empty:
            expected = "une ligne par commune (ins, commune, province, population), puisque `source` vaut reponses"
            problems.append(Problem(display_path(folder / about.cadre.fichier), expected))
        return None
    if problems:
        return None
    how = {"duplicates": about.doublons, "shown": shown, "omitted": about.non_posees, "period": about.periode}
    found = tally(export.relation, display_path(path), codebook, frame.communes, problems, **how)
    if found is None:
        return None
    told = gave(found.counts, SPLIT, codebook.answers(SPLIT)) if SPLIT in codebook else found.communes
    counted = {"invites": frame.total, "repondants": int(found.respondents.sum()), "communes": told}
    for key, value in counted.items():
        stated = getattr(about, key)
        if stated is not None and stated != value:
            file = display_path(folder / "vague.yml")
            problems.append(Problem(file, f"{value}, compté dans les fichiers", column=key, value=str(stated)))
    pair = codebook.pair  # who is active and who is not leave nobody out
    odd = {
        "sans_poids": weightless,
        "sans_activite": found.communes - told,
        "sans_groupe": told - gave(found.counts, pair.question, pair.options) if pair else 0,
        "repetee": len(found.repeated),
        "sans_ordre": found.unordered,
        "hors_periode": found.strange_dates,
        "autre_province": found.elsewhere,
        **export.left_out,
        "gardees": export.kept,
    }
    oddities = tuple(Oddity(kind, n) for kind, n in odd.items() if n)
    return Wave(
        about=about.model_copy(update=counted),
        counts=found.counts,
        published=pd.DataFrame(columns=[*CELL, "mesure", "valeur"]),
        answers=found.answers,
        respondents=found.respondents,
        answered=found.answered,
        weights=None if found.weights is None or found.weights.rows.alike else found.weights,
        numbers=found.numbers,
        orders=found.orders,
        rejected=len(rejected),
        **(common | {"oddities": oddities}),
    )


def mergers(territory: Territory | None = None, data: Path = DATA) -> pd.DataFrame:
    """Return which communes of a territory became which, and when; see `mergers.read_mergers`.

    Without a territory, of the one that waves are of by default.

    Raises
    ------
    DataError
        The file is missing or damaged.
    """
    problems: list[Problem] = []
    table = None
    if place := territory or read_territory(DEFAULT, data, problems):
        table = read_mergers(data, place, problems)
    if problems or table is None:
        raise DataError(problems)
    return table
