"""The population asked: margins as a study prints them, or one row per commune.

A list of communes comes as it was downloaded; `FrameMapping` says which of its columns
means what. Every fault is noted with its line; nothing is dropped, guessed or mended,
and how many communes there are is what the list says.
"""

__all__ = ["Frame", "coded", "read_frame", "read_inhabitants", "strata_of"]

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from utils.reading.checks import WHOLE, check_strata, flag, flag_repeated
from utils.reading.files import LINE, display_path
from utils.reading.moments import of_one_moment
from utils.reading.postal import check_postal
from utils.reading.problems import Problem
from utils.reading.tabular import RawTable, read_raw, read_table
from utils.survey.about import FrameColumns, FrameMapping
from utils.survey.codebook import ALL, SPLIT, Codebook
from utils.survey.communes import normalised
from utils.survey.territory import Code, Division

MARGINS = ("province", "taille", "communes")
PRESENT = "participantes"  # beside them: needed where no question tells who took part
COMMUNES = ("ins", "commune", "province", "population", "taille")
SHOWN = 5  # values named with a fault
PEOPLE = "un nombre d’habitants, entier et positif"
NOBODY = ' ; si la liste ne donne pas les habitants : `population: ""` dans vague.yml, sous `cadre` et `colonnes`'
# 12345, or with one kind of separator between thousands: a space of any width, a dot, a comma, an apostrophe.
INHABITANTS = re.compile(rf"{WHOLE}|\d{{1,3}}(?:([ \u00a0\u202f.,'’])\d{{3}})(?:\1\d{{3}})?", re.ASCII)


@dataclass(frozen=True)
class Frame:
    """The population asked.

    Attributes
    ----------
    communes : DataFrame or None
        `ins, commune, province, population, taille`, a row a commune, in the order of the
        list; None where only margins are known. Of a list without inhabitants, `population` is NA
        and `taille` empty; of one with postal codes, `code_postal` as it holds them.
    margins : DataFrame
        `province, taille, communes`: how many by province and how many by size, `toutes`
        standing for the other; `participantes` beside them where a study prints how many took part.
        Empty if the file could not be used.
    """

    communes: pd.DataFrame | None
    margins: pd.DataFrame

    @property
    def total(self) -> int:
        """How many communes were asked."""
        return int(self.margins.loc[self.margins["province"] != ALL, "communes"].sum())

    def strata(self, codebook: Codebook) -> tuple[list[str], list[str]]:
        """Return the provinces and the sizes of which communes were asked.

        No size where inhabitants are not told; all of both where the frame could not be used.
        """
        if self.margins.empty:
            return [*codebook.strata("province")], [*codebook.strata("taille")]
        counted = self.margins[self.margins["communes"] > 0]
        provinces, sizes = (list(counted.loc[counted[by] != ALL, by]) for by in ("province", "taille"))
        return provinces or [*codebook.strata("province")], sizes


NOTHING = Frame(None, pd.DataFrame(columns=[*MARGINS]).astype({"communes": int}))


def read_frame(folder: Path, mapping: FrameMapping, codebook: Codebook, problems: list[Problem]) -> Frame:
    """Read the population asked from a wave's folder.

    Margins are known by their column `taille` or `communes`, without a code of communes.

    Parameters
    ----------
    folder : Path
    mapping : FrameMapping
    codebook : Codebook
        Its provinces and sizes.
    problems : list of Problem
        Receives what is wrong; the frame is empty then.

    Examples
    --------
    >>> frame = read_frame(folder, FrameMapping(), codebook, problems)  # doctest: +SKIP
    >>> frame.total  # doctest: +SKIP
    261
    """
    path, own = folder / mapping.fichier, []
    raw = read_raw(path, own, mapping.feuille)
    if {"taille", "communes"} & set(raw.header) and mapping.colonnes.ins not in raw.header:
        return _read_margins(path, raw, codebook, problems)
    communes = _read_communes(raw, display_path(path), mapping, codebook, own) if raw.header else None
    problems.extend(own)
    return NOTHING if own or communes is None else Frame(communes, _margins(communes, codebook))


def _read_margins(path: Path, raw: RawTable, codebook: Codebook, problems: list[Problem]) -> Frame:
    own: list[Problem] = []
    counted = ["communes", *({PRESENT} & {*raw.header} if SPLIT in codebook else {PRESENT})]
    table, file = read_table(path, ["province", "taille", *counted], own), display_path(path)
    for column in counted:
        flag(table, column, ~table[column].str.fullmatch(WHOLE), file, "un entier positif ou nul", own)
    check_strata(table, file, codebook, own)
    flag_repeated(table, ["province", "taille"], file, own)
    problems.extend(own)
    return NOTHING if own else Frame(None, table.drop(columns=LINE).astype(dict.fromkeys(counted, int)))


def _read_communes(
    raw: RawTable, file: str, mapping: FrameMapping, codebook: Codebook, problems: list[Problem]
) -> pd.DataFrame | None:
    titles, before = mapping.colonnes, len(problems)
    peopled = titles.population in raw.header or not _without_inhabitants(raw, mapping)
    hint = "" if titles.population != FrameColumns().population else NOBODY
    demanded = {"population": peopled, "code_postal": titles.code_postal != FrameColumns().code_postal}
    wanted = [(title, f"`{field}`") for field, title in titles if demanded.get(field, True)]
    wanted += [(title, "`filtre`") for title in mapping.filtre] + [(title, "`somme`") for title in mapping.somme]
    for title, role in wanted:
        if title not in raw.header:
            expected = f"une colonne « {title} » (pour {role}) ; colonnes du fichier : {', '.join(raw.header)}"
            problems.append(Problem(file, expected + (hint if title == titles.population else ""), raw.line))
    rows = raw.rows if len(problems) > before else _filtered(raw.rows, file, mapping.filtre, problems)
    if len(problems) == before:
        _check_moments(rows, file, mapping.somme, problems)
    if len(problems) > before:
        return None
    code, noun = codebook.territory.code, codebook.territory.strate
    known = rows.drop_duplicates([titles.ins, titles.commune, titles.province])
    province = strata_of(known[titles.province], codebook)
    fits = coded(known[titles.ins], code)
    labels = f"{noun.un} : {', '.join(codebook.strata('province').values())}"
    flag(known, titles.ins, ~fits, file, code.told, problems)
    flag(known, titles.commune, known[titles.commune] == "", file, "le nom de la commune", problems)
    flag(known, titles.province, province == "", file, labels, problems)
    _check_meanings(known[fits].assign(place=province), titles, code, file, problems)
    _check_repeated(rows, raw.header, mapping, code, file, problems)
    if titles.code_postal in raw.header:
        check_postal(known, titles.code_postal, codebook.territory.code_postal, file, problems)
    population, size = _inhabitants(rows, known, mapping, codebook, file, problems) if peopled else (pd.NA, "")
    if len(problems) > before:
        return None
    columns = {"ins": known[titles.ins], "commune": known[titles.commune], "province": province}
    communes = pd.DataFrame(columns | {"population": population, "taille": size})[[*COMMUNES]]
    if titles.code_postal in raw.header:
        communes["code_postal"] = known[titles.code_postal]
    return communes.reset_index(drop=True)


def _without_inhabitants(raw: RawTable, mapping: FrameMapping) -> bool:
    """Whether a list tells no inhabitants: `vague.yml` says so, or it names no column and none can be theirs."""
    if not mapping.colonnes.population:
        return True
    if mapping.colonnes.population != FrameColumns().population or mapping.somme:
        return False
    said = {title for _, title in mapping.colonnes} | {*mapping.filtre}
    free = [title for title in raw.header if title not in said]
    return not any(raw.rows[title].map(read_inhabitants).notna().any() for title in free)


def _inhabitants(
    rows: pd.DataFrame,
    known: pd.DataFrame,
    mapping: FrameMapping,
    codebook: Codebook,
    file: str,
    problems: list[Problem],
) -> tuple[pd.Series, pd.Series]:
    """Return how many live in each commune, and of which size it is."""
    titles = mapping.colonnes
    people = rows[titles.population]
    inhabitants = people.map({text: read_inhabitants(text) for text in people.unique()})
    odd = rows[inhabitants.isna()].drop_duplicates([titles.ins, titles.population])
    flag(odd, titles.population, odd[LINE] > 0, file, PEOPLE, problems)
    total = inhabitants.groupby(rows[titles.ins]).sum()
    population = known[titles.ins].map(total)
    if odd.empty:
        flag(known, titles.population, population == 0, file, PEOPLE, problems)
        _check_totals(rows, inhabitants, mapping, file, problems)
    size = population.map(lambda count: _size(count, codebook))
    flag(known, titles.population, size == "", file, "un nombre d’habitants qu’une taille comprend", problems)
    return population.astype(int) if odd.empty else population, size


def _filtered(rows: pd.DataFrame, file: str, kept: dict[str, str], problems: list[Problem]) -> pd.DataFrame:
    if rows.empty:
        problems.append(Problem(file, "au moins une commune"))
    for title, value in kept.items():
        present = list(rows[title].unique())
        rows = rows[rows[title] == value]
        if present and rows.empty:
            some = ", ".join(present[:SHOWN]) + (", …" if len(present) > SHOWN else "")
            expected = f"une valeur de cette colonne, pour que `filtre` retienne des lignes : {some}"
            problems.append(Problem(file, expected, column=title, value=value))
    return rows


def _check_moments(rows: pd.DataFrame, file: str, summed: Iterable[str], problems: list[Problem]) -> None:
    """Note every column to be added up that tells years or days: a commune's inhabitants would be counted for each."""
    for title in summed:
        moments = sorted(rows[title].unique(), reverse=True)
        if len(moments) > 1 and of_one_moment(title, moments):
            expected = f"sous `filtre`, une seule de ces dates, et non sous `somme` : {', '.join(moments[:SHOWN])}"
            problems.append(Problem(file, expected, column=title))


def coded(codes: pd.Series, code: Code) -> pd.Series:
    """Return which texts can be codes of communes."""
    return codes.map(code.fits).astype(bool)


def strata_of(labels: pd.Series, codebook: Codebook) -> pd.Series:
    """Return the id of the province that each label of a list names, or nothing.

    « Province de Liège », « LIEGE » and `liege` are one.
    """
    noun = codebook.territory.strate
    named = {_place(text, noun): s.id for s in codebook.provinces for text in (s.id, s.libelle)}
    return labels.map({label: named.get(_place(label, noun), "") for label in labels.unique()}).astype("str")


def _place(label: str, noun: Division) -> str:
    kind = "|".join(map(re.escape, {normalised(noun.singulier), normalised(noun.singulier)[:4]}))
    return re.sub(rf"^(?:{kind}) (?:(?:de la|de l|de|du|des|d) )?", "", normalised(label.replace("_", " ")))


def read_inhabitants(text: str) -> int | None:
    """Return a number of inhabitants; None if it is none.

    Examples
    --------
    >>> read_inhabitants("1 234"), read_inhabitants("1,5")
    (1234, None)
    """
    return int(re.sub(r"\D", "", text)) if INHABITANTS.fullmatch(text) else None


def _size(inhabitants: float, codebook: Codebook) -> str:
    for size in codebook.tailles:
        if (size.minimum or 0) <= inhabitants and (size.maximum is None or inhabitants < size.maximum):
            return size.id
    return ""


def _check_meanings(known: pd.DataFrame, titles: FrameColumns, code: Code, file: str, problems: list[Problem]) -> None:
    """Note every code with two names or two provinces, and every name with two codes in one province."""
    codes: dict[str, tuple] = {}
    owners: dict[tuple[str, str], str] = {}
    for _, row in known.iterrows():
        ins, name, label = row[titles.ins], row[titles.commune], row[titles.province]
        here = (name, label, row["place"], row[LINE])
        first_name, first_label, first_place, line = codes.setdefault(ins, here)
        if name and name != first_name:
            expected = f"« {first_name} », comme à la ligne {line} pour le {code.nom} {ins}"
            problems.append(Problem(file, expected, row[LINE], titles.commune, name))
        if row["place"] and row["place"] != first_place:
            expected = f"« {first_label} », comme à la ligne {line} pour le {code.nom} {ins}"
            problems.append(Problem(file, expected, row[LINE], titles.province, label))
        owner = owners.setdefault((normalised(name), row["place"]), ins)
        if name and owner != ins:
            expected = f"un autre nom que celui du {code.nom} {owner}, à la ligne {codes[owner][-1]}"
            problems.append(Problem(file, expected, row[LINE], titles.commune, name))


def _check_repeated(
    rows: pd.DataFrame, header: tuple[str, ...], mapping: FrameMapping, code: Code, file: str, problems: list[Problem]
) -> None:
    """Note every row that repeats a commune, or tell once what a file of many rows a commune needs."""
    ins, key = mapping.colonnes.ins, [mapping.colonnes.ins, *mapping.somme]
    known = rows[coded(rows[ins], code)]
    repeated = known[known.duplicated(key)]
    said = {title for _, title in mapping.colonnes} | {*mapping.somme, *mapping.filtre}
    others = [title for title in header if title not in said]
    expected = f"une seule ligne par commune{''.join(f', par {title}' for title in mapping.somme)}"
    if 2 * repeated[ins].nunique() <= known[ins].nunique():
        others = []
    varying = known.groupby(key)[others].nunique().gt(1).any() if others else pd.Series(dtype=bool)
    if varying.any():
        dated = [title for title in varying.index[varying] if of_one_moment(title, rows[title].unique())]
        parts = [title for title in varying.index[varying] if title not in dated]
        hints = [("à choisir par `filtre`", dated), ("à additionner par `somme` ou à choisir par `filtre`", parts)]
        expected += "".join(f" ; {way} : {', '.join(titles)}" for way, titles in hints if titles)
        repeated = repeated.head(1)
    flag(repeated, ins, repeated[LINE] > 0, file, expected, problems)


def _check_totals(
    rows: pd.DataFrame, inhabitants: pd.Series, mapping: FrameMapping, file: str, problems: list[Problem]
) -> None:
    """Note every value whose rows add up the others: they would be counted twice."""
    for title in mapping.somme:
        parts = pd.crosstab(rows[mapping.colonnes.ins], rows[title], values=inhabitants, aggfunc="sum").fillna(0)
        doubled = parts.mul(2).eq(parts.sum(axis=1), axis=0).all() & (parts.shape[1] > 2)
        for value in parts.columns[doubled]:
            expected = "aucune ligne de total parmi celles que `somme` additionne ; `filtre` peut l’écarter"
            problems.append(Problem(file, expected, column=title, value=value))


def _margins(communes: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Count the communes of each size and of each province, none left out, as the contract writes them."""
    rows = [
        {"province": ALL, "taille": ALL, by: stratum, "communes": int((communes[by] == stratum).sum())}
        for by in ("taille", "province")
        for stratum in codebook.strata(by)
    ]
    return pd.DataFrame(rows, columns=[*MARGINS])
