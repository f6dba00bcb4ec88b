"""A Papermill engine that runs a notebook's cells in the process at hand, without a kernel.

A kernel costs two seconds a chapter before the first cell: to start, to import the
scientific stack, to shut down. A process forked from one that has imported all of it
starts at once. `make test` runs the same chapters in real kernels and compares.
"""

__all__ = ["renew", "run"]

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import nbformat
import papermill
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from papermill.engines import Engine, papermill_engines

NAME = "in_process"
INJECTED = "injected-parameters"  # the tag of the cell that Papermill adds below the notebook's own
TRANSIENT = ("papermill", "execution")  # metadata of one run: times, paths, machine


class InProcessEngine(Engine):
    """Cells in a fresh IPython shell; the first that fails raises its error."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, *, reached, **_) -> None:  # noqa: ARG003 (Papermill passes it)
        """Run every cell and store its outputs; see `papermill.engines.Engine`.

        The manager is not told of single cells: it would copy the whole notebook at each.
        """
        InteractiveShell.clear_instance()
        shell = InteractiveShell.instance(history_manager=None)
        place = 0
        for cell in nb_man.nb.cells:
            place += INJECTED not in cell.metadata.get("tags", [])  # as the notebook counts its cells
            if cell.cell_type != "code":
                continue
            reached(f"cellule {place}")
            with capture_output() as caught:
                result = shell.run_cell(cell.source, store_history=False)
            cell.outputs = _outputs(caught)
            error = result.error_before_exec or result.error_in_exec
            if error is not None:
                raise error


def _outputs(caught) -> list[nbformat.NotebookNode]:
    streams = {"stdout": caught.stdout, "stderr": caught.stderr}
    shown = [
        nbformat.v4.new_output("display_data", data=rich.data, metadata=rich.metadata or {}) for rich in caught.outputs
    ]
    said = [nbformat.v4.new_output("stream", name=name, text=text) for name, text in streams.items() if text]
    return [*said, *shown]


papermill_engines.register(NAME, InProcessEngine)


def run(
    notebook: Path, into: Path, parameters: dict[str, str], reached: Callable[[str], None] = lambda _: None
) -> None:
    """Execute one notebook and, if all of it went well, write it into a folder.

    Two runs on the same data write the same bytes.

    Parameters
    ----------
    notebook, into : Path
    parameters : dict
    reached : callable
        Told of each cell that begins: « cellule 3 ».

    Raises
    ------
    Exception
        What a cell raised; nothing is written.
    """
    os.environ["MPLBACKEND"] = "agg"
    executed = papermill.execute_notebook(
        str(notebook),
        None,  # written once, below: Papermill would write it before each cell, and when one fails
        parameters=parameters,
        engine_name=NAME,
        kernel_name="python3",
        progress_bar=False,
        cwd=str(notebook.parent),
        reached=reached,
    )
    _settle(executed, parameters)
    nbformat.write(executed, into / notebook.name)


def renew(notebook: Path) -> None:
    """Execute a notebook that takes no parameters anew, in place, in a kernel of its own.

    Raises
    ------
    papermill.PapermillExecutionError
        A cell failed; the notebook is as it was.
    """
    with tempfile.TemporaryDirectory() as elsewhere:
        executed = papermill.execute_notebook(
            str(notebook),
            str(Path(elsewhere) / notebook.name),
            kernel_name="python3",
            progress_bar=False,
            cwd=str(notebook.parent),
        )
    _strip(executed)
    nbformat.write(executed, notebook)


def _settle(notebook: nbformat.NotebookNode, parameters: dict[str, str]) -> None:
    """Leave what is the same at every run: parameters in their own cell, counts from 1, no times or paths."""
    cells = notebook.cells
    own = next(c for c in cells if "parameters" in c.metadata.get("tags", []))
    own.source = "\n".join(f'{name} = "{value}"' for name, value in parameters.items())
    cells.remove(next(c for c in cells if INJECTED in c.metadata.get("tags", [])))
    for count, cell in enumerate((c for c in cells if c.cell_type == "code"), 1):
        cell.execution_count = count
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = count
    _strip(notebook)


def _strip(notebook: nbformat.NotebookNode) -> None:
    """Take away the metadata of one run."""
    for holder in (notebook, *notebook.cells):
        for key in TRANSIENT:
            holder.metadata.pop(key, None)
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
