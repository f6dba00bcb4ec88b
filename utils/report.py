"""The glue between results and pages: the only module that knows IPython and MyST."""

__all__ = [
    "breakdowns",
    "closing_checks",
    "comments",
    "contrast",
    "edition",
    "figure",
    "glue",
    "key_figures",
    "mark_as_fictional",
    "prose",
    "question",
    "rejected",
    "table",
]

import base64
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape
from typing import NamedTuple

from IPython.display import display

from utils import claims, contrasts, phrases, svg, tables, verdicts
from utils.canvas import Chart
from utils.codebook import BASES
from utils.comparisons import Family
from utils.editions import Wave
from utils.french import NBSP, capitalise, count, decapitalise, number, percent, period, typeset
from utils.results import ChoiceResult, LikertResult

_GLUED = "application/papermill.record/"


def glue(**texts: str) -> None:
    """Make texts available to the page as `{glue:text}` under their names.

    Written by hand because `myst_nb.glue` stores the `repr` of a text, in which
    spaces that do not break become escapes.

    Raises
    ------
    TypeError
        A value that is not text: numbers are formatted first, in `utils.french`.
    """
    for name, text in texts.items():
        if not isinstance(text, str):
            raise TypeError(f"{name} is not text but {type(text).__name__}: format it first")
        metadata = {"scrapbook": {"name": name, "mime_prefix": _GLUED}}
        display({f"{_GLUED}text/plain": text}, raw=True, metadata=metadata)


def edition(wave: Wave) -> None:
    """Glue what is known about the wave: who asked, when, how many were asked and answered."""
    about = wave.about
    glue(
        organisateur=typeset(about.organisateur),
        periode=period(about.periode.debut, about.periode.fin),
        repondants=count(about.repondants, "réponse", "réponses"),
        communes=count(about.communes, "commune", "communes"),
        communes_nombre=number(about.communes),
        invites=number(about.invites),
        actives_nombre=number(wave.size("actives")),
        actives=count(wave.size("actives"), *BASES["actives"]),
        non_actives=count(wave.size("non_actives"), *BASES["non_actives"]),
        participation=percent(about.communes / about.invites),
    )


def closing_checks(wave: Wave, *results: LikertResult | ChoiceResult) -> None:
    """Stop the chapter if a result on it cannot be right.

    Raises
    ------
    ValueError
        Shares of a question with one answer do not sum to one, or more answers than
        the base holds without a warning of the wave that says so.
    """
    for result in results:
        asked, answers = result.question, result.answers
        if asked.type != "choix_multiple" and answers.n and abs(answers.shares.sum() - 1) > 1e-9:
            raise ValueError(f"{asked.id}: shares sum to {answers.shares.sum()}")
        if answers.n > result.expected and not any(asked.libelle in warning for warning in wave.warnings):
            raise ValueError(f"{asked.id}: {answers.n} answers from a base of {result.expected}, and no warning")


def question(wave: Wave, name: str, base: str | None = None) -> LikertResult | ChoiceResult:
    """Return the answers to one question and glue what its block says.

    Glued, each after the question's id (and `_non` for non-active communes):
    `_question` (the statement), `_base` (of whom, how many), `_titre` (the finding)
    and `_texte` (the paragraph).
    """
    if wave.codebook[name].type == "likert":
        result, said = wave.likert(name, base), phrases.agreement
    else:
        result, said = wave.choice(name), _choice_text
    key = f"{name}_non" if base == "non_actives" else name
    glue(
        **{
            f"{key}_question": typeset(result.question.enonce),
            f"{key}_base": phrases.basis(result),
            f"{key}_titre": phrases.headline(result),
            f"{key}_texte": f"{said(result)} {phrases.certainty(result)}".strip(),
        }
    )
    return result


def contrast(wave: Wave, family: Family, name: str) -> None:
    """Glue what a block says of one rated item that active and non-active communes answer apart.

    Glued, each after the question's id: all that `question` glues of both groups, then
    `_ecart` (the gap), `_groupes` and `_rangs` (its tests), `_reponses` (the answers that
    differ), `_corrige` and `_solide` (how firmly it holds).
    """
    pair = next(pair for pair in family.pairs if pair.active.question.id == name)
    question(wave, name, "actives")
    question(wave, name, "non_actives")
    glue(
        **{
            f"{name}_ecart": contrasts.compared(pair),
            f"{name}_groupes": verdicts.association(pair.sides, "l’écart entre les deux répartitions"),
            f"{name}_rangs": contrasts.shifted(pair.order),
            f"{name}_reponses": contrasts.telling_answers(pair),
            f"{name}_corrige": contrasts.corrected(family, pair),
            f"{name}_solide": f"{contrasts.robustness(pair)} {contrasts.detectable(pair)}",
        }
    )


def breakdowns(wave: Wave, name: str, base: str | None = None, by: Sequence[str] = ("province", "taille")) -> None:
    """Show a question by province and by size where the wave counts it so; nothing elsewhere."""
    for strata in by:
        found = wave.breakdown(name, strata, base)
        if found:
            suffix = "-non" if base == "non_actives" else ""
            table(tables.breakdown(found), f"{name}{suffix}-{strata}", note=verdicts.breakdown(found))


def _choice_text(result: ChoiceResult) -> str:
    if result.question.ordonnee:
        return phrases.portrait(result)
    return f"{phrases.leaders(result)} {phrases.fewest(result)}".strip()


_FICTIONAL: list[str] = []  # what marks invented data, in the process of one chapter


def mark_as_fictional() -> None:
    """Write on every figure, table and download that follows that its data is invented."""
    _FICTIONAL[:] = ["Données fictives"]


def figure(chart: Chart) -> None:
    """Show a chart; number and caption come from the cell's `mystnb.figure` metadata."""
    _show_html(svg.as_svg(chart, mark="".join(_FICTIONAL)), chart.alt)


def table(content: tables.Table, name: str, *, opened: bool = False, note: str = "") -> None:
    """Show a table behind one click, with its CSV; `opened` tables stand on the page at once.

    Parameters
    ----------
    name : str
        Identifies the table on its page and names the downloaded file.
    note : str
        What to read below the table.
    """
    file = name
    if _FICTIONAL:
        file = f"donnees-fictives-{name}"
        header = (f"{content.header[0]} (données fictives)", *content.header[1:])
        content = replace(content, caption=f"{content.caption}. {_FICTIONAL[0]}", header=header)
    # Base64: the mark and the accents would otherwise need three characters a byte.
    encoded = base64.b64encode(tables.as_csv(content).encode("utf-8-sig")).decode()
    link = f'<a class="csv" download="{file}.csv" href="data:text/csv;charset=utf-8;base64,{encoded}">CSV</a>'
    grid = tables.as_html(content, f"tableau-{name}") + (f"<p>{escape(note)}</p>" if note else "")
    if opened:
        page = f'{grid}<p class="liens">{link}</p>'
    else:
        summary = escape(f"Tableau{NBSP}: {decapitalise(content.caption)}")
        page = f'<details class="donnees"><summary>{summary}</summary>{grid}<p class="liens">{link}</p></details>'
    _show_html(page, content.caption)


def prose(markdown: str) -> None:
    """Show Markdown made by the code; it may use MyST directives and glued texts."""
    _show({"text/markdown": markdown, "text/plain": markdown})


class KeyFigure(NamedTuple):
    """A figure of the landing page: its value, what it says, and the chapter that tells more."""

    value: str
    says: str
    chapter: str


def key_figures(figures: Iterable[Sequence[str]]) -> None:
    """Show figures as cards, each leading to its chapter.

    Parameters
    ----------
    figures : iterable of (value, says, chapter)
    """
    cards = [
        f":::{{grid-item-card}} {value}\n:link: {chapter}\n:link-type: doc\n{typeset(says)}\n:::"
        for value, says, chapter in map(KeyFigure._make, figures)
    ]
    prose("::::{grid} 1 2 2 4\n:gutter: 2\n:class-container: chiffres-cles\n\n" + "\n\n".join(cards) + "\n::::")


def rejected(wave: Wave) -> None:
    """Say how many respondents' rows were set aside; nothing if none was."""
    if wave.rejected:
        rows = count(wave.rejected, "réponse a été écartée", "réponses ont été écartées")
        prose(typeset(f"{capitalise(rows)}, parce qu’inutilisables : elles ne comptent nulle part dans ce livre."))


def comments(wave: Wave, chapter: str) -> None:
    """Show what the authors say about this edition in one chapter; nothing if they say nothing."""
    for title, text in claims.comments(wave, chapter):
        prose(f"### {typeset(title)}\n\n{typeset(text)}")


def _show_html(html: str, plain: str) -> None:
    _show({"text/html": html, "text/plain": plain})


def _show(bundle: dict[str, str]) -> None:
    # Both forms are written out: the default text of an object holds its address in memory.
    display(bundle, raw=True)
