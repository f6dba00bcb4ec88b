"""What simulations have measured of the book's own rules, as a table and in a sentence."""

__all__ = ["coverage", "coverage_summary", "false_claims", "false_claims_summary"]

import pandas as pd

from utils.french import capitalise, typeset
from utils.showing.origins import Origin
from utils.showing.tables import Table
from utils.statistics.intervals import LEVEL
from utils.telling.figures import NOTHING, number, percent
from utils.telling.markup import Markup, bullets, markup

_INTERVALS = {
    "part_population": "part d’une population (hypergéométrique)",
    "part": "part (Wilson)",
    "ecart": "écart de deux parts (Newcombe)",
    "mediane": "médiane (statistiques d’ordre)",
    "moyenne": "moyenne (bootstrap)",
    "superiorite": "probabilité de supériorité (DeLong)",
    "v_de_cramer": "V de Cramér (χ² décentré)",
    "redressee": "part redressée (intervalles des groupes réunis)",
    "calee": "part calée sur deux marges (Wilson, effectif équivalent)",
    "test_parts": "test de deux parts, muet quand elles sont égales",
    "test_ordre": "test de Mann-Whitney, muet quand rien ne diffère",
    "ecart_evolution": "écart entre deux éditions qui se recouvrent (Newcombe)",
    "test_evolution": "test de deux éditions qui se recouvrent, muet quand rien ne bouge",
    "nps": "score net de recommandation (Tango)",
    "ecart_nps": "écart de deux scores nets de recommandation (MOVER)",
    "test_nps": "test de deux scores nets de recommandation, muet quand ils sont égaux",
    "rang_moyen": "rang moyen (Student)",
    "test_friedman": "test de Friedman, muet quand tous les ordres sont aussi fréquents",
    "test_devant": "comparaisons de deux rangs, muettes quand aucune réponse n’est devant une autre",
}
_TOGETHER = "ensemble"
_KINDS = {
    "levels": "une part est une majorité, ou vient en tête",
    "contrasts": "{kinds} répondent autrement",
    "strata": "une réponse varie d’un groupe de communes à l’autre",
    "waves": "quelque chose a changé",
    _TOGETHER: "l’un ou l’autre",
}
_BOOKS = {"2017": "effectifs d’une étude", "demo": "réponses une à une, questions de tous les types"}


def coverage(measured: pd.DataFrame) -> Table:
    """Return how often each kind of interval holds the truth, and each test stays silent: least, mean and greatest."""
    rows = []
    for (kind, n), found in measured.groupby(["intervalle", "n"], sort=False):
        ends = (found["couverture"].min(), found["couverture"].mean(), found["couverture"].max())
        # What is computed over every possible sample is not drawn.
        draws = number(int(found["tirages"].sum())) if found["tirages"].any() else "tous les échantillons"
        rows.append((capitalise(_INTERVALS[kind]), n, number(len(found)), draws, *(percent(end, 1) for end in ends)))
    return Table(
        "Part des échantillons dont l’intervalle contient la vraie valeur, ou dont le test ne se trompe pas",
        ("Intervalle", "n", "Populations", "Tirages", "Au moins", "En moyenne", "Au plus"),
        tuple(rows),
        source=NOTHING,
        files=(Origin.MEASURED,),
        method="part des échantillons simulés, ou de tous les échantillons possibles",
    )


def coverage_summary(measured: pd.DataFrame) -> Markup:
    """Tell which intervals and tests keep their promise wherever they were tried, and the worst cell of the others."""
    error = 2 * (LEVEL * (1 - LEVEL) / measured["tirages"].where(measured["tirages"] > 0)) ** 0.5  # of a simulation
    short = measured["couverture"] < LEVEL - error.fillna(0).clip(lower=0.005)  # less would be printed as the promise
    worst = measured.loc[measured.groupby("intervalle", sort=False)["couverture"].idxmin()]
    falling = set(measured.loc[short, "intervalle"])
    kept = [_INTERVALS[kind] for kind in worst["intervalle"] if kind not in falling]
    told = [
        f"{_INTERVALS[cell.intervalle]}, {percent(cell.couverture)} "
        f"({f'{cell.population}, ' if ' ' in cell.population else ''}n = {cell.n})"
        for cell in worst.itertuples()
        if cell.intervalle in falling
    ]
    said = []
    if kept:
        kept_is = "Tiennent partout leurs {level}, arrondi et erreur de simulation à part :"
        said += [markup(kept_is, level=percent(LEVEL, of=None)), _listed(kept)]
    if told:
        said += [markup("Les autres s’en approchent d’ordinaire ; dans le pire des cas essayés :"), _listed(told)]
    return Markup("\n\n".join(said))


def _listed(items: list[str]) -> Markup:
    return bullets([f"{item}{'.' if item is items[-1] else ' ;'}" for item in items])


def false_claims(measured: pd.DataFrame, kinds: str = "communes actives et autres") -> Table:
    """Return which share of books in which nothing differs claims something: without correction, and with it.

    Parameters
    ----------
    measured : DataFrame
        See `reading.measured.false_claims`.
    kinds : str
        What the two kinds of communes are called that an edition compares.
    """
    rows = [
        (
            capitalise(_KINDS[found.genre].format(kinds=kinds)),
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
        source=NOTHING,
        files=(Origin.CLAIMED,),
        method="part des livres simulés",
    )


def false_claims_summary(measured: pd.DataFrame) -> str:
    """Tell between which shares of invented books make a false claim of any kind, without correction and with it."""
    together = measured[measured["genre"] == _TOGETHER]
    alone, ruled = (together[how].agg(["min", "max"]) for how in ("sans_correction", "fausses"))
    return typeset(
        f"De tels livres, {percent(alone['min'], of=None)} à {percent(alone['max'], of=None)} annonceraient un écart "
        f"sans correction ; avec elle, {percent(ruled['max'], 1, of=None)} au plus."
    )
