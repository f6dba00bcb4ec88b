"""From a wave's folder to a website: chapters executed side by side, rendered once, published whole.

Nothing in `chapters/` is touched by a build, and `_site/` changes only when all
has gone well: a run that fails leaves what was published before.
"""

__all__ = ["BuildError", "baseline", "build", "editions", "execute"]

import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path

import yaml
from tqdm import tqdm

from utils import paths
from utils.french import typeset
from utils.offering import publication
from utils.publishing import chapters, contents, engine, hosting, inputs, kept, parts, provenance, publish, receipts
from utils.publishing.after.finish import finish
from utils.publishing.checking import check_once
from utils.publishing.failures import Failure, behind, detailed
from utils.publishing.paper.links import carry
from utils.publishing.processes import Reached, Work, Workshop
from utils.publishing.transcript import transcript
from utils.reading import waves
from utils.reading.problems import DataError, Problem
from utils.telling.markup import escape

PAGES = "utils.publishing.site.extension", "utils.publishing.after.finish"  # what writes them
LIMIT = 300.0  # seconds that the pages of a book may take


class BuildError(Failure):
    """The book cannot be built."""


def build(wave: str, previous: str = "", url: str = "") -> Path:
    """Build one edition and publish it.

    What has not changed since an earlier build is not made again: see `chapters`, `parts` and `inputs`.

    Parameters
    ----------
    wave : str
        Folder of `data/` to build.
    previous : str
        Folder of `data/` to compare with, or empty.
    url : str
        Where the site will be published, or empty: as `_config.yml` says.

    Returns
    -------
    Path
        The published edition, `_site/<wave>`.

    Raises
    ------
    DataError
        Something is wrong in the data; nothing has run.
    BuildError
        The address is none (nothing has run), a chapter failed, the book has warnings, or something that it is made
        of changed meanwhile; `_site/` is as it was.
    """
    address, begun = hosting.address(url), inputs.everything()
    parameters = {"wave": wave, "previous_wave": previous}
    with waves.read_once(), Workshop(partial(_learn_to_write, wave)) as press:
        check_once(wave, previous)
        loaded = waves.load(wave)
        told = contents.pages(loaded, previous)
        notebooks = contents.notebooks(told)
        _make(parts.missing(wave, begun) | chapters.missing(notebooks, parameters, begun), parameters)
        stage = paths.BUILD / wave
        _assemble(stage, wave, address, told, parameters)
        written_by = (inputs.code(*PAGES), inputs.files(paths.FRONT, paths.CITATION, Path(__file__)), inputs.versions())
        sources = _sources(stage)
        beside = _contents(path for path in sources if path.suffix != ".ipynb")
        around = inputs.digest(beside, *written_by, inputs.data(wave))
        made_of = inputs.digest(around, _contents(sources))
        if not receipts.stands(wave, made_of):
            with _written_before(stage, around):
                _do(press, {"les pages": partial(_write_pages, stage)}, LIMIT)
            finished = stage / "_build" / "edition"
            shutil.rmtree(finished, ignore_errors=True)
            shutil.copytree(stage / "_build" / "html", finished)
            finish(finished, loaded, f"{address}{wave}/", _first())
            private = [name for name in parameters.values() if name and waves.stated(name).source == "reponses"]
            told = provenance.receipt(wave, previous, address, private)
            (finished / provenance.FILE).write_text(told, encoding="utf-8")
            (finished / publish.FILE).write_text(publish.describe(loaded), encoding="utf-8")
            if not carry(paths.SITE / wave, finished):
                print(f"Les chiffres ont changé : le PDF est retiré. Pour l’imprimer : make pdf WAVE={wave}")
            inputs.check_unchanged(begun)
            publish.publish(finished, wave)
            receipts.write(wave, made_of)
        publish.lead_to(address)
    kept.forget()
    return paths.SITE / wave


def execute(notebooks: list[Path], into: Path, parameters: Mapping[str, str]) -> None:
    """Write notebooks with what they show into a folder, executed if they were not: see `chapters`.

    Raises
    ------
    BuildError
        A notebook does not take just `chapters.PARAMETERS`, or fails; the message says which, and where in it.
    """
    begun = inputs.everything()
    _make(chapters.missing(notebooks, parameters, begun), parameters)
    for notebook in notebooks:
        (into / notebook.name).write_text(chapters.staged(notebook, parameters), encoding="utf-8")


def _make(works: Mapping[str, Work], parameters: Mapping[str, str]) -> None:
    """Do what is missing, if anything is."""
    if works:
        with Workshop(partial(chapters.warm, **parameters)) as workshop:
            _do(workshop, works, chapters.LIMIT)


def _learn_to_write(wave: str) -> None:
    """Import what only the writing of pages needs, and read the wave, while what is missing is made."""
    for module in ("jupyter_book.cli.main", "myst_nb", "sphinx_book_theme", "utils.publishing.site.extension"):
        import_module(module)
    from utils.publishing.site import edition

    edition.load(wave)


def _do(workshop: Workshop, works: Mapping[str, Work], limit: float) -> None:
    """Do all works, and show how far they are; the first that fails ends it."""
    quiet = None if "CI" not in os.environ else True  # None: where nobody reads it
    with tqdm(total=len(works), unit="tâche", leave=False, disable=quiet) as bar:
        doing: dict[str, None] = {}

        def begun(name: str) -> None:
            doing[name] = None
            bar.set_description(", ".join(doing))

        for name, fault in workshop.does(works, limit, begun):
            if fault:
                what = f"{name[:1].upper()}{name[1:]} : échec, {fault}"
                raise BuildError(f"{what}\n{detailed([fault.trace])}" if fault.trace else what)
            del doing[name]
            bar.update()


def _assemble(stage: Path, wave: str, address: str, told: list[str], parameters: Mapping[str, str]) -> None:
    """Put together what the pages are written from; a file that would be the same is left as it is."""
    written = {
        paths.CONFIG.name: _config(wave, address),
        paths.TOC.name: contents.contents(told),
        paths.BIBLIOGRAPHY.name: paths.BIBLIOGRAPHY.read_text(encoding="utf-8"),
    }
    for page in (path for path in paths.CHAPTERS.glob("*.md") if path.stem in told):
        written[f"chapters/{page.name}"] = page.read_text(encoding="utf-8")
    for notebook in contents.notebooks(told):
        text = chapters.staged(notebook, parameters)
        if f"chapters/{notebook.stem}" == _first():
            text = _entitled(text, typeset(waves.stated(wave).titre))
        written[f"chapters/{notebook.name}"] = text
    for path in _sources(stage):
        if path.relative_to(stage).as_posix() not in written:
            path.unlink()
    for name, text in written.items():
        path = stage / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def _sources(stage: Path) -> list[Path]:
    """Return the files that pages are written from, and none of those that were written."""
    return sorted(path for pattern in ("*", "chapters/*") for path in stage.glob(pattern) if path.is_file())


def _contents(sources: Iterable[Path]) -> str:
    return inputs.digest(*(part for path in sources for part in (path.name, path.read_bytes())))


@contextmanager
def _written_before(stage: Path, around: str) -> Iterator[None]:
    """Let what was read and written for an earlier build serve again, if all but chapters is as it was then.

    Which pages a chapter changes beside its own, Sphinx is told by `site.dependence`.
    """
    before = stage / "_build" / "autour"
    if not before.exists() or before.read_text(encoding="utf-8") != around:
        shutil.rmtree(stage / "_build", ignore_errors=True)
    before.unlink(missing_ok=True)  # a build that is interrupted, or fails, serves no other
    yield
    before.write_text(around, encoding="utf-8")


def _first() -> str:
    """Return the name of the book's first page."""
    return yaml.safe_load(paths.TOC.read_text(encoding="utf-8"))["root"]


def _config(wave: str, address: str) -> str:
    """Return the book's configuration for one edition; invented data is announced on every page."""
    config = yaml.safe_load(paths.CONFIG.read_text(encoding="utf-8"))
    about, options = waves.load(wave).about, config["sphinx"]["config"]
    config["title"], config["author"] = typeset(about.titre), typeset(publication.signature(about))
    config["html"]["baseurl"] = address
    options["html_context"]["edition"] = wave
    if about.fictif:
        announcement = typeset("Données fictives : cette édition ne décrit aucune commune réelle.")
        options["html_theme_options"]["announcement"] = announcement
    return yaml.safe_dump(config, allow_unicode=True, sort_keys=False)


def editions(problems: list[Problem]) -> list[tuple[str, str]]:
    """Return the real editions, oldest first, each with the one before it on the same territory (the first: none).

    Parameters
    ----------
    problems : list of Problem
        Receives what is wrong where a wave does not say what it is. Which edition those after it are compared with
        is not known: they are left out.
    """
    found, last = [], {}
    for wave in waves.available():
        try:
            about = waves.stated(wave)
        except DataError as error:
            problems += error.problems
            break
        if not about.fictif:
            found.append((wave, last.get(about.territoire, "")))
            last[about.territoire] = wave
    return found


def baseline(wave: str = "2017", demonstration: str = "demo") -> None:
    """Renew what is committed as expected: all of it or, if a chapter fails, nothing.

    The chapters executed in place, what they show of the demonstration beside them, and
    the analysts' notebook.
    """
    stage = paths.BUILD / "baseline"
    shutil.rmtree(stage, ignore_errors=True)
    for name in (wave, demonstration):
        (stage / name).mkdir(parents=True)
    execute(contents.notebooks(), stage / wave, {"wave": wave, "previous_wave": ""})
    told = contents.pages(waves.load(demonstration), wave)
    execute(contents.notebooks(told), stage / demonstration, {"wave": demonstration, "previous_wave": wave})
    for notebook in (stage / wave).glob("*.ipynb"):
        notebook.replace(paths.CHAPTERS / notebook.name)
    for notebook in (stage / demonstration).glob("*.ipynb"):
        expected = paths.EXPECTED / demonstration / f"{notebook.stem}.txt"
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(transcript(notebook), encoding="utf-8")
    engine.renew(paths.ANALYSIS)


def _entitled(text: str, title: str) -> str:
    """Give the first page the title of its edition: the notebook has that of the edition in the repository."""
    content = json.loads(text)
    opening = next(cell for cell in content["cells"] if cell["cell_type"] == "markdown")
    lines = "".join(opening["source"]).split("\n")
    lines = [f"# {escape(title)}" if line.startswith("# ") else line for line in lines]
    opening["source"] = "\n".join(lines).splitlines(keepends=True)
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _write_pages(stage: Path, reached: Reached) -> None:  # noqa: ARG001 (it tells nothing on its way)
    """Read anew those chapters that have changed since they were last read, and write what changes with them."""
    from jupyter_book.cli.main import main

    log = stage / "_build" / "jupyter-book.log"
    log.parent.mkdir(exist_ok=True)
    with log.open("w", encoding="utf-8") as said:
        for stream in (1, 2):
            os.dup2(said.fileno(), stream)
    try:
        main(["build", str(stage), "-W", "--keep-going", "-n", "--quiet"], standalone_mode=False)
    except BaseException as error:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        if found := behind(error):
            raise found from error
        said = log.read_text(encoding="utf-8")
        raise BuildError(f"le livre ne se construit pas sans avertissement :\n{said}") from error
