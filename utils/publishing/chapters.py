"""The chapters of an edition, executed: those of which code, data or libraries have changed, and no other.

What a chapter shows is made of its code cells, never of its text: a word that changes runs nothing.
"""

__all__ = ["LIMIT", "PARAMETERS", "missing", "staged", "warm", "working"]

import json
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from functools import partial
from importlib import import_module
from pathlib import Path

from utils import paths
from utils.offering.publication import source_line
from utils.publishing import inputs, kept
from utils.publishing.failures import Failure
from utils.publishing.outputs import DRAWING, TABLE
from utils.publishing.pictures import picture
from utils.publishing.processes import Reached, Work
from utils.reading import waves
from utils.reading.files import display_path
from utils.showing import svg

PARAMETERS = {"wave", "previous_wave"}
LIMIT = 300.0  # seconds that a chapter may take
working = ExitStack()  # what a warm process keeps as long as it lives
_CHAPTERS_USE = (
    "utils.publishing.engine",
    "utils.publishing.chapter",
    "utils.showing.charts",
    "matplotlib.backends.backend_svg",
)
_RUNS_WITH = ("utils.publishing.engine", "utils.publishing.chapters")


def warm(wave: str, previous_wave: str) -> None:
    """Read the waves, and compute what most chapters ask of them: what is forked from this process knows it."""
    for module in _CHAPTERS_USE:
        import_module(module)
    working.enter_context(waves.read_once())
    for name in filter(None, (previous_wave, wave)):
        waves.load(name)
    waves.load(wave).levels()


def missing(notebooks: Iterable[Path], parameters: Mapping[str, str], begun: str) -> dict[str, Work]:
    """Return what executes those notebooks of which nothing is kept, by their names; `begun` as in `parts.missing`."""
    told = {notebook: _kept(notebook, parameters) for notebook in notebooks}
    return {
        f"le chapitre {notebook.name}": partial(_execute, notebook, where, dict(parameters), begun)
        for notebook, where in told.items()
        if not where.exists()
    }


def staged(notebook: Path, parameters: Mapping[str, str]) -> str:
    """Return a notebook with what its code cells show, as a file's text; it has been executed: see `missing`."""
    written = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    ran = json.loads(_kept(notebook, parameters).read_text(encoding="utf-8"))
    shown = iter([cell for cell in ran["cells"] if cell["cell_type"] == "code"])
    ran["cells"] = [next(shown) if cell["cell_type"] == "code" else cell for cell in written]
    return json.dumps(ran, ensure_ascii=False, indent=1) + "\n"


def _kept(notebook: Path, parameters: Mapping[str, str]) -> Path:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    own = [json.dumps(cell["metadata"], sort_keys=True) for cell in cells if cell["cell_type"] == "code"]
    modules = {module for source in code for module in inputs.imported(_plain(source))}
    return kept.path(
        notebook.name,
        inputs.digest(
            *(*code, "", *own, "", json.dumps(dict(parameters), sort_keys=True)),
            inputs.code(*_RUNS_WITH, *sorted(modules)),
            inputs.data(*parameters.values()),
            inputs.files(paths.TOC, paths.CITATION),
            inputs.versions(),
        ),
    )


def _plain(source: str) -> bytes:
    """Return a cell as Python: one that a magic rules is text."""
    return b"" if source.startswith("%%") else source.encode("utf-8")


def _execute(notebook: Path, where: Path, parameters: dict[str, str], begun: str, reached: Reached) -> None:
    kept.made(where, lambda: _ran(notebook, parameters, begun, reached))
    reached("ses graphiques")
    _draw(json.loads(where.read_text(encoding="utf-8")), parameters["wave"])


# What executes notebooks is imported where it does, not by the command that waits for it.


def _ran(notebook: Path, parameters: dict[str, str], begun: str, reached: Reached) -> bytes:
    from utils.publishing import engine

    _check_parameters(notebook)
    with tempfile.TemporaryDirectory() as into:
        engine.run(notebook, Path(into), parameters, reached)
        inputs.check_unchanged(begun)
        return (Path(into) / notebook.name).read_bytes()


def _check_parameters(notebook: Path) -> None:
    """Refuse a notebook that does not take just `PARAMETERS`.

    Papermill only logs a parameter that a notebook does not know, and goes on with its own default.
    """
    import papermill

    known = set(papermill.inspect_notebook(str(notebook)))
    if known != PARAMETERS:
        raise Failure(
            f"{display_path(notebook)} : la cellule « parameters » doit définir {', '.join(sorted(PARAMETERS))}, "
            f"et rien d’autre (trouvé : {', '.join(sorted(known)) or 'rien'})."
        )


def _draw(ran: dict, wave: str) -> None:
    """Make the pictures of a chapter's drawings, while other chapters run; its page will find them."""
    loaded, drawn = waves.load(wave), []
    for shown in (output["data"] for cell in ran["cells"] for output in cell.get("outputs", ()) if "data" in output):
        if DRAWING in shown:
            drawn.append("".join(shown["image/svg+xml"]))
        elif TABLE in shown:
            source = source_line(loaded, asked=shown[TABLE]["enquete"])
            for drawing in drawn:
                picture(svg.as_file(drawing, source))
            drawn = []
