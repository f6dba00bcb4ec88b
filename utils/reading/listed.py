"""A first `cadre` section for a list of communes as it was downloaded, for the analyst to confirm.

A column is known by its title, in the words of statistical offices and encyclopedias, and by what
it holds: a title that holds something else is none. What only its content tells is `à confirmer`.
"""

__all__ = ["propose_frame"]

import re
from collections.abc import Callable, Iterator

import pandas as pd
import yaml

from utils.reading.forms.labels import folded
from utils.reading.frames import coded, read_inhabitants, strata_of
from utils.reading.moments import of_one_moment
from utils.reading.postal import codes
from utils.reading.tabular import RawTable
from utils.survey.codebook import Codebook

MOST = 0.9  # the share of a column's values that must be what its title says
PARTS = 150  # different values at most of what tells apart the rows of a commune: sex, age, nationality

# Folded titles, the likeliest first: the contract, Statbel, the REFNIS list, INSEE, lists of encyclopedias.
TITLES = {
    "ins": (
        r"ins|cd (munty )?refnis|codgeo|com|insee com|depcom",
        r"(code )?(ins|insee|nis|refnis)( code)?|code (commune|geographique)",
        r"codes? (officiel )?(geographique|de la commune|commune).*|cd munty.*",
    ),
    "commune": (
        r"commune|tx (munty |adm munty )?descr fr|tx refnis fr|libgeo|libelle|nom( de la)? commune|nom",
        r"nom com|(commune|municipality|gemeente)( fr)?|entites? administratives?|gemeentenaam|naam|name|nccenr",
        r"tx (munty )?descr (nl|de)|tx refnis nl|nom (officiel|courant)( .*)?|villes?|communes|ncc",
    ),
    "province": (
        r"province|tx prov descr fr|departement|libelle (de la province|du departement)",
        r"(province|provincie)( fr| nl)?|nom (de la province|du departement)|tx prov descr nl|prov|dep",
        r"(nom|code) (province|departement)|code du departement",
    ),
    "population": (
        r"population( municipale)?|ms population|pmun\d*|habitants|inwoners|bevolking|inhabitants",
        r"p\d\d pop|ptot\d*|population (totale|legale|au|en|de|\d).*|pop|(nombre d|nb) habitants",
        r"(aantal )?(inwoners|habitants).*|population .*|pop .*",
    ),
    "code_postal": (
        r"code postal|cp|codes postaux|postcodes?|code postal (principal|de la commune)",
        r"postal( code)?s?|zip( code)?|postnummer|plz|postleitzahl",
    ),
}
WANTED = ("ins", "commune", "province", "population")  # what a list must hold; a reader may also look by postal code


def propose_frame(raw: RawTable, codebook: Codebook, file: str) -> str:
    """Guess how a list of communes is to be read.

    Parameters
    ----------
    raw : RawTable
    codebook : Codebook
        Its provinces tell which rows are of the territory.
    file : str
        Name of the list in the wave's folder.

    Returns
    -------
    str
        The section for `vague.yml`; what is to be confirmed or completed stands in comments.

    Examples
    --------
    >>> raw = read_raw(Path("TF_SOC_POP_STRUCT_2025.txt"), problems)  # doctest: +SKIP
    >>> print(propose_frame(raw, codebook, "cadre.txt"))  # doctest: +SKIP
    cadre:
      fichier: cadre.txt
      colonnes:
        ins: CD_REFNIS
        ...
    """
    return "\n".join(["cadre:", f"  fichier: {_quoted(file)}", *_List(raw, codebook).lines()]) + "\n"


class _List:
    """The columns of a list, and what each is taken for."""

    def __init__(self, raw: RawTable, codebook: Codebook) -> None:
        self.header, self.rows, self.codebook = raw.header, raw.rows, codebook
        self.titles: dict[str, str] = {}
        self.doubts: dict[str, str] = {}
        holding: dict[str, Callable[[pd.Series], float]] = {
            "ins": lambda cells: float(coded(cells, codebook.territory.code).mean()),
            "province": lambda cells: float((strata_of(cells, codebook) != "").mean()),
            "population": lambda cells: float(cells.map(read_inhabitants).notna().mean()),
            "commune": lambda cells: float(cells.str.contains(r"[^\W\d_]{2}").mean()),
            "code_postal": lambda cells: float(cells.map(self._postal).mean()),
        }
        for field, share in holding.items():
            self._place_titled(field, self._held(share))
        for field in {"ins", "province"} - set(self.titles):  # what they hold is like nothing else
            alike = [title for title, part in self._held(holding[field]).items() if part >= MOST]
            if len(alike) == 1:
                self.titles[field], self.doubts[field] = alike[0], "d’après ce que cette colonne contient"

    def _postal(self, cell: str) -> bool:
        return all(map(self.codebook.territory.code_postal.fits, codes(cell)))

    def _held(self, share: Callable[[pd.Series], float]) -> dict[str, float]:
        """Return the share of the values of each free column that are of one kind."""
        free = [title for title in self.header if title not in self.titles.values()]
        values = {title: pd.Series(self.rows[title].unique(), dtype="str") for title in free}
        filled = {title: cells[cells != ""] for title, cells in values.items()}
        return {title: share(cells) for title, cells in filled.items() if len(cells)}

    def _place_titled(self, field: str, held: dict[str, float]) -> None:
        # A list of a whole country names provinces of other territories; of a new one, no province is known yet.
        enough = 0 if field == "province" else MOST
        for wording in TITLES[field]:
            named = [title for title, part in held.items() if part >= enough and re.fullmatch(wording, folded(title))]
            if not named:
                continue
            chosen = max(named, key=lambda title: (held[title] > 0, *self._latest(title)))
            self.titles[field] = chosen
            if held[chosen] == 0:
                self.doubts[field] = "aucune province du territoire n’y est nommée"
            elif len(named) > 1:
                self.doubts[field] = f"ou {', '.join(title for title in named if title != chosen)}"
            return

    @staticmethod
    def _latest(title: str) -> tuple[int, int]:
        """Rank columns that differ by a year: the latest; without one, a column in French before another."""
        years = [int(year) for year in re.findall(r"(?:19|20)\d\d|(?<=^P)\d\d(?=_)", title)]
        return max(years, default=0), -len(title)

    def lines(self) -> Iterator[str]:
        fields = [field for field in TITLES if field in WANTED or field in self.titles]
        if any(self.titles.get(field) != field for field in fields):
            yield "  colonnes:"
            for field in fields:
                if field not in self.titles:
                    yield f"    # {field}: …  # à compléter"
                    continue
                doubt = self.doubts.get(field)
                yield f"    {field}: {_quoted(self.titles[field])}{f'  # à confirmer : {doubt}' if doubt else ''}"
        if all(field in self.titles for field in ("ins", "province")):
            yield from self._selected()

    def _selected(self) -> Iterator[str]:
        """Yield which rows are wanted, and what is added up: the territory's, of the latest moment, all its parts."""
        rows, kept = self.rows, {}
        inside = strata_of(rows[self.titles["province"]], self.codebook) != ""
        free = [title for title in self.header if title not in self.titles.values()]
        if inside.any() and not inside.all():
            for title in free:
                values = set(rows.loc[inside, title])
                if len(values) == 1 and not rows.loc[~inside, title].isin(values).any():
                    kept[title] = (values.pop(), "les seules lignes du territoire")
                    rows = rows[inside]
                    break
        # In one row a commune, what looks like a year is no moment of its population.
        several = rows[self.titles["ins"]].duplicated().any()
        for title in free if several else ():
            moments = rows[title].unique()
            if title not in kept and len(moments) > 1 and of_one_moment(title, moments):
                kept[title] = (max(moments), "la date la plus récente")
                rows = rows[rows[title] == max(moments)]
        if kept:
            yield "  filtre:"
            for title, (value, why) in kept.items():
                yield f"    {_quoted(title)}: {_quoted(value)}  # à confirmer : {why}"
        parted = rows.groupby(self.titles["ins"])[[t for t in free if t not in kept]].nunique()
        parts = [title for title in parted if (parted[title] > 1).any() and rows[title].nunique() <= PARTS]
        if parts:
            yield "  somme:  # à confirmer : les habitants d’une commune sont la somme de ces lignes"
            yield from (f"    - {_quoted(title)}" for title in parts)


def _quoted(text: str) -> str:
    return yaml.safe_dump(text, allow_unicode=True, width=float("inf")).removesuffix("...\n").strip()
