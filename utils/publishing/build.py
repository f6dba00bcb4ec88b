"""From a wave's folder to a website: chapters executed side by side, rendered once, published whole.

Nothing in `chapters/` is touched by a build, and `_site/` changes only when all
has gone well: a run that fails leaves what was published before.
"""

__all__ = ["BuildError", "baseline", "build", "editions", "execute"]

import json
import os
import shutil
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import papermill
import yaml
from tqdm import tqdm

from utils import paths
from utils.french import typeset
from utils.offering import publication
from utils.publishing import contents, engine, hosting, processes
from utils.publishing.after import embeds
from utils.publishing.after.finish import finish
from utils.publishing.failures import Failure
from utils.publishing.transcript import transcript
from utils.reading import waves
from utils.reading.files import display_path

PARAMETERS = {"wave", "previous_wave"}


class BuildError(Failure):
    """The book cannot be built."""


def build(wave: str, previous: str = "", url: str = "") -> Path:
    """Build one edition and publish it.

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
        A wave cannot be read; nothing has run. `checking.check_wave` says all that is wrong.
    BuildError
        The address is none (nothing has run), a chapter failed, or the book has warnings; `_site/` is as it was.
    """
    address = _address(url)
    stage = paths.BUILD / wave
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    (stage / paths.CONFIG.name).write_text(_config(wave, address), encoding="utf-8")
    shutil.copy(paths.BIBLIOGRAPHY, stage)
    told = contents.pages(waves.load(wave), previous)
    (stage / paths.TOC.name).write_text(contents.contents(told), encoding="utf-8")
    (stage / "chapters").mkdir()
    for page in sorted(paths.CHAPTERS.glob("*.md")):
        if page.stem in told:
            shutil.copy(page, stage / "chapters")
    execute(contents.notebooks(told), stage / "chapters", {"wave": wave, "previous_wave": previous})
    first = yaml.safe_load(paths.TOC.read_text(encoding="utf-8"))["root"]
    _entitle(stage / f"{first}.ipynb", typeset(waves.stated(wave).titre))
    _render(stage)
    finish(stage / "_build" / "html", waves.load(wave), f"{address}{wave}/", first)
    return _publish(stage / "_build" / "html", wave, address)


def _address(url: str) -> str:
    try:
        return hosting.site_address(url or yaml.safe_load(paths.CONFIG.read_text(encoding="utf-8"))["html"]["baseurl"])
    except ValueError as error:
        raise BuildError(str(error)) from error


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


def editions() -> list[tuple[str, str]]:
    """Return the real editions, oldest first, each with the one before it on the same territory (the first: none)."""
    found, last = [], {}
    for wave in waves.available():
        about = waves.stated(wave)
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


def execute(notebooks: Iterable[Path], into: Path, parameters: dict[str, str]) -> None:
    """Run notebooks with Papermill, several at a time, begun in the order given.

    Raises
    ------
    BuildError
        A notebook does not take just `parameters`, or fails; the message names the
        first that failed and holds its error.
    """
    notebooks = list(notebooks)
    for notebook in notebooks:
        _check_parameters(notebook)
    # Each chapter gets a process of its own.
    with ProcessPoolExecutor(processes.WORKERS, mp_context=processes.context(), max_tasks_per_child=1) as pool:
        running = {pool.submit(engine.run, notebook, into, parameters): notebook for notebook in notebooks}
        for done in tqdm(as_completed(running), total=len(running), desc="Chapitres", unit="chapitre", leave=False):
            if error := done.exception():
                pool.shutdown(cancel_futures=True)
                raise BuildError(f"Le chapitre {running[done].name} a échoué :\n{error}") from error


def _entitle(notebook: Path, title: str) -> None:
    """Give the first page the title of its edition: the notebook has that of the edition in the repository."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    opening = next(cell for cell in content["cells"] if cell["cell_type"] == "markdown")
    lines = "".join(opening["source"]).split("\n")
    lines = [f"# {title}" if line.startswith("# ") else line for line in lines]
    opening["source"] = "\n".join(lines).splitlines(keepends=True)
    notebook.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _check_parameters(notebook: Path) -> None:
    # Papermill only logs a parameter that a notebook does not know, and goes on with its own default.
    known = set(papermill.inspect_notebook(str(notebook)))
    if known != PARAMETERS:
        raise BuildError(
            f"{display_path(notebook)} : la cellule « parameters » doit définir {', '.join(sorted(PARAMETERS))}, "
            f"et rien d’autre (trouvé : {', '.join(sorted(known)) or 'rien'})."
        )


def _render(stage: Path) -> None:
    """Write the book's pages, in a process forked from the one that has done the chapters' imports."""
    log = stage / "jupyter-book.log"
    process = processes.context().Process(target=_write_pages, args=(stage, log))
    process.start()
    process.join()
    if process.exitcode:
        said = log.read_text(encoding="utf-8")
        raise BuildError(f"Le livre ne se construit pas sans avertissement :\n{said}")


def _write_pages(stage: Path, log: Path) -> None:
    with log.open("w", encoding="utf-8") as said:
        for stream in (1, 2):
            os.dup2(said.fileno(), stream)
    from jupyter_book.cli.main import main  # what only this process needs

    main(["build", str(stage), "-W", "--keep-going", "-n", "--quiet"])


def _publish(html: Path, wave: str, address: str) -> Path:
    """Swap the finished edition in, then lead the site's front page to the newest real one."""
    paths.SITE.mkdir(exist_ok=True)
    target, fresh = paths.SITE / wave, paths.SITE / f".{wave}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.move(html, fresh)
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    editions = [w for w in waves.available() if (paths.SITE / w).is_dir()]
    real = [w for w in editions if not waves.stated(w).fictif]
    # Each page finds here which other editions it can lead to, on its territory; the demonstration leads back, never
    # the reverse.
    place = {w: waves.stated(w).territoire for w in editions}
    for edition in editions:
        others = sorted({edition, *(w for w in real if place[w] == place[edition])}, reverse=True)
        absent = {other: sorted(_pages(edition) - _pages(other)) for other in others}
        script = paths.SITE / edition / "_static" / "editions.js"
        told = f"window.EDITIONS = {json.dumps(others)};\nwindow.ABSENT = {json.dumps(absent)};\n"
        script.write_text(told, encoding="utf-8")
    for name, text in _root(address, real or editions).items():
        (paths.SITE / name).write_text(text, encoding="utf-8")
    return target


def _pages(edition: str) -> set[str]:
    folder = paths.SITE / edition
    found = {path.relative_to(folder).with_suffix("") for path in folder.rglob("*.html")}
    return {path.as_posix() for path in found if path.parts[0] != embeds.FOLDER}


def _root(address: str, editions: list[str]) -> dict[str, str]:
    """Return the files at the site's root, by name: what leads to the editions, given oldest first."""
    newest = waves.load(editions[-1])
    start = f"{yaml.safe_load(paths.TOC.read_text(encoding='utf-8'))['root']}.html"
    mapped = [w for w in editions if not waves.stated(w).fictif]
    return {
        "index.html": hosting.doorway(
            newest.about.titre,
            hosting.presentation(newest),
            f"{newest.id}/{start}",
            f"{address}{newest.id}/{start}",
            f"{newest.id}/_static/favicon.svg",
            listed=not newest.about.fictif,
        ),
        "404.html": hosting.not_found(address, [(w, waves.stated(w).titre) for w in reversed(editions)], start),
        "robots.txt": hosting.robots(address),
        "sitemap.xml": hosting.sitemap_of_editions(f"{address}{w}/sitemap.xml" for w in mapped),
    }
