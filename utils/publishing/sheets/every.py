"""Every sheet of a wave: which are missing or stale, made side by side, with a list for mailing."""

__all__ = ["Made", "SheetError", "sheets"]

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tqdm import tqdm

from utils import paths, whole
from utils.publishing import hosting, locks, processes
from utils.publishing.failures import Failure, detailed
from utils.publishing.paper import chromium
from utils.publishing.processes import Workshop
from utils.publishing.sheets import names
from utils.publishing.sheets.cluster import spread
from utils.publishing.sheets.edition import Edition, edition, hold
from utils.publishing.sheets.making import LIMIT, Order, make
from utils.publishing.sheets.page import stamped
from utils.publishing.sheets.stamps import stamp
from utils.reading.files import display_path
from utils.spreadsheet import csv_text

_OURS = re.compile(r"[0-9a-f]{40}\.(?:html|pdf)|\.[0-9a-f]{40}\.\d+\.part\.(?:html|pdf)")


class SheetError(Failure):
    """A sheet cannot be made; those that were made are there."""


@dataclass(frozen=True)
class Made:
    """What a run did.

    Attributes
    ----------
    folder : Path
    index : Path
        The list for mailing: beside the folder, never in it, as it leads to every sheet.
    made, kept, removed : int
        Sheets made now, found as they should be, and removed as nobody's any more.
    absent : tuple of str
        Communes that were asked for and did not take part, by name and code.
    """

    folder: Path
    index: Path
    made: int
    kept: int
    removed: int
    absent: tuple[str, ...] = ()


def sheets(
    wave: str,
    codes: Sequence[str] = (),
    previous: str = "",
    *,
    printed: bool = False,
    jobs: int = 0,
    url: str = "",
    scheduler: str = "",
) -> Made:
    """Make the sheets of a wave that are missing or stale.

    Parameters
    ----------
    wave, previous : str
        Folders of `data/`; the second may be empty.
    codes : sequence of str
        INS codes of the communes whose sheets are wanted; all that took part where empty.
    printed : bool
        Whether each sheet is printed too.
    jobs : int
        How many processes; 0: one a core.
    url : str
        Where the book is published; empty: as `_config.yml` says.
    scheduler : str
        Address of a cluster whose workers make them; empty: this machine does.

    Raises
    ------
    DataError
        A wave does not exist, or its files are wrong.
    Failure
        Only counts are known of the wave, a code is none of its communes', another run is at work, or a sheet failed.
    """
    if printed and chromium.find() is None:
        raise chromium.PrintError(f"Il faut Chromium pour imprimer, et aucun n’est installé : {chromium.INSTALL}")
    book = f"{hosting.address(url)}{wave}/chapters/"
    secret, held = names.key(), edition(wave, previous)
    mark = stamp(wave, previous, book, held.chapters)
    asked, absent = _wanted(held, codes)
    folder = paths.SHEETS / wave
    folder.mkdir(parents=True, exist_ok=True)
    at_work = f"Une autre commande fait déjà des fiches dans {display_path(folder)}/"
    with locks.alone(folder.with_name(f".{wave}.verrou"), at_work):
        page = {ins: folder / f"{names.name(secret, wave, ins)}.html" for ins in held.own}
        removed = _clear(folder, page.values())
        current = {ins for ins, path in page.items() if stamped(path) == mark}
        done = {ins for ins in current if not printed or page[ins].with_suffix(".pdf").exists()}
        orders = [Order(wave, ins, previous, str(page[ins]), mark, book, printed) for ins in asked if ins not in done]
        try:
            _run(orders, spread(orders, scheduler) if scheduler else _here(orders, held, jobs or processes.WORKERS))
        finally:  # what was made before a failure is listed too
            index = folder.with_name(f"{wave}.csv")
            whole.write(index, _index(held, page, mark).encode("utf-8-sig"))
    return Made(folder, index, len(orders), len(asked) - len(orders), removed, absent)


def _wanted(held: Edition, codes: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Return the communes whose sheets are wanted, and those asked for that did not take part."""
    if not codes:
        return sorted(held.own), ()
    communes = held.known.communes["commune"]
    if unknown := [code for code in dict.fromkeys(codes) if code not in communes.index]:
        first = sorted(held.own)[0] if held.own else communes.index[0]
        raise Failure(
            f"Code inconnu : {', '.join(unknown)}. Attendu : un {held.known.codebook.territory.code.nom} de la liste "
            f"des communes de la vague « {held.known.wave} », comme {first} ({communes[first]})."
        )
    absent = tuple(f"{communes[code]} ({code})" for code in dict.fromkeys(codes) if code not in held.own)
    return [code for code in dict.fromkeys(codes) if code in held.own], absent


def _clear(folder: Path, pages: Iterable[Path]) -> int:
    """Remove what a killed run left half written, and the sheets that are no commune's any more."""
    kept, removed = {path.stem for path in pages}, 0
    for path in sorted(folder.iterdir()):
        if _OURS.fullmatch(path.name) and path.stem not in kept:
            path.unlink()
            removed += path.suffix == ".html" and not path.name.startswith(".")
    return removed


def _run(orders: Sequence[Order], made: Iterator[str]) -> None:
    silent = True if "CI" in os.environ else None  # None: where nobody looks
    # Closed whatever happens here, so that all that works for it ends with it.
    with closing(made), tqdm(total=len(orders), desc="Fiches", unit="fiche", leave=False, disable=silent) as bar:
        for _ in made if orders else ():
            bar.update()


def _here(orders: Sequence[Order], held: Edition, jobs: int) -> Iterator[str]:
    first = orders[0]
    with Workshop(partial(hold, first.wave, first.previous, held)) as workshop:
        for ins, fault in workshop.does({order.ins: partial(make, order) for order in orders}, LIMIT, many=jobs):
            if fault:
                raise SheetError(f"La fiche de {ins} : échec, {fault}\n{detailed([fault.trace])}")
            yield ins


def _index(held: Edition, page: dict[str, Path], mark: str) -> str:
    """Return the list of the sheets that are there and fresh, as a spreadsheet may open it."""
    communes = held.known.communes["commune"]
    fresh = sorted(ins for ins, path in page.items() if stamped(path) == mark)
    return csv_text(["ins", "commune", "fichier"], [[ins, communes[ins], page[ins].name] for ins in fresh])
