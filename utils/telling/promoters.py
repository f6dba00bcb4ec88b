"""Sentences on the net promoter score of a rated item, and on how two groups or two editions differ by it."""

__all__ = ["NAME", "net_score", "scores_apart", "signed"]

from utils import french
from utils.french import typeset
from utils.statistics.intervals import LEVEL, Interval
from utils.statistics.promoters import net_interval
from utils.survey.contrasts import Contrast
from utils.survey.results import LikertResult
from utils.telling.figures import figure, named, number, percent, sentence, span
from utils.telling.verdicts import tested

NAME = "score net de recommandation (NPS)"
_LEVEL = percent(LEVEL, of=None)


def signed(net: float, *, of: str = NAME) -> str:
    """Write a score (-1..1) in points, with its sign."""
    points = french.rounded(net)
    return figure(f"{'+' if points > 0 else ''}{french.number(points)}", net, of)


@sentence
def net_score(result: LikertResult) -> str:
    """Tell the net promoter score of an item and what makes it; empty text where its scale makes none, or of nobody.

    Examples
    --------
    « Score net de recommandation (NPS) : +15, soit 40 % de promoteurs (notes 9 et 10) moins 25 % de détracteurs (0 à
    6) ; les autres, passifs, n’y comptent pas. De −100, quand tous déconseillent, à +100, quand tous recommandent ;
    intervalle à 95 % : −1 à 30 points. »
    """
    if not result.scale.indice or not result.answers.n:
        return ""
    up = percent(result.agree, of="part de promoteurs")
    down = percent(result.disagree, of="part de détracteurs")
    shown = french.rounded(result.agree) - french.rounded(result.disagree)
    before = "" if shown == french.rounded(result.net) else " (avant arrondi)"
    around = net_interval(result.rated)
    return typeset(
        f"Score net de recommandation (NPS) : {signed(result.net)}, soit {up} de promoteurs (notes 9 et 10) moins "
        f"{down} de détracteurs (0 à 6){before} ; les notes 7 et 8 n’y comptent pas. Il va de −100, si tous étaient "
        f"détracteurs, à +100, si tous étaient promoteurs ; intervalle à {_LEVEL} : {_ends(around)}."
    )


def _ends(around: Interval) -> str:
    return span(around.low * 100, around.high * 100, "", of=f"intervalle à {_LEVEL} du {NAME}")


@sentence
def scores_apart(pair: Contrast) -> str:
    """Tell whether two groups differ by their net promoter scores; empty text where the scale makes none."""
    if not pair.active.scale.indice or pair.withheld:
        return ""
    found = pair.net_gap
    if found is None:
        return "NPS : trop peu de réponses pour comparer les deux groupes."
    told = (
        f"{signed(side.net, of=named(side.source, NAME))} pour les {side.noun.plural}"
        for side in (pair.active, pair.other)
    )
    ends = span(found.interval.low * 100, found.interval.high * 100, "points", of="intervalle de l’écart des NPS")
    gap = number(abs(french.rounded(found.gap)), of="écart des NPS")
    said = f"NPS : {' et '.join(told)}, soit {gap} points d’écart (intervalle à {_LEVEL} : {ends})."
    if found.p != found.p:
        return typeset(f"{said} Toutes les notes sont du même côté : il n’y a rien à tester.")
    return typeset(f"{said} {tested(found.p, pair.corrected('net'), 'l’écart des deux NPS', 'valeur p des NPS')}")
