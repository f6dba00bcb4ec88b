"""The glue between results and pages: the only module that knows IPython and MyST."""

__all__ = [
    "FIGURES",
    "breakdowns",
    "closing_checks",
    "comments",
    "contrast",
    "edition",
    "every_table",
    "explorer",
    "figure",
    "glue",
    "key_figures",
    "mark_as_fictional",
    "participation_map",
    "prose",
    "question",
    "rejected",
    "search_field",
    "table",
]

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape
from typing import NamedTuple

from IPython.display import display

from utils.auditing import claims
from utils.french import NBSP, capitalise, decapitalise, period, typeset
from utils.offering import explorer_page
from utils.offering.explorer import FICTIONAL
from utils.reading.outlines import territory
from utils.showing import maps, svg, tables
from utils.showing.canvas import Chart
from utils.survey.codebook import BASES, Source
from utils.survey.contrasts import Family
from utils.survey.results import ASKED, ChoiceResult, LikertResult
from utils.survey.wave import Wave
from utils.telling import contrasts, figures, phrases, verdicts
from utils.telling.figures import count, number, percent

FIGURES = "application/vnd.chiffres+json"  # beside a text, the figures that it tells
_GLUED = "application/papermill.record/"


def glue(**texts: str) -> None:
    """Make texts available to the page as `{glue:text}` under their names, with the figures that they tell.

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
        bundle = {"text/plain": str(text), **_figures(text)}
        display({f"{_GLUED}{kind}": content for kind, content in bundle.items()}, raw=True, metadata=metadata)


def _figures(text: str) -> dict[str, list[dict]]:
    """Return the figures of a text as an output, for the register of the book's numbers; nothing if it tells none."""
    told = [
        {
            "debut": placed.start,
            "fin": placed.end,
            "imprime": placed.figure.printed,
            "valeur": [float(f"{value:.10g}") for value in placed.figure.value],
            "statistique": placed.figure.statistic,
            **vars(placed.figure.source),
        }
        for placed in getattr(text, "figures", ())
    ]
    return {FIGURES: told} if told else {}


def edition(wave: Wave) -> None:
    """Glue what is known about the wave: who asked, when, how many were asked and answered."""
    about = wave.about
    glue(organisateur=typeset(about.organisateur), periode=period(about.periode.debut, about.periode.fin))
    with figures.about(Source(base="repondants", n=about.repondants)):
        glue(repondants=count(about.repondants, "réponse", "réponses", of="réponses reçues"))
    with figures.about(Source(base=ASKED, n=about.invites)):
        glue(
            communes=count(about.communes, "commune", "communes", of="communes participantes"),
            communes_nombre=number(about.communes, of="communes participantes"),
            invites=number(about.invites, of="communes interrogées"),
            participation=percent(about.communes / about.invites, of="taux de participation"),
        )
    with figures.about(wave.choice("active").source):
        glue(
            actives_nombre=number(wave.size("actives"), of="communes actives"),
            actives=count(wave.size("actives"), *BASES["actives"], of="communes actives"),
            non_actives=count(wave.size("non_actives"), *BASES["non_actives"], of="communes non actives"),
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
        if answers.n > result.expected and not any(asked.libelle == odd.question for odd in wave.oddities):
            raise ValueError(f"{asked.id}: {answers.n} answers from a base of {result.expected}, and no warning")


def question(wave: Wave, name: str, base: str | None = None) -> LikertResult | ChoiceResult:
    """Return the answers to one question and glue what its block says.

    Glued, each after the question's id (and `_non` for non-active communes):
    `_question` (the statement), `_base` (of whom, how many), `_titre` (the finding)
    and `_texte` (the paragraph).
    """
    result = wave.likert(name, base) if wave.codebook[name].type == "likert" else wave.choice(name)
    key = f"{name}_non" if base == "non_actives" else name
    glue(
        **{
            f"{key}_question": typeset(result.question.enonce),
            f"{key}_base": phrases.basis(result),
            f"{key}_titre": phrases.headline(result),
            f"{key}_texte": phrases.told(result),
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
    with figures.about(pair.source):
        glue(
            **{
                f"{name}_ecart": contrasts.compared(pair),
                f"{name}_groupes": verdicts.association(pair.sides, "l’écart entre les deux répartitions"),
                f"{name}_rangs": contrasts.shifted(pair.order),
                f"{name}_reponses": contrasts.telling_answers(pair),
                f"{name}_corrige": contrasts.corrected(family, pair),
                f"{name}_solide": contrasts.solidity(pair),
            }
        )


def breakdowns(wave: Wave, name: str, base: str | None = None, by: Sequence[str] = ("province", "taille")) -> None:
    """Show a question by province and by size where the wave counts it so; nothing elsewhere."""
    for strata in by:
        found = wave.breakdown(name, strata, base)
        if found:
            suffix = "-non" if base == "non_actives" else ""
            table(tables.breakdown(found), f"{name}{suffix}-{strata}", note=verdicts.breakdown(found))


def participation_map(wave: Wave) -> None:
    """Show which communes took part where the wave's outlines and its `vague.yml` allow it; nothing elsewhere."""
    outlines = territory.communes(wave)
    if outlines:
        by_province = wave.participation("province")
        title = " ".join(verdicts.participation(by_province))
        figure(maps.participation(by_province, wave.participants(), outlines, title))


_FICTIONAL: list[str] = []  # what marks invented data, in the process of one chapter


def mark_as_fictional() -> None:
    """Write on every figure, table and download that follows that its data is invented."""
    _FICTIONAL[:] = [FICTIONAL]


def figure(chart: Chart) -> None:
    """Show a chart; number and caption come from the cell's `mystnb.figure` metadata."""
    _show_html(svg.as_svg(chart, mark="".join(_FICTIONAL)), chart.alt)


def table(content: tables.Table, name: str, *, opened: bool = False, note: str = "") -> None:
    """Show a table behind one click, with its CSV and where it comes from; `opened` tables stand on the page at once.

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
    if not opened:
        summary = escape(f"Tableau{NBSP}: {decapitalise(content.caption)}")
        grid = f'<details class="donnees"><summary>{summary}</summary>{grid}</details>'
    told = {**vars(content.source), "statistique": typeset(content.method), "titre": content.caption}
    facts = escape(json.dumps(told, ensure_ascii=False))
    block = f'<div class="preuves" data-nom="{name}" data-source="{facts}">{grid}<p class="liens">{link}</p></div>'
    _show_html(block, content.caption)


def explorer(wave: Wave) -> None:
    """Show the explorer as it stands before anything is chosen."""
    _show_html(explorer_page.shell(wave), "Explorateur des réponses")


def every_table(wave: Wave) -> None:
    """Show the answers to every question of the wave, a table each."""
    for content, name in explorer_page.every_table(wave):
        table(content, name)


def prose(markdown: str) -> None:
    """Show Markdown made by the code; it may use MyST directives and glued texts, and its figures are marked."""
    pieces, end = [], 0
    for placed in getattr(markdown, "figures", ()):
        pieces += [markdown[end : placed.start], f"[{placed.figure.printed}]{{.chiffre}}"]
        end = placed.end
    _show({"text/markdown": "".join([*pieces, markdown[end:]]), "text/plain": str(markdown)})
    _note(_figures(markdown).get(FIGURES, []))


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
    shown = list(map(KeyFigure._make, figures))
    cards = [f":::{{grid-item-card}} {value}\n:link: {to}\n:link-type: doc\n{says}\n:::" for value, says, to in shown]
    grid = "::::{grid} 1 2 2 4\n:gutter: 2\n:class-container: chiffres-cles\n\n" + "\n\n".join(cards) + "\n::::"
    # A card is a link as a whole: its figures are registered, and lead to its chapter.
    told = [
        figure | {"debut": None, "fin": None}
        for card in shown
        for text in (card.value, card.says)
        for figure in _figures(text).get(FIGURES, ())
    ]
    _show({"text/markdown": grid, "text/plain": grid})
    _note(told)


def search_field() -> None:
    """Show a field that searches the whole book."""
    field = (
        '<form class="chercher" role="search" action="../search.html" method="get">'
        '<label for="chercher">Chercher dans le livre</label> '
        '<input id="chercher" type="search" name="q" autocomplete="off"> <button type="submit">Chercher</button></form>'
    )
    _show_html(field, "Chercher dans le livre")


def rejected(wave: Wave) -> None:
    """Say how many respondents' rows were set aside; nothing if none was."""
    if wave.rejected:
        prose(_set_aside(wave.rejected))


@figures.sentence
def _set_aside(rejected: int) -> str:
    rows = count(rejected, "réponse a été écartée", "réponses ont été écartées", of="réponses écartées")
    return typeset(f"{capitalise(rows)}, parce qu’inutilisables : elles ne comptent nulle part dans ce livre.")


def comments(wave: Wave, chapter: str) -> None:
    """Show what the authors say about this edition in one chapter; nothing if they say nothing."""
    for title, text in claims.comments(wave, chapter):
        prose(f"### {title}")
        prose(text)


def _note(figures: list[dict]) -> None:
    """Keep the figures of a text that the code has just shown; the page shows nothing of it."""
    if figures:
        digest = hashlib.sha256(json.dumps(figures).encode()).hexdigest()[:8]
        metadata = {"scrapbook": {"name": f"chiffres_{digest}", "mime_prefix": _GLUED}}
        display({f"{_GLUED}{FIGURES}": figures}, raw=True, metadata=metadata)


def _show_html(html: str, plain: str) -> None:
    _show({"text/html": html, "text/plain": plain})


def _show(bundle: dict[str, str]) -> None:
    # Both forms are written out: the default text of an object holds its address in memory.
    display(bundle, raw=True)
