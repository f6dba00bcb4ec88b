"""What each form tool writes of its own in an export: the one place where a tool is declared.

Titles and cells are folded, as `labels.folded` folds them. Whatever tools have in common is not
here: a profile says in what one differs. To read a new tool, add a profile, and its id to
`ImportMapping.format`.
"""

__all__ = ["PLAIN", "TOOLS", "Tool", "recognised"]

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Tool:
    """How a form tool writes its exports.

    Attributes
    ----------
    id : str
        As `ImportMapping.format`.
    titles : frozenset of str
        Titles that it writes itself.
    telling : int
        How many of these tell the tool.
    dates, ids : frozenset of str
        Titles of the moment an answer was sent, and of its identifier, beside what everyone calls them.
    unused : str
        Pattern of the titles of columns that serve nothing here.
    separators : str
        What may stand between several answers in one cell.
    unasked : frozenset of str
        Cells that say a question was not asked.
    undated : str
        How a date begins that is none.
    sent, page : frozenset of str
        Titles of the moment an answer was sent and of the last page seen: empty, or lower than others',
        where an answer was begun and never sent.
    yes : mapping of str
        Option by the code of the tool's own question by yes or no, as it is written.
    """

    id: str
    titles: frozenset[str] = frozenset()
    telling: int = 2
    dates: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    unused: str = ""
    separators: str = ";"
    unasked: frozenset[str] = frozenset()
    undated: str = ""
    sent: frozenset[str] = frozenset()
    page: frozenset[str] = frozenset()
    yes: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


PLAIN = Tool("csv")

# LimeSurvey's titles come by code or in full, in French or in English.
_SENT = frozenset({"submitdate", "date de soumission", "date submitted"})
_PAGE = frozenset({"lastpage", "derniere page", "last page"})
_STAMP = frozenset({"horodateur", "horodatage", "timestamp"})

TOOLS: Mapping[str, Tool] = MappingProxyType(
    {
        tool.id: tool
        for tool in (
            Tool(
                "limesurvey",
                titles=_SENT | _PAGE | {"startlanguage", "langue de depart", "start language"},
                dates=_SENT,
                ids=frozenset({"id de la reponse", "response id"}),
                unused=r"lastpage|derniere page|last page|startlanguage|langue( de depart)?|start language|language|"
                r"seed|tete de serie|startdate|datestamp|date de lancement|date de la derniere action|date started|"
                r"date last action|ipaddr|refurl|url( referente)?|referrer url|token|code d acces|interviewtime|"
                r"(group|question)time.*",
                unasked=frozenset({"n a"}),
                undated="1980-01-01",  # what every answer of an anonymous survey has that keeps no date
                sent=_SENT,
                page=_PAGE,
                yes=MappingProxyType({"Y": "oui", "N": "non"}),
            ),
            # Its own download has semicolons between answers, its spreadsheet commas.
            Tool(
                "google_forms",
                titles=_STAMP,
                telling=1,
                dates=_STAMP,
                unused=r"(total )?points( .*)?|(quiz )?feedback( .*)?",
                separators=",;",
            ),
            Tool(
                "ms_forms",
                titles=frozenset({"heure de debut", "heure de fin", "start time", "completion time"}),
                dates=frozenset({"heure de fin", "completion time"}),
                unused=r"heure de debut|start time|last modified time|heure de la derniere modification|"
                r"(total )?points( .*)?|(quiz )?feedback( .*)?",
            ),
            PLAIN,
        )
    }
)


def recognised(wordings: Collection[str]) -> Tool | None:
    """Return the tool that writes such titles; None where none is told apart.

    Examples
    --------
    >>> recognised({"horodateur", "votre commune"}).id
    'google_forms'
    """
    return next((tool for tool in TOOLS.values() if tool.titles and len(tool.titles & wordings) >= tool.telling), None)
