"""The site as a host serves it: the address that it has there."""

__all__ = ["site_address"]

from urllib.parse import urlsplit


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
