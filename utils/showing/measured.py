"""What simulations have measured of the book's own rules, as a table and in a sentence."""

__all__ = ["false_claims", "false_claims_summary"]

import pandas as pd

from utils.french import capitalise, typeset
from utils.showing.tables import Table
from utils.telling.figures import number, percent

_TOGETHER = "ensemble"
_KINDS = {
    "levels": "une part est une majorité, ou vient en tête",
    "contrasts": "communes actives et autres répondent autrement",
    "strata": "une réponse varie selon la province ou la taille",
    "waves": "quelque chose a changé",
    _TOGETHER: "l’un ou l’autre",
}
_BOOKS = {"2017": "effectifs d’une étude", "demo": "réponses une à une, rien de caché"}


def false_claims(measured: pd.DataFrame) -> Table:
    """Return which share of books in which nothing differs claims something: without correction, and with it.

    Parameters
    ----------
    measured : DataFrame
        See `reading.measured.false_claims`.
    """
    rows = [
        (
            capitalise(_KINDS[found.genre]),
            _BOOKS[found.livre],
            number(found.tests),
            number(found.livres),
            percent(found.sans_correction, 1),
            percent(found.fausses, 1),
        )
        for found in measured.itertuples()
    ]
    return Table(
        "Part des livres inventés, sans aucun écart, qui en annoncent un",
        ("Annonce", "Livres", "Tests", "Livres inventés", "Sans correction", "Avec la règle du livre"),
        tuple((typeset(first), typeset(second), *rest) for first, second, *rest in rows),
    )


def false_claims_summary(measured: pd.DataFrame) -> str:
    """Tell between which shares of invented books make a false claim of any kind, without correction and with it."""
    together = measured[measured["genre"] == _TOGETHER]
    alone, ruled = (together[how].agg(["min", "max"]) for how in ("sans_correction", "fausses"))
    return typeset(
        f"De tels livres, {percent(alone['min'], of=None)} à {percent(alone['max'], of=None)} annonceraient un écart "
        f"sans correction ; avec elle, {percent(ruled['max'], 1, of=None)} au plus."
    )
