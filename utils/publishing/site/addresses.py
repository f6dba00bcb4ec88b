"""Where each page stands once it is published."""

__all__ = ["canonical", "connect", "published", "within"]

from urllib.parse import quote

from sphinx.application import Sphinx
from sphinx.config import Config

from utils.publishing.hosting import is_local, site_address


def canonical(app: Sphinx, pagename: str) -> str:
    """Return the one address of a page, whatever it is being written into.

    Parameters
    ----------
    app : Sphinx
    pagename : str
        As Sphinx names the page: `chapters/22_presence`.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> app = SimpleNamespace(config=SimpleNamespace(html_baseurl="http://localhost:8000/2017/"))
    >>> canonical(app, "chapters/22_presence")
    'http://localhost:8000/2017/chapters/22_presence.html'
    """
    return within(app, f"{pagename}.html")


def published(app: Sphinx, pagename: str) -> str:
    """Return the address at which others can read a page; empty text while the book stands on its maker's machine.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> app = SimpleNamespace(config=SimpleNamespace(html_baseurl="http://localhost:8000/2017/"))
    >>> published(app, "chapters/22_presence")
    ''
    >>> app.config.html_baseurl = "https://exemple.be/2017/"
    >>> published(app, "chapters/22_presence")
    'https://exemple.be/2017/chapters/22_presence.html'
    """
    return "" if is_local(app.config.html_baseurl) else canonical(app, pagename)


def within(app: Sphinx, path: str) -> str:
    """Return the address of any file of the edition, given by its path from the edition's root."""
    return app.config.html_baseurl + quote(path)


def connect(app: Sphinx) -> None:
    """Give the edition its own base: `html.baseurl` is the site's, and each edition is a folder of the site."""
    app.connect("config-inited", _add_the_edition)


def _add_the_edition(app: Sphinx, config: Config) -> None:  # noqa: ARG001 (Sphinx passes both)
    config.html_baseurl = f"{site_address(config.html_baseurl)}{config.html_context['edition']}/"
