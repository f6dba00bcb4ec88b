"""The whole book as one PDF, printed from a published edition and linked from its pages."""

__all__ = ["MARK", "linked", "pdf"]

import re
import tempfile
from pathlib import Path

import jinja2
import pikepdf
import yaml
from bs4 import BeautifulSoup

from utils import paths
from utils.french import NBSP, agree, listing, period, typeset
from utils.publishing import build, contents
from utils.publishing.paper import artifacts, chromium
from utils.publishing.paper.printing import Part, address, chapters, css_text, parts, tools
from utils.reading import waves
from utils.survey.wave import Wave
from utils.telling.figures import count, number

NAME = "communes-medias-sociaux"
FOLDER = "_downloads"
MARK = "<!-- livre-pdf --><!-- /livre-pdf -->"  # in a page: here comes the link, once there is a PDF

_PLACE = re.compile("(<!-- livre-pdf -->).*?(<!-- /livre-pdf -->)", re.DOTALL)


def pdf(wave: str) -> Path:
    """Print a published edition, and link the PDF from its pages wherever they hold `MARK`.

    Returns
    -------
    Path
        ``_site/<wave>/_downloads/communes-medias-sociaux-<wave>.pdf``; invented data has
        the prefix ``donnees-fictives-``.

    Raises
    ------
    BuildError
        The edition is not published.
    PrintError
        No Chromium is installed, or it does not print.
    """
    edition = paths.SITE / wave
    if wave not in waves.available() or not (edition / "chapters").is_dir():
        raise build.BuildError(f"L’édition « {wave} » n’est pas publiée : make book WAVE={wave}")
    loaded = waves.load(wave)
    about = loaded.about
    file = edition / FOLDER / f"{'donnees-fictives-' if about.fictif else ''}{NAME}-{wave}.pdf"
    told = {page.stem for page in (edition / "chapters").glob("*.html")}
    book = parts(yaml.safe_load(contents.contents(told)), edition)
    with tempfile.TemporaryDirectory() as made:
        page, printed = Path(made) / "livre.html", Path(made) / "livre.pdf"
        page.write_text(_document(wave, loaded, book, edition, {}), encoding="utf-8")
        chromium.print_page(page, printed)
        # The table of contents learns its page numbers from a first printing, as long as the second.
        page.write_text(_document(wave, loaded, book, edition, _places(printed)), encoding="utf-8")
        chromium.print_page(page, printed)
        file.parent.mkdir(exist_ok=True)
        _finish(printed, file, wave, loaded)
    for published in edition.rglob("*.html"):
        text = published.read_text(encoding="utf-8")
        if _PLACE.search(text):
            up = "../" * (len(published.relative_to(edition).parts) - 1)
            published.write_text(linked(text, f"{up}{FOLDER}/{file.name}", file), encoding="utf-8")
    return file


def linked(page: str, target: str, file: Path) -> str:
    """Return a page with a link to the PDF, its length and its weight, at every place that is kept for one."""
    with pikepdf.open(file) as document:
        sheets = len(document.pages)
    weight = f"{number(file.stat().st_size / 1e6, 1)}{NBSP}Mo"
    link = (
        f'<a class="livre-pdf" href="{target}" type="application/pdf" download>'
        f"Le livre en PDF ({count(sheets, 'page', 'pages')}, {weight})</a>"
    )
    return _PLACE.sub(lambda place: f"{place[1]}{link}{place[2]}", page)


def _document(wave: str, loaded: Wave, book: tuple[Part, ...], edition: Path, pages: dict[str, int]) -> str:
    about = loaded.about
    front = BeautifulSoup((edition / "chapters" / "00_synthese.html").read_text(encoding="utf-8"), "lxml")
    sheets = [link["href"] for link in front.select("link[rel~=stylesheet][href]") if not link.find_parent("noscript")]
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(paths.PRINT), autoescape=True)
    environment.filters["css"] = lambda text: jinja2.utils.markupsafe.Markup(css_text(text).replace("<", "\\3c "))
    return environment.get_template("livre.html").render(
        title=about.titre,
        edition=wave,
        organiser=about.organisateur,
        fictional=about.fictif,
        mark="Données fictives",
        warning=typeset("Données fictives : cette édition ne décrit aucune commune réelle."),
        survey=f"{about.organisateur}, {period(about.periode.debut, about.periode.fin)}",
        answers=f"{count(about.communes, 'commune', 'communes')} sur {number(about.invites)}",
        address=address(front).rsplit("chapters/", 1)[0],
        sheets=[
            *((edition / "chapters" / sheet).resolve().as_uri() for sheet in (s.split("?")[0] for s in sheets)),
            (paths.PRINT / "livre.css").as_uri(),
        ],
        parts=book,
        titles={about.titre, *(chapter.title for chapter in chapters(book))},
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


def _places(printed: Path) -> dict[str, int]:
    """Return on which page every place stands that some link leads to."""
    with pikepdf.open(printed) as document:
        numbers = {page.objgen: number for number, page in enumerate(document.pages, 1)}
        places = document.Root.get("/Dests", {})
        return {name.lstrip("/"): numbers[place[0].objgen] for name, place in places.items()}


def _finish(printed: Path, into: Path, wave: str, loaded: Wave) -> None:
    """Say in the PDF whose it is and how to open it, and pack it: its tags weigh four times what they must."""
    about = loaded.about
    with pikepdf.open(printed) as document:
        artifacts.mark(document)
        # When it was printed is left out: the same book gives the same file.
        document.trailer.Info = document.make_indirect(pikepdf.Dictionary())
        document.docinfo["/Title"] = about.titre
        document.docinfo["/Author"] = about.organisateur
        document.docinfo["/Subject"] = f"Édition {wave}{'. Données fictives' if about.fictif else ''}"
        document.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        document.Root.PageMode = pikepdf.Name.UseOutlines
        packed = pikepdf.ObjectStreamMode.generate
        document.save(into, object_stream_mode=packed, deterministic_id=True)
