"""What each form tool writes of its own in an export: the one place where a tool is declared.

Titles and cells are folded, as `labels.folded` folds them, unless said otherwise. Whatever tools
have in common is not here: a profile says in what one differs. To read a new tool, add a profile,
and its id to `ImportMapping.format`.

Where the shapes come from: LimeSurvey, Google Forms and Microsoft Forms from real exports; KoboToolbox
from formpack 3.0, ODK Central from its documentation and code; Nextcloud Forms, EUSurvey and Framaforms
(the webform module of Drupal 7) from their published code; Qualtrics and SurveyMonkey from their
documentation and published exports.
"""

__all__ = ["PLAIN", "TOOLS", "Rows", "Tool", "anywhere", "own_columns", "recognised"]

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Rows:
    """The rows that stand above a tool's answers, where there is more than one.

    Attributes
    ----------
    above : pattern
        First cell, as it stands, of a row above the titles that is none of them.
    last : pattern
        A cell, as it stands, of the last row above the answers. Where no row has one, a single row of
        titles is all there is: nothing is taken from the answers.
    alone : bool
        Whether such a cell tells the tool by itself: nobody types it.
    blank : bool
        Whether that row begins with an empty cell instead.
    used : tuple of int
        Which of the rows of titles, from 0, say what a column holds.
    join : {"one", "nested", "coded", "options"}
        How their texts make one title. "nested": a question over its options or lines, "Question
        [option]". "coded": a code over a text, "Q1. Question". "options": one row, where the columns
        of the options follow an empty one of their question.
    """

    above: re.Pattern[str] | None = None
    last: re.Pattern[str] | None = None
    alone: bool = False
    blank: bool = False
    used: tuple[int, ...] = (0,)
    join: Literal["one", "nested", "coded", "options"] = "one"


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
    rows : Rows
        What stands above the answers.
    dates, ids : tuple of str
        Titles of the moment an answer was sent, and of its identifier, beside what everyone calls them;
        the first that an export holds is taken.
    unused : str
        Pattern of the titles of columns that serve nothing here, whatever export holds them.
    common : str
        Pattern of titles that a question may have too, and that are the tool's own in its exports alone.
    separators : str
        What may stand between several answers in one cell.
    unasked : frozenset of str
        Cells that say a question was not asked.
    undated : str
        How a date begins that is none.
    month_first : bool
        Whether the month stands before the day where neither its column nor the period tells.
    sent, page : frozenset of str
        Titles of the moment an answer was sent and of the last page seen: empty, or lower than others',
        where an answer was begun and never sent.
    begun : mapping
        Cells that say so too, by the title of their column.
    tests : mapping
        Cells of rows that are no answers (previews, tests, rejected ones), by the title of their column.
    yes : mapping of str
        Option by the code of the tool's own question by yes or no, as it is written.
    filler : frozenset of str
        What stands for an option in the titles of a question that has none.
    guarded : bool
        Whether an apostrophe stands before what a spreadsheet would take for a formula.
    shifts : bool
        Whether a skipped question of several columns leaves fewer cells, so that those behind it move left.
    """

    id: str
    titles: frozenset[str] = frozenset()
    telling: int = 2
    rows: Rows = Rows()
    dates: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    unused: str = ""
    common: str = ""
    separators: str = ";"
    unasked: frozenset[str] = frozenset()
    undated: str = ""
    month_first: bool = False
    sent: frozenset[str] = frozenset()
    page: frozenset[str] = frozenset()
    begun: Mapping[str, frozenset[str]] = field(default_factory=lambda: _NOTHING)
    tests: Mapping[str, frozenset[str]] = field(default_factory=lambda: _NOTHING)
    yes: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    filler: frozenset[str] = frozenset()
    guarded: bool = False
    shifts: bool = False


PLAIN = Tool("csv")

# LimeSurvey's titles come by code or in full, in French or in English.
_SENT = ("submitdate", "date de soumission", "date submitted")
_PAGE = ("lastpage", "derniere page", "last page")
_STAMP = ("horodateur", "horodatage", "timestamp")
_FALSE = frozenset({"false", "faux", "0"})
_TRUE = frozenset({"true", "vrai", "1", "yes", "oui"})

_DECLARED = (
    Tool(
        "limesurvey",
        titles=frozenset({*_SENT, *_PAGE, "startlanguage", "langue de depart", "start language"}),
        dates=_SENT,
        ids=("id de la reponse", "response id"),
        unused=r"lastpage|derniere page|last page|startlanguage|langue( de depart)?|start language|language|"
        r"seed|tete de serie|startdate|datestamp|date de lancement|date de la derniere action|date started|"
        r"date last action|ipaddr|refurl|url( referente)?|referrer url|token|code d acces|interviewtime|"
        r"(group|question)time.*",
        unasked=frozenset({"n a"}),
        undated="1980-01-01",  # what every answer of an anonymous survey has that keeps no date
        sent=frozenset(_SENT),
        page=frozenset(_PAGE),
        yes=MappingProxyType({"Y": "oui", "N": "non"}),
    ),
    # Its titles are Google's as well, but for the first three.
    Tool(
        "nextcloud",
        titles=frozenset({"submission id", "id de la soumission", "id de soumission", "user id", "user display name"})
        | {
            "id utilisateur",
            "identifiant utilisateur",
            "nom d affichage de l utilisateur",
            "nom affiche de l utilisateur",
        },
        rows=Rows(last=re.compile("submission_id"), alone=True),
        dates=_STAMP,
        ids=("submission id", "id de la soumission", "id de soumission"),
        unused=r"user display name|nom (d affichage|affiche) de l utilisateur",
        common=r"user id|id utilisateur|identifiant utilisateur",
        guarded=True,
        shifts=True,
    ),
    # Its own download has semicolons between answers, its spreadsheet commas.
    Tool(
        "google_forms",
        titles=frozenset(_STAMP),
        telling=1,
        dates=_STAMP,
        unused=r"total score|(total|nombre total)( (de|des))? points|points",
        separators=",;",
    ),
    Tool(
        "ms_forms",
        titles=frozenset({"heure de debut", "heure de fin", "start time", "completion time"}),
        dates=("heure de fin", "completion time"),
        unused=r"heure de debut|start time|last modified time|heure de la derniere modification|"
        r"(total|nombre total)( (de|des))? points|points|quiz feedback",
    ),
    # Ids joined by one space, or labels: "Facebook Application mobile".
    Tool(
        "kobo",
        titles=frozenset({"uuid", "submission time", "validation status", "submitted by"}),
        dates=("submission time", "end"),
        ids=("uuid", "id", "meta instanceid"),
        unused=r"deviceid|simserial|subscriberid|phonenumber|uuid|submission time|validation status|submitted by|"
        r"meta (instanceid|rootuuid|instancename)|formhub uuid",
        common=r"start|end|today|username|id|notes|status|version|tags|index",
        separators=" ",
        tests=MappingProxyType({"validation status": frozenset({"not approved", "validation status not approved"})}),
    ),
    Tool(
        "odk",
        titles=frozenset(
            {"submissiondate", "key", "submitterid", "submittername", "formversion", "attachmentsexpected"}
        ),
        dates=("submissiondate", "end"),
        ids=("key", "instanceid", "meta instanceid"),
        unused=r"submissiondate|submitterid|submittername|attachments(present|expected)|reviewstate|formversion|"
        r"(meta )?(instanceid|instancename)|isvalidated",
        common=r"start|end|today|username|deviceid|phonenumber|key|status|edits",
        separators=" ",
        tests=MappingProxyType({"reviewstate": frozenset({"rejected"})}),
    ),
    # Two lines on the export, one of titles, where an option stands alone in its own column.
    Tool(
        "eusurvey",
        titles=frozenset({"alias", "export date"}),
        rows=Rows(above=re.compile("Alias|Export Date"), join="options"),
        dates=("last update", "derniere mise a jour", "creation date", "date de creation"),
        ids=("contribution id", "id de la contribution", "identifiant de la contribution"),
        unused=r"contribution id|invitation number|numero d invitation",
        common=r"user name|nom d utilisateur|creation date|date de creation|last update|derniere mise a jour|"
        r"languages?|langues?|total score|score total",
        shifts=True,
    ),
    # Drupal 7's webform: the form's name, the questions of several columns, all else.
    Tool(
        "framaforms",
        titles=frozenset({"sid", "webform sid", "uid", "webform uid", "webform serial"}),
        rows=Rows(last=re.compile("SID|webform_sid"), used=(1, 2), join="nested"),
        dates=(
            "webform completed time",
            "completed time",
            "webform time",
            "time",
            "heure",
            "temps",
            "heure de soumission",
        ),
        ids=("sid", "webform sid"),
        unused=r"webform (serial|sid|uid|draft|time|completed time|modified time|ip address|username)",
        common=r"serial|sid|uid|draft|time|completed time|modified time|ip address|username|adresse ip|"
        r"serie|numero( de serie)?|n° de serie|brouillon|heure|temps|modifie|termine|nom d utilisateur",
        separators=",",
        begun=MappingProxyType({"draft": _TRUE, "webform draft": _TRUE, "brouillon": _TRUE}),
    ),
    # A question over its options; each cell of an option holds its label.
    Tool(
        "surveymonkey",
        titles=frozenset({"respondent id", "collector id", "id du repondant", "id du collecteur", "custom data 1"}),
        rows=Rows(blank=True, used=(0, 1), join="nested"),
        dates=("end date", "date de fin", "date modified"),
        ids=("respondent id", "id du repondant"),
        unused=r"respondent id|collector id|id du (repondant|collecteur)|custom data( \d+)?",
        common=r"start date|date de debut|end date|date de fin|ip address|email address|first name|last name|"
        r"donnees personnalisees( \d+)?",
        month_first=True,
        filler=frozenset({"response", "open ended response", "reponse", "reponse ouverte", "reponse libre"}),
    ),
    # Codes, texts, and what Qualtrics itself calls the columns.
    Tool(
        "qualtrics",
        titles=frozenset({"recordeddate", "responseid", "distributionchannel", "userlanguage", "duration in seconds"})
        | {"status", "startdate", "enddate"},
        telling=3,
        rows=Rows(last=re.compile(r'\{"ImportId".*\}', re.DOTALL), alone=True, used=(0, 1), join="coded"),
        dates=("recordeddate", "enddate"),
        ids=("responseid",),
        unused=r"ipaddress|duration in seconds|recordeddate|responseid|recipient(lastname|firstname|email)|"
        r"externalreference|location(latitude|longitude)|distributionchannel|userlanguage|q recaptchascore|"
        r".+ (first click|last click|page submit|click count)",
        common=r"startdate|enddate|status|progress|finished|.+ \d+ text",
        separators=",",
        begun=MappingProxyType({"finished": _FALSE}),
        tests=MappingProxyType(
            {
                "status": frozenset({"survey preview", "survey test", "spam", "1", "2", "8", "9", "17"}),
                "distributionchannel": frozenset({"preview", "test"}),
            }
        ),
        filler=frozenset({"selected choice"}),
    ),
    Tool("spss"),
    Tool("stata"),
    PLAIN,
)

TOOLS: Mapping[str, Tool] = MappingProxyType({tool.id: tool for tool in _DECLARED})


def anywhere(role: Literal["dates", "ids"]) -> set[str]:
    """Return the titles of a role that nobody but a form tool writes, and that need no tool to be known.

    Examples
    --------
    >>> "submitdate" in anywhere("dates"), "end" in anywhere("dates")
    (True, False)
    """
    named = ((tool, name) for tool in TOOLS.values() for name in getattr(tool, role))
    return {name for tool, name in named if not re.fullmatch(tool.common, name)}


def own_columns(wordings: Mapping[str, Collection[str]], tool: Tool) -> dict[str, str]:
    """Return the titles of the moment and of the identifier that a tool gives an answer, and what they are for.

    Parameters
    ----------
    wordings : mapping
        What each title may say, folded.
    tool : Tool

    Examples
    --------
    >>> own_columns({"start": {"start"}, "_uuid": {"uuid"}, "end": {"end"}}, TOOLS["kobo"])
    {'end': 'date', '_uuid': 'id'}
    """
    found = {}
    for target, names in (("date", tool.dates), ("id", tool.ids)):
        best = next((title for name in names for title, said in wordings.items() if name in said), None)
        if best is not None:
            found[best] = target
    return found


def recognised(wordings: Collection[str]) -> Tool | None:
    """Return the tool that writes such titles; None where none is told apart.

    Examples
    --------
    >>> recognised({"horodateur", "votre commune"}).id
    'google_forms'
    """
    return next((tool for tool in TOOLS.values() if tool.titles and len(tool.titles & wordings) >= tool.telling), None)
