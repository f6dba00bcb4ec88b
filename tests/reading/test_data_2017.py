"""What the published study allows to check of its own transcription.

Totals are the study's; every printed percentage and median is held against its
counts, and the few misprints are named one by one.
"""

from decimal import ROUND_HALF_UP, Decimal

import pytest

from utils.reading.training import training_catalogue
from utils.telling import oddities

# Cells whose printed percentage does not follow from the printed count.
MISPRINTED_PERCENTAGES = {
    ("circonstances", "services", "oui", "toutes"): (73, 92, "86"),
    # The table says that it takes 92 as its base; its percentages are those of its own total, 94.
    ("communication_adaptee", "2", "oui", "toutes"): (6, 92, "6"),
}
# Printed medians that are not the mean of the two middle answers.
MISPRINTED_MEDIANS = {("obstacle_dirigeants", "oui"): ("4", 3.5)}
# Tables whose counts do not add up to the base that they state.
ODD_TOTALS = {("communication_adaptee", "actives"): 94, ("annonces_payantes", "actives"): 91}


def test_totals_of_the_study(wave):
    sizes = {base: wave.size(base) for base in ("repondants", "communes", "actives", "non_actives")}
    assert sizes == {"repondants": 140, "communes": 138, "actives": 92, "non_actives": 46}
    assert wave.about.invites == 262
    assert wave.choice("role").answers.n == 140


def test_communes_asked(wave):
    frame = wave.frame.set_index(["province", "taille"])["communes"]
    assert {taille: frame["toutes", taille] for taille in wave.codebook.strata("taille")} == {
        "moins_5000": 58,
        "5000_20000": 165,
        "20000_50000": 30,
        "plus_50000": 9,
    }
    assert {province: frame[province, "toutes"] for province in wave.codebook.strata("province")} == {
        "brabant_wallon": 27,
        "hainaut": 69,
        "liege": 84,
        "luxembourg": 44,
        "namur": 38,
    }


def test_every_base(wave):
    found = {}
    for question in wave.codebook.questions:
        if question.type in ("likert", "choix_unique"):
            split = question.base == "communes" and question.id != "active"
            for base in ("actives", "non_actives") if split else (question.base,):
                result = wave.likert(question.id, base) if question.type == "likert" else wave.choice(question.id)
                if result.answers.n != wave.size(base):
                    found[question.id, base] = result.answers.n
    assert found == ODD_TOTALS


def test_what_does_not_add_up_is_shown(wave):
    assert len(wave.oddities) == len(ODD_TOTALS)
    assert "94 réponses pour 92" in oddities.told(wave)[0]
    assert "91 réponses pour 92" in oddities.told(wave)[1]


def test_multiple_choices_stay_within_their_base(wave):
    for name in ("medias", "circonstances", "communicateurs", "demandes"):
        answers = wave.choice(name).answers
        assert answers.counts.max() <= answers.n
    assert wave.choice("demandes").answers.counts.sum() == 133


def test_who_communicates_by_size_adds_up_to_all(wave):
    everyone = wave.choice("communicateurs").answers.counts
    by_size = sum(wave.choice("communicateurs", taille=t).answers.counts for t in wave.codebook.strata("taille"))
    assert by_size.to_dict() == everyone.drop("autre").to_dict()


def _rounded(part: int, whole: int) -> str:
    return str((Decimal(int(part)) * 100 / int(whole)).quantize(Decimal(1), ROUND_HALF_UP))


def _base(wave, row) -> int:
    question = wave.codebook[row.question]
    if question.id == "active":
        return wave.size("communes", province=row.province, taille=row.taille)
    base = {"oui": "actives", "non": "non_actives"}.get(row.active, question.base)
    return wave.size(base, province=row.province, taille=row.taille)


def _printed(wave, measure):
    return wave.published[wave.published["mesure"] == measure]


def test_printed_percentages_follow_from_the_counts(wave):
    counts = wave.counts.set_index(["question", "modalite", "active", "province", "taille"])["effectif"]
    wrong = {}
    for row in _printed(wave, "pourcentage").itertuples():
        count = counts[row.question, row.modalite, row.active, row.province, row.taille]
        base, printed = _base(wave, row), f"{row.valeur:g}"
        if _rounded(count, base) != printed:
            wrong[row.question, row.modalite, row.active, row.taille] = (count, base, printed)
    assert wrong == MISPRINTED_PERCENTAGES


def test_every_count_of_a_table_has_its_percentage(wave):
    key = ["question", "modalite", "active", "province", "taille"]
    counted = set(wave.counts[key].itertuples(index=False, name=None))
    printed = set(_printed(wave, "pourcentage")[key].itertuples(index=False, name=None))
    assert printed <= counted
    # Participation and activity by stratum are told in prose, not all of them with a percentage.
    assert {cell[0] for cell in counted - printed} == {"active"}


def test_printed_medians(wave):
    wrong = {}
    for row in _printed(wave, "mediane").itertuples():
        median = wave.likert(row.question, {"oui": "actives", "non": "non_actives"}[row.active]).answers.median
        if median != row.valeur:
            wrong[row.question, row.active] = (f"{row.valeur:g}", median)
    assert wrong == MISPRINTED_MEDIANS
    assert len(_printed(wave, "mediane")) == 18


def test_printed_participation_rates(wave):
    for by in ("province", "taille"):
        split = wave.participation(by)
        rates = _printed(wave, "taux")
        rates = rates[(rates[by] != "toutes") & (rates["modalite"] == "toutes")].set_index(by)["valeur"]
        assert set(rates.index) == set(split.counts.index)
        for stratum, (present, absent) in split.counts.iterrows():
            assert _rounded(present, present + absent) == f"{rates[stratum]:g}"
    assert wave.coverage().printed == 0.59


# Typed from the study once more, apart from the files: one row of each table.
SPOT_CHECKS = [
    ("role", "toutes", "toutes", [59, 30, 21, 14, 11, 5]),
    ("medias", "oui", "toutes", [91, 24, 21, 12, 8, 6, 5, 1, 0]),
    ("sujets_connus", "oui", "toutes", [3, 2, 7, 7, 15, 10, 14, 25, 5, 4]),
    ("mentions_connues", "oui", "toutes", [8, 3, 12, 11, 16, 8, 11, 15, 7, 1]),
    ("circonstances", "oui", "toutes", [82, 78, 73, 69, 62, 32, 17, 1]),
    ("communication_adaptee", "oui", "toutes", [2, 6, 4, 3, 13, 5, 17, 17, 15, 12]),
    ("reponse_questions", "oui", "toutes", [13, 3, 9, 3, 11, 4, 11, 11, 11, 16]),
    ("discussion_residents", "oui", "toutes", [25, 4, 13, 3, 16, 7, 6, 10, 4, 4]),
    ("strategie_communication", "oui", "toutes", [3, 3, 6, 1, 13, 4, 11, 17, 10, 24]),
    ("annonces_payantes", "oui", "toutes", [75, 5, 2, 1, 3, 1, 0, 1, 1, 2]),
    ("implication_citoyens", "oui", "toutes", [7, 39, 22, 24]),
    ("communicateurs", "oui", "toutes", [10, 65, 26, 29, 31, 8]),
    ("communicateurs", "oui", "plus_50000", [2, 8, 0, 2, 0]),
    ("communicateurs", "oui", "20000_50000", [1, 8, 3, 4, 3]),
    ("communicateurs", "oui", "5000_20000", [7, 36, 16, 17, 21]),
    ("communicateurs", "oui", "moins_5000", [0, 13, 7, 6, 7]),
    ("utilisation_optimale", "oui", "toutes", [6, 6, 11, 6, 13, 12, 18, 17, 0, 3]),
    ("communiquer_davantage", "oui", "toutes", [60, 10, 22]),
    ("obstacle_budget", "oui", "toutes", [16, 4, 6, 4, 12, 5, 7, 16, 8, 14]),
    ("obstacle_budget", "non", "toutes", [10, 1, 3, 3, 16, 5, 2, 1, 2, 3]),
    ("obstacle_personnel", "oui", "toutes", [14, 3, 3, 6, 10, 6, 8, 15, 12, 15]),
    ("obstacle_personnel", "non", "toutes", [3, 2, 1, 0, 6, 3, 3, 9, 6, 13]),
    ("obstacle_dirigeants", "oui", "toutes", [22, 10, 14, 5, 16, 7, 7, 4, 3, 4]),
    ("obstacle_dirigeants", "non", "toutes", [7, 9, 3, 3, 11, 5, 5, 2, 1, 0]),
    ("obstacle_lignes_directrices", "oui", "toutes", [14, 7, 5, 7, 10, 7, 11, 13, 8, 10]),
    ("obstacle_lignes_directrices", "non", "toutes", [2, 3, 0, 1, 8, 1, 6, 10, 3, 12]),
    ("obstacle_innovation", "oui", "toutes", [15, 10, 9, 8, 13, 7, 10, 8, 2, 10]),
    ("obstacle_innovation", "non", "toutes", [12, 7, 5, 1, 13, 2, 2, 2, 2, 0]),
    ("demandes", "toutes", "toutes", [53, 27, 9, 8, 5, 4, 4, 4, 4, 3, 2, 2, 2, 1, 1, 1, 1, 1, 1]),
]


@pytest.mark.parametrize(("question", "active", "taille", "expected"), SPOT_CHECKS)
def test_counts_of_every_table(wave, question, active, taille, expected):
    rows = wave.counts
    rows = rows[(rows["question"] == question) & (rows["active"] == active) & (rows["taille"] == taille)]
    order = [answer for answer in wave.codebook.answers(question) if answer in set(rows["modalite"])]
    assert list(rows.set_index("modalite")["effectif"][order]) == expected


def test_active_communes_by_stratum(wave):
    assert wave.activity("taille").counts.to_numpy().tolist() == [[20, 8], [56, 33], [8, 5], [8, 0]]
    assert wave.activity("province").counts.to_numpy().tolist() == [[4, 10], [27, 12], [35, 5], [10, 14], [16, 5]]


def test_the_annex_lists_seventeen_courses():
    courses = training_catalogue()
    assert courses["organisme"].value_counts(sort=False).to_dict() == {
        "Eurometropolitan e-Campus": 2,
        "Techno.bel": 3,
        "Technofutur TIC": 8,
        "TechnoCité": 3,
        "TechniFutur": 1,
    }
    assert courses.loc[courses["prix"] != "", ["titre", "prix"]].to_numpy().tolist() == [
        ["Appréhendez les réseaux sociaux", "150 €"]
    ]
    assert courses["duree"].value_counts().to_dict() == {"1 jour": 9, "2 jours": 3, "2 heures": 2, "": 2, "3 jours": 1}
