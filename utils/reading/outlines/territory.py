"""Where the provinces and the communes lie: outlines that fit the territory and the frame, or every reason why not.

Outlines are for maps alone; no figure comes from them.
"""

__all__ = ["check", "communes", "notes", "provinces"]

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from utils.french import count, listing, typeset
from utils.paths import DATA
from utils.reading.files import display_path, reference
from utils.reading.mergers import read_mergers
from utils.reading.outlines.geojson import read_outlines
from utils.reading.problems import DataError, Problem
from utils.survey.codebook import SPLIT, Codebook
from utils.survey.communes import successors
from utils.survey.outlines import Outlines
from utils.survey.territory import Code
from utils.survey.wave import Wave

DEFAULT = "communes.geojson"
SOME = 5  # how many codes a fault of several names


def check(wave: Wave, data: Path = DATA) -> list[Problem]:
    """Return what is wrong with the outlines that a wave's maps need."""
    problems: list[Problem] = []
    _provinces(wave.codebook, data, problems)
    _communes(wave, data, problems)
    return problems


def notes(wave: Wave) -> list[str]:
    """Return what the analyst should know before a map tells who took part: the groups that are all one.

    Their split is published, for a zero is no secret; beside the map, it speaks of each commune by name.
    """
    if not (wave.about.carte and wave.about.carte.participation) or SPLIT not in wave.codebook:
        return []
    splits = [wave.activity(by) for by in wave.codebook.kinds]
    alike = [
        s.labels[stratum]
        for s in splits
        for stratum, row in s.counts.iterrows()
        if row.any() and not row.all() and stratum not in s.hidden
    ]
    if not alike:
        return []
    said = "La carte dit qui a répondu. Dans ces groupes, toutes les communes sont actives, ou aucune ne l’est"
    return [typeset(f"{said} : on saura donc de chacune si elle l’est ({listing(alike)}).")]


def provinces(codebook: Codebook, data: Path = DATA) -> Outlines | None:
    """Return the outlines of the territory's provinces, by id, in its order; None where it names no file of them.

    Raises
    ------
    DataError
        The file is missing or damaged, or its provinces are not the territory's.
    """
    problems: list[Problem] = []
    outlines = _provinces(codebook, data, problems)
    if problems:
        raise DataError(problems)
    return outlines


def communes(wave: Wave, data: Path = DATA) -> Outlines | None:
    """Return the outlines of the communes asked, by code; None unless `vague.yml` lets a map tell who took part.

    Raises
    ------
    DataError
        The file is missing or damaged, its communes are not those of the frame, or it
        lies in the wave's folder and `vague.yml` says nothing of it.
    """
    problems: list[Problem] = []
    outlines = _communes(wave, data, problems)
    if problems:
        raise DataError(problems)
    return outlines if wave.about.carte and wave.about.carte.participation else None


def _provinces(codebook: Codebook, data: Path, problems: list[Problem]) -> Outlines | None:
    place = codebook.territory
    if place.contours is None:
        return None
    path, key = reference(place.contours.fichier, data), place.contours.propriete
    wanted = [stratum.id for stratum in place.provinces or codebook.provinces]
    outlines = read_outlines(path, key, problems, within=place)
    if outlines is None:
        return None
    missing, unknown = set(wanted) - set(outlines.shapes), set(outlines.shapes) - set(wanted)
    unlabelled = set(wanted) - missing - set(outlines.labels)
    told = {"manque": missing, "en trop": unknown, "sans `etiquette`": unlabelled}
    told = ", ".join(f"{what} : {_some(names)}" for what, names in told.items() if names)
    if told:
        expected = f"les {place.strate.pluriel} du territoire, et leur `etiquette` ({told})"
        problems.append(Problem(display_path(path), expected, column=key))
        return None
    return Outlines({province: outlines.shapes[province] for province in wanted}, outlines.source, outlines.labels)


def _communes(wave: Wave, data: Path, problems: list[Problem]) -> Outlines | None:
    folder, mapped = data / wave.id, wave.about.carte
    if mapped is None:
        if (folder / DEFAULT).exists() and wave.answers is not None:
            expected = (
                f"la clé `carte`, puisque {DEFAULT} est là : dire par `participation` (true ou false) si le livre peut"
                " montrer quelles communes ont répondu ; ou retirer ce fichier"
            )
            problems.append(Problem(display_path(folder / "vague.yml"), expected, column="carte"))
        return None
    path, before = folder / mapped.fichier, len(problems)
    place = wave.codebook.territory
    outlines = read_outlines(path, mapped.ins, problems, within=place, kept=mapped.filtre)
    mergers = read_mergers(data, place, problems)
    if outlines is None or len(problems) > before:
        return None
    given = (display_path(path), mapped.ins, set(outlines.shapes), list(wave.communes["ins"]))
    problems.extend(_strangers(*given, mergers, wave.about.periode.debut, place.code))
    shapes = {code: outlines.shapes.get(code, ()) for code in wave.communes["ins"]}
    return None if len(problems) > before else Outlines(shapes, mapped.source, outlines.labels)


def _strangers(
    file: str, column: str, drawn: set[str], asked: list[str], mergers: pd.DataFrame, date: str, code: Code
) -> Iterable[Problem]:
    """Tell which communes are drawn and not asked, or asked and not drawn, and why where mergers explain it."""
    odd = {found for found in drawn if not code.fits(found)}
    if odd:
        yield Problem(file, code.told, column=column, value=_some(odd), count=len(odd))
    unknown, missing = drawn - odd - set(asked), set(asked) - drawn
    last = successors(mergers)
    former = {one for one in unknown if last.get(one) in asked}
    if former:
        expected = f"des limites aussi récentes que le cadre : selon fusions.csv, {_became(former, last)}"
        yield Problem(file, expected, column=column, value=_some(former), count=len(former))
    later = {one for one in missing if last.get(one) in drawn}
    if later:
        expected = f"des limites de l’époque du cadre ({date}) : selon fusions.csv, {_became(later, last)} depuis"
        yield Problem(file, expected, column=column, value=_some({last[c] for c in later}), count=len(later))
    unknown -= former | {last[one] for one in later}
    missing -= later | {last[one] for one in former}
    if unknown:
        expected = "des communes du cadre seulement ; `filtre`, sous `carte`, écarte les autres"
        yield Problem(file, expected, column=column, value=_some(unknown), count=len(unknown))
    if missing:
        many = count(len(missing), "commune", "communes")
        expected = f"une entité pour chaque commune du cadre (sans limites : {many}, {_some(missing)})"
        yield Problem(file, expected, column=column)


def _became(codes: set[str], last: dict[str, str]) -> str:
    shown = ", ".join(f"{code} est devenu {last[code]}" for code in sorted(codes)[:SOME])
    return shown + (", …" if len(codes) > SOME else "")


def _some(codes: set[str]) -> str:
    """Name the first of several identifiers; empty text for none."""
    return ", ".join(sorted(codes)[:SOME]) + (", …" if len(codes) > SOME else "")
