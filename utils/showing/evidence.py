"""Tables of evidence: tests, effects, residuals, robustness and ranks, for whoever wants to check a verdict."""

__all__ = [
    "changes",
    "effects",
    "option_tests",
    "pairs",
    "ranks",
    "residuals",
    "robustness",
    "tests",
]

import math
from collections.abc import Sequence

import pandas as pd

from utils.french import MISSING, capitalise, listing, typeset
from utils.showing.origins import Origin
from utils.showing.tables import (
    INTERVAL,
    SUMMARIES,
    SUMMARY,
    Table,
    interval,
    item_names,
    net_scores,
    share,
    statistic,
    summary,
)
from utils.statistics.compare import ALPHA, Association
from utils.statistics.ranking import CRITERIA
from utils.survey.codebook import Source
from utils.survey.evolution import Change
from utils.survey.items import Family
from utils.survey.results import HIDDEN
from utils.survey.sizes import OptionsByStratum
from utils.telling import trends
from utils.telling.figures import NOTHING, difference, number, p_value, percent, points, sentence, span
from utils.telling.kinds import between

# Two kinds of communes, over several questions.
_BOTH = {"source": Source(base="communes"), "files": (Origin.ANSWERS,)}
_METHODS = {"chi_square": "", "fisher": " (Fisher)", "monte_carlo": " (simulé)"}
_TESTS = {
    "mann_whitney": "Mann-Whitney, correction de continuité",
    "mann_whitney_plain": "Mann-Whitney, sans correction",
    "brunner_munzel": "Brunner-Munzel",
    "welch": "t de Welch, variances inégales",
    "student": "t de Student, variances égales",
    "permutation": "Permutation des moyennes",
    "chi_square": "Khi-deux de Pearson",
    "g": "Rapport de vraisemblance (G)",
    "yates": "Khi-deux, correction de Yates",
    "fisher": "Test exact de Fisher",
}
_SCALES = {
    "scores": "tous les scores",
    "groups": "groupes de scores",
    "sides": "désaccord, milieu, accord",
    "agree": "accord ou non",
    "disagree": "désaccord ou non",
    "upper_half": "moitié haute ou basse",
}
_CRITERIA = dict(zip(CRITERIA, ("la moyenne", "la médiane", "l’accord"), strict=True))


def _p(value: float) -> str:
    return MISSING if pd.isna(value) else p_value(value)


@sentence
def _tested(test: Association) -> str:
    return _p(test.p) + _METHODS.get(test.method, "")


def pairs(family: Family) -> Table:
    """Return the summary of rated items for two groups, a row each."""
    names = item_names([pair.active for pair in family.pairs])
    results = [result for pair in family.pairs for result in (pair.active, pair.other)]
    more, scores = net_scores(results)
    return Table(
        "Accord, désaccord et centre des réponses, par groupe de communes",
        ("Affirmation et groupe", *SUMMARY, *more),
        tuple(
            (f"{names[result.question.id]}, {result.noun.plural}", *summary(result), *own)
            for result, own in zip(results, scores, strict=True)
        ),
        **_BOTH,
        method=SUMMARIES,
    )


def tests(family: Family) -> Table:
    """Return, for each rated item, the gap between the groups and its tests, raw and corrected for the whole book."""
    rows = []
    for pair in family.pairs:
        rows.append(
            (
                pair.active.question.libelle,
                MISSING if pd.isna(pair.gap) else points(pair.gap, signed=True),
                interval(pair.gap_interval, "points"),
                statistic(pair.sides.statistic, 1),
                number(pair.sides.df),
                _tested(pair.sides),
                _p(pair.corrected("sides")),
                _p(pair.order.p),
                _p(pair.corrected("order")),
                _tested(pair.groups),
                _tested(pair.scores),
            )
        )
    return Table(
        f"Écart {between(family.kinds)}, et tests",
        (
            *("Affirmation", "Écart d’accord", INTERVAL, "χ² (accord, milieu, désaccord)", "Degrés de liberté"),
            *("p", "p corrigée", "p de Mann-Whitney", "p de Mann-Whitney, corrigée"),
            *("p, groupes de scores", "p, tous les scores"),
        ),
        tuple(rows),
        **_BOTH,
        method="khi-deux, Mann-Whitney ; correction de Holm sur toutes les comparaisons du livre",
    )


def effects(family: Family) -> Table:
    """Return, for each rated item, the size of the difference with its intervals, and what could be detected."""
    rows = []
    for pair in family.pairs:
        sides, order = pair.sides, pair.order
        gap = pair.detectable_gap
        rows.append(
            (
                pair.active.question.libelle,
                statistic(sides.corrected_v, 2),
                interval(sides.v_interval, "", 2),
                statistic(order.delta, 2),
                interval(order.delta_interval, "", 2),
                share(order.superiority),
                interval(order.interval),
                MISSING if gap is None else points(math.ceil(gap * 100) / 100),
            )
        )
    return Table(
        "Taille de l’écart, et écart d’accord décelable au moins quatre fois sur cinq",
        (
            *("Affirmation", "V de Cramér, corrigé du biais", f"V, {INTERVAL.lower()}"),
            *("Delta de Cliff", f"Delta, {INTERVAL.lower()}"),
            *("Probabilité de supériorité", f"Supériorité, {INTERVAL.lower()}"),
            "Écart d’accord décelable",
        ),
        tuple(rows),
        **_BOTH,
        method="V de Cramér, delta de Cliff, probabilité de supériorité, puissance du khi-deux",
    )


def residuals(family: Family) -> Table:
    """Return, for each rated item, the adjusted residual of the first group of communes in every group of scores."""
    first, second = family.kinds.groupes
    # A column for each run of scores that some item's scale tells together; an item has those of its own scale.
    heads = sorted({(group.scores, group.libelle) for pair in family.pairs for group in pair.active.scale.groupes})
    rows = []
    for pair in family.pairs:
        found = pair.groups.residuals.loc[pair.active.base]
        own = {(group.scores, group.libelle): found[group.id] for group in pair.active.scale.groupes}
        rows.append((pair.active.question.libelle, *(statistic(own.get(head, float("nan")), 1) for head in heads)))
    return Table(
        f"Résidus ajustés des {first.noun.plural}, par groupe de scores (positif : plus souvent que les "
        f"{second.short})",
        ("Affirmation", *(f"Scores {label}" for _, label in heads)),
        tuple(rows),
        **_BOTH,
        method="résidus ajustés du khi-deux",
    )


def robustness(family: Family) -> Table:
    """Return the p-value of every rated item under every specification, and how many give one verdict."""
    specified = {pair.active.question.id: {(s.test, s.scale): s for s in pair.specifications} for pair in family.pairs}
    keys = list(dict.fromkeys(key for found in specified.values() for key in found))
    rows = [
        (
            f"{_TESTS[test]} : {_SCALES[scale]}",
            *(_p(found[test, scale].p) if (test, scale) in found else MISSING for found in specified.values()),
        )
        for test, scale in keys
    ]
    rows.append(
        (
            f"Sous le seuil de {percent(ALPHA)}, sans correction",
            *(f"{pair.below} sur {len(pair.specifications)}" for pair in family.pairs),
        )
    )
    return Table(
        "Valeur p de chaque comparaison, selon la spécification",
        ("Test et lecture de l’échelle", *(pair.active.question.libelle for pair in family.pairs)),
        tuple((typeset(first), *rest) for first, *rest in rows),
        **_BOTH,
        method="valeur p de chaque test, pour chaque lecture de l’échelle",
    )


def ranks(family: Family) -> Table:
    """Return the rank of every item, called an obstacle if all are, in each group by each criterion, with interval."""
    noun = "obstacle" if family.obstacles.groups == family.groups else "affirmation"
    of = {result.base: result.noun.plural for group in family.groups for result in group}
    labels = {result.question.id: result.question.libelle for group in family.groups for result in group}
    rows = []
    for base, found in family.rankings.items():
        cells = found.set_index(["item", "criterion"])
        for name in dict.fromkeys(found.sort_values("rank", kind="stable")["item"]):
            ranked = [cells.loc[(name, criterion)] for criterion in CRITERIA]
            rows.append((f"{labels[name]}, {of[base]}", *map(_ranked, ranked)))
    return Table(
        typeset(f"Rang de chaque {noun} (entre parenthèses : {INTERVAL.lower()})"),
        (f"{capitalise(noun)} et groupe", *(f"Selon {criterion}" for criterion in _CRITERIA.values())),
        tuple(rows),
        **_BOTH,
        method="rangs, et intervalles par rééchantillonnage des communes",
    )


@sentence
def _ranked(cell: pd.Series) -> str:
    return f"{number(cell['rank'])} ({span(cell['low'], cell['high'], '')})"


def option_tests(split: OptionsByStratum) -> Table:
    """Return the test of every option on the order of the sizes, and of the study's hypothesis, raw and corrected."""
    rows = []
    for option, strata in split.splits.items():
        told = (HIDDEN,) * 4
        if not strata.hidden:
            order = strata.order
            told = (_p(order.p), _p(strata.corrected), statistic(order.delta, 2), interval(order.delta_interval, "", 2))
        rows.append((capitalise(typeset(split.whole.label(option))), *told))
    if split.hypothesis:
        two = split.hypothesis
        told = (HIDDEN,) * 4 if two.hidden else (_tested(two.test), _p(two.corrected), MISSING, MISSING)
        label = f"{split.whole.label(two.option)} : {listing(two.labels.values())}"
        rows.append((capitalise(typeset(label)), *told))
    header = ("Réponse", "p", "p corrigée", "Delta de Cliff", f"Delta, {INTERVAL.lower()}")
    caption = typeset(f"{split.whole.question.libelle}, selon la taille : un test par réponse")
    among = f"entre {split.division.pluriel} ou tailles"
    method = f"Mann-Whitney sur l’ordre des tailles ; correction de Holm sur tous les écarts {among}"
    files = (Origin.ANSWERS, Origin.STRATA)
    return Table(caption, header, tuple(rows), source=split.source, files=files, method=method)


def changes(found: Sequence[Change]) -> Table:
    """Return every share that was compared, with its change and its test."""
    rows = [
        (
            trends.label(c),
            trends.with_size(c, before=True),
            trends.with_size(c),
            difference(c.now, c.before, signed=True),
            span(c.interval.low, c.interval.high, "points"),
            MISSING if c.p != c.p else p_value(c.p),
            MISSING if c.corrected != c.corrected else p_value(c.corrected),
        )
        for c in found
    ]
    header = ("Part", "Édition précédente (n)", "Cette édition (n)", "Écart", INTERVAL, "p", "p, corrigé")
    method = "écart de deux parts, intervalle de Newcombe, test exact si les effectifs sont petits ; p corrigé"
    files = (Origin.ANSWERS, Origin.BEFORE)
    caption = "Parts comparables d’une édition à l’autre"
    return Table(caption, header, tuple(rows), source=NOTHING, files=files, method=method)
