"""The study's statements: what every word of the vocabulary means, and what became of each statement of 2017."""

import re
from dataclasses import replace

import pytest

from utils.auditing.claims import VERDICTS, check_claims, judge
from utils.auditing.expressions import ExpressionError
from utils.auditing.statements import Claim, Claims, statements
from utils.french import typeset
from utils.paths import DATA
from utils.reading import waves
from utils.reading.files import read_document
from utils.reading.problems import DataError


@pytest.fixture(scope="module")
def judged(wave):
    return {judgement.claim.id: judgement for judgement in judge(wave, statements("2017"))}


def claim(name="dit", **keys):
    keys = {"id": name, "lieu": "ici", "dit": "Ceci."} | keys
    if keys.get("verifie"):
        keys.setdefault("calcul", "ceci")
    return Claim(**keys)


def verdicts(wave, *claims):
    return [judgement.verdict for judgement in judge(wave, claims)]


def verdict(wave, expression):
    return verdicts(wave, claim(verifie=expression))[0]


def told(wave, calcul):
    return judge(wave, [claim(verifie="1", calcul=calcul)])[0].computed


def mistakes(wave, *claims):
    return check_claims(wave, claims, "affirmations.yml")


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def only(*names, data=DATA):
    """Return some of the statements of 2017."""
    return [claim for claim in statements("2017", data) if claim.id in names]


def report(data):
    problems = []
    read_document(data / "2017" / "affirmations.yml", Claims, problems)
    return str(DataError(problems))


# Where each word confirms, where it is imprecise, where it contradicts: at, just inside and just outside its bounds.
BOUNDS = {
    "imprime({}, 42)": ("0.42 0.415 0.4249", "0.425 0.4149 0.405 0.435", "0.4049 0.4351 0 1"),
    "environ({}, 0.5)": ("0.5 0.48 0.52", "0.4799 0.5201 0.45 0.55", "0.4499 0.5501"),
    "environ({}, 1/3)": ("1/3 0.3134 0.3533", "0.3133 0.3534 0.2834 0.3833", "0.2833 0.3834"),
    "pres_de({}, 0.9)": ("0.9 0.85", "0.8499 0.8 0.9001 1", "0.7999"),
    "pres_de({}, 0.5)": ("0.5 0.4999 0.45", "0.5001 0.6 0.4", "0.6001 0.3999"),
    "majorite({})": ("0.5001 1", "", "0.5 0.4999 0"),
    "faible_majorite({})": ("0.5001 0.55", "0.5501 0.6", "0.5 0.6001 0.4"),
    "large_majorite({})": ("0.7 1", "0.6999 0.6", "0.5999 0.5"),
    "minorite({})": ("0 0.3333", "1/3 0.4999", "0.5 0.6"),
    "peu({})": ("0 0.2499", "0.25 0.3333", "1/3 0.5"),
    "quelques({})": ("0 0.1499", "0.15 0.2499", "0.25 1"),
    "tres_peu({})": ("0 0.0999", "0.1 0.1999", "0.2 1"),
    "un_peu_plus({}, 0.5)": ("0.5001 0.55", "0.5501 0.6", "0.5 0.4999 0.6001"),
    "un_peu_moins({}, 0.5)": ("0.4999 0.45", "0.4499 0.4", "0.5 0.5001 0.3999"),
    "plus_de({}, 0.5)": ("0.5001", "", "0.5 0.4999"),
    "moins_de({}, 0.5)": ("0.4999", "", "0.5 0.5001"),
    "nettement_plus({}, 0.5)": ("0.6 1", "0.5999 0.55", "0.5499 0.5 0.4"),
    "nettement_moins({}, 0.5)": ("0.4 0", "0.4001 0.45", "0.4501 0.5 0.6"),
    "tous({})": ("1", "", "0.9999 0"),
    "aucun({})": ("0", "", "0.0001 1"),
    "un_seul({})": ("1", "", "0 2"),
    "entre(0.478, 0.711, {})": ("48 59 71 47.8 71.1", "", "47 72 71.2 47.7"),
    "entre(0.6, 0.5, {})": ("", "", "55 50 60"),
}


@pytest.mark.parametrize("word", BOUNDS)
def test_bounds_of_a_word(wave, word):
    expected = {x: verdict for verdict, xs in zip(VERDICTS, BOUNDS[word], strict=False) for x in xs.split()}
    claims = [claim(f"x{i}", verifie=word.format(x)) for i, x in enumerate(expected)]
    assert dict(zip(expected, verdicts(wave, *claims), strict=True)) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        # 71.4 less 66.7 is 4.8: 5 points, or 4 from the percentages rounded before.
        ("en_points(20/28, 92/138, 5)", "confirmee"),
        ("en_points(20/28, 92/138, 4)", "imprecise"),
        ("en_points(20/28, 92/138, 3)", "contredite"),
        ("en_points(0.545, 0.5, 5)", "confirmee"),
        ("en_points(0.5449, 0.5, 4)", "confirmee"),
        ("en_points(0.5, 0.5, 0)", "confirmee"),
        ("en_points(0.4, 0.5, 10)", "contredite"),
        ("selon(1, 1, 1)", "confirmee"),
        ("selon(1, 0)", "imprecise"),
        ("selon(1, 0.5)", "imprecise"),
        ("selon(0.5, 0.5)", "imprecise"),
        ("selon(0.5, 0)", "imprecise"),
        ("selon(0, 0)", "contredite"),
        ("selon(1)", "confirmee"),
        # 59 of 140 is the most frequent role; 60 of 92 is more than half; 30 of 140 is neither.
        ("la_majorite(role, charge_communication)", "imprecise"),
        ("la_majorite(communiquer_davantage, oui)", "confirmee"),
        ("la_majorite(role, directeur_general)", "contredite"),
    ],
)
def test_words_that_take_more_than_one_share(wave, expression, expected):
    assert verdict(wave, expression) == expected


def test_exactly_half_is_no_majority(wave):
    counts = wave.counts.copy()
    asked = counts["question"] == "communiquer_davantage"
    for answer, count in {"oui": 46, "non": 24, "ne_sait_pas": 22}.items():
        counts.loc[asked & (counts["modalite"] == answer), "effectif"] = count
    even = replace(wave, counts=counts)
    assert verdict(even, "la_majorite(communiquer_davantage, oui)") == "imprecise"
    assert verdict(even, "majorite(part(communiquer_davantage, oui))") == "contredite"


# Counted by hand from the tables of the study.
VOCABULARY = [
    "effectif(role, echevin) == 5",
    "effectif(sujets_connus, 8) == 25",
    'effectif(sujets_connus, "8") == 25',
    "effectif(obstacle_budget, 1, base=actives) == 16",
    "effectif(obstacle_budget, 1, base=non_actives) == 10",
    "effectif(active, oui, province=liege) == 35",
    'effectif(communicateurs, echevins, taille="20000_50000") == 4',
    "somme(communication_adaptee) == 94",
    "somme(annonces_payantes) == 91",
    "somme(demandes) == 133",
    "somme(obstacle_budget, base=non_actives) == 46",
    "part(role, informatique) == 11 / 140",
    "part(medias, twitter) == 24 / 92",
    "part(demandes, charte) == 4 / 140",
    "part(communication_adaptee, 10) == 12 / 94",
    "part(active, oui, taille=moins_5000) == 20 / 28",
    "part(active, non, province=namur) == 5 / 21",
    'part(communicateurs, bourgmestre, taille="5000_20000") == 16 / 56',
    "part(obstacle_innovation, 5, base=non_actives) == 13 / 46",
    "base(repondants) == 140",
    "base(communes) == 138",
    "base(actives) == 92",
    "base(non_actives) == 46",
    "base(communes, province=liege) == 40",
    "base(non_actives, province=luxembourg) == 14",
    'base(actives, taille="20000_50000") == 8',
    "interrogees() == 262",
    "interrogees(province=namur) == 38",
    "interrogees(taille=moins_5000) == 58",
    "participation() == 138 / 262",
    "participation(province=liege) == 40 / 84",
    "participation(taille=plus_50000) == 8 / 9",
    "scores(annonces_payantes, 1, 1) == 75 / 91",
    "scores(sujets_connus, 1, 10) == 1",
    "scores(obstacle_dirigeants, 1, 2, base=non_actives) == 16 / 46",
    "accord(reponse_questions) == 49 / 92",
    "milieu(reponse_questions) == 15 / 92",
    "desaccord(reponse_questions) == 28 / 92",
    "moitie_haute(reponse_questions) == 53 / 92",
    "moitie_basse(reponse_questions) == 39 / 92",
    "accord(obstacle_lignes_directrices, base=non_actives) == 31 / 46",
    "mediane(strategie_communication) == 8",
    "mediane(obstacle_dirigeants, base=actives) == 3.5",
    "moyenne(obstacle_personnel, base=non_actives) == 335 / 46",
    "rang(medias, facebook) == 1",
    "rang(medias, youtube) == 3",
    # Four demands of four communes each share the sixth place.
    "rang(demandes, charte) == 6",
    "rang(demandes, communication_interne) == 6",
    "rang(demandes, application_smartphone) == 10",
    # 25 communes give an 8 to what they know of the topics: no score is given more often.
    "rang(sujets_connus, 8) == 1",
    "rang(obstacle_budget, 5, base=non_actives) == 1",
    "rang_accord(obstacle_personnel, actives) == 1",
    # 31 of the 46 non-active communes agree with either, and only the means tell them apart.
    "rang_accord(obstacle_personnel, non_actives) == 1",
    "rang_accord(obstacle_lignes_directrices, non_actives) == 1",
    "rang_accord(obstacle_budget, non_actives) == 3",
    "rang_moyenne(obstacle_lignes_directrices, non_actives) == 2",
    "rang_mediane(obstacle_budget, actives) == 2",
    "rang_mediane(obstacle_lignes_directrices, actives) == 2",
    "rang_mediane(obstacle_dirigeants, actives) == 5",
    "publie(circonstances, services, pourcentage) == 0.86",
    # Proved in `test_printed`: 1 732 000 to 2 575 834 of 3 624 377 people.
    "habitants_au_moins() == 1732000 / 3624377",
    "habitants_au_plus() == 2575834 / 3624377",
    'publie(obstacle_dirigeants, "", mediane, base=actives) == 4',
    'publie(active, "toutes", taux, province=hainaut) == 0.57',
    'publie(communicateurs, echevins, pourcentage, taille="20000_50000") == 0.5',
    "ecart(0.75, 0.25) == 0.5",
    "part_de(3, 4) == 0.75",
    "max(1, 3, 2) == 3",
    "min(2, 1, 3) == 1",
]


def test_what_an_expression_may_ask(wave):
    claims = [claim(f"x{i}", verifie=expression) for i, expression in enumerate(VOCABULARY)]
    found = dict(zip(VOCABULARY, verdicts(wave, *claims), strict=True))
    assert [expression for expression in found if found[expression] != "confirmee"] == []


@pytest.mark.parametrize(
    ("calcul", "expected"),
    [
        ("{part(role, informatique)}", "8 %"),
        ("{part(medias, twitter)} et {part(medias, youtube)}", "26 % et 23 %"),
        ("{max(part(medias, twitter), part(medias, youtube))}", "26 %"),
        ("{participation()} des communes", "53 % des communes"),
        ("{ecart(part(active, oui), 1/4)}", "42\u00a0points"),
        ("{ecart(1/4, part(active, oui))} de moins", "42\u00a0points de moins"),
        ("{ecart(0.51, 0.5)}", "1\u00a0point"),
        ("{effectif(medias, facebook)} sur {base(actives)}", "91 sur 92"),
        ("{mediane(obstacle_dirigeants, base=actives)}", "3,5"),
        ("{mediane(strategie_communication)}", "8"),
        ("{moyenne(obstacle_personnel, base=non_actives)}", "7,28"),
        ("{1/3}", "0,33"),
        ("{1000 * 12}", "12 000"),
        ("l'étude dit : « {effectif(role, echevin)} »", "l’étude dit : « 5 »"),
    ],
)
def test_values_are_written_in_french(wave, calcul, expected):
    assert told(wave, calcul) == typeset(expected)


def test_a_statement_that_nothing_decides(wave):
    undecided = judge(wave, [claim(motif="Rien ne le dit.")])[0]
    assert (undecided.verdict, undecided.computed, undecided.explanation) == ("non_verifiable", "", "Rien ne le dit.")


def test_an_undecided_statement_may_still_show_a_figure(wave):
    shown = judge(wave, [claim(motif="Rien.", calcul="{base(actives)} actives")])[0]
    assert (shown.verdict, shown.computed) == ("non_verifiable", "92 actives")


def test_an_explanation_is_filled_too(wave):
    explained = judge(wave, [claim(verifie="0", explication="{base(actives)} actives")])[0]
    assert explained.explanation == "92 actives"


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        ("0", "1", "contredite_ailleurs"),
        ("0", "0.5", "contredite_ailleurs"),
        ("0", "0", "contredite"),
        ("0.5", "1", "imprecise"),
        ("1", "1", "confirmee"),
    ],
)
def test_contradicted_elsewhere(wave, own, other, expected):
    first, second = claim("a", verifie=own, contredit_par="b"), claim("b", verifie=other)
    assert verdicts(wave, first, second)[0] == expected
    assert verdicts(wave, second, first)[1] == expected


def test_an_undecided_statement_contradicts_nothing(wave):
    assert verdicts(wave, claim("a", verifie="0", contredit_par="b"), claim("b", motif="Rien."))[0] == "contredite"
    assert verdicts(wave, claim("a", motif="Rien.", contredit_par="b"), claim("b", verifie="1"))[0] == "non_verifiable"


@pytest.mark.parametrize(("expression", "expected"), [("1", "compatible"), ("0.5", "imprecise"), ("0", "contredite")])
def test_a_statement_that_must_only_be_possible(wave, expression, expected):
    assert verdicts(wave, claim(compatible=expression, calcul="ceci")) == [expected]


def test_what_is_only_possible_contradicts_nothing(wave):
    possible = claim("b", compatible="1", calcul="ceci")
    assert verdicts(wave, claim("a", verifie="0", contredit_par="b"), possible)[0] == "contredite"
    assert verdicts(wave, claim("a", compatible="0", calcul="ceci", contredit_par="b"), claim("b", verifie="1"))[0] == (
        "contredite_ailleurs"
    )


def test_inhabitants_need_a_list(wave):
    [problem] = mistakes(replace(wave, communes=None), claim(verifie="habitants_au_plus() < 1"))
    assert "`habitants` dans vague.yml" in problem.expected


def test_statements_keep_their_order(wave):
    names = ["c", "a", "b"]
    assert [j.claim.id for j in judge(wave, [claim(n, verifie="1") for n in names])] == names


# Key of the statement, its text, and what the report must say of it.
MISTAKES = {
    "unknown option": ("verifie", "effectif(medias, friendster) == 1", "un nom connu, non « friendster »"),
    "option of another question": ("verifie", "effectif(medias, echevin) == 1", "un appel de effectif"),
    "score outside the scale": ("verifie", "effectif(sujets_connus, 11) == 1", "un appel de effectif"),
    "unknown function": ("verifie", "effectifs(medias, facebook) == 1", "une fonction connue, non « effectifs »"),
    "misspelt word": ("verifie", "majorité(part(active, oui))", "une fonction connue, non « majorité »"),
    "unknown argument": ("verifie", "base(actives, region=liege) == 1", "un appel de base"),
    "unknown stratum": ("verifie", "base(actives, province=anvers) == 1", "un nom connu, non « anvers »"),
    "table that is not there": ("verifie", "effectif(medias, facebook, province=liege) == 1", "un appel de effectif"),
    "no rated item": ("verifie", "majorite(accord(medias))", "un appel de accord"),
    "both groups asked": ("verifie", "majorite(accord(obstacle_budget))", "base=actives ou base=non_actives"),
    # Without quotes, the size is a number to Python: 500020000.
    "size without quotes": ("verifie", "base(actives, taille=5000_20000) == 56", "un appel de base"),
    "division by zero": ("verifie", "part_de(1, 0) == 1", "un appel de part_de"),
    "nothing printed": ("verifie", "publie(role, echevin, mediane) == 1", "une valeur que l’étude imprime"),
    "number for a truth": ("verifie", "effectif(medias, twitter)", "vraie ou fausse, non un nombre"),
    "share for a truth": ("verifie", "part(medias, twitter)", "vraie ou fausse, non un nombre"),
    "name for a truth": ("verifie", "facebook", "vraie ou fausse"),
    "placeholder without value": ("calcul", "ceci, {effectif(medias, friendster)}", "un nom connu, non « friendster »"),
    "empty placeholder": ("calcul", "{} communes", "une expression bien formée"),
    "name in a placeholder": ("calcul", "{facebook}", "une valeur à écrire, non le nom « facebook »"),
    "explanation without value": ("explication", "{mediane(role)}", "un appel de mediane"),
}


@pytest.mark.parametrize("kind", MISTAKES)
def test_a_mistake_in_a_statement(wave, kind):
    key, text, expected = MISTAKES[kind]
    found = mistakes(wave, claim("avant", verifie="1"), claim("fautive", **({"verifie": "1"} | {key: text})))
    assert [(p.file, p.column, p.value) for p in found] == [("affirmations.yml", f"fautive.{key}", text)]
    assert expected in found[0].expected


def test_every_mistake_of_a_file_comes_in_one_report(data):
    path = data / "2017" / "affirmations.yml"
    edit(path, "imprime(part(role, charge_communication), 42)", "imprime(part(role, charge_com), 42)")
    edit(path, "rang(medias, facebook) == 1", "rangs(medias, facebook) == 1")
    edit(path, "un_seul(base(actives) - effectif(medias, facebook))", "base(actives) - effectif(medias, twitter)")
    edit(path, "{effectif(demandes, charte)} sur", "{effectif(demandes, cartes)} sur")
    edit(path, "{somme(communication_adaptee)} réponses pour", "{somme(communication_adapté)} réponses pour")
    expected = {
        "role_communication.verifie": "un nom connu, non « charge_com »",
        "facebook_premier.verifie": "une fonction connue, non « rangs »",
        "facebook_sauf_une.verifie": "une expression vraie ou fausse, non un nombre",
        "adaptee_grande_majorite.explication": "un nom connu, non « communication_adapté »",
        "demandes_charte.calcul": "un nom connu, non « cartes »",
    }
    # A sound statement beside them; the whole file would only take longer.
    damaged = only(*(column.split(".")[0] for column in expected), "twitter_quart", data=data)
    found = check_claims(waves.load("2017", data), damaged, "data/2017/affirmations.yml")
    assert {problem.column: problem.expected for problem in found} == expected
    assert {problem.file for problem in found} == {"data/2017/affirmations.yml"}


def test_a_mistake_stops_the_judgement(wave):
    with pytest.raises(ExpressionError, match="friendster"):
        verdict(wave, "effectif(medias, friendster) == 1")


# What Python would let pass, or answer with another error than a message in French.
TREACHEROUS = {
    "number that happens to be one": {"verifie": "effectif(medias, whatsapp)"},
    "rank that happens to be one": {"verifie": "rang(medias, facebook)"},
    "median that happens to be one": {"verifie": "mediane(annonces_payantes)"},
    "count that happens to be one, turned round": {"verifie": "not effectif(medias, whatsapp)"},
    "count that happens to be one, in a reading": {"verifie": "selon(effectif(medias, whatsapp), 1)"},
    "difference that happens to be one": {"verifie": "base(actives) - effectif(medias, facebook)"},
    "name read as a reading": {"verifie": "selon(facebook)"},
    "degree that is none": {"verifie": "selon(0.3)"},
    "name where a number is counted": {"verifie": "not un_seul(facebook)"},
    "stratum of another kind": {"verifie": "interrogees(province=facebook) == 0"},
    "two strata at once": {"verifie": "interrogees(province=hainaut, taille=moins_5000) == 58"},
    "size without quotes": {"verifie": "interrogees(taille=5000_20000) == 0"},
    "respondents have no size": {"verifie": "base(repondants, taille=moins_5000) == 140"},
    "scores the wrong way round": {"verifie": "scores(sujets_connus, 5, 4) == 0"},
    "scores beyond the scale": {"verifie": "scores(sujets_connus, 1, 1000000000) == 0"},
    "score that is not whole": {"verifie": "scores(sujets_connus, 1, 9.5) == 0"},
    "degree for a share": {"verifie": "majorite(majorite(part(active, oui)))"},
    "count for a share": {"verifie": "aucun(effectif(medias, snapchat))"},
    "mean for a share": {"verifie": "peu(moyenne(annonces_payantes))"},
    "share for a count": {"verifie": "un_seul(part(medias, facebook))"},
    "half a commune": {"verifie": "un_seul(0.5)"},
    "share beyond one": {"verifie": "majorite(1.5)"},
    "share for a percentage": {"verifie": "imprime(part(active, oui), part(active, oui))"},
    "count held against a share": {"verifie": "plus_de(effectif(medias, twitter), part(medias, twitter))"},
    "name held against a number": {"verifie": "plus_de(facebook, 1)"},
    "no reading": {"verifie": "selon()"},
    "argument named twice": {"verifie": "base(actives, taille=moins_5000, taille=plus_50000) == 8"},
    "greatest of names": {"verifie": "max(facebook, twitter) == 1"},
    "truth in a text": {"verifie": "1", "calcul": "{majorite(part(active, oui))}"},
    "infinite share": {"verifie": "imprime(1e999, 1)"},
    "share above one": {"verifie": "1", "calcul": "{part_de(3, 2)}"},
    "infinite number": {"verifie": "1", "calcul": "{1e999}"},
    "enormous number": {"verifie": "1", "calcul": "{" + "9" * 40 + "}"},
    "placeholder in a reason": {"motif": "{effectif(medias, friendster)}"},
    "placeholder that is not closed": {"verifie": "1", "calcul": "{effectif(medias, facebook)"},
    "doubled braces": {"verifie": "1", "calcul": "{{effectif(medias, facebook)}}"},
}


@pytest.mark.parametrize("kind", TREACHEROUS)
def test_what_would_pass_in_silence(wave, kind):
    assert len(mistakes(wave, claim(**TREACHEROUS[kind]))) == 1


SIZES = 'une taille parmi moins_5000, "5000_20000", "20000_50000", plus_50000'

# An expression that cannot be asked, and how the report helps.
HELPFUL = {
    "base(actives, taille=5000_20000)": SIZES,
    "part(active, oui, taille=petites)": "un nom connu, non « petites »",
    "participation(taille=liege)": SIZES,
    "interrogees(province=facebook)": "une province parmi brabant_wallon, hainaut, liege, luxembourg, namur, non",
    "interrogees(province=liege, taille=moins_5000)": "une province ou une taille, non les deux",
    "base(communes, province=liege, taille=moins_5000)": "une province ou une taille que l’édition compte",
    "base(repondants, province=liege)": "les répondants ne se comptent ni par province ni par taille",
    "base(facebook)": "une base : repondants, communes, actives, non_actives",
    "scores(sujets_connus, 5, 4)": "deux scores entiers de 1 à 10, le plus bas d’abord",
    "effectif(role, facebook)": "une réponse à role : charge_communication, directeur_general",
    "effectif(facebook, 1)": "une question de questionnaire.yml, non « facebook »",
    "accord(sujets_connus, base=communes)": "base=actives pour sujets_connus",
    "scores(sujets_connus, 1, 2, base=non_actives)": "base=actives pour sujets_connus",
    "mediane(obstacle_budget, base=communes)": "base=actives ou base=non_actives pour obstacle_budget",
    "part(role, echevin, base=communes)": "base=repondants pour role",
    "part(active, oui, base=actives)": "base=communes pour active",
    "base(actives, region=liege)": "arguments : base, province, taille",
    "part_de(1, 0)": "une part de personne",
    "part_de(3, 2)": "une part de 0 à 1, non 1,5",
    "effectif(medias, facebook, province=liege)": "un tableau que l’édition compte pour medias",
}


@pytest.mark.parametrize("expression", HELPFUL)
def test_a_mistake_is_told_with_what_is_possible(wave, expression):
    [problem] = mistakes(wave, claim(verifie="1", calcul="{" + expression + "}"))
    assert HELPFUL[expression] in problem.expected


def test_every_placeholder_of_a_text_is_looked_at(wave):
    text = "{base(actives)}, {effectif(medias, friendster)}, {facebook}, {facebook} et {base(actives)"
    found = mistakes(wave, claim(verifie="1", calcul=text))
    assert [p.expected.split(",")[0] for p in found] == [
        "des accolades ouvertes puis fermées",
        "un nom connu",
        "une valeur à écrire",
    ]
    assert {(p.column, p.value) for p in found} == {("dit.calcul", text)}


def test_every_key_of_a_statement_is_looked_at(wave):
    found = mistakes(
        wave, claim("a", verifie="2", calcul="{x}", explication="{y}"), claim("b", motif="{z}", calcul="{x}")
    )
    assert [p.column for p in found] == ["a.verifie", "a.calcul", "a.explication", "b.calcul", "b.motif"]


def without(wave, question, **strata):
    """Return the wave with nobody's answers to a question, or in one of its strata."""
    counts = wave.counts.copy()
    rows = counts["question"] == question
    for by, stratum in strata.items():
        rows &= counts[by] == stratum
    counts.loc[rows, "effectif"] = 0
    return replace(wave, counts=counts)


def test_a_share_of_nobody_is_a_mistake(wave):
    nobody = without(wave, "active", taille="plus_50000")
    for expression in ("majorite(part(active, oui, taille=plus_50000))", "part(active, oui, taille=plus_50000) < 1"):
        [problem] = mistakes(nobody, claim(verifie=expression))
        assert "un appel de part qui ait une valeur (une part de personne" in problem.expected
    [problem] = mistakes(without(wave, "active"), claim(verifie="tous(part(medias, facebook))"))
    assert "une part de personne" in problem.expected


def test_a_rated_item_without_answers_is_a_mistake(wave):
    nobody = without(wave, "sujets_connus")
    for figure in ("accord(sujets_connus)", "scores(sujets_connus, 1, 2)", "moyenne(sujets_connus)"):
        [problem] = mistakes(nobody, claim(verifie="1", calcul="{" + figure + "}"))
        assert problem.expected == "des réponses à sujets_connus"


def test_a_participation_of_nobody_is_a_mistake(wave):
    frame = wave.frame.copy()
    frame.loc[frame["province"] == "liege", "communes"] = 0
    [problem] = mistakes(replace(wave, frame=frame), claim(verifie="peu(participation(province=liege))"))
    assert "une part de personne" in problem.expected


def test_shares_that_are_equal_on_paper_are_equal(wave):
    # 0.1 + 0.2 is a hair above 0.3, and 0.3 - 0.1 a hair below 0.2.
    for expression in (
        "plus_de(0.1 + 0.2, 0.3)",
        "moins_de(0.3 - 0.1, 0.2)",
        "majorite(0.1 + 0.2 + 0.2 + 0.0000000000000001)",
        "minorite(1/3 - 0.00000000000000001)",
    ):
        assert verdict(wave, expression) in ("contredite", "imprecise")
    for expression in ("large_majorite(0.7 - 0.0000000000000001)", "nettement_plus(0.3 - 0.1, 0.1)"):
        assert verdict(wave, expression) == "confirmee"


def test_a_percentage_is_printed_with_its_own_decimals(wave):
    for percentage, expected in {
        "42": "confirmee",
        "42.1": "confirmee",
        "42.14": "confirmee",
        "42.2": "imprecise",
    }.items():
        assert verdict(wave, f"imprime(59 / 140, {percentage})") == expected


def test_a_number_stops_the_judgement_too(wave):
    with pytest.raises(ExpressionError):
        verdict(wave, "effectif(medias, twitter)")


ENTRY = "\n  - id: ajout\n    lieu: ici\n    dit: Ceci.\n"
DAMAGED_CLAIMS = {
    "decided and not": (ENTRY + "    verifie: '1'\n    calcul: ceci\n    motif: Rien.\n", "un seul des trois"),
    "decided and possible": (ENTRY + "    verifie: '1'\n    calcul: ceci\n    compatible: '1'\n", "un seul des trois"),
    "possible, not told": (ENTRY + "    compatible: '1'\n", "un `calcul`"),
    "neither": (ENTRY, "`verifie` (ce qui décide)"),
    "decided, not told": (ENTRY + "    verifie: '1'\n", "un `calcul`"),
    "misspelt key": (ENTRY + "    motif: Rien.\n    verfie: '1'\n", "aucune clé de ce nom"),
    "missing key": (ENTRY.replace("    lieu: ici\n", "") + "    motif: Rien.\n", "cette clé, qui manque"),
    "id out of form": (ENTRY.replace("ajout", "Ajout 1") + "    motif: Rien.\n", "un texte de la forme"),
    "nothing said": (ENTRY.replace("dit: Ceci.", "dit: ''") + "    motif: Rien.\n", "un texte qui n’est pas vide"),
    "nowhere": (ENTRY.replace("lieu: ici", "lieu: ' '") + "    motif: Rien.\n", "un texte qui n’est pas vide"),
    "heading or not": (ENTRY + "    motif: Rien.\n    intertitre: peut-être\n", "true ou false"),
    "key twice": (ENTRY + "    motif: Rien.\n    motif: Rien.\n", "écrite une seule fois"),
    "no YAML": (ENTRY + "    motif: [Rien\n", "un document YAML valide"),
}


def add(data, entry):
    """Append a statement to the file and return the line where it starts."""
    path = data / "2017" / "affirmations.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + entry, encoding="utf-8")
    return text.count("\n") + 2


@pytest.mark.parametrize("kind", DAMAGED_CLAIMS)
def test_damaged_statements(data, kind):
    entry, expected = DAMAGED_CLAIMS[kind]
    place = add(data, entry)
    said = report(data)
    line = int(re.search(r"affirmations\.yml, ligne (\d+)", said)[1])
    assert expected in said
    assert place <= line <= place + entry.count("\n")


# Faults between statements: told by the id of the statement.
FAULTS_BETWEEN = {
    "unknown statement": (
        ENTRY + "    motif: Rien.\n    contredit_par: personne\n",
        "dans `contredit_par` de « ajout »",
    ),
    "contradicted by itself": (
        ENTRY.replace("ajout", "soi") + "    verifie: '0'\n    calcul: ceci\n    contredit_par: soi\n",
        "l’identifiant d’une autre affirmation",
    ),
    "id twice": (ENTRY.replace("ajout", "top3_medias") + "    motif: Rien.\n", "en double : top3_medias"),
}


@pytest.mark.parametrize("kind", FAULTS_BETWEEN)
def test_statements_that_refer_wrongly(data, kind):
    entry, expected = FAULTS_BETWEEN[kind]
    add(data, entry)
    said = report(data)
    assert re.search(r"affirmations\.yml, ligne \d+", said)
    assert expected in said


def test_damaged_statements_stop_the_reading_of_the_wave(data):
    add(data, FAULTS_BETWEEN["unknown statement"][0])
    with pytest.raises(DataError, match="dans `contredit_par` de « ajout »"):
        statements("2017", data)


def test_every_statement_that_refers_wrongly_has_its_line(data):
    entries = [entry for entry, _ in FAULTS_BETWEEN.values()]
    places = [add(data, entry) for entry in entries]
    lines = [int(line) for line in re.findall(r"affirmations\.yml, ligne (\d+)", report(data))]
    assert len(lines) == len(places)
    for place, line, entry in zip(places, lines, entries, strict=True):
        assert place <= line <= place + entry.count("\n")


def test_a_wave_without_statements(data, wave):
    (data / "2017" / "affirmations.yml").unlink()
    assert statements("2017", data) == ()
    assert judge(wave, ()) == ()
    assert check_claims(wave, (), "affirmations.yml") == []


def test_a_file_without_statements(data):
    (data / "2017" / "affirmations.yml").write_text("affirmations: []\n", encoding="utf-8")
    assert statements("2017", data) == ()


def verdicts_by_name(wave, claims):
    return {judgement.claim.id: judgement.verdict for judgement in judge(wave, claims)}


def test_one_count_changes_a_verdict(data):
    edit(
        data / "2017" / "effectifs.csv", "medias,facebook,oui,toutes,toutes,91", "medias,facebook,oui,toutes,toutes,90"
    )
    changed, claims = waves.load("2017", data), only("facebook_sauf_une", "facebook_premier")
    assert verdicts_by_name(changed, claims) == {"facebook_premier": "confirmee", "facebook_sauf_une": "contredite"}
    assert judge(changed, claims)[1].computed == "90 communes sur 92"


def test_one_count_turns_a_contradiction_round(data, wave):
    names = ("top3_medias", "conclusion_top3_medias")
    assert list(verdicts_by_name(wave, only(*names)).values()) == ["confirmee", "contredite_ailleurs"]
    # With 22 communes, Instagram would come third, and the chapter would be wrong where the conclusion is right.
    edit(
        data / "2017" / "effectifs.csv", "medias,instagram,oui,toutes,toutes,8", "medias,instagram,oui,toutes,toutes,22"
    )
    assert verdicts_by_name(waves.load("2017", data), only(*names)) == {
        "top3_medias": "contredite_ailleurs",
        "conclusion_top3_medias": "confirmee",
    }


# Every statement of 2017 that is not confirmed.
IMPRECISE = """
    provinces_uniformes provinces_proches_moitie liege_sous_moyenne role_communication_majorite
    grandes_toutes_actives petites_ecart namur_ecart hainaut_ecart mentions_peu adaptee_grande_majorite
    adaptee_quelques_unes reponse_parfois
    discussion_parfois strategie_large_majorite implication_partielle_majorite service_deux_tiers intertitre_optimale
    satisfaisante_majorite intertitre_budget budget_faible_majorite budget_sans_avis intertitre_lignes_directrices
    lignes_majorite_actives conclusion_peu_interagissent conclusion_discussion_reguliere conclusion_service_petites
    conclusion_top3_demandes
"""
CONTRADICTED_ELSEWHERE = "intertitre_dirigeants intertitre_innovation conclusion_top3_medias"
UNDECIDED = """
    citoyens_internet citoyens_services_publics citoyens_reseaux_sociaux citoyens_information_communale
    questionnaire_entretien questionnaire_web participation_suffisante
    sans_facebook_application demandes_formations_niveaux conclusion_population_significative
"""
COMPATIBLE = "participation_habitants conclusion_67_wallonnes"
NOT_CONFIRMED = {
    **dict.fromkeys(IMPRECISE.split(), "imprecise"),
    **dict.fromkeys(CONTRADICTED_ELSEWHERE.split(), "contredite_ailleurs"),
    **dict.fromkeys(COMPATIBLE.split(), "compatible"),
    **dict.fromkeys(UNDECIDED.split(), "non_verifiable"),
}


def test_verdicts_of_2017(judged):
    assert {name: j.verdict for name, j in judged.items() if j.verdict != "confirmee"} == NOT_CONFIRMED
    assert len(judged) == 149


def test_nothing_in_2017_is_contradicted_by_its_tables_alone(judged):
    assert "contredite" not in {judgement.verdict for judgement in judged.values()}


# Worked out by hand from the study's tables.
COMPUTED = {
    "communes_double_reponse": "140 répondants pour 138 communes, soit 2 réponses de plus que de communes",
    "grandes_taux": "8 communes sur 9, soit 89 %",
    "liege_taux": "40 communes sur 84, soit 48 %",
    "role_communication_majorite": "42 %, soit 59 répondants sur 140",
    "petites_ecart": "5\u00a0points",
    "namur_ecart": "10\u00a0points",
    "hainaut_ecart": "3\u00a0points",
    "liege_pres_de_90": "88 %, soit 35 sur 40",
    "circonstances_priorites": "89 %, 85 % et 79 %, là où l’étude imprime 86 % pour les services",
    "mentions_peu": "9 % aux deux scores les plus hauts, 37 % d’accord",
    "adaptee_grande_majorite": "65 % d’accord, 70 % dans la moitié haute de l’échelle",
    "reponse_parfois": "53 % d’accord, 58 % dans la moitié haute, 16 % au milieu de l’échelle ; médiane 7",
    "annonces_jamais": "82 % au score le plus bas, sur 91 réponses pour 92 communes actives",
    "budget_sans_avis": "46 % au milieu de l’échelle, 37 % en désaccord, 17 % d’accord",
    "dirigeants_non_actives_35": "35 % aux deux scores les plus bas",
    "provinces_uniformes": "de 48 % à 57 %, soit 9\u00a0points d’écart",
    "liege_sous_moyenne": "48 %, contre 53 % pour l’ensemble, soit 5,05\u00a0points de moins",
    # 51 and 22 of 138, then 67 and 33.
    "dirigeants_conscients": "communes actives et non actives réunies, 53 % en désaccord avec l’énoncé contraire et "
    "72 % dans la moitié basse de l’échelle",
    "demandes_charte": "4 sur 140 répondants",
    "conclusion_peu_interagissent": "pour la discussion, 9 % aux deux scores les plus hauts et 26 % d’accord ; pour la "
    "réponse aux questions, 29 % et 53 %",
    # 92, and all but 46, of 262.
    "conclusion_67_wallonnes": "67 % des communes participantes ; de toutes les communes interrogées, 35 % si aucune "
    "autre n’est active, 82 % si toutes le sont",
    "conclusion_service_petites": "64 %, soit 49 communes sur 76",
    "conclusion_principal_obstacle": "54 % d’accord parmi les actives ; 67 % parmi les autres, à égalité avec "
    "l’absence de lignes directrices, que les moyennes départagent : 7,28 contre 7,11",
}


@pytest.mark.parametrize("name", COMPUTED)
def test_what_the_tables_say(judged, name):
    assert judged[name].computed == typeset(COMPUTED[name])


def test_what_differs_is_explained(judged):
    assert [name for name, j in judged.items() if j.verdict != "confirmee" and not j.explanation] == []


def test_what_is_decided_is_computed(judged):
    assert [name for name, j in judged.items() if j.verdict != "non_verifiable" and not j.computed] == []


def test_figures_come_from_the_tables():
    typed = {
        (c.id, key): text
        for c in statements("2017")
        for key in ("calcul", "explication", "motif")
        if re.search(r"\d", text := re.sub(r"\{[^{}]*\}", "", getattr(c, key)))
    }
    assert typed == {}


def test_every_placeholder_is_filled(judged):
    assert [name for name, j in judged.items() if set("{}") & set(j.computed + j.explanation)] == []


def test_ids_are_words_joined_by_underscores_each_once():
    ids = [c.id for c in statements("2017")]
    assert len(ids) == len(set(ids))
    assert [i for i in ids if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", i)] == []


def test_no_statement_is_decided_by_hand():
    assert [c.id for c in statements("2017") if re.fullmatch(r"[\s\d./()]*", c.verifie) and c.verifie] == []


def test_demands_are_said_to_be_of_respondents(judged):
    told = {name: j.computed for name, j in judged.items() if name.startswith("demandes_") and j.computed}
    assert len(told) == 15
    assert [name for name, computed in told.items() if "sur 140 répondants" not in computed] == []


def test_headings_repeat_the_questionnaire():
    headings = [c.id for c in statements("2017") if c.intertitre]
    assert len(headings) == 6
    assert headings == [c.id for c in statements("2017") if c.dit.startswith("L’intertitre")]


def plain(text):
    return re.sub(r"\s+", " ", text.replace("’", "'")).casefold()


# Turns that are the study's own; a statement is told in other words.
TURNS = (
    "juste en dessous de la moyenne",
    "assez uniforme",
    "les mieux représentées",
    "pouvoir exploiter et généraliser",
    "personnes ayant participé à l'enquête",
    "en mode interview",
    "complètent le top 3",
    "plus actives que la moyenne wallonne",
    "bonne connaissance des sujets",
    "en avoir une vue complète",
    "savent avec précision",
    "pour élaborer des politiques et inviter",
    "entrer en discussion",
    "options payantes",
    "impliquent complètement",
    "envisagent de le faire prochainement",
    "de manière optimale",
    "de manière satisfaisante",
    "va accroitre sa communication",
    "fait encore plus ressentir",
    "sont pas importants pour leurs dirigeants",
    "émis le souhait",
    "une partie significative de la population",
    "choisi en priorité",
    "de manière régulière",
    "le principal obstacle identifié",
    "très peu de communes interagissent",
    "partagent des sujets plus légers",
    "le font systématiquement",
    "grande majorité des communes adaptent",
    "un peu plus actives que la moyenne",
    "67 % des communes wallonnes",
    "habitants ont participé et 76",
)


def test_statements_are_told_in_other_words():
    assert [(c.id, turn) for c in statements("2017") for turn in TURNS if turn in plain(c.dit)] == []
