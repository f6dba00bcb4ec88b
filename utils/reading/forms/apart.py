"""Columns of an export that answer no question: what tools add of their own, and who answered."""

__all__ = ["EMPTY", "FREE", "PERSONAL", "RANKING", "added", "weighing", "weight_among"]

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from utils.french import listing
from utils.reading.forms.guesses import Guess
from utils.reading.forms.headings import OTHER, coded, segments, splits
from utils.reading.forms.labels import folded
from utils.reading.forms.tools import PLAIN, TOOLS, Tool
from utils.reading.forms.weights import UNWEIGHED, is_weight
from utils.survey.codebook import Question

# Why a column serves nothing here, as the analyst reads it.
TOOL = "écrites par l’outil"
PERSONAL = "qui disent qui a répondu"
FREE = "textes libres à côté d’une question"
RANKING = "classements"
EMPTY = "sans aucune réponse"

_UNUSED = re.compile("|".join(tool.unused for tool in TOOLS.values() if tool.unused))
# Times that LimeSurvey measures, and its counts of files; in raw titles, where colons still stand.
_MEASURED = re.compile(
    r"temps total ?:?|durée pour (le groupe|la question) ?:.*|total time ?:?|(group|question) time ?:.*|"
    r"interviewtime|grouptime\d*|filecount - .*|\{.*\}",
    re.IGNORECASE | re.DOTALL,
)
_BESIDE = {"filecount", "score"}  # what a tool writes of a question, in brackets behind it
_COMMENT = {"comment", "comments", "commentaire", "commentaires", "feedback"}
_MARKED = re.compile(r"(?:points|feedback|commentaires?)\s*[-–]\s*(.+)", re.IGNORECASE | re.DOTALL)  # of a quiz
_ASKED = r"(quel(le)? est |quels sont |indiquez |merci d indiquer |what is )?(votre |vos |your |l |le |la |les )?"
_WHOSE = r"( (de contact|professionnel\w*|personnel\w*|complet\w*|facultati\w*|optionnel\w*|optional|(si|pour|afin) .*|"
_WHOSE += r"(du repondant|de la repondante|de la personne|du contact)( .*)?))*"
_NAME = r"(pre)?noms?|(first |last |full |user ?)?names?|nom d utilisateur|identifiant de l utilisateur"
_PERSON = re.compile(
    rf"{_ASKED}("
    r"(adresse )?(e ?mail|courriel|mail)|adresse (de )?(messagerie|courriel|electronique)( electronique)?|"
    r"(adresse ip|ip address)|e ?mail address|(numero de )?(telephone|gsm|portable)|(phone|mobile)( number)?|"
    rf"({_NAME})( de famille)?( (et|and) (votre |your )?({_NAME})( de famille)?)?|coordonnees"
    rf"){_WHOSE}"
)
_WEIGHT = re.compile(
    r"((coef|coeff|coefficient|facteur|variable)s? )?(de |d )?(poids|ponderations?|redressement|weights?|weighting)"
    r"( (individuels?|finale?s?|brute?s?|calee?s?|redressee?s?|normalisee?s?|final|factor|variable)|"
    r" (de |d )?(sondage|calage|enquete|echantillonnage|ponderation|redressement|la reponse|reponse))*|"
    r"(survey|sampling|sample|design|final|calibrated|normali[sz]ed|post ?stratification) weights?|[fp]?weight|wgt|wt"
)
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def added(
    header: Sequence[str], values: Mapping[str, Sequence[str]], known: Iterable[str], tool: Tool = PLAIN
) -> dict[str, str]:
    """Return the titles of what a tool added, or of what says who answered, and why each serves nothing.

    What stands beside the options of a question with one column per option is left to who
    places these: an `Autre` among them may be one.

    Parameters
    ----------
    header : sequence of str
    values : mapping
        Different answers by title.
    known : iterable of str
        Titles that name a question: these are never set aside.
    tool : Tool
        The tool whose export it is, if that is known: some of its titles could be anyone's.

    Examples
    --------
    >>> added(["Fonction", "Fonction [Autre]", "Temps total :"], {}, [])
    {'Fonction [Autre]': 'textes libres à côté d’une question', 'Temps total :': 'écrites par l’outil'}
    """
    titles = set(header) | {folded(code) for title in header for code in coded(title)[:1]}
    stems = {stem for title in header for stem, _ in splits(title)} | set(header)
    known, found = set(known), {}
    for title in header:
        if title in known:
            continue
        if any(re.fullmatch(tool.common, text) for text in segments(title)):
            found[title] = TOOL
        elif reason := _reason(title, titles, stems, values.get(title, ())):
            found[title] = reason
    return found


def weight_among(header: Iterable[str], values: Mapping[str, Sequence[str]], declared: str = "") -> Guess | None:
    """Return the column of the answers' weights: the one that the file declares, or the one that is called so.

    Parameters
    ----------
    header : iterable of str
        The titles that may be it.
    values : mapping
        Different answers by title.
    declared : str
        The title of the variable by which a statistical file weights its observations.

    Returns
    -------
    Guess or None
        To be confirmed; of no value where several columns are called so and hold nothing but weights.

    Examples
    --------
    >>> weight_among(["Poids de sondage", "Avis"], {"Poids de sondage": ["0,8", "1,2"]}).key
    'Poids de sondage'
    """
    otherwise = "sans cette ligne, chaque réponse compte pour une"
    header = list(header)
    if declared in header:
        return Guess(declared, declared, f"le fichier pondère ses observations par cette variable ; {otherwise}")
    called = [title for title in header if any(_WEIGHT.fullmatch(folded(text)) for text in (title, *coded(title)))]
    found = [title for title in called if values.get(title) and all(map(is_weight, values[title]))]
    if len(found) > 1:
        return Guess("", None, f"laquelle de ces colonnes, s’il en est une, pondère : {', '.join(found)}")
    return Guess(found[0], found[0], f"le titre le dit ; {otherwise}") if found else None


def weighing(weight: Guess | None, asked: Iterable[Question]) -> Guess | None:
    """Return the column of weights, its doubt telling which of the questions asked cannot be weighed."""
    beside = [f"`{question.id}`" for question in asked if question.type in UNWEIGHED]
    if weight is None or not beside:
        return weight
    return replace(weight, doubt=f"{weight.doubt} ; refusé à côté de {listing(beside)}")


def _reason(title: str, titles: set[str], stems: set[str], answers: Sequence[str]) -> str | None:
    said = segments(title)
    texts = (title, *coded(title))
    if answers and all(map(_ADDRESS.fullmatch, answers)):
        return PERSONAL
    if any(map(_UNUSED.fullmatch, said)) or any(map(_MEASURED.fullmatch, texts)):
        return TOOL
    if any(map(_PERSON.fullmatch, said)):
        return PERSONAL
    timed = re.fullmatch(r"(\w+)Time", texts[0]) or (re.fullmatch(r"(\w+)Time", texts[1]) if len(texts) > 1 else None)
    if timed and timed[1] in stems | titles:
        return TOOL
    if (quiz := _MARKED.fullmatch(title)) and quiz[1] in titles:
        return TOOL
    if answers and all(answer.startswith("[{") for answer in answers):  # files sent, described
        return TOOL
    if any(map(OTHER.fullmatch, said)):
        return FREE
    for stem, part in splits(title):
        beside = stem in titles or folded(stem) in titles
        if folded(part) in _BESIDE and beside:
            return TOOL
        if folded(part) in _COMMENT and (beside or title.endswith("]")):
            return FREE
        if OTHER.fullmatch(folded(part)) and beside:
            return FREE
    return None
