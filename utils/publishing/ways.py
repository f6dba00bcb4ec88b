"""The fields by which a reader enters the book from its first page."""

__all__ = ["commune", "search"]

from utils.offering.commune_page import PAGE
from utils.survey.wave import Wave


def search() -> str:
    """Return a field that searches the whole book."""
    return (
        '<form class="chercher" role="search" action="../search.html" method="get">'
        '<label for="chercher">Chercher dans le livre</label> '
        '<input id="chercher" type="search" name="q" autocomplete="off"> '
        '<button type="submit">Chercher</button></form>'
    )


def commune(wave: Wave) -> str:
    """Return the way to what communes like one's own answer: in one step, where they are known by name."""
    question = "Et ma commune\u202f?"
    if wave.communes is None:
        return f'<p class="chercher"><a href="{PAGE}.html">{question}</a></p>'
    return (
        f'<form class="chercher" aria-label="Trouver une commune" action="{PAGE}.html" method="get">'
        f'<label for="et-ma-commune">{question}</label> '
        '<input id="et-ma-commune" type="text" name="commune" placeholder="Nom ou code postal" autocomplete="off"> '
        '<button type="submit">Voir</button></form>'
    )
