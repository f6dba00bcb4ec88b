"""A share as counted, and as each weighting estimates it for all communes asked."""

__all__ = ["estimates"]

from utils.french import MISSING
from utils.showing.origins import Origin
from utils.showing.tables import INTERVAL, Table, interval, share
from utils.statistics.intervals import Interval
from utils.statistics.weighting import Estimate
from utils.survey.results import HIDDEN
from utils.survey.strata import Strata
from utils.telling.figures import figure, percent, sentence


def estimates(raw: Strata, weighted: dict[str, Estimate | None], ends: Interval | None = None) -> Table:
    """Return a share as counted and as each weighting estimates it for all communes asked.

    Parameters
    ----------
    raw : Strata
        Any split of the share that is estimated; told by its whole.
    weighted : dict
        Estimate by margin used; None where a stratum has too few answers.
    ends : Interval, optional
        The least and the greatest that the share could be, whatever the absent are.
    """
    untold = HIDDEN if raw.hidden else MISSING
    told = (HIDDEN, HIDDEN) if raw.withheld else (share(raw.overall), interval(raw.overall_interval))
    province = raw.division.le
    named = {
        "taille": "Redressée selon la taille",
        "province": f"Redressée selon {province}",
        "calage": f"Calée sur la taille et {province}",
    }
    rows = [("Brute, parmi les communes participantes", *told)]
    rows += [
        (named[by], *((share(found.share), interval(found.interval)) if found else (untold, untold)))
        for by, found in weighted.items()
    ]
    if ends:
        rows.append(("Bornes, sans rien supposer des absentes", _bounds(ends), "–"))
    return Table(
        "Part de communes actives, brute et redressée",
        ("Estimation", "Part", INTERVAL),
        tuple(rows),
        source=raw.source,
        files=(Origin.ANSWERS, Origin.FRAME),
        method="part brute ; poststratification et calage sur les communes interrogées",
    )


@sentence
def _bounds(ends: Interval) -> str:
    return figure(f"{percent(ends.low, of=None)} à {percent(ends.high, of=None)}", (ends.low, ends.high), "bornes")
