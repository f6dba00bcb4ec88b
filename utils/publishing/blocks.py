"""A chapter as one wave needs it: without the questions that it left out, with those that are new.

A cell that tells one question names it in its metadata (`question`). On the wave that
the chapters are committed with, composing changes nothing.
"""

__all__ = ["compose"]

import copy
import re

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

from utils.french import listing, typeset
from utils.survey.codebook import Codebook, Question

_GLUED = re.compile(r"\{glue:text\}`([a-z0-9_]+)`")


def compose(
    notebook: nbformat.NotebookNode, slug: str, codebook: Codebook, *, fictional: bool = False
) -> nbformat.NotebookNode:
    """Return a chapter that tells just the questions of a wave.

    Parameters
    ----------
    notebook : NotebookNode
        The chapter as it is committed; left as it is.
    slug : str
        Its name, as `chapitre` in the questionnaire.
    codebook : Codebook
        The questions that the wave asked.
    fictional : bool
        Whether its data is invented: figures, tables and downloads are marked then.

    Returns
    -------
    NotebookNode
        Blocks and lines on absent questions are gone, and a note names them; a new
        question has a block after the last one.
    """
    composed = copy.deepcopy(notebook)
    told = list(dict.fromkeys(_question(cell) for cell in composed.cells if _question(cell)))
    absent = {name for name in told if name not in codebook} | _named_elsewhere(composed, codebook)
    labels = {cell.metadata["question"]: cell.metadata.get("libelle", "") for cell in composed.cells if _question(cell)}
    cells = [cell for cell in composed.cells if _question(cell) not in absent]
    for cell in cells:
        if cell.cell_type == "markdown" and absent:
            cell.source = _without(cell.source, absent)
    new = [codebook[name] for name in codebook.chapter(slug) if name not in told and codebook[name].type != "texte"]
    # `active` and the like are told by cells of their own, which glue without a block.
    new = [question for question in new if not _glues(composed, question.id)]
    last = max((i for i, cell in enumerate(cells) if _question(cell)), default=len(cells) - 1)
    inserted = [cell for question in new for cell in _block(question)]
    missing = [labels[name] or name for name in told if name in absent]
    if missing:
        inserted.append(new_markdown_cell(typeset(f"*Non demandé dans cette édition : {listing(missing)}.*")))
    composed.cells = [*cells[: last + 1], *inserted, *cells[last + 1 :]]
    if fictional:
        loaded = next(i for i, cell in enumerate(composed.cells) if "waves.load(wave)" in cell.source)
        marked = _code("from utils.publishing import chapter\n\nchapter.mark_as_fictional()", "remove-cell")
        composed.cells.insert(loaded + 1, marked)
    for position, cell in enumerate(composed.cells):
        cell["id"] = f"{slug[:2]}-{position:02d}"
    return composed


def _question(cell: nbformat.NotebookNode) -> str | None:
    return cell.metadata.get("question")


def _named_elsewhere(notebook: nbformat.NotebookNode, codebook: Codebook) -> set[str]:
    """Return questions that a chapter only cites (`cites` in its first cell's metadata) and the wave left out."""
    return {name for name in notebook.cells[0].metadata.get("cites", ()) if name not in codebook}


def _glues(notebook: nbformat.NotebookNode, name: str) -> bool:
    return any(key.startswith(f"{name}_") for cell in notebook.cells for key in _GLUED.findall(cell.source))


def _without(source: str, absent: set[str]) -> str:
    """Leave out the lines that paste what an absent question would have glued."""

    def pastes(line: str) -> bool:
        return any(key.startswith(f"{name}_") for key in _GLUED.findall(line) for name in absent)

    return "\n".join(line for line in source.splitlines() if not pastes(line))


def _block(question: Question) -> list[nbformat.NotebookNode]:
    """Return the cells that tell one question, as an author would have written them."""
    apart = question.type == "likert" and question.base == "communes"
    cells = _told_apart(question) if apart else _told(question)
    for cell in cells:
        cell.metadata["question"] = question.id
    return cells


def _told(question: Question) -> list[nbformat.NotebookNode]:
    name, label, rated = question.id, question.libelle, question.type == "likert"
    draw, list_ = ("ratings.scores", "tables.scores") if rated else ("charts.options", "tables.options")
    return [
        new_markdown_cell(f"## {label}\n\n{{glue:text}}`{name}_question` *{{glue:text}}`{name}_base`.*"),
        _code(f'{_IMPORTS}{name} = chapter.question(wave, "{name}")', "remove-cell"),
        _figure(f"chapter.figure({draw}({name}))", question, ""),
        _code(f'chapter.table({list_}({name}), "{name}")\nchapter.breakdowns(wave, "{name}")', "remove-input"),
        new_markdown_cell(f"{{glue:text}}`{name}_texte`"),
        _code(f"chapter.closing_checks(wave, {name})", "remove-cell"),
    ]


def _told_apart(question: Question) -> list[nbformat.NotebookNode]:
    name, label = question.id, question.libelle
    glued = f'chapter.contrast(wave, wave.contrasts("{question.chapitre}"), "{name}")'
    both = f"*{{glue:text}}`{name}_base`\u202f; {{glue:text}}`{name}_non_base`.*"
    pasted = [f"{{glue:text}}`{name}_{key}`" for key in ("ecart", "groupes", "reponses", "rangs", "corrige", "solide")]
    cells = [
        new_markdown_cell(f"## {label}\n\n{{glue:text}}`{name}_question` {both}"),
        _code(f'{_IMPORTS}{name} = wave.contrast("{name}")\n{glued}', "remove-cell"),
    ]
    for side, base, who in (
        ("active", "actives", "communes actives"),
        ("other", "non_actives", "communes non actives"),
    ):
        shown = f"{name}.{side}"
        cells.append(_figure(f"chapter.figure(ratings.scores({shown}))", question, who))
        listed = f'chapter.table(tables.scores({shown}), "{name}-{base.replace("_", "-")}")'
        cells.append(_code(f'{listed}\nchapter.breakdowns(wave, "{name}", "{base}")', "remove-input"))
    text = f"{' '.join(pasted[:3])}\n\n{pasted[3]}\n\n*Solidité.* {' '.join(pasted[4:])}"
    checks = f"chapter.closing_checks(wave, {name}.active, {name}.other)"
    return [*cells, new_markdown_cell(text), _code(checks, "remove-cell")]


_IMPORTS = "from utils.publishing import chapter\nfrom utils.showing import charts, ratings, tables\n\n"


def _code(source: str, tag: str) -> nbformat.NotebookNode:
    cell = new_code_cell(source)
    cell.metadata["tags"] = [tag]
    return cell


def _figure(source: str, question: Question, who: str) -> nbformat.NotebookNode:
    cell, name = _code(source, "remove-input"), f"fig-{question.id}{'-' + who if who else ''}"
    caption = typeset(f"{question.libelle}{f' : scores donnés par les {who}' if who else ''}.")
    cell.metadata["mystnb"] = {"figure": {"name": re.sub(r"[^a-z]+", "-", name), "caption": caption}}
    return cell
