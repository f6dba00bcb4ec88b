"""What each command does and says; `python -m utils` reads the words and calls these."""

__all__ = [
    "CommandError",
    "baseline",
    "build_one",
    "build_site",
    "check",
    "compare_questions",
    "list_waves",
    "make_sheets",
    "new",
    "print_book",
    "verify_edition",
]

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from utils.french import count, listing, number, period, typeset
from utils.paths import BUILD, DATA
from utils.publishing import locks, receipts
from utils.publishing.checking import check_once, check_wave
from utils.publishing.failures import Failure
from utils.reading import waves
from utils.reading.aside import set_aside
from utils.reading.files import display_path
from utils.reading.forms.drafts import metadata
from utils.reading.forms.naming import fieldwork
from utils.reading.forms.opening import open_export
from utils.reading.forms.proposals import propose
from utils.reading.forms.rejects import REJECTS
from utils.reading.forms.selection import unfinished
from utils.reading.listed import propose_frame
from utils.reading.names import WAVE, misnamed
from utils.reading.outlines import territory
from utils.reading.problems import DataError
from utils.reading.questionnaires import OWN, read_questionnaire
from utils.reading.tabular import read_raw
from utils.survey.about import Period
from utils.survey.comparable import incomparable
from utils.survey.territory import DEFAULT
from utils.telling import oddities, places

_APART = (
    "deux versions du livre qui diffèrent d’une ligne (--ecarter, une réponse tardive) livrent cette ligne par "
    "soustraction ; n’en publier qu’une, ou arrondir les effectifs (arrondi: 5 dans vague.yml)."
)
_DATED = re.compile(r"(\d{4}(?:-\d{2}){0,2})(?:-[a-z]+)*")
SHOWN = 10  # files that are named where more differ


class CommandError(Failure):
    """A command cannot be carried out as it is typed."""


def new(
    wave: str, export: str, frame: str = "", data: Path = DATA, *, territory: str = "", questionnaire: str = ""
) -> None:
    """Make a wave's folder from a form tool's export, with a mapping for the analyst to confirm.

    Parameters
    ----------
    wave, export : str
        The folder's name, and the path of the export.
    frame : str
        Path of the list of communes, if there is one already.
    territory : str
        Whose communes were asked; by default, those of `DEFAULT`.
    questionnaire : str
        Path of the questionnaire, where it is not the one that waves share.

    Raises
    ------
    CommandError
        The wave's name does not sort by time, or its folder exists.
    DataError
        The export or the frame cannot be read; no folder is made.
    """
    if not (named := _dated(wave)):
        raise CommandError(
            f"Nom de vague « {wave} » : attendu AAAA ou AAAA-MM, pour que les vagues se rangent par date ; au besoin "
            "suivi d’un mot, comme 2026-flandre."
        )
    folder = data / wave
    if folder.exists():
        raise CommandError(f"{display_path(folder)}/ existe déjà : choisir un autre nom, ou l’effacer d’abord.")
    problems, territory = [], territory or DEFAULT
    asked = Path(questionnaire) if questionnaire else data / "questionnaire.yml"
    codebook = read_questionnaire(problems, data, territory=territory, path=asked)
    opened = open_export(Path(export), problems)
    listed = read_raw(Path(frame), problems) if frame else None
    if problems or codebook is None or opened is None:
        raise DataError(problems)
    name = f"export{Path(export).suffix.lower()}"
    dates = fieldwork(opened.header, opened.rows, codebook, opened.tool)
    fielded = dates or named
    how = {"tool": opened.tool, "lines": opened.lines, "declared": opened.declared}
    proposal = propose(opened.header, opened.sample, codebook.at(fielded.debut), name, **how)
    unsent = opened.rows.count(unfinished(opened.rows, proposal.tool.value))
    with _prepared(folder) as made:
        shutil.copy(export, made / name)
        population = "# cadre.csv : ins,commune,province,population ; à ajouter\n"
        if listed:
            shutil.copy(frame, made / f"cadre{Path(frame).suffix.lower()}")
            population = propose_frame(listed, codebook, f"cadre{Path(frame).suffix.lower()}")
        if questionnaire:
            shutil.copy(questionnaire, made / OWN)
        place = (territory, codebook.territory)
        told = metadata(proposal, fielded, place, dated=bool(dates), unsent=unsent, population=population)
        (made / "vague.yml").write_text(told, encoding="utf-8")
    print(f"{display_path(folder)}/ est prêt.")
    print(f"Reste à compléter vague.yml (« à compléter », « à confirmer ») puis : make check WAVE={wave}")


def _dated(wave: str) -> Period | None:
    """Return the moment that a wave is named by; None if it is none."""
    found = _DATED.fullmatch(wave)
    moment = found and (found[1] if len(found[1]) > 4 else f"{found[1]}-01")
    try:
        return Period(debut=moment, fin=moment) if moment else None
    except ValidationError:
        return None


@contextmanager
def _prepared(folder: Path) -> Iterator[Path]:
    """Give a place to make a wave's folder in, which takes its own once it is whole.

    That place is outside `data/`: what a killed command leaves of respondents' answers, nobody commits.
    """
    made = folder.parent.with_name(BUILD.name) / "vague"
    with locks.alone(made.with_name(".vague"), "Une autre commande prépare une vague"):
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir()
        try:
            yield made
            made.rename(folder)
        finally:
            shutil.rmtree(made, ignore_errors=True)


def check(wave: str, previous: str = "", aside: bool = False) -> None:
    """Say whether a wave becomes a book, and what is odd in it; on request, set unusable rows aside first."""
    from utils.publishing.rehearsal import rehearse

    if aside:
        if wave not in waves.available():
            check_wave(wave)
        rejected = set_aside(wave)
        where = display_path(DATA / wave / REJECTS)
        print(f"{count(rejected, 'ligne écartée', 'lignes écartées')}{f', dans {where}' if rejected else ''}.")
    with waves.read_once():
        check_wave(wave, previous)
        rehearse(wave, previous)
        loaded = waves.load(wave)
    print(f"Les données de la vague « {wave} » sont utilisables.")
    alone = [_APART] if loaded.about.threshold > 1 and loaded.about.arrondi == 1 else []
    for note in (*oddities.told(loaded), *places.notes(loaded), *territory.notes(loaded), *alone):
        print(f"  à savoir : {note}")


def build_one(wave: str, previous: str = "", url: str = "") -> tuple[str, list[str]]:
    """Build one edition; return how to read it, and which it is."""
    # With what it needs, a second that whoever checks a wave does not wait for.
    from utils.publishing import build, hosting, publish

    hosting.address(url)  # a wrong one is refused before anything is made
    with publish.alone():
        return _where(build.build(wave, previous, url)), [wave]


def build_site(url: str = "") -> tuple[str, list[str]]:
    """Build every real edition; return how to read them, and which they are.

    Raises
    ------
    DataError
        With what is wrong in some wave. The editions that do not stand on it are published.
    """
    from utils.publishing import build, hosting, publish

    hosting.address(url)  # a wrong one is refused before anything is checked
    problems, right = [], []
    with publish.alone():
        for wave, previous in build.editions(problems):
            try:
                check_once(wave, previous)
            except DataError as error:
                problems += [problem for problem in error.problems if problem not in problems]
            else:
                right.append((wave, previous))
        built = [build.build(wave, previous, url) for wave, previous in right]
    if problems:
        told = listing(f"« {wave} »" for wave, _ in right) or "aucune"
        print(f"Éditions publiées : {told} ; les autres restent telles qu’elles étaient.")
        raise DataError(problems)
    if not built:
        raise CommandError("Aucune vague réelle dans data/ : rien à publier.")
    return _where(built[-1]), [wave for wave, _ in right]


def _where(site: Path) -> str:
    folder = display_path(site.parent)
    return (
        f"Le livre est dans {display_path(site)}/.\n"
        f"Pour le lire : python3 -m http.server --directory {folder} 8000, puis http://localhost:8000/"
    )


def print_book(wave: str) -> None:
    """Print a published edition, the whole book and a leaflet, and say where they are."""
    from utils.publishing import publish
    from utils.publishing.paper import pdf

    with publish.alone(), receipts.keeping(wave):
        made = pdf.pdf(wave)
    print(f"Le livre est imprimé dans {display_path(made.book)}, le dépliant dans {display_path(made.leaflet)}.")


def verify_edition(wave: str) -> None:
    """Make a published edition again from nothing, and say whether it is the same, byte for byte."""
    from utils.publishing.verify import verify

    found = verify(wave)
    for said in found.changed:
        print(f"  à savoir : {said}")
    if found.different:
        listed = "\n".join(f"  {name}" for name in found.different[:SHOWN])
        more = len(found.different) - SHOWN
        others = f"\n  et {count(more, 'autre', 'autres')}" if more > 0 else ""
        told = count(len(found.different), "fichier diffère", "fichiers diffèrent")
        raise CommandError(
            f"L’édition « {wave} » ne se refait pas : {told} sur {number(found.files)}.\n{listed}{others}"
        )
    print(f"L’édition « {wave} » se refait octet par octet : {count(found.files, 'fichier', 'fichiers')}.")


def make_sheets(wave: str, codes: Sequence[str] = (), previous: str = "", **how: bool | int | str) -> None:
    """Make the sheets of communes that are missing or stale, and say where they are.

    Parameters
    ----------
    wave, previous : str
        Folders of `data/`; the second may be empty.
    codes : sequence of str
        INS codes of the communes that are wanted; empty: all that took part.
    **how
        `printed`, `jobs`, `url`, `scheduler`: see `sheets.every.sheets`.
    """
    from utils.publishing.sheets.edition import edition
    from utils.publishing.sheets.every import sheets

    try:
        with waves.read_once():
            check_wave(wave, previous)
            edition(wave, previous)  # from here on, all that sheets need: the waves themselves go
        done = sheets(wave, codes, previous, **how)
    except KeyboardInterrupt:
        raise CommandError("Interrompu : la même commande fera les fiches qui manquent.") from None
    for name in done.absent:
        print(f"{name} n’a pas pris part à la vague « {wave} » : pas de fiche.")
    told = [f"{count(done.made, 'fiche faite', 'fiches faites')}"]
    told += [f"{count(done.kept, 'déjà à jour', 'déjà à jour')}"] if done.kept else []
    told += [f"{count(done.removed, 'retirée', 'retirées')}"] if done.removed else []
    where = f"{display_path(done.folder)}/ ; {display_path(done.index)} dit laquelle est pour qui"
    print(typeset(f"{', '.join(told)}, dans {where}."))


def baseline() -> None:
    """Execute the repository's own chapters anew, in place."""
    from utils.publishing import build, publish

    with publish.alone():
        build.baseline()


def list_waves() -> None:
    """List the waves of `data/`, and what each is made of; then the folders that no command takes for one."""
    for name in waves.available():
        try:
            wave = waves.load(name)
        except DataError as error:
            problems = sum(problem.count for problem in error.problems)
            print(f"{name:10} inutilisable : {count(problems, 'problème', 'problèmes')} ; make check WAVE={name}")
            continue
        about = wave.about
        kind = "réponses individuelles" if about.source == "reponses" else "effectifs publiés"
        print(
            f"{name:10} {period(about.periode.debut, about.periode.fin)} : {number(about.communes)} communes sur "
            f"{number(about.invites)}, {kind}{', données fictives' if about.fictif else ''}"
        )
    for name in misnamed():
        print(f"{name} : pas prise pour une vague ; attendu {WAVE}")


def compare_questions(before: str, wave: str) -> None:
    """Say what separates the questionnaires of two waves: questions and options, added, dropped or changed."""
    old, new_ = waves.load(before), waves.load(wave)
    said = [f"{item.question.libelle} ({item.question.id}) : {item.reason}" for item in incomparable(old, new_)]
    print("\n".join(said) or f"Les vagues {before} et {wave} posent les mêmes questions.")
