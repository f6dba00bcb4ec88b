"""How long the chapters take: the book's own engine against one Jupyter kernel a chapter.

Run it with `make bench`. Both ways run in this one call, in turn, so that the ratio
holds on whatever machine it is made.
"""

import statistics
import tempfile
import time
from pathlib import Path

import papermill

from utils.publishing.build import execute
from utils.publishing.contents import notebooks

PARAMETERS = {"wave": "2017", "previous_wave": ""}
RUNS = 3


def with_kernels(into: Path) -> None:
    """Execute one chapter after the other as the papermill command does."""
    for notebook in notebooks():
        target = str(into / notebook.name)
        papermill.execute_notebook(
            str(notebook), target, parameters=PARAMETERS, cwd=str(notebook.parent), progress_bar=False
        )


def with_our_engine(into: Path) -> None:
    """Execute the chapters as `make book` does."""
    execute(notebooks(), into, PARAMETERS)


def seconds(way) -> float:
    """Return the wall-clock time of one run into a folder of its own."""
    with tempfile.TemporaryDirectory() as into:
        start = time.perf_counter()
        way(Path(into))
        return time.perf_counter() - start


if __name__ == "__main__":
    ratios = []
    for _ in range(RUNS):
        ours, kernels = seconds(with_our_engine), seconds(with_kernels)
        ratios.append(ours / kernels)
        print(f"our engine {ours:.1f} s, kernels {kernels:.1f} s, ratio {ratios[-1]:.2f}")
    print(f"median ratio {statistics.median(ratios):.2f}")
