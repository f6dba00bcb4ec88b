"""A page for each size and each province, for whoever asks for a commune without a script: small, none of the book's.

Each is taken from the page of one's own commune, as it is published: it tells nothing more than that one.
"""

__all__ = ["FOLDER", "offer"]

from copy import deepcopy
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple

import jinja2
from lxml import html

from utils import paths
from utils.french import typeset
from utils.offering.commune_page import PAGE
from utils.publishing.after.pages import Page
from utils.publishing.after.sharing import INVENTED
from utils.survey.wave import Wave

FOLDER, TEMPLATE = "ma-commune", "alike.html"
_PLACE = "</p></noscript>"  # where the page says that its field asks for a script


class _Stratum(NamedTuple):
    """A size or a province: its heading's address, its heading, what is told below it, its table, its source."""

    id: str
    heading: str
    said: str
    table: str
    source: str


def offer(page: Page, wave: Wave, folder: Path) -> list[Page]:
    """Make a page for each size and each province, and list them where the field asks for a script.

    Parameters
    ----------
    page : Page
        A chapter; that of one's own commune is changed, of any other nothing is made.
    wave : Wave
    folder : Path
        Of the edition; there the pages begin, and wait for their style sheet.

    Returns
    -------
    list of Page
    """
    if page.name.rpartition("/")[2] != PAGE or _PLACE not in page.text:
        return []
    found, made = list(_strata(page.tree)), []
    (folder / FOLDER).mkdir(exist_ok=True)
    for one in found:
        target = folder / FOLDER / f"{one.id}.html"
        target.write_text(_alone(one, page, wave), encoding="utf-8")
        made.append(Page(target, folder))
    links = "".join(f'<li><a href="../{FOLDER}/{one.id}.html">{escape(one.heading)}</a></li>' for one in found)
    page.replace(_PLACE, f"</p><ul>{links}</ul></noscript>")
    return made


def _strata(page: html.HtmlElement) -> list[_Stratum]:
    """Return what a page tells under each heading of the third rank."""
    found = []
    for section in page.xpath("//section[h3]"):
        heading = section.find("h3").text.strip()
        (block,) = section.xpath(".//div[@class='preuves']")
        (table,) = section.xpath(".//table/parent::div")
        said = " ".join(paragraph.text_content() for paragraph in section.findall("p"))
        found.append(_Stratum(section.get("id"), heading, said, _plain(table), block.get("data-source")))
    return found


def _plain(table: html.HtmlElement) -> str:
    """Return a table's HTML without the links that lead elsewhere from the page where it stands."""
    table = deepcopy(table)
    table.tail = None
    for link in table.xpath(".//a"):
        link.drop_tag()
    return html.tostring(table, encoding="unicode")


def _alone(one: _Stratum, page: Page, wave: Wave) -> str:
    return _template().render(
        stratum=one,
        book=typeset(wave.about.titre),
        edition=wave.id,
        fictional=wave.about.fictif,
        warning=f"{INVENTED}. " if wave.about.fictif else "",
        back=f"../{page.name}.html",
    )


@cache
def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(paths.TEMPLATES)
    return jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined).get_template(TEMPLATE)
