"""The published study, checked: sentences and tables on its printed values and on what it says in words."""

__all__ = [
    "bases",
    "claims_summary",
    "claims_table",
    "contradicted",
    "differences",
    "printed_summary",
    "printed_table",
    "thresholds",
    "totals_summary",
]

from collections import Counter
from collections.abc import Sequence

from utils.audit import BaseUse, Check
from utils.claims import THRESHOLDS, VERDICTS, Judgement
from utils.codebook import BASES, Codebook
from utils.french import MISSING, NBSP, capitalise, count, listing, number, percent, points, typeset
from utils.tables import Table

_CHECKED = {"concordant": "concordant", "different": "diffère", "non_verifiable": "invérifiable"}
_JUDGED = dict(
    zip(
        VERDICTS,
        ("confirmée", "imprécise", "contredite", "contredite ailleurs dans l’étude", "invérifiable"),
        strict=True,
    )
)
_MEASURES = {"pourcentage": "pourcentage", "mediane": "médiane", "taux": "taux de participation", "total": "total"}


def printed_summary(checks: Sequence[Check]) -> str:
    """Count the printed values by verdict."""
    if not checks:
        return "Cette édition n’imprime aucun chiffre à côté de ses effectifs : il n’y a rien à vérifier."
    found = Counter(check.verdict for check in checks)
    return typeset(
        f"{count(len(checks), 'valeur imprimée', 'valeurs imprimées')} : {number(found['concordant'])} concordent avec "
        f"les effectifs, {count(found['different'], 'diffère', 'diffèrent')}, "
        f"{count(found['non_verifiable'], 'ne peut pas être vérifiée', 'ne peuvent pas être vérifiées')} sur les "
        "données publiées."
    )


def totals_summary(checks: Sequence[Check]) -> str:
    """Name the tables whose counts do not add up to the base that they state."""
    totals = [check for check in checks if check.measure == "total"]
    odd = [
        f"« {check.question.libelle} » compte {number(check.computed)} réponses pour {number(check.printed)} "
        f"{BASES[check.group].plural}"
        for check in totals
        if check.verdict == "different"
    ]
    if not odd:
        return typeset(f"Les {number(len(totals))} tableaux à réponse unique s’additionnent tous à leur base.")
    return typeset(
        f"Sur {count(len(totals), 'tableau', 'tableaux')} à réponse unique, {number(len(odd))} ne s’additionnent pas "
        f"à leur base : {listing(odd)}."
    )


def claims_summary(judged: Sequence[Judgement]) -> str:
    """Count the statements by verdict."""
    if not judged:
        return "Cette édition n’a pas de texte publié à vérifier."
    found = Counter(judgement.verdict for judgement in judged)
    told = [
        count(found["confirmee"], "confirmée", "confirmées"),
        count(found["imprecise"], "imprécise", "imprécises"),
        count(
            found["contredite"] + found["contredite_ailleurs"],
            "contredite par les tableaux",
            "contredites par les tableaux",
        ),
        count(found["non_verifiable"], "invérifiable", "invérifiables"),
    ]
    elsewhere = (
        f" Parmi les affirmations contredites, {number(found['contredite_ailleurs'])} le "
        f"{'sont' if found['contredite_ailleurs'] > 1 else 'est'} aussi par un autre passage de l’étude."
        if found["contredite_ailleurs"]
        else ""
    )
    return typeset(f"{count(len(judged), 'affirmation', 'affirmations')} : {listing(told)}.{elsewhere}")


def _value(check: Check, value: float | None) -> str:
    if value is None:
        return MISSING
    if check.measure in ("pourcentage", "taux"):
        return number(value, 1 if value % 1 else 0) + NBSP + "%"
    return number(value, 1)


def _where(check: Check, codebook: Codebook) -> str:
    strata = {**codebook.strata("province"), **codebook.strata("taille")}
    told = [check.question.libelle]
    if check.answer and check.answer in check.question.options:
        told.append(check.question.options[check.answer])
    elif check.answer:
        told.append(f"score {check.answer}" if check.question.type == "likert" else check.answer)
    told.append(strata[check.stratum] if check.stratum else BASES[check.group].plural)
    return typeset(", ".join(told))


def _explained(check: Check) -> str:
    """Say why a value differs, from the bases and counts that would give it."""
    if check.verdict == "non_verifiable":
        return "Les données publiées ne permettent pas de le recalculer."
    if check.verdict == "concordant":
        return ""
    if check.measure == "total":
        gap = int(check.total - check.printed)
        return typeset(
            f"{count(abs(gap), 'réponse', 'réponses')} de {'plus' if gap > 0 else 'moins'} que la base annoncée."
        )
    if check.measure == "mediane":
        low, high = check.middle[0], check.middle[-1]
        if low != high:
            return typeset(
                f"Le nombre de réponses est pair et les deux du milieu valent {number(low)} et {number(high)} : "
                f"la médiane est leur moyenne, non {number(check.printed, 1)}."
            )
        return typeset(f"La réponse du milieu vaut {number(low)}.")
    said = [f"{number(check.part)} sur {number(check.base)} donnent {number(check.computed, 1)} %."]
    if "total" in check.bases_that_fit:
        said.append(f"La valeur imprimée se rapporte au total du tableau, {number(check.total)}.")
    elif check.bases_that_fit:
        said.append(f"Elle conviendrait à une autre base : {listing(BASES[b].plural for b in check.bases_that_fit)}.")
    elif check.counts_that_fit:
        ends = sorted({check.counts_that_fit[0], check.counts_that_fit[-1]})
        said.append(f"Il faudrait {' à '.join(map(number, ends))} réponses pour la valeur imprimée.")
    return typeset(" ".join(said))


def printed_table(checks: Sequence[Check], codebook: Codebook) -> Table:
    """Return every printed value beside the computed one."""
    return Table(
        "Les valeurs imprimées, recalculées",
        ("Valeur", "Mesure", "Imprimé", "Recalculé", "Verdict", "Explication"),
        tuple(
            (
                _where(check, codebook),
                _MEASURES[check.measure],
                _value(check, check.printed),
                _value(check, check.computed),
                _CHECKED[check.verdict],
                _explained(check) or "–",
            )
            for check in checks
        ),
        numeric=False,
        sortable=True,
    )


def differences(checks: Sequence[Check], codebook: Codebook) -> list[str]:
    """Tell every printed value that differs, one sentence each."""
    return [
        typeset(f"{_where(check, codebook)} : imprimé {_value(check, check.printed)}. {_explained(check)}")
        for check in checks
        if check.verdict == "different"
    ]


def bases(used: Sequence[BaseUse]) -> Table:
    """Return, for each table, how many of its percentages fit its stated base and its own total."""
    return Table(
        "Base annoncée, total des effectifs, et nombre de pourcentages imprimés qui s’accordent à chacun",
        ("Tableau", "Base annoncée", "Total", "Pourcentages", "Accord avec la base", "Accord avec le total"),
        tuple(
            (
                typeset(f"{use.question.libelle}, {BASES[use.group].plural}"),
                *(number(k) for k in (use.stated, use.total, use.cells, use.on_stated, use.on_total)),
            )
            for use in used
        ),
    )


def contradicted(judged: Sequence[Judgement]) -> list[str]:
    """Tell every statement that the tables contradict: where it stands, what they say, why."""
    return [
        typeset(f"{judgement.claim.lieu}. « {judgement.claim.dit} » Les tableaux : {judgement.computed}.")
        + f" {judgement.explanation}"
        for judgement in judged
        if judgement.verdict.startswith("contredite")
    ]


def claims_table(judged: Sequence[Judgement]) -> Table:
    """Return every statement with what the tables say and the verdict."""
    return Table(
        "Les affirmations de l’étude, paraphrasées, et ce que disent ses tableaux",
        ("Affirmation", "Endroit", "Verdict", "Selon les tableaux", "Explication"),
        tuple(
            (
                typeset(judgement.claim.dit),
                typeset(judgement.claim.lieu),
                _JUDGED[judgement.verdict],
                capitalise(judgement.computed) or "–",
                judgement.explanation or "–",
            )
            for judgement in judged
        ),
        numeric=False,
        sortable=True,
    )


def thresholds() -> list[str]:
    """Tell the bounds of every word, one item each: where it is confirmed, and where imprecise."""
    near = {word: [points(bound) for bound in bounds] for word, bounds in THRESHOLDS.items()}
    part = {word: [percent(bound) for bound in bounds] for word, bounds in THRESHOLDS.items()}
    said = [
        f"« 67 % » : la part s’arrondit ainsi ; imprécis à moins de {number(100 * THRESHOLDS['imprime'][1], 1)} point.",
        f"« environ », « deux tiers » : à {near['environ'][0]} près ; imprécis jusqu’à {near['environ'][1]}.",
        f"« près de » : moins de {near['pres_de'][0]} en dessous ; imprécis à {near['pres_de'][1]} près.",
        f"« un peu plus », « un peu moins » : d’au plus {near['un_peu'][0]} ; imprécis jusqu’à {near['un_peu'][1]}.",
        f"« nettement » : d’au moins {near['nettement'][0]} ; imprécis dès {near['nettement'][1]}.",
        "« la majorité » : plus de la moitié ; imprécis si la réponse n’est que la plus fréquente.",
        f"« une faible majorité » : plus de la moitié et {part['faible_majorite'][0]} au plus ; imprécis jusqu’à "
        f"{part['faible_majorite'][1]}.",
        f"« une large majorité » : au moins {part['large_majorite'][0]} ; imprécis dès {part['large_majorite'][1]}.",
    ]
    words = {"minorite": "une minorité", "peu": "peu", "quelques": "quelques", "tres_peu": "très peu"}
    said += [f"« {words[w]} » : moins de {part[w][0]} ; imprécis sous {part[w][1]}." for w in words]
    said.append(
        "Quand une affirmation dépend de la façon de grouper les scores, elle est confirmée si toutes les lectures "
        "s’accordent, imprécise si elles divergent."
    )
    return [typeset(line) for line in said]
