"""Numbers and ranks in two waves, as a table."""

__all__ = ["table"]

from collections.abc import Sequence

from utils.french import MISSING
from utils.showing.origins import Origin
from utils.showing.tables import Table
from utils.survey.numbers import NumberResult
from utils.survey.rankings import RankResult
from utils.survey.shifts import WaveShift
from utils.telling import figures
from utils.telling.figures import NOTHING, number, p_value, percent, sentence
from utils.telling.shifts import level, named


def table(found: Sequence[WaveShift]) -> Table:
    """Return every number and every ranked option that two waves asked: where it stood, where it stands, its test."""
    rows = [
        (
            named(one),
            _with_size(one, one.before),
            _with_size(one, one.now),
            percent(one.test.superiority) if one.test.p == one.test.p else MISSING,
            p_value(one.test.p) if one.test.p == one.test.p else MISSING,
            p_value(one.corrected) if one.corrected == one.corrected else MISSING,
        )
        for one in found
    ]
    header = ("Nombre ou rang", "Édition précédente (n)", "Cette édition (n)", "Supériorité", "p", "p, corrigé")
    return Table(
        "Nombres et rangs d’une édition à l’autre : classe de la médiane, ou rang moyen",
        header,
        tuple(rows),
        source=NOTHING,
        files=(Origin.ANSWERS, Origin.BEFORE),
        method="probabilité qu’une réponse de cette édition soit la plus haute ; test de Mann-Whitney ; p corrigé",
    )


@sentence
def _with_size(found: WaveShift, result: NumberResult | RankResult) -> str:
    return f"{level(found, result)} ({number(result.answers.n, of=figures.named(result.source, 'nombre de réponses'))})"
