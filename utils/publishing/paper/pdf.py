"""An edition on paper: the whole book, and a leaflet, printed from its pages and linked from them."""

__all__ = ["Paper", "pdf"]

import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

import jinja2
import pikepdf
import yaml

from utils import paths
from utils.french import agree, count, listing, number, period, typeset
from utils.offering.publication import signature
from utils.publishing import contents, publish
from utils.publishing.failures import Failure
from utils.publishing.paper import artifacts, chromium
from utils.publishing.paper.gleaning import gleaned
from utils.publishing.paper.leaflet import print_leaflet
from utils.publishing.paper.links import FOLDER, link
from utils.publishing.paper.places import places
from utils.publishing.paper.printing import Part, address, chapters, css_text, parts, read, tools
from utils.reading import waves
from utils.survey.wave import Wave

NAME = "communes-medias-sociaux"
RESULTS = "Les résultats"  # the part of the book whose chapters give the leaflet its drawings


class Paper(NamedTuple):
    """What is printed of an edition."""

    book: Path
    leaflet: Path


def pdf(wave: str) -> Paper:
    """Print a published edition, and link what is printed from its pages, wherever they keep a place for it.

    Returns
    -------
    Paper
        ``_site/<wave>/_downloads/communes-medias-sociaux-<wave>.pdf``, and the two pages of
        ``communes-medias-sociaux-<wave>-depliant.pdf`` beside it; invented data have the prefix
        ``donnees-fictives-``.

    Raises
    ------
    Failure
        The edition is not published.
    PrintError
        No Chromium is installed, or it does not print.
    """
    edition = paths.SITE / wave
    if wave not in waves.available() or not (edition / "chapters").is_dir():
        raise Failure(f"L’édition « {wave} » n’est pas publiée : make book WAVE={wave}")
    loaded = waves.load(wave)
    # The published edition stays as it is until a copy of it has all that is printed.
    fresh = paths.BUILD / "imprimee"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(edition, fresh)
    name = f"{'donnees-fictives-' if loaded.about.fictif else ''}{NAME}-{wave}"
    made = Paper(*(fresh / FOLDER / f"{name}{ending}.pdf" for ending in ("", "-depliant")))
    facts = _facts(wave, loaded, edition)
    told = {page.stem for page in (edition / "chapters").glob("*.html")}
    order = yaml.safe_load(contents.contents(told))
    with tempfile.TemporaryDirectory() as folder:
        book = _print_book(parts(order, edition), edition, facts, Path(folder))
        leaflet = print_leaflet(gleaned(edition, _results(order)), facts, Path(folder))
        made.book.parent.mkdir(exist_ok=True)
        _finish(book, made.book, wave, loaded)
        _finish(leaflet, made.leaflet, wave, loaded)
    link(fresh, made)
    publish.publish(fresh, wave)
    return Paper(*(edition / FOLDER / file.name for file in made))


def _results(order: dict) -> list[str]:
    """Return the names of the chapters that tell results."""
    told = [entry["file"] for part in order["parts"] if part.get("caption") == RESULTS for entry in part["chapters"]]
    return [Path(file).name for file in told]


def _print_book(book: tuple[Part, ...], edition: Path, facts: dict, folder: Path) -> Path:
    page, printed = folder / "livre.html", folder / "livre.pdf"
    page.write_text(_document(book, edition, facts, {}), encoding="utf-8")
    chromium.print_page(page, printed)
    # The table of contents learns its page numbers from a first printing, as long as the second.
    page.write_text(_document(book, edition, facts, places(printed)), encoding="utf-8")
    chromium.print_page(page, printed)
    return printed


def _facts(wave: str, loaded: Wave, edition: Path) -> dict:
    """Return what both say of the edition as such."""
    about, front = loaded.about, read(edition / "chapters" / "00_synthese.html")
    return {
        "title": about.titre,
        "edition": wave,
        "organiser": about.organisateur,
        "fictional": about.fictif,
        "mark": "Données fictives",
        "warning": typeset("Données fictives : cette édition ne décrit aucune commune réelle."),
        "survey": f"{about.organisateur}, {period(about.periode.debut, about.periode.fin)}",
        "answers": f"{count(about.communes, 'commune', 'communes')} sur {number(about.invites)}",
        "licence": typeset("Texte et chiffres : CC BY 4.0"),
        "address": address(front).rsplit("chapters/", 1)[0],
    }


def _document(book: tuple[Part, ...], edition: Path, facts: dict, pages: dict[str, int]) -> str:
    front = read(edition / "chapters" / "00_synthese.html")
    sheets = [link["href"] for link in front.select("link[rel~=stylesheet][href]") if not link.find_parent("noscript")]
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(paths.PRINT), autoescape=True)
    environment.filters["css"] = lambda text: jinja2.utils.markupsafe.Markup(css_text(text).replace("<", "\\3c "))
    return environment.get_template("livre.html").render(
        facts,
        sheets=[
            *((edition / "chapters" / sheet).resolve().as_uri() for sheet in (s.split("?")[0] for s in sheets)),
            (paths.PRINT / "livre.css").as_uri(),
        ],
        parts=book,
        titles={facts["title"], *(chapter.title for chapter in chapters(book))},
        chapters=chapters(book),
        left_out=_left_out(tools(edition)),
        pages=pages,
    )


def _left_out(titles: tuple[str, ...]) -> str:
    """Return what a reader of the print cannot know: what is not in it, and where it is."""
    said = "Un graphique ou un tableau qui revient d’un chapitre à l’autre n’est imprimé que la première fois."
    if titles:
        named = listing(f"« {title} »" for title in titles)
        made = agree(len(titles), "est fait pour un écran", "sont faits pour un écran")
        kept = agree(len(titles), "le contient", "les contient")
        said = f"{named} {made} : seule l’édition en ligne {kept}. {said}"
    return typeset(said)


def _finish(printed: Path, into: Path, wave: str, loaded: Wave) -> None:
    """Say in the PDF whose it is and how to open it, and pack it: its tags weigh four times what they must."""
    about = loaded.about
    with pikepdf.open(printed) as document:
        artifacts.mark(document)
        # When it was printed is left out: the same book gives the same file.
        document.trailer.Info = document.make_indirect(pikepdf.Dictionary())
        document.docinfo["/Title"] = about.titre
        document.docinfo["/Author"] = signature(about)
        document.docinfo["/Subject"] = f"Édition {wave}{'. Données fictives' if about.fictif else ''}"
        document.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        document.Root.PageMode = pikepdf.Name.UseOutlines
        packed = pikepdf.ObjectStreamMode.generate
        document.save(into, object_stream_mode=packed, deterministic_id=True)
