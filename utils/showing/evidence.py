"""Tables of evidence: tests, effects, residuals, robustness and ranks, for whoever wants to check a verdict."""

__all__ = [
    "changes",
    "coverage",
    "coverage_summary",
    "effects",
    "estimates",
    "option_tests",
    "pairs",
    "ranks",
    "residuals",
    "robustness",
    "tests",
]

from collections.abc import Sequence

import pandas as pd

from utils.french import MISSING, capitalise, typeset
from utils.showing.tables import INTERVAL, SUMMARIES, SUMMARY, Table, interval, item_names, share, statistic, summary
from utils.statistics.compare import ALPHA, Association
from utils.statistics.intervals import LEVEL
from utils.statistics.ranking import CRITERIA
from utils.statistics.weighting import Estimate
from utils.survey.codebook import BASES, Source
from utils.survey.contrasts import Family
from utils.survey.evolution import Change
from utils.survey.results import HIDDEN
from utils.survey.strata import OptionsByStratum, Strata
from utils.telling import trends
from utils.telling.figures import number, p_value, percent, points, span

_BOTH = Source(base="communes")  # active and non-active communes, over several questions
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
}
_WEIGHTS = {
    "taille": "Redressée selon la taille",
    "province": "Redressée selon la province",
    "calage": "Calée sur la taille et la province",
}


def _p(value: float) -> str:
    return MISSING if pd.isna(value) else p_value(value)


def _tested(test: Association) -> str:
    return _p(test.p) + _METHODS.get(test.method, "")


def pairs(family: Family) -> Table:
    """Return the summary of rated items for two groups, a row each."""
    names = item_names([pair.active for pair in family.pairs])
    return Table(
        "Accord, désaccord et centre des réponses, par groupe de communes",
        ("Affirmation et groupe", *SUMMARY),
        tuple(
            (f"{names[result.question.id]}, {result.noun.plural}", *summary(result))
            for pair in family.pairs
            for result in (pair.active, pair.other)
        ),
        source=_BOTH,
        method=SUMMARIES,
    )


def tests(family: Family) -> Table:
    """Return, for each rated item, the gap between the groups and its tests, raw and corrected for their number."""
    rows = []
    for pair in family.pairs:
        name = pair.active.question.id
        rows.append(
            (
                pair.active.question.libelle,
                MISSING if pd.isna(pair.gap) else points(pair.gap, signed=True),
                interval(pair.gap_interval, "points"),
                statistic(pair.sides.statistic, 1),
                number(pair.sides.df),
                _tested(pair.sides),
                *(_p(family.sides[how][name]) for how in ("holm", "bh")),
                *(_p(family.order[how][name]) for how in ("p", "holm", "bh")),
                _tested(pair.groups),
                _tested(pair.scores),
            )
        )
    return Table(
        "Écart entre communes actives et non actives, et tests",
        (
            *("Affirmation", "Écart d’accord", INTERVAL, "χ² (accord, milieu, désaccord)", "Degrés de liberté"),
            *("p", "p, Holm", "p, Benjamini-Hochberg"),
            *("p de Mann-Whitney", "p de Mann-Whitney, Holm", "p de Mann-Whitney, Benjamini-Hochberg"),
            *("p, groupes de scores", "p, tous les scores"),
        ),
        tuple(rows),
        source=_BOTH,
        method="khi-deux, Mann-Whitney ; corrections de Holm et de Benjamini-Hochberg",
    )


def effects(family: Family) -> Table:
    """Return, for each rated item, the size of the difference with its intervals, and what could be detected."""
    rows = []
    for pair in family.pairs:
        sides, order = pair.sides, pair.order
        gap, delta = pair.detectable_gap, pair.detectable_delta
        rows.append(
            (
                pair.active.question.libelle,
                statistic(sides.cramers_v, 2),
                interval(sides.v_interval, "", 2),
                statistic(sides.corrected_v, 2),
                statistic(order.delta, 2),
                interval(order.delta_interval, "", 2),
                share(order.superiority),
                interval(order.interval),
                MISSING if gap is None else points(gap),
                MISSING if delta is None else number(delta, 2, fixed=True),
            )
        )
    return Table(
        "Taille de l’écart, et plus petit écart décelable quatre fois sur cinq",
        (
            *("Affirmation", "V de Cramér", f"V, {INTERVAL.lower()}", "V corrigé du biais"),
            *("Delta de Cliff", f"Delta, {INTERVAL.lower()}"),
            *("Probabilité de supériorité", f"Supériorité, {INTERVAL.lower()}"),
            *("Écart d’accord décelable", "Delta décelable"),
        ),
        tuple(rows),
        source=_BOTH,
        method="V de Cramér, delta de Cliff, probabilité de supériorité, puissance",
    )


def residuals(family: Family) -> Table:
    """Return, for each rated item, the adjusted residual of active communes in every group of scores."""
    # A column for each run of scores that some item's scale tells together; an item has those of its own scale.
    heads = sorted({(group.scores, group.libelle) for pair in family.pairs for group in pair.active.scale.groupes})
    rows = []
    for pair in family.pairs:
        found = pair.groups.residuals.loc[pair.active.base]
        own = {(group.scores, group.libelle): found[group.id] for group in pair.active.scale.groupes}
        rows.append((pair.active.question.libelle, *(statistic(own.get(head, float("nan")), 1) for head in heads)))
    return Table(
        "Résidus ajustés des communes actives, par groupe de scores (positif : plus souvent que les non actives)",
        ("Affirmation", *(f"Scores {label}" for _, label in heads)),
        tuple(rows),
        source=_BOTH,
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
            f"Sous le seuil de {percent(ALPHA)}",
            *(
                f"{sum(s.significant for s in pair.specifications)} sur {len(pair.specifications)}"
                for pair in family.pairs
            ),
        )
    )
    return Table(
        "Valeur p de chaque comparaison, selon la spécification",
        ("Test et lecture de l’échelle", *(pair.active.question.libelle for pair in family.pairs)),
        tuple((typeset(first), *rest) for first, *rest in rows),
        source=_BOTH,
        method="valeur p de chaque test, pour chaque lecture de l’échelle",
    )


def ranks(family: Family) -> Table:
    """Return the rank of every item, called an obstacle if all are, in each group by each criterion, with interval."""
    noun = "obstacle" if family.obstacles.pairs == family.pairs else "affirmation"
    labels = {pair.active.question.id: pair.active.question.libelle for pair in family.pairs}
    rows = []
    for base, found in family.rankings.items():
        cells = found.set_index(["item", "criterion"])
        for name in dict.fromkeys(found.sort_values("rank", kind="stable")["item"]):
            ranked = [cells.loc[(name, criterion)] for criterion in CRITERIA]
            told = (f"{number(cell['rank'])} ({span(cell['low'], cell['high'], '')})" for cell in ranked)
            rows.append((f"{labels[name]}, {BASES[base].plural}", *told))
    return Table(
        typeset(f"Rang de chaque {noun} (entre parenthèses : {INTERVAL.lower()})"),
        (f"{capitalise(noun)} et groupe", *(f"Selon {criterion}" for criterion in _CRITERIA.values())),
        tuple(rows),
        source=_BOTH,
        method="rangs, et intervalles par rééchantillonnage des communes",
    )


def option_tests(split: OptionsByStratum) -> Table:
    """Return the test of every option between strata, raw and corrected for their number."""
    rows = []
    for option, strata in split.splits.items():
        told = (HIDDEN,) * 5
        if strata.test:
            told = (
                _tested(strata.test),
                *(_p(split.tests[how][option]) for how in ("holm", "bh")),
                statistic(strata.test.cramers_v, 2),
                interval(strata.test.v_interval, "", 2),
            )
        rows.append((capitalise(typeset(split.whole.label(option))), *told))
    header = ("Réponse", "p", "p, Holm", "p, Benjamini-Hochberg", "V de Cramér", f"V, {INTERVAL.lower()}")
    caption = typeset(f"{split.whole.question.libelle}, selon la taille : un test par réponse")
    method = "khi-deux ; corrections de Holm et de Benjamini-Hochberg ; V de Cramér"
    return Table(caption, header, tuple(rows), source=split.source, method=method)


def estimates(raw: Strata, weighted: dict[str, Estimate | None]) -> Table:
    """Return a share as counted and as each weighting estimates it for all communes asked.

    Parameters
    ----------
    raw : Strata
        Any split of the share that is estimated; told by its whole.
    weighted : dict
        Estimate by margin used; None where a stratum has too few answers.
    """
    rows = [("Brute, parmi les communes participantes", share(raw.overall), interval(raw.overall_interval))]
    rows += [
        (_WEIGHTS[by], *((share(found.share), interval(found.interval)) if found else (MISSING, MISSING)))
        for by, found in weighted.items()
    ]
    return Table(
        "Part de communes actives, brute et redressée",
        ("Estimation", "Part", INTERVAL),
        tuple(rows),
        source=raw.source,
        method="part brute ; poststratification et calage sur les communes interrogées",
    )


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
    )


def coverage_summary(measured: pd.DataFrame) -> str:
    """Tell which intervals and tests keep their promise wherever they were tried, and the worst cell of the others."""
    error = 2 * (LEVEL * (1 - LEVEL) / measured["tirages"].where(measured["tirages"] > 0)) ** 0.5  # of a simulation
    short = measured["couverture"] < LEVEL - error.fillna(0)
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
        said.append(f"Tiennent partout leurs {percent(LEVEL)}, à l’erreur de simulation près : {' ; '.join(kept)}.")
    if told:
        said.append(f"Les autres s’en approchent d’ordinaire ; dans le pire des cas essayés : {' ; '.join(told)}.")
    return typeset(" ".join(said))


def changes(found: Sequence[Change]) -> Table:
    """Return every share that was compared, with its change and its test."""
    rows = [
        (
            trends.label(c),
            f"{percent(c.before)} ({number(c.n[0])})",
            f"{percent(c.now)} ({number(c.n[1])})",
            points(c.gap, signed=True),
            span(c.interval.low, c.interval.high, "points"),
            MISSING if c.p != c.p else p_value(c.p),
            MISSING if c.corrected != c.corrected else p_value(c.corrected),
        )
        for c in found
    ]
    header = ("Part", "Édition précédente (n)", "Cette édition (n)", "Écart", INTERVAL, "p", "p, corrigé")
    method = "écart de deux parts, intervalle de Newcombe, test exact si les effectifs sont petits ; p corrigé"
    return Table("Parts comparables d’une édition à l’autre", header, tuple(rows), method=method)
