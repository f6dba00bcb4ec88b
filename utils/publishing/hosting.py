"""The site as a host serves it: its address, and what stands at its root, before and beside the editions."""

__all__ = [
    "address",
    "doorway",
    "is_local",
    "not_found",
    "presentation",
    "robots",
    "site_address",
    "sitemap",
    "sitemap_of_editions",
]

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlsplit

import yaml

from utils import paths
from utils.french import period, typeset
from utils.publishing.failures import Failure
from utils.publishing.policy import guarded
from utils.showing.style import INK, QUIET, YES
from utils.survey.wave import Wave
from utils.telling.figures import count, number

LOCAL = (None, "localhost", "127.0.0.1")  # hosts that only the machine itself can ask
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
# These pages stand alone: whatever address a reader mistyped, they must not depend on files beside it.
_LOOK = f"""
:root {{ color-scheme: light dark; --encre: {INK}; --discrete: {QUIET}; --accent: {YES[0]}; --fond: #ffffff }}
@media (prefers-color-scheme: dark) {{
  :root {{ --encre: #e6e6e6; --discrete: #b5b5b5; --accent: #9be0d4; --fond: #14181e }}
}}
body {{
  margin: 0; background: var(--fond); color: var(--encre);
  font: 1.05rem/1.65 system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
}}
main {{ max-width: 40rem; margin: 12vh auto 4rem; padding: 0 1.25rem; border-top: 4px solid var(--accent) }}
h1 {{ font-size: 2rem; line-height: 1.25 }}
a {{ color: var(--accent) }}
form {{ display: flex; flex-wrap: wrap; gap: .5rem }}
label {{ flex-basis: 100% }}
input, button {{
  padding: .4rem .75rem; border: 1px solid var(--discrete); border-radius: 4px;
  background: var(--fond); color: inherit; font: inherit;
}}
button {{ border-color: var(--accent); background: var(--accent); color: var(--fond) }}
:focus-visible {{ outline: 3px solid var(--accent); outline-offset: 2px }}
"""


def is_local(address: str) -> bool:
    """Tell whether an address is that of this machine alone, or none.

    Examples
    --------
    >>> is_local("http://localhost:8000/2017/"), is_local("https://exemple.be/etude/2017/")
    (True, False)
    """
    return urlsplit(address).hostname in LOCAL


def site_address(url: str) -> str:
    """Return the address of the site's root as every other address starts: absolute, ending in a slash.

    Parameters
    ----------
    url : str
        As someone typed it.

    Raises
    ------
    ValueError
        Not an address that pages can be read at; the message says so in French.

    Examples
    --------
    >>> site_address("https://exemple.be/medias")
    'https://exemple.be/medias/'
    """
    try:
        parts = urlsplit(url)
        # `port` is read only here: a port that is no number raises when it is asked for.
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known or any(sign in url for sign in " \t\n\\\"'<>?#@"):
        expected = "attendu : une adresse complète, sans « ? » ni « # », comme https://exemple.be/livre/"
        raise ValueError(f"Adresse du site « {url} » ; {expected}")
    return f"{url.rstrip('/')}/"


def address(url: str = "") -> str:
    """Return the address of the site's root that was asked for or, where none was, that `_config.yml` says.

    Raises
    ------
    Failure
        It is none.

    Examples
    --------
    >>> address("https://exemple.be")
    'https://exemple.be/'
    """
    try:
        return site_address(url or yaml.safe_load(paths.CONFIG.read_text(encoding="utf-8"))["html"]["baseurl"])
    except ValueError as error:
        raise Failure(str(error)) from error


def presentation(wave: Wave) -> str:
    """Return what an edition is in one sentence: who answered, of how many, when; that it is invented, if it is."""
    about = wave.about
    whose = "Données fictives. L’usage des médias sociaux par des communes inventées"
    whose = whose if about.fictif else f"L’usage des médias sociaux par les communes {wave.codebook.territory.its}"
    answered = count(about.communes, "commune", "communes")
    when = period(about.periode.debut, about.periode.fin)
    return typeset(f"{whose} : les réponses de {answered} sur {number(about.invites)}, {when}.")


def doorway(title: str, description: str, target: str, canonical: str, icon: str, *, listed: bool = True) -> str:
    """Return a page that leads on at once, and says to those who do not follow where they are.

    Parameters
    ----------
    title, description : str
    target, icon : str
        Paths from where the page stands.
    canonical : str
        The address that `target` has once published.
    listed : bool
        Whether search engines may show it; not where the data is invented.
    """
    head = (
        f'<meta http-equiv="refresh" content="0; url={escape(target)}">\n'
        f'<link rel="canonical" href="{escape(canonical)}">\n'
    )
    body = (
        f'<h1>{escape(title)}</h1>\n<p>{escape(description)}</p>\n<p><a href="{escape(target)}">Ouvrir le livre</a></p>'
    )
    return _page(title, description, icon, head, body, listed=listed)


def not_found(address: str, editions: Sequence[tuple[str, str]], start: str) -> str:
    """Return the page that a host shows in the place of one that is not there, at whatever depth.

    Parameters
    ----------
    address : str
        Of the site's root.
    editions : sequence of (name, title)
        The newest first.
    start : str
        Where an edition starts, by its path from the edition's root.
    """
    # From the host's root: the page is shown under addresses of any depth.
    root = escape(urlsplit(address).path)
    newest, title = editions[0]
    links = "\n".join(
        f'<li><a href="{root}{escape(name)}/{escape(start)}">{escape(book)}, édition {escape(name)}</a></li>'
        for name, book in editions
    )
    body = (
        "<h1>Cette page n’existe pas</h1>\n"
        "<p>L’adresse est peut-être mal recopiée, ou la page a changé de nom d’une édition à l’autre.</p>\n"
        f'<form action="{root}{escape(newest)}/search.html" method="get" role="search">\n'
        '<label for="q">Chercher dans le livre</label>\n'
        '<input type="search" id="q" name="q">\n<button type="submit">Chercher</button>\n</form>\n'
        f"<p>Ou repartir du début :</p>\n<ul>\n{links}\n</ul>"
    )
    icon = f"{root}{escape(newest)}/_static/favicon.svg"
    told = "L’adresse demandée ne mène à aucune page de ce livre."
    return _page(f"Page introuvable — {title}", told, icon, "", body, listed=False)


def _page(title: str, description: str, icon: str, head: str, body: str, *, listed: bool) -> str:
    robots = "" if listed else '<meta name="robots" content="noindex">\n'
    return guarded(
        '<!doctype html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{escape(title)}</title>\n<meta name="description" content="{escape(description)}">\n'
        f'{robots}{head}<link rel="icon" href="{escape(icon)}">\n<style>{_LOOK}</style>\n</head>\n'
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def sitemap(addresses: Iterable[str]) -> str:
    """Return the list of an edition's pages, for search engines."""
    return _listing("urlset", "url", addresses)


def sitemap_of_editions(addresses: Iterable[str]) -> str:
    """Return the list of the editions' lists."""
    return _listing("sitemapindex", "sitemap", addresses)


def _listing(whole: str, part: str, addresses: Iterable[str]) -> str:
    lines = "\n".join(f"<{part}><loc>{escape(address)}</loc></{part}>" for address in addresses)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{whole} xmlns="{SITEMAP}">\n{lines}\n</{whole}>\n'


def robots(address: str) -> str:
    """Return what search engines read first: all may be read, and where the list of pages is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {address}sitemap.xml\n"
