"""Sentences about several answers to one question, each compared between sizes or between kinds of communes."""

__all__ = ["MIN_STRATUM", "chosen", "options_apart", "size_headline", "supposed", "too_few"]

from utils.french import listing, typeset
from utils.statistics.compare import ALPHA
from utils.survey.contrasts import ChoiceContrast
from utils.survey.numbers import NumberContrast
from utils.survey.rankings import RankContrast
from utils.survey.sizes import OptionsByStratum
from utils.telling import numbers, orders
from utils.telling.figures import count, named, number, percent, sentence
from utils.telling.kinds import according, between
from utils.telling.verdicts import (
    SPARSE,
    UNTESTED,
    WITHHELD,
    apart,
    association,
    share_within,
    spread,
    strata_headline,
)

MIN_STRATUM = 10  # a stratum of fewer answers is described, not tested on its own

# Names of statistics.
_MANY, _CHOSE, _ASKED = "nombre de tests", "communes qui citent la réponse", "communes de cette taille"


@sentence
def options_apart(split: OptionsByStratum | ChoiceContrast) -> str:
    """Name the options whose share differs between sizes or kinds of communes, once corrected for the whole book."""
    label = (split.whole if isinstance(split, OptionsByStratum) else split.active).label
    if isinstance(split, ChoiceContrast) and split.withheld:
        return UNTESTED
    possible = split.tests.dropna()
    silent = [name for name, one in split.splits.items() if one.hidden] if isinstance(split, OptionsByStratum) else []
    if possible.empty:
        if not silent and _weighted(split):
            return typeset(SPARSE)
        return UNTESTED if silent else "Aucun test n’est possible : il n’y a rien à comparer."
    different = [f"« {label(option)} »" for option, p in possible["corrected"].items() if apart(p)]
    kinds = split.kinds if isinstance(split, ChoiceContrast) else None
    with_, whose = (according(kinds), between(kinds)) if kinds else ("la taille", _between_strata(split))
    tests = "Un test par réponse" + (" sur l’ordre des tailles" if not kinds else "")
    among = f"{count(len(split.family), 'test', 'tests', of=_MANY)} que le livre fait {whose}"
    many = f"{tests}, corrigé pour {'les' if len(split.family) > 1 else 'le'} {among}"
    said = (
        f"{many} : la part varie selon {with_} pour {listing(different)}."
        if different
        else (
            f"{many} : aucune part ne varie au-delà de ce que le hasard explique d’ordinaire, "
            "ce qui ne prouve pas qu’elles soient égales."
        )
    )
    if silent:
        untold = listing(f"« {label(option)} »" for option in silent)
        said += f" Non testé, car une partie des effectifs n’est pas publiée : {untold}."
    sparse = [f"« {label(name)} »" for name in split.tests.index if name not in [*silent, *possible.index]]
    if sparse and _weighted(split):
        said += f" Non testé, car trop peu de réponses le permettent pour des poids aussi inégaux : {listing(sparse)}."
    return typeset(said)


def _between_strata(split: OptionsByStratum) -> str:
    return f"entre {split.division.pluriel} ou tailles"


def _weighted(split: OptionsByStratum | ChoiceContrast) -> bool:
    results = split.results.values() if isinstance(split, OptionsByStratum) else (split.active, split.other)
    return any(result.weighted for result in results)


@sentence
def size_headline(split: OptionsByStratum) -> str:
    """Tell of one option what sizes change: that of the study's hypothesis, or else the most chosen one."""
    two = split.hypothesis
    if two and not two.hidden:
        # A hypothesis that is old may be near: what its own test says is worth a second look.
        near = {"otherwise": "un écart à confirmer"} if two.claim.p < ALPHA else {}
        return spread(two, f"la part de « {split.whole.label(two.option)} »", **near)
    top = next(option for option in split.whole.ranked.index if option in split.splits)
    return strata_headline(split.splits[top], f"la part de « {split.whole.label(top)} »")


@sentence
def supposed(split: OptionsByStratum) -> str:
    """Tell what the study supposes of small and large communes, and what the wave says to it; empty text if nothing."""
    two = split.hypothesis
    if two is None:
        return ""
    small, large = two.labels.values()
    what = f"« {split.whole.label(two.option)} »"
    said = f"Hypothèse de l’étude : {what} sépare les communes de {large} des communes de {small}."
    if two.hidden:
        return typeset(f"{said} {UNTESTED}")
    if not two.shares.isna().any():
        first, second = (
            f"{share_within(two, [side])} {whom} ({number(told, of=_CHOSE)} sur {number(told + other, of=_ASKED)})"
            for (side, (told, other)), whom in zip(
                two.counts.iloc[::-1].iterrows(), ("des premières", "des secondes"), strict=True
            )
        )
        said += f" Le citent {first}, et {second}."
    said += f" {association(two.test, two.corrected)}"
    if two.claim.p < ALPHA and not apart(two.corrected):
        said += (
            f" À lui seul, ce test passerait le seuil de {percent(ALPHA, of=None)} ; compté parmi les "
            f"{count(len(two.family), 'test', 'tests', of=_MANY)} que le livre fait {_between_strata(split)}, non : "
            "une autre édition peut en décider."
        )
    return typeset(said)


@sentence
def too_few(split: OptionsByStratum) -> str:
    """Name the strata that are described only, as too few of their communes answered; empty text if there is none."""
    if split.withheld:
        return WITHHELD
    small = [
        f"{next(iter(split.splits.values())).labels[stratum]} "
        f"(n = {number(result.answers.n, of=named(result.source, 'nombre de réponses'))})"
        for stratum, result in split.results.items()
        if result.answers.n < MIN_STRATUM and not result.withheld
    ]
    if not small:
        return ""
    return typeset(
        f"Trop peu de communes pour tester {'ces groupes' if len(small) > 1 else 'ce groupe'} à part, "
        f"{'leurs' if len(small) > 1 else 'ses'} parts sont seulement décrites : {listing(small)}."
    )


@sentence
def chosen(pair: ChoiceContrast) -> str:
    """Tell whether the two groups choose differently: over all options, or option by option."""
    if isinstance(pair, NumberContrast):
        return numbers.apart(pair)
    if isinstance(pair, RankContrast):
        return orders.apart(pair)
    if pair.withheld:
        return UNTESTED
    if pair.active.question.single:
        return association(pair.association, pair.corrected("association"), "l’écart entre les deux répartitions")
    return options_apart(pair)
