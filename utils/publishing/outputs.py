"""What crosses a notebook as data: texts with their figures, drawings, tables. Pages are made of them in `site`.

Each is displayed with a form for whoever opens the notebook (Markdown, one drawing, a
caption) and a form for the book, under a type of its own: nothing is read back from HTML.
Every text of a page passes here, and what is not Markdown by its type is escaped.
"""

__all__ = [
    "DRAWING",
    "FORM",
    "OURS",
    "TABLE",
    "TEXT",
    "Bundle",
    "cards",
    "closed",
    "drawing",
    "fill",
    "known",
    "table",
    "text",
]

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from utils.french import NBSP, decapitalise, typeset
from utils.showing.tables import Table
from utils.survey.codebook import Source
from utils.telling.figures import Figure, Placed, Told
from utils.telling.markup import Markup, escape, markup

TEXT = "application/vnd.livre.texte+json"
DRAWING = "application/vnd.livre.dessin+json"
TABLE = "application/vnd.livre.tableau+json"
OURS = "livre"  # in the metadata of an output: it holds one of these
DECIMALS = 6  # of a figure in a file, as in those of the whole edition
FORM = "large"  # the drawing of a chart that a notebook shows

Bundle = dict[str, Any]  # content by type, as IPython displays it

_PLACE = re.compile(r"\{\{ *([\w.]+) *\}\}")


def fill(template: str, value: Callable[[str], str | None]) -> list[tuple[str, str]]:
    r"""Split a template into its pieces: what an author typed, and the texts named in it.

    A line that names what does not exist is left out, as a wave that did not ask a
    question has nothing to say of it.

    Parameters
    ----------
    template : str
        Markdown in which `{{ name }}` stands for a text.
    value : callable
        Gives the text of a name, or None.

    Returns
    -------
    list of (str, str)
        Name (empty for what was typed, which is Markdown) and text, in order.

    Raises
    ------
    TypeError
        A value that is not text: numbers are formatted first, in `telling.figures`.

    Examples
    --------
    >>> fill("- Oui : {{ part }}.\n- Non : {{ rien }}.", {"part": "67 %"}.get)
    [('', '- Oui : '), ('part', '67 %'), ('', '.')]
    """
    kept = []
    for line in template.strip("\n").split("\n"):
        texts = {name: value(name) for name in _PLACE.findall(line)}
        if None in texts.values():
            continue
        for name, found in texts.items():
            if not isinstance(found, str):
                raise TypeError(f"{name} is not text but {type(found).__name__}: format it first")
        pieces = _PLACE.split(line)
        kept += [(name, texts[name]) if name else ("", Markup(piece)) for name, piece in _named(pieces)]
        kept.append(("", Markup("\n")))
    return _joined(kept[:-1])


def _named(pieces: list[str]) -> list[tuple[str, str]]:
    """Tell typed pieces from names, which `re.split` gives in turn."""
    return [(piece, "") if i % 2 else ("", piece) for i, piece in enumerate(pieces)]


def _joined(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    joined: list[tuple[str, str]] = []
    for name, said in pieces:
        if not name and joined and not joined[-1][0]:
            joined[-1] = ("", Markup(joined[-1][1] + said))
        elif said or name:
            joined.append((name, said))
    return joined


def closed(summary: str, pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return a text behind one click: see `text`."""
    return [("", markup(":::{{dropdown}} {summary}\n", summary=summary)), *pieces, ("", Markup("\n:::"))]


def text(pieces: list[tuple[str, str]], *, exact: bool = True) -> Bundle:
    """Return Markdown and the figures that it tells.

    Parameters
    ----------
    pieces : list of (str, str)
        Name and text, escaped unless it is `Markup`; a name becomes a part of its figures' addresses in the register.
    exact : bool
        Whether its figures may be told more exactly than they are printed.

    Returns
    -------
    Bundle
        For the book: `texte`, in which each figure is a span of class `chiffre`, and
        `chiffres`, those figures in order, each with the text's `nom` and its `rang` in it.
    """
    marked, told = [], []
    meant = [(name, escape(said)) for name, said in pieces]
    for name, said in meant:
        end = 0
        for rank, placed in enumerate(said.figures, 1):
            marked += [said[end : placed.start], f"[{said[placed.start : placed.end]}]{{.chiffre}}"]
            end = placed.end
            told.append(_noted(name, rank, placed.figure, exact))
        marked.append(said[end:])
    plain = "".join(said for _, said in meant)
    return {"text/markdown": plain, TEXT: {"texte": "".join(marked).split("\n"), "chiffres": told}}


def cards(shown: Iterable[tuple[str, str, str]], *, exact: bool = True) -> Bundle:
    """Return cards, each of a value, what it says and where it leads, as a link that is the whole card.

    Their figures are registered, and lead nowhere of their own.
    """
    card = ":::{{grid-item-card}} {value}\n[{says}]({place}){{.sd-stretched-link}}\n:::"
    written = [markup(card, value=value, says=says, place=place) for value, says, place in shown]
    grid = "::::{grid} 2 2 4 4\n:gutter: 2\n:class-container: chiffres-cles"
    markdown = "\n\n".join([grid, *written]) + "\n::::"
    placed = [placed for one in written for placed in one.figures]
    told = [_noted("", rank, one.figure, exact) for rank, one in enumerate(placed, 1)]
    return {"text/markdown": markdown, TEXT: {"texte": markdown.split("\n"), "chiffres": told}}


def _noted(name: str, rank: int, noted: Figure, exact: bool) -> dict[str, Any]:
    return {
        "nom": name,
        "rang": rank,
        "imprime": noted.printed,
        "valeur": [float(f"{value:.10g}") if exact else _as_printed(value, noted.printed) for value in noted.value],
        "statistique": noted.statistic,
        **vars(noted.source),
    }


def _as_printed(value: float, printed: str) -> float:
    decimals = max(map(len, re.findall(r",(\d+)", printed)), default=0)
    # A share is printed times a hundred, its sign left to another one beside: « 65 et 66 % ».
    hundredths = "%" in printed or "point" in printed or (abs(value) < 1 and not decimals)
    return round(value, decimals + 2 if hundredths else decimals)


def drawing(drawings: Mapping[str, str], alt: str, name: str, caption: str) -> Bundle:
    """Return a chart's two drawings, under its name and its caption.

    Parameters
    ----------
    drawings : mapping of str to str
        By form: see `showing.drawing.drawn`.
    alt : str
        The chart's text alternative.
    name : str
        Its address on the page: `fig-medias`.
    caption : str
    """
    told = {form: drawn.split("\n") for form, drawn in drawings.items() if form != FORM}
    return {
        "image/svg+xml": drawings[FORM],
        "text/plain": alt,
        DRAWING: {"nom": name, "legende": caption, **told},
    }


def known(told: dict[str, Any], source: Source) -> Table:
    """Return a table as `table` was given it: its cells know their figures."""
    rows = tuple(
        tuple(
            Told(
                cell,
                tuple(Placed(at, at + len(said), Figure(said, tuple(value), "", source)) for at, said, value in own),
            )
            for cell, own in zip(row, figures, strict=True)
        )
        for row, figures in zip(told["contenu"]["rows"], told["chiffres"], strict=True)
    )
    return Table(**told["contenu"] | {"source": source, "rows": rows})


def _figures(cell: str, exact: bool) -> list[tuple[int, str, list[float]]]:
    """Return where each figure of a cell stands, how it is printed, and its value, rounded as printed if need be."""
    return [
        (
            start,
            noted.printed,
            [round(value, DECIMALS) if exact else _as_printed(value, noted.printed) for value in noted.value],
        )
        for start, _, noted in getattr(cell, "figures", ())
    ]


def table(
    content: Table,
    name: str,
    file: str,
    *,
    opened: bool,
    note: str,
    detail: bool = False,
    exact: bool = True,
    asked: bool = True,
) -> Bundle:
    """Return a table, with the figures of its cells.

    Parameters
    ----------
    content : Table
    name : str
        Identifies it on its page.
    file : str
        What its file is called, without its ending.
    opened : bool
        Whether it stands on the page at once, rather than behind one click.
    note : str
        What to read below it.
    detail : bool
        Whether it stands in the closed text above it.
    exact : bool
        Whether its figures may be told more exactly than they are printed.
    asked : bool
        Whether it comes of the edition's own survey.
    """
    told = {"nom": name, "fichier": file, "ouvert": opened, "note": note, "detail": detail, "enquete": asked}
    told["contenu"] = asdict(content)
    told["chiffres"] = [[_figures(cell, exact) for cell in row] for row in content.rows]
    return {"text/plain": typeset(f"Tableau{NBSP}: {decapitalise(content.heading)}"), TABLE: told}
