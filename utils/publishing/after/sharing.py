"""What a page tells those who show it elsewhere: search engines, messages, social networks."""

__all__ = ["PICTURES", "introduce", "sitemap_of", "whole_title"]

from html import escape
from pathlib import Path

from lxml import html

from utils.french import typeset
from utils.publishing.after import previews
from utils.publishing.after.descriptions import summary
from utils.publishing.after.pages import Page
from utils.publishing.hosting import presentation, sitemap
from utils.survey.wave import Wave

PICTURES = "apercus"
INVENTED = "Données fictives"


def introduce(page: Page, wave: Wave, address: str, folder: Path, first: str) -> None:
    """Give a page its title, description, picture and address.

    Parameters
    ----------
    page : Page
    wave : Wave
    address : str
        Of the edition.
    folder : Path
        Of the edition's pages.
    first : str
        The name of the edition's first page.
    """
    fictional, title = wave.about.fictif, html.fromstring(page.title).text_content()
    # A page that serves the book has nothing of its own to tell.
    body = page.tree if page.is_chapter else "<p></p>"
    said = summary(body, presentation(wave), f"{INVENTED}." if fictional else "")
    notice = f"{INVENTED} : aucune commune réelle n’est décrite." if fictional else ""
    shown, book = said.finding or said.description, typeset(wave.about.titre)
    picture = f"{PICTURES}/{page.name}.png"
    drawn = previews.preview(title, shown, book, f"Édition {wave.id}", typeset(notice))
    (folder / picture).parent.mkdir(parents=True, exist_ok=True)
    (folder / picture).write_bytes(drawn)
    properties = {
        "og:title": _own_title(wave, title),
        "og:description": said.description,
        "og:type": "website" if page.name == first else "article",
        "og:url": f"{address}{page.name}.html",
        "og:locale": "fr_BE",
        "og:site_name": book,
        "og:image": f"{address}{picture}",
        "og:image:type": "image/png",
        "og:image:width": str(previews.SIZE[0]),
        "og:image:height": str(previews.SIZE[1]),
        "og:image:alt": typeset(f"{f'{INVENTED}. ' if notice else ''}{title}. {shown}"),
    }
    tags = [_meta("name", "description", said.description)]
    tags += [_meta("name", "robots", "noindex")] if fictional else []
    tags += [_meta("property", name, content) for name, content in properties.items()]
    tags.append(_meta("name", "twitter:card", "summary_large_image"))
    tags.append(f"<title>{escape(whole_title(wave, title, first=page.name == first))}</title>")
    page.replace(f"<title>{page.title}</title>", "\n    ".join(tags))


def _own_title(wave: Wave, title: str) -> str:
    """Return the title of a page without that of its book, but not without the word that its data is invented."""
    return typeset(f"{title} ({INVENTED.lower()})" if wave.about.fictif else title)


def whole_title(wave: Wave, title: str, *, first: bool) -> str:
    """Return the title of a page, its book and its edition; the first page bears the name of the book.

    One of invented data says so even there.
    """
    book = typeset(f"{wave.about.titre}, édition {wave.id}")
    alone = first and title == wave.about.titre and not wave.about.fictif
    return book if alone else f"{_own_title(wave, title)} — {book}"


def _meta(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{escape(name)}" content="{escape(content)}">'


def sitemap_of(pages: list[Page], address: str) -> str:
    """Return the list of an edition's chapters for search engines."""
    return sitemap(f"{address}{page.name}.html" for page in pages if page.is_chapter)
