"""The published study, checked: sentences and tables on its printed values, its totals and what it says in words."""

__all__ = [
    "bases",
    "claims_summary",
    "claims_table",
    "contradicted",
    "differences",
    "inhabitants",
    "news",
    "printed_summary",
    "printed_table",
    "totals_summary",
]

from collections import Counter
from collections.abc import Sequence

from utils.auditing.claims import VERDICTS, Judgement
from utils.auditing.printed import BaseUse, Check
from utils.auditing.vocabulary import decimals
from utils.french import MISSING, NBSP, capitalise, listing, typeset
from utils.showing.origins import Origin
from utils.showing.tables import Table
from utils.survey.about import Metadata
from utils.survey.codebook import Codebook
from utils.telling.figures import NOTHING, count, figure, number, sentence, span
from utils.telling.markup import Markup, markup

# What the numbers of a check are, then those that count checks.
_BASE, _ANSWERS, _COUNTED = "taille de la base", "nombre de réponses du tableau", "effectif de la réponse"
_PRINTED, _COMPUTED, _FITTING = "valeur imprimée", "valeur recalculée", "effectif que supposerait la valeur imprimée"
_MIDDLE, _GAP = "réponse du milieu", "réponses du tableau moins la base"
_VALUES, _TOTALS, _CLAIMS = "valeurs imprimées vérifiées", "tableaux à réponse unique", "affirmations"
_AGREEING, _DIFFERING = "valeurs imprimées concordantes", "valeurs imprimées différentes"
_BOUNDED, _UNKNOWN = "valeurs imprimées encadrées", "valeurs imprimées invérifiables"
_CHECKED = {
    "concordant": "concordant",
    "compatible": "compatible",
    "different": "diffère",
    "non_verifiable": "invérifiable",
}
_JUDGED = dict(
    zip(
        VERDICTS,
        ("confirmée", "imprécise", "contredite", "contredite ailleurs dans l’étude", "compatible", "invérifiable"),
        strict=True,
    )
)
_MEASURES = {"pourcentage": "pourcentage", "mediane": "médiane", "taux": "taux de participation"}


def _printed(checks: Sequence[Check]) -> list[Check]:
    """Return the checks of what is printed: a total is a sum held against its base."""
    return [check for check in checks if check.measure != "total"]


@sentence
def printed_summary(checks: Sequence[Check]) -> str:
    """Count the printed values by verdict."""
    printed = _printed(checks)
    if not printed:
        return "Cette édition n’imprime aucun chiffre à côté de ses effectifs : il n’y a rien à vérifier."
    found = Counter(check.verdict for check in printed)
    told = [
        f"{count(found['concordant'], 'concorde', 'concordent', of=_AGREEING)} avec les effectifs",
        count(found["different"], "diffère", "diffèrent", of=_DIFFERING),
    ]
    if n := found["compatible"]:
        bounded = ("ne peut être qu’encadrée", "ne peuvent être qu’encadrées")
        told.append(f"{count(n, *bounded, of=_BOUNDED)}, et tombe{'nt' if n > 1 else ''} entre les bornes")
    if n := found["non_verifiable"]:
        told.append(
            f"{count(n, 'ne peut pas être vérifiée', 'ne peuvent pas être vérifiées', of=_UNKNOWN)} "
            "à partir des données publiées"
        )
    return typeset(f"{count(len(printed), 'valeur imprimée', 'valeurs imprimées', of=_VALUES)} : {listing(told)}.")


@sentence
def news(checks: Sequence[Check]) -> Markup:
    """Tell what became of the printed values, with a link to the chapter."""
    return markup("[L’étude imprimée, vérifiée](92_verification.ipynb). {told}", told=printed_summary(checks))


@sentence
def totals_summary(checks: Sequence[Check]) -> str:
    """Name the tables whose counts do not add up to their base."""
    totals = [check for check in checks if check.measure == "total"]
    odd = [f"« {c.question.libelle} » compte {_sum(c, 'pour')}" for c in totals if c.verdict == "different"]
    if not totals:
        return "Cette édition n’a aucun tableau à réponse unique dont le total se vérifie."
    if len(totals) == 1:
        return typeset(
            "Le seul tableau à réponse unique "
            + (f"ne totalise pas sa base : {odd[0]}." if odd else "totalise exactement sa base.")
        )
    if not odd:
        return typeset(f"Les {number(len(totals), of=_TOTALS)} tableaux à réponse unique totalisent tous leur base.")
    return typeset(
        f"Sur {number(len(totals), of=_TOTALS)} tableaux à réponse unique, "
        f"{count(len(odd), 'ne totalise pas sa base', 'ne totalisent pas leur base', of=_TOTALS)} : {listing(odd)}."
    )


@sentence
def _sum(check: Check, towards: str) -> str:
    """Tell a table's total and its base: « 94 réponses pour 92 communes actives »."""
    base = check.question.noun(check.group)
    answers = count(check.total, "réponse", "réponses", of=_ANSWERS)
    return f"{answers} {towards} {count(check.printed, base.singular, base.plural, of=_BASE)}"


@sentence
def claims_summary(judged: Sequence[Judgement]) -> str:
    """Count the statements by verdict."""
    if not judged:
        return "Cette édition n’a pas de texte publié à vérifier."
    found = Counter(judgement.verdict for judgement in judged)
    told = [
        count(found["confirmee"], "confirmée", "confirmées", of=_CLAIMS),
        count(found["imprecise"], "imprécise", "imprécises", of=_CLAIMS),
        count(
            found["contredite"] + found["contredite_ailleurs"],
            "contredite par les tableaux",
            "contredites par les tableaux",
            of=_CLAIMS,
        ),
        *([count(found["compatible"], "compatible", "compatibles", of=_CLAIMS)] if found["compatible"] else []),
        count(found["non_verifiable"], "invérifiable", "invérifiables", of=_CLAIMS),
    ]
    return typeset(
        f"{count(len(judged), 'affirmation', 'affirmations', of=_CLAIMS)} : {listing(told)}.{_contradictions(judged)}"
    )


def _contradictions(judged: Sequence[Judgement]) -> str:
    """Say how many of the contradicted statements are so elsewhere too, or only repeat the questionnaire."""
    contradicted = [judgement for judgement in judged if judgement.verdict.startswith("contredite")]
    elsewhere = sum(judgement.verdict == "contredite_ailleurs" for judgement in contradicted)
    headings = sum(judgement.claim.intertitre for judgement in contradicted)
    said = []
    if elsewhere:
        said.append(f"{'le sont' if elsewhere > 1 else 'l’est'} aussi par un autre passage de l’étude")
    if headings > 1:
        said.append("sont des intertitres qui reprennent des énoncés soumis aux répondants")
    elif headings:
        said.append("est un intertitre qui reprend un énoncé soumis aux répondants")
    if not said:
        return ""
    if len(contradicted) == 1:
        return f" L’affirmation contredite {' et '.join(said)}."
    if elsewhere == len(contradicted):
        also = f" ; {number(headings, of=_CLAIMS)}{NBSP}{said[-1]}" if headings else ""
        return f" Toutes les affirmations contredites le sont aussi par un autre passage de l’étude{also}."
    counted = zip([n for n in (elsewhere, headings) if n], said, strict=True)
    return (
        f" Parmi les affirmations contredites, {listing(number(n, of=_CLAIMS) + NBSP + what for n, what in counted)}."
    )


def _value(check: Check, value: float | None, of: str) -> str:
    if value is None:
        return MISSING
    if check.measure == "mediane":
        return number(value, 1, of=of)
    # One decimal more than is printed shows what was rounded.
    return figure(number(value, decimals(check.printed) + 1, of=None) + NBSP + "%", value / 100, of)


def _computed(check: Check) -> str:
    if not check.possible:
        return _value(check, check.computed, _COMPUTED)
    return span(*(end / 100 for end in check.possible), decimals=decimals(check.printed) + 1)


def _where(check: Check, codebook: Codebook) -> str:
    if (check.measure, check.answer) == ("taux", "habitants"):
        return "Part des habitants qui vivent dans une commune participante"
    strata = {**codebook.strata("province"), **codebook.strata("taille")}
    told = [check.question.libelle]
    if check.answer and check.answer in check.question.options:
        told.append(check.question.options[check.answer])
    elif check.answer:
        told.append(f"score {check.answer}" if check.question.type == "likert" else check.answer)
    told.append(strata[check.stratum] if check.stratum else check.question.noun(check.group).plural)
    return typeset(", ".join(told))


def _explained(check: Check) -> str:
    """Say why a value differs, from the bases and counts that would give it."""
    if check.possible:
        return (
            "L’étude ne nomme pas les communes qui ont répondu ; leurs nombres par province et par taille donnent "
            "ces deux bornes."
        )
    if check.verdict == "non_verifiable":
        return "Les données publiées ne permettent pas de recalculer cette valeur."
    if check.verdict == "concordant":
        return ""
    if check.measure == "total":
        gap = int(check.total - check.printed)
        more = "plus" if gap > 0 else "moins"
        return typeset(f"{count(abs(gap), 'réponse', 'réponses', of=_GAP)} de {more} que la base.")
    if check.measure == "mediane":
        low, high = (number(check.middle[end], of=_MIDDLE) for end in (0, -1))
        if check.middle[0] != check.middle[-1]:
            computed = _value(check, check.computed, _COMPUTED)
            return typeset(f"Les deux réponses du milieu valent {low} et {high} ; calculée, la médiane est {computed}.")
        return typeset(f"La réponse du milieu vaut {low}.")
    gives = "donnent" if check.part > 1 else "donne"
    share = f"{number(check.part, of=_COUNTED)} sur {number(check.base, of=_BASE)}"
    said = [f"{share} {gives} {_value(check, check.computed, _COMPUTED)}."]
    if "total" in check.bases_that_fit:
        said.append(f"La valeur imprimée se rapporte au total du tableau, {number(check.total, of=_ANSWERS)}.")
    elif check.bases_that_fit:
        fitting = listing(check.question.noun(base).plural for base in check.bases_that_fit)
        said.append(f"La valeur imprimée conviendrait à une autre base : {fitting}.")
    elif check.counts_that_fit:
        least, most = check.counts_that_fit[0], check.counts_that_fit[-1]
        lowest = f"{number(least, of=_FITTING)} à " if least < most else ""
        said.append(f"Il faudrait {lowest}{count(most, 'réponse', 'réponses', of=_FITTING)} pour la valeur imprimée.")
    return typeset(" ".join(said))


@sentence
def inhabitants(about: Metadata) -> str:
    """Say where the inhabitants of communes come from, and that the study asked the same communes; else nothing."""
    if not about.habitants:
        return ""
    return typeset(
        f"Habitants de chaque commune : {about.habitants.source}. La liste compte, dans chaque province et dans chaque "
        "taille, autant de communes que le cadre de l’étude."
    )


def printed_table(checks: Sequence[Check], codebook: Codebook) -> Table:
    """Return every printed value beside the computed one."""
    return Table(
        "Les valeurs imprimées, recalculées",
        ("Valeur", "Mesure", "Imprimé", "Recalculé", "Verdict", "Explication"),
        tuple(
            (
                _where(check, codebook),
                _MEASURES[check.measure],
                _value(check, check.printed, _PRINTED),
                _computed(check),
                _CHECKED[check.verdict],
                _explained(check) or "–",
            )
            for check in _printed(checks)
        ),
        numeric=False,
        sortable=True,
        source=NOTHING,
        files=(Origin.PRINTED, Origin.ANSWERS, Origin.FRAME, Origin.INHABITANTS),
        method="pourcentages, médianes et taux, recalculés ou encadrés",
    )


@sentence
def differences(checks: Sequence[Check], codebook: Codebook) -> list[str]:
    """Tell every printed value that differs, then every total that is not its base, one item each."""
    return [_difference(check, codebook) for check in checks if check.verdict == "different"]


@sentence
def _difference(check: Check, codebook: Codebook) -> str:
    return typeset(f"{_where(check, codebook)} : {_found(check)}. {_explained(check)}")


def _found(check: Check) -> str:
    if check.measure == "total":
        base = number(check.printed, of=_BASE)
        return f"{count(check.total, 'réponse', 'réponses', of=_ANSWERS)} pour une base de {base}"
    return f"imprimé {_value(check, check.printed, _PRINTED)}"


def bases(used: Sequence[BaseUse]) -> Table:
    """Return, for each table, how many of its percentages fit its base and its own total."""
    return Table(
        "Base, total des effectifs, et nombre de pourcentages imprimés qui s’accordent à chacun",
        ("Tableau", "Base", "Total", "Pourcentages", "Accord avec la base", "Accord avec le total"),
        tuple(
            (
                typeset(f"{use.question.libelle}, {use.question.noun(use.group).plural}"),
                *(number(k) for k in (use.stated, use.total, use.cells, use.on_stated, use.on_total)),
            )
            for use in used
        ),
        source=NOTHING,
        files=(Origin.PRINTED, Origin.ANSWERS),
        method="nombre de pourcentages imprimés que chaque base donne, une fois arrondis",
    )


@sentence
def contradicted(judged: Sequence[Judgement]) -> list[str]:
    """Tell every statement that the tables contradict: where it stands, what they say, why."""
    return [
        typeset(
            f"{judgement.claim.lieu}. « {judgement.claim.dit} » Les tableaux : {judgement.computed}. "
            f"{judgement.explanation}".rstrip()
        )
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
        source=NOTHING,
        files=(Origin.STATEMENTS, Origin.ANSWERS, Origin.PRINTED, Origin.FRAME, Origin.INHABITANTS),
        method="verdict de l’expression de chaque affirmation",
    )
