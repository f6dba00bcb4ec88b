"""A chapter's cells run in the process at hand, and what they show."""

from functools import cache
from html import escape

import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from utils.publishing.outputs import DRAWING, TABLE, TEXT
from utils.showing import drawing
from utils.showing.style import NARROW


def outputs(notebook):
    """Run a chapter and yield the content by type of each of its outputs, in order; nothing may be said beside them."""
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(history_manager=None)
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        with capture_output() as caught:
            result = shell.run_cell(cell.source, store_history=False)
        result.raise_error()
        assert not caught.stderr, caught.stderr
        yield from (output.data for output in caught.outputs)
    InteractiveShell.clear_instance()


def named(notebook):
    """Run a chapter and return what it shows: lines of text as they are, tables by row, charts by name."""
    found = {}
    for data in outputs(notebook):
        if TABLE in data:
            table, name = data[TABLE]["contenu"], data[TABLE]["nom"]
            assert f"{name}|caption" not in found, "two tables of one page have one id"
            found[f"{name}|caption"] = table["caption"]
            for title, *rest in [table["header"], *table["rows"]]:
                found.setdefault(f"{name}|{title}", []).append(rest)
        elif DRAWING in data:
            found[f"chart|{data[DRAWING]['nom']}"] = data["text/plain"]
        elif TEXT in data:
            found |= {f"text|{line}": line for line in data["text/markdown"].split("\n") if line}
    return found


def sketched(monkeypatch, *, shapes=False):
    """Draw each chart once, as for a phone, and keep its texts alone: half of drawing is writing it down.

    With `shapes`, also where everything stands, how long it is, and its colour.
    """

    @cache
    def texts(chart):
        axes = chart.draw(NARROW).axes
        told = " ".join(text.get_text() for own in axes for text in own.texts)
        return told + " ".join(_shapes(own) for own in axes) if shapes else told

    def sketch(chart, *_):
        return f'<svg aria-label="{escape(chart.alt)}">{escape(texts(chart))}</svg>'

    monkeypatch.setattr(drawing, "_drawing", sketch)


def _shapes(axes):
    places = [(text.get_position(), text.get_color()) for text in axes.texts]
    places += [(line.get_xydata().tolist(), line.get_color()) for line in axes.lines]
    places += [
        (
            patch.get_path().vertices.tolist(),
            patch.get_transform().transform([(0, 0), (1, 1)]).tolist(),
            patch.get_facecolor(),
        )
        for patch in axes.patches
    ]
    return str(places)


def undrawn(monkeypatch):
    """Leave charts undrawn: their descriptions hold their figures, and drawing takes most of the time."""
    monkeypatch.setattr(drawing, "_drawing", lambda chart, *_: f'<svg aria-label="{escape(chart.alt)}"></svg>')
