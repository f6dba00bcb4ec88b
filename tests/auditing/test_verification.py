"""The study, checked, in words and tables: the sentences of 2017, the agreement of every count, what is empty."""

import re
from dataclasses import replace

import pytest

from utils.auditing import thresholds, verification
from utils.auditing.claims import Judgement, judge
from utils.auditing.lookup import figures
from utils.auditing.printed import BaseUse, Check, audit
from utils.auditing.statements import statements
from utils.auditing.vocabulary import WORDS
from utils.french import MISSING, typeset
from utils.reading import waves


@pytest.fixture(scope="module")
def checks(wave):
    return audit(wave)


@pytest.fixture(scope="module")
def judged(wave):
    return judge(wave, statements("2017"))


def check(wave, question="sujets_connus", **keys):
    total = {"answer": "", "group": "actives", "stratum": "", "measure": "total", "printed": 92, "computed": 92}
    return Check(question=wave.codebook[question], **(total | {"total": keys.get("computed", 92)} | keys))


def percentage(wave, part, base, printed, **keys):
    keys = {"measure": "pourcentage", "answer": "3", "printed": printed, "part": part, "base": base} | keys
    return check(wave, **({"computed": 100 * part / base} | keys))


def told(wave, *checks):
    return verification.differences(checks, wave.codebook)


def verdicts(**counts):
    return [Judgement(statements("2017")[0], verdict, "", "") for verdict, n in counts.items() for _ in range(n)]


def test_printed_values_of_2017(checks):
    assert verification.printed_summary(checks) == typeset(
        "290\u00a0valeurs imprimées : 286\u00a0concordent avec les effectifs, 3\u00a0diffèrent et 1\u00a0ne peut "
        "être qu’encadrée, et tombe entre les bornes."
    )


def test_each_count_of_printed_values_says_which_they_are(checks):
    told = {placed.figure.printed: placed.figure.statistic for placed in verification.printed_summary(checks).figures}
    assert told == {
        "290": "valeurs imprimées vérifiées",
        "286": "valeurs imprimées concordantes",
        "3": "valeurs imprimées différentes",
        "1": "valeurs imprimées encadrées",
    }


def test_totals_of_2017(checks):
    assert verification.totals_summary(checks) == typeset(
        "Sur 21 tableaux à réponse unique, 2\u00a0ne totalisent pas leur base : « Communication adaptée au canal » "
        "compte 94\u00a0réponses pour 92\u00a0communes actives et « Annonces payantes » compte 91\u00a0réponses pour "
        "92\u00a0communes actives."
    )


def test_statements_of_2017(judged):
    assert verification.claims_summary(judged) == typeset(
        "149\u00a0affirmations : 107\u00a0confirmées, 27\u00a0imprécises, 3\u00a0contredites par les tableaux, "
        "2\u00a0compatibles et 10\u00a0invérifiables. Toutes les affirmations contredites le sont aussi par un autre "
        "passage de l’étude ; 2\u00a0sont des intertitres qui reprennent des énoncés soumis aux répondants."
    )


def test_differences_of_2017(wave, checks):
    assert told(wave, *checks) == [
        typeset(line)
        for line in (
            "Occasions de communiquer, services de la commune, communes actives : imprimé 86 %. 73 sur 92 "
            "donnent 79,3 %. Il faudrait 79\u00a0réponses pour la valeur imprimée.",
            "Communication adaptée au canal, score 2, communes actives : imprimé 6 %. 6 sur 92 donnent 6,5 %. La "
            "valeur imprimée se rapporte au total du tableau, 94.",
            "Dirigeants indifférents, communes actives : imprimé 4. Les deux réponses du milieu valent 3 et "
            "4 ; calculée, la médiane est 3,5.",
            "Communication adaptée au canal, communes actives : 94\u00a0réponses pour une base de 92. 2\u00a0réponses "
            "de plus que la base.",
            "Annonces payantes, communes actives : 91\u00a0réponses pour une base de 92. 1\u00a0réponse de moins que "
            "la base.",
        )
    ]


def test_nothing_printed():
    assert verification.printed_summary(()).startswith("Cette édition n’imprime aucun chiffre")


def test_totals_alone_are_nothing_printed(wave):
    assert verification.printed_summary(audit(replace(wave, published=wave.published[:0]))).startswith(
        "Cette édition n’imprime aucun chiffre"
    )


def test_no_statements():
    assert verification.claims_summary(()) == "Cette édition n’a pas de texte publié à vérifier."
    assert verification.claims_table(()).rows == ()


def test_no_differences(wave):
    assert told(wave) == []
    assert told(wave, check(wave)) == []
    assert verification.bases(()).rows == ()
    assert verification.printed_table((), wave.codebook).rows == ()


def test_printed_values_agree_in_number(wave):
    same, odd = percentage(wave, 6, 92, 7), percentage(wave, 6, 92, 9)
    unknown = percentage(wave, 6, 92, 9, computed=None)
    assert verification.printed_summary([same, same, odd]) == typeset(
        "3\u00a0valeurs imprimées : 2\u00a0concordent avec les effectifs et 1\u00a0diffère."
    )
    assert verification.printed_summary([same, unknown]) == typeset(
        "2\u00a0valeurs imprimées : 1\u00a0concorde avec les effectifs, 0\u00a0diffère et 1\u00a0ne peut pas être "
        "vérifiée à partir des données publiées."
    )
    bounded = percentage(wave, 6, 92, 9, computed=None, possible=(8.6, 12.0))
    assert "2\u00a0ne peuvent être qu’encadrées, et tombent entre les bornes" in verification.printed_summary(
        [bounded] * 2
    )
    assert "2\u00a0ne peuvent pas être vérifiées" in verification.printed_summary([unknown] * 2)


def test_totals_are_no_printed_values(wave):
    odd = check(wave, computed=91)
    assert verification.printed_summary([odd, percentage(wave, 6, 92, 7)]).startswith("1\u00a0valeur imprimée")
    assert verification.printed_table([odd], wave.codebook).rows == ()


def test_only_totals_are_told_as_totals(wave):
    odd = percentage(wave, 6, 92, 50)
    assert "totalisent tous" in verification.totals_summary([check(wave), check(wave), odd])


@pytest.mark.parametrize(
    ("computed", "expected"),
    [
        ([], "Cette édition n’a aucun tableau à réponse unique dont le total se vérifie."),
        ([92], "Le seul tableau à réponse unique totalise exactement sa base."),
        ([92, 92], "Les 2 tableaux à réponse unique totalisent tous leur base."),
        (
            [1],
            "Le seul tableau à réponse unique ne totalise pas sa base : « Sujets abordés par le public » compte "
            "1\u00a0réponse pour 92\u00a0communes actives.",
        ),
        (
            [92, 91],
            "Sur 2 tableaux à réponse unique, 1\u00a0ne totalise pas sa base : « Sujets abordés par le public » compte "
            "91\u00a0réponses pour 92\u00a0communes actives.",
        ),
    ],
)
def test_totals_agree_in_number(wave, computed, expected):
    assert verification.totals_summary([check(wave, computed=n) for n in computed]) == typeset(expected)


def test_a_base_of_one(wave):
    said = verification.totals_summary([check(wave, computed=0, printed=1)])
    assert said.endswith(typeset("compte 0\u00a0réponse pour 1\u00a0commune active."))


def test_statements_agree_in_number():
    assert verification.claims_summary(verdicts(confirmee=1)) == typeset(
        "1\u00a0affirmation : 1\u00a0confirmée, 0\u00a0imprécise, 0\u00a0contredite par les tableaux et "
        "0\u00a0invérifiable."
    )
    assert verification.claims_summary(verdicts(imprecise=2, contredite=1, non_verifiable=2)) == typeset(
        "5\u00a0affirmations : 0\u00a0confirmée, 2\u00a0imprécises, 1\u00a0contredite par les tableaux et "
        "2\u00a0invérifiables."
    )


def test_both_kinds_of_contradiction_are_counted_as_one():
    said = verification.claims_summary(verdicts(contredite=3, contredite_ailleurs=2))
    assert "5\u00a0contredites par les tableaux" in said
    assert said.endswith("2\u00a0le sont aussi par un autre passage de l’étude.")


def test_contradictions_agree_in_number():
    heading = next(c for c in statements("2017") if c.intertitre)

    def said(*headings, **counts):
        told = verdicts(**counts) + [Judgement(heading, verdict, "", "") for verdict in headings]
        return verification.claims_summary(told).partition(". ")[2]

    among = "Parmi les affirmations contredites, "
    elsewhere = "par un autre passage de l’étude"
    assert said(contredite=2) == ""
    assert said("confirmee", "imprecise", contredite=1) == ""
    assert said(contredite_ailleurs=1) == f"L’affirmation contredite l’est aussi {elsewhere}."
    assert said(contredite_ailleurs=1, contredite=1) == f"{among}1\u00a0l’est aussi {elsewhere}."
    assert (
        said("contredite") == "L’affirmation contredite est un intertitre qui reprend un énoncé soumis aux répondants."
    )
    assert said("contredite_ailleurs") == (
        f"L’affirmation contredite l’est aussi {elsewhere} et est un intertitre qui reprend un énoncé soumis aux "
        "répondants."
    )
    assert said("contredite", contredite_ailleurs=1) == (
        f"{among}1\u00a0l’est aussi {elsewhere} et 1\u00a0est un intertitre qui reprend un énoncé soumis aux "
        "répondants."
    )
    assert said("contredite", "contredite", contredite=1) == (
        f"{among}2\u00a0sont des intertitres qui reprennent des énoncés soumis aux répondants."
    )


def test_why_a_percentage_differs(wave):
    said = told(
        wave,
        percentage(wave, 100, 200, 33, counts_that_fit=(65, 66, 67)),
        percentage(wave, 6, 92, 6, total=94, bases_that_fit=("total",), counts_that_fit=(5, 6)),
        percentage(wave, 6, 92, 4, bases_that_fit=("repondants", "communes")),
        percentage(wave, 1, 8, 51),
        percentage(wave, 0, 8, 5, counts_that_fit=(0, 1)),
        percentage(wave, 3, 92, 1, counts_that_fit=(1,)),
    )
    assert [line.partition("%. ")[2] for line in said] == [
        typeset(line)
        for line in (
            "100 sur 200 donnent 50 %. Il faudrait 65 à 67\u00a0réponses pour la valeur imprimée.",
            "6 sur 92 donnent 6,5 %. La valeur imprimée se rapporte au total du tableau, 94.",
            "6 sur 92 donnent 6,5 %. La valeur imprimée conviendrait à une autre base : répondants et communes "
            "participantes.",
            "1 sur 8 donne 12,5 %.",
            "0 sur 8 donne 0 %. Il faudrait 0 à 1\u00a0réponse pour la valeur imprimée.",
            "3 sur 92 donnent 3,3 %. Il faudrait 1\u00a0réponse pour la valeur imprimée.",
        )
    ]


def test_a_percentage_is_told_with_one_decimal_more_than_printed(wave):
    said = told(wave, percentage(wave, 59, 140, 42.2), percentage(wave, 59, 140, 42.25))
    assert [line.partition("imprimé ")[2] for line in said] == [
        typeset("42,2 %. 59 sur 140 donnent 42,14 %."),
        typeset("42,25 %. 59 sur 140 donnent 42,143 %."),
    ]


def test_why_a_median_differs(wave):
    odd = check(wave, measure="mediane", printed=4, computed=5.0, middle=(5,), total=91)
    even = check(wave, measure="mediane", printed=4, computed=5.0, middle=(5, 5))
    between = check(wave, measure="mediane", printed=4.5, computed=3.5, middle=(3, 4))
    assert [line.partition(". ")[2] for line in told(wave, odd, even, between)] == [
        "La réponse du milieu vaut 5.",
        "La réponse du milieu vaut 5.",
        typeset("Les deux réponses du milieu valent 3 et 4 ; calculée, la médiane est 3,5."),
    ]


def test_where_a_value_stands(wave):
    rated = percentage(wave, 6, 92, 50, answer="2")
    option = percentage(wave, 24, 92, 50, question="medias", answer="twitter")
    size = percentage(wave, 3, 8, 50, question="communicateurs", answer="bourgmestre", stratum="20000_50000")
    rate = check(wave, "active", measure="taux", group="communes", stratum="liege", printed=50, part=40, base=84)
    assert [line.partition("\u00a0: ")[0] for line in told(wave, rated, option, size, rate)] == [
        typeset(place)
        for place in (
            "Sujets abordés par le public, score 2, communes actives",
            "Médias sociaux utilisés, Twitter, communes actives",
            "Personnes qui communiquent, bourgmestre, de 20 000 à 50 000 habitants",
            "Présence sur les médias sociaux, Liège",
        )
    ]


def sound(table):
    """Say whether every row has a text without a NaN in each of its columns."""
    return all(
        len(row) == len(table.header)
        and all(isinstance(cell, str) and cell.strip() and "nan" not in cell for cell in row)
        for row in table.rows
    )


def test_every_printed_value_has_its_row(wave, checks):
    table = verification.printed_table(checks, wave.codebook)
    assert len(table.rows) == 290
    assert sound(table)
    assert table.sortable
    assert not table.numeric


def test_rows_of_printed_values(wave, checks):
    rows = {(row[0], row[1]): row[2:] for row in verification.printed_table(checks, wave.codebook).rows}
    active = ", communes actives"
    assert len(rows) == 290
    assert rows["Médias sociaux utilisés, Twitter" + active, "pourcentage"] == (
        "26\u00a0%",
        "26,1\u00a0%",
        "concordant",
        "–",
    )
    # 21 of 140 is 15 % to the last decimal, and is written so.
    assert (
        rows["Fonction du répondant, employé ou responsable administratif, répondants", "pourcentage"][1] == "15\u00a0%"
    )
    assert rows["Dirigeants indifférents" + active, "médiane"][:3] == ("4", "3,5", "diffère")
    assert rows["Présence sur les médias sociaux, Namur", "taux de participation"][:3] == (
        "55\u00a0%",
        "55,3\u00a0%",
        "concordant",
    )


def test_bounds_stand_for_what_cannot_be_computed(wave, checks):
    rows = verification.printed_table(checks, wave.codebook).rows
    [row] = [row for row in rows if row[4] == "compatible"]
    assert row[:2] == ("Part des habitants qui vivent dans une commune participante", "taux de participation")
    assert row[2:5] == ("59\u00a0%", "47,8 à 71,1\u00a0%", "compatible")
    assert "bornes" in row[5]


def test_where_inhabitants_come_from_is_said(wave, demo):
    said = verification.inhabitants(wave.about)
    assert "Statbel" in said
    assert "CC BY 4.0" in said
    assert verification.inhabitants(demo.about) == ""


def test_what_cannot_be_computed_is_said_so(wave):
    rows = verification.printed_table(audit(replace(wave, communes=None)), wave.codebook).rows
    [row] = [row for row in rows if row[4] == "invérifiable"]
    assert row[2:] == (
        "59\u00a0%",
        MISSING,
        "invérifiable",
        "Les données publiées ne permettent pas de recalculer cette valeur.",
    )
    assert row[:2] == ("Part des habitants qui vivent dans une commune participante", "taux de participation")


def test_every_value_that_differs_is_explained(wave, checks):
    rows = verification.printed_table(checks, wave.codebook).rows
    assert {row[4] for row in rows if row[5] == "–"} == {"concordant"}
    assert sum(row[4] == "diffère" for row in rows) == 3


def test_table_of_bases(wave):
    used = [
        BaseUse(wave.codebook["communication_adaptee"], "actives", 92, 94, 10, 9, 10),
        BaseUse(wave.codebook["obstacle_budget"], "non_actives", 46, 46, 10, 10, 10),
        BaseUse(wave.codebook["role"], "repondants", 1400, 1400, 6, 6, 6),
    ]
    table = verification.bases(used)
    assert table.rows == (
        ("Communication adaptée au canal, communes actives", "92", "94", "10", "9", "10"),
        ("Absence de budget, communes non actives", "46", "46", "10", "10", "10"),
        ("Fonction du répondant, répondants", "1\u202f400", "1\u202f400", "6", "6", "6"),
    )
    assert sound(table)
    assert table.numeric


def test_every_statement_has_its_row(judged):
    table = verification.claims_table(judged)
    assert len(table.rows) == 149
    assert sound(table)
    assert table.sortable
    assert {row[2] for row in table.rows} == {
        "confirmée",
        "imprécise",
        "contredite ailleurs dans l’étude",
        "compatible",
        "invérifiable",
    }


def test_rows_of_statements(judged):
    rows = {row[0]: row[1:] for row in verification.claims_table(judged).rows}
    assert rows["Facebook est le média le plus utilisé."] == (
        typeset("Résultats, 3 : médias utilisés"),
        "confirmée",
        typeset("99 %, contre 26 % pour Twitter, deuxième"),
        "–",
    )
    assert rows["Cette commune n’a qu’une application mobile."][1:] == (
        "invérifiable",
        "–",
        "Les tableaux ne croisent pas les médias entre eux.",
    )
    # What the tables say begins with a capital letter.
    assert rows["Liège est juste sous la moyenne."][2].startswith("48")
    assert rows["La participation par province est très proche de 50\u00a0%."][2].startswith("De 48")


def test_statements_that_the_tables_contradict(judged):
    said = verification.contradicted(judged)
    assert len(said) == 3
    assert said[2] == typeset(
        "Conclusions, 2e paragraphe. « Twitter et Instagram suivent Facebook dans les trois premiers. » Les tableaux : "
        "24 communes sur Twitter, 21 sur YouTube, 12 avec une application mobile, 8 sur Instagram. Le troisième média "
        "est YouTube, comme le dit le chapitre ; Instagram vient après lui et après les applications mobiles."
    )
    assert verification.contradicted(()) == []


def test_a_contradiction_without_explanation_ends_with_its_figure():
    [line] = verification.contradicted([Judgement(statements("2017")[0], "contredite", "42\u00a0%", "")])
    assert line.endswith(typeset("Les tableaux : 42\u00a0%."))


RULES = (
    "« 67 % » : la part s’arrondit ainsi ; imprécis à 1,5\u00a0point près.",
    "« environ », « deux tiers » : à 2\u00a0points près ; imprécis jusqu’à 5\u00a0points.",
    "« près de » : jusqu’à 5\u00a0points en dessous ; imprécis à 10\u00a0points près.",
    "« un peu plus », « un peu moins » : d’au plus 5\u00a0points ; imprécis jusqu’à 10\u00a0points.",
    "« nettement » : d’au moins 10\u00a0points ; imprécis dès 5\u00a0points. « varie peu » : de moins de "
    "5\u00a0points ; imprécis sous 10\u00a0points.",
    "« une faible majorité » : plus de la moitié et 55 % au plus ; imprécis jusqu’à 60 %.",
    "« une large majorité » : au moins 70 % ; imprécis dès 60 %.",
    "« une minorité » : moins d’un tiers ; imprécis sous 50 %.",
    "« peu » : moins de 25 % ; imprécis sous un tiers.",
    "« quelques » : moins de 15 % ; imprécis sous 25 %.",
    "« très peu » : moins de 10 % ; imprécis sous 20 %.",
)


def test_bounds_are_told():
    said = thresholds.thresholds()
    assert all(line.endswith(".") for line in said)
    assert [rule for rule in RULES if typeset(rule) not in said] == []


def test_every_word_has_its_bounds_told(wave):
    told = [word for words in thresholds._rules() for word in words]
    assert sorted(told) == sorted([*WORDS, "la_majorite"])
    assert len(thresholds.thresholds()) == len(thresholds._rules()) == 18
    # No statement stands on a word that is not told.
    called = {
        name for c in statements("2017") for name in re.findall(r"[a-z_]+(?=\()", c.verifie + c.compatible)
    } - set(figures(wave))
    assert called - set(told) - {"and", "not", "or"} == set()


def test_a_wave_without_printed_values_or_statements(data):
    (data / "2017" / "affirmations.yml").unlink()
    path = data / "2017" / "publie.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    wave = waves.load("2017", data)
    checks = audit(wave)
    assert verification.printed_summary(checks).startswith("Cette édition n’imprime aucun chiffre")
    assert verification.printed_table(checks, wave.codebook).rows == ()
    assert len(told(wave, *checks)) == 2
    assert "2\u00a0ne totalisent pas leur base" in verification.totals_summary(checks)
    assert verification.claims_summary(judge(wave, ())).startswith("Cette édition n’a pas")
    assert verification.contradicted(judge(wave, ())) == []
