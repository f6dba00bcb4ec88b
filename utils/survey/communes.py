"""The names of communes: as people write them, as lists spell them, as mergers change them.

A name is found or it is not: where two communes could be meant, both are told and
neither is chosen.
"""

__all__ = ["Directory", "Found", "members", "normalised", "present_ins", "successors"]

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import pandas as pd

from utils.french import listing
from utils.survey.territory import Territory

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_BRACKETS = re.compile(r"\(([^)]*)\)?")
_BODY = re.compile(r"^(?:(?:l )?administration communale|(?:la )?(?:commune|ville)|gemeinde|gemeente|stadt?)\b")
_ARTICLES = {"de": "", "d": "", "du": "le ", "des": "les "}
_WORDS = {"st": "saint", "sankt": "saint", "ste": "sainte", "lez": "les"}


def normalised(name: str) -> str:
    """Fold away what people write differently without meaning another commune.

    Accents, capitals, hyphens, apostrophes, dots and repeated spaces; œ; St and Ste;
    s/ for sur; lez or lès; what stands in brackets; « Commune de », « Ville de »,
    « Administration communale de ».

    Examples
    --------
    >>> normalised("Ville de St.-Ghislain (Mons)")
    'saint ghislain'
    >>> normalised("Commune du Rœulx") == normalised("LE ROEULX")
    True
    """
    text = _BRACKETS.sub(" ", name).translate(_LIGATURES).casefold()
    text = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    text = re.sub(r"\bs/", "sur ", text)
    text = " ".join(re.findall(r"[a-z0-9]+", text))
    while body := _BODY.match(text):
        first, _, rest = text[body.end() :].strip().partition(" ")
        text = _ARTICLES[first] + rest if first in _ARTICLES else f"{first} {rest}".strip()
    return " ".join(_WORDS.get(word, word) for word in text.split())


def _unbracketed(name: str) -> str:
    return normalised(re.sub("[()]", " ", name))


@dataclass(frozen=True)
class Found:
    """What a name and a code are found to mean.

    Attributes
    ----------
    ins : str or None
        The commune's INS code, where exactly one is meant.
    kind : str
        `trouvee`; `inconnue` (no such commune); `plusieurs` (several could be meant);
        `desaccord` (the name and the code do not mean the same commune).
    expected : str
        What was expected instead, in French, as a `Problem` tells it; empty if found.
    candidates : tuple of str
        The INS codes that could be meant, or that disagree.
    suggestions : tuple of str
        Up to three names of the list that look alike.
    """

    ins: str | None
    kind: Literal["trouvee", "inconnue", "plusieurs", "desaccord"] = "trouvee"
    expected: str = ""
    candidates: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Directory:
    """The communes of one list, to be found by name or by code.

    Parameters
    ----------
    names : mapping
        Name by INS code.
    spellings : mapping
        Other names of one commune by one of its names, whichever of them the list uses; a name that
        the list itself uses is never another's.
    regions : mapping
        Name of the province by INS code: what may stand in brackets behind a commune's name.
    code : str
        What a code is called.

    Examples
    --------
    >>> communes = Directory({"62063": "Liège", "92094": "Namur"}, {"Liège": ("Lüttich", "Luik")})
    >>> communes.find("Stadt Lüttich").ins
    '62063'
    >>> communes.find("Namurr").suggestions
    ('Namur',)
    """

    names: Mapping[str, str]
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    code: str = "code INS"

    @classmethod
    def of(cls, table: pd.DataFrame, territory: Territory) -> "Directory":
        """Build from a table with the columns `ins`, `commune` and `province`, for the communes of a territory."""
        names, regions = (dict(zip(table["ins"], table[name], strict=True)) for name in ("commune", "province"))
        return cls(names, territory.noms, regions, territory.code.nom)

    @cached_property
    def _codes(self) -> dict[str, tuple[str, ...]]:
        """INS codes by normalised name: the list's own names, then their other spellings."""
        own: dict[str, tuple[str, ...]] = {}
        for ins, name in self.names.items():
            own[normalised(name)] = (*own.get(normalised(name), ()), ins)
        others: dict[str, tuple[str, ...]] = {}
        for name, more in self.spellings.items():
            group = [normalised(spelling) for spelling in (name, *more)]
            codes = tuple(dict.fromkeys(ins for spelling in group for ins in own.get(spelling, ())))
            for spelling in group:
                others[spelling] = tuple(dict.fromkeys((*others.get(spelling, ()), *codes)))
        return {spelling: codes for spelling, codes in {**others, **own}.items() if codes}

    @cached_property
    def _groups(self) -> dict[str, tuple[str, ...]]:
        """Every name that a commune may have beside a normalised one, itself included."""
        found: dict[str, tuple[str, ...]] = {}
        for name, more in self.spellings.items():
            for spelling in map(normalised, (name, *more)):
                found[spelling] = (*found.get(spelling, ()), name, *more)
        return found

    def also(self, ins: str) -> tuple[str, ...]:
        """Return the other names of a commune: in another language, or for short."""
        own = normalised(self.names[ins])
        return tuple(dict.fromkeys(name for name in self._groups.get(own, ()) if normalised(name) != own))

    def placed(self, name: str, ins: str = "") -> str | None:
        """Return the code of the commune that is meant, as `find` does, without saying what else was expected."""
        name, ins = name.strip(), self._spelt(ins)
        named, beside = self._named(name)
        if ins:
            return ins if ins in self.names and (ins in named or not name) else None
        return named[0] if len(named) == 1 and not beside else None

    def find(self, name: str, ins: str = "") -> Found:
        """Say which commune is meant by a name, by a code, or by both together."""
        if placed := self.placed(name, ins):
            return Found(placed)
        name, ins = name.strip(), self._spelt(ins)
        named, beside = self._named(name)
        if ins and ins not in self.names:
            meant = f" (« {name} » y est {self._told(named)})" if named else ""
            return Found(None, "inconnue", f"un {self.code} de la liste des communes{meant}", named)
        if ins:
            meant = f" (« {name} » est {self._told(named)})" if named else ""
            expected = f"un nom et un {self.code} de la même commune : {ins} est {self.names[ins]}{meant}"
            return Found(None, "desaccord", expected, (ins, *named), self._like(name) if not named else ())
        if len(named) == 1:
            both = (*named, *beside)
            expected = f"une seule commune, ou son {self.code} ; ce nom en cite deux : {self._told(both, 'et')}"
            return Found(None, "plusieurs", expected, both)
        if named:
            return Found(None, "plusieurs", f"le {self.code}, car ce nom est {self._told(named)}", named)
        like = tuple(dict.fromkeys((*(self.names[ins] for ins in beside), *self._like(name))))[:3]
        near = f" ; la plus proche : {like[0]}" if len(like) == 1 else f" ; les plus proches : {listing(like)}"
        return Found(None, "inconnue", "une commune de la liste" + (near if like else ""), (), like)

    def _spelt(self, ins: str) -> str:
        """Return a code as the list has it: 2a004 is 2A004."""
        ins = ins.strip()
        return ins if ins in self.names else ins.upper()

    def _named(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the communes that a name means, and the others that stand in its brackets.

        « Saint-Nicolas (Liège) » may say of which province it is, « Namur (Liège) » may be either.
        """
        named = self._codes.get(normalised(name), ())
        inner = _BRACKETS.search(name)
        if inner is None:
            return named, ()
        within = normalised(inner[1])
        own = [ins for ins in named if _unbracketed(self.names[ins]) == _unbracketed(name)]
        placed = [ins for ins in named if within == normalised(self.regions.get(ins, "").replace("_", " "))]
        if meant := tuple(own or placed):
            return meant, ()
        return named, tuple(ins for ins in self._codes.get(within, ()) if ins not in named)

    def _told(self, codes: Iterable[str], link: str = "ou") -> str:
        return f" {link} ".join(f"{self.names[ins]} ({ins})" for ins in codes)

    def _like(self, name: str) -> tuple[str, ...]:
        """Return the names that look alike: those that hold the very words first, then those nearly spelt so."""
        wanted = normalised(name)
        if not wanted:
            return ()
        within = [known for known in self._codes if f" {wanted} " in f" {known} "]
        close = difflib.get_close_matches(wanted, self._codes, n=6, cutoff=0.7)
        return tuple(dict.fromkeys(self.names[ins] for known in (*within, *close) for ins in self._codes[known]))[:3]


def successors(mergers: pd.DataFrame, date: str = "9999") -> dict[str, str]:
    """Say what each former INS code has become, through any chain of mergers.

    Parameters
    ----------
    mergers : DataFrame
        `data/fusions.csv`: `ins_ancien`, `ins_nouveau` and `date` (AAAA-MM-JJ). A commune
        that only changed its code stands there like one that merged; one that absorbs
        another and keeps its code stands there with the same code twice.
    date : str
        AAAA-MM-JJ, AAAA-MM or AAAA; what came later is left out.

    Raises
    ------
    ValueError
        A code that becomes two, or that becomes itself again; the message is in French.

    Examples
    --------
    >>> table = {"ins_ancien": ["82003", "82005"], "ins_nouveau": ["82039", "82039"], "date": ["2024-12-02"] * 2}
    >>> successors(pd.DataFrame(table))
    {'82003': '82039', '82005': '82039'}
    """
    past = mergers[(mergers["date"].str[: len(date)] <= date) & (mergers["ins_ancien"] != mergers["ins_nouveau"])]
    if repeated := sorted(set(past.loc[past["ins_ancien"].duplicated(), "ins_ancien"])):
        raise ValueError(f"un seul code INS nouveau par code ancien (en double : {', '.join(repeated)})")
    step, last = dict(zip(past["ins_ancien"], past["ins_nouveau"], strict=True)), {}
    for former in step:
        code, left = former, len(step)
        while code in step:
            code, left = step[code], left - 1
            if left < 0:
                raise ValueError(f"des fusions qui se suivent, sans retour à un code ancien ({former})")
        last[former] = code
    return last


def present_ins(ins: str, mergers: pd.DataFrame, date: str) -> str:
    """Return the code that a commune bears at a date; its own if it has neither merged nor changed.

    Examples
    --------
    >>> table = pd.DataFrame({"ins_ancien": ["82005"], "ins_nouveau": ["82039"], "date": ["2024-12-02"]})
    >>> present_ins("82005", table, "2017-02"), present_ins("82005", table, "2026-03")
    ('82005', '82039')
    """
    return successors(mergers, date).get(ins, ins)


def members(ins: str, mergers: pd.DataFrame, date: str) -> tuple[str, ...]:
    """Return the codes of the communes that, at an earlier date, stood where `ins` does now.

    Examples
    --------
    >>> table = {"ins_ancien": ["82003", "82005"], "ins_nouveau": ["82039", "82039"], "date": ["2024-12-02"] * 2}
    >>> members("82039", pd.DataFrame(table), "2017-02")
    ('82003', '82005')
    """
    later = mergers[mergers["date"].str[: len(date)] > date]
    last = successors(later)
    keeping = later.loc[later["ins_ancien"] == later["ins_nouveau"], "ins_nouveau"]
    created = set(later["ins_nouveau"]) - set(keeping)
    return tuple(code for code in dict.fromkeys([*last, ins]) if last.get(code, code) == ins and code not in created)
