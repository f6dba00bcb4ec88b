"""Real exports of LimeSurvey: proposed, completed where they are marked, counted as its database counts."""

import re
import shutil

import pytest

from utils.paths import DATA, ROOT
from utils.publishing import commands
from utils.reading import waves
from utils.survey.codebook import ALL

TUTORIAL, EXPORTS = ROOT / "docs" / "tutoriel", ROOT / "tests" / "support" / "exports"
MOST = 12  # decisions left to the analyst
MARK = re.compile(r"à compléter|à confirmer")

# Columns that no question is about: what the analyst puts under `ignorees`.
UNUSED = {
    "export-limesurvey.csv": ("Recommanderiez-vous cette enquête ?",),
    "limesurvey-complete.xlsx": ("Recommanderiez-vous cette enquête ?",),
    "limesurvey-codes.csv": ("calcul", "avis"),
    "limesurvey-numbers.csv": ("G01Q06", "G03Q04"),
    "limesurvey-anonymous.csv": ("Recommanderiez-vous cette enquête ?",),
    "limesurvey-unfinished.csv": (),
}
# As the survey's database has them: submitted responses, and a commune's last answer.
ALL_OF_THEM = {
    "respondents": 51,
    "communes": (30, 19),
    "role": {"charge_communication": 17, "administratif": 9, "directeur_general": 8, "gestionnaire_web": 5}
    | {"informatique": 4, "echevin": 3},
    "medias": {"facebook": 29, "twitter": 5, "youtube": 11, "application_mobile": 13, "instagram": 20}
    | {"linkedin": 14, "whatsapp": 8, "snapchat": 1, "tiktok": 10},
    "budget": (
        {2: 1, 4: 5, 5: 9, 6: 5, 7: 2, 8: 6, 9: 1},
        {3: 1, 4: 1, 5: 3, 6: 2, 7: 4, 8: 2, 9: 2, 10: 2},
    ),
}
# Counted in the file.
ANONYMOUS = {
    "respondents": 11,
    "communes": (6, 5),
    "role": dict.fromkeys(("directeur_general", "administratif", "charge_communication", "gestionnaire_web"), 2),
    "medias": {"facebook": 6, "twitter": 1, "youtube": 2, "application_mobile": 3, "instagram": 5, "linkedin": 3}
    | {"whatsapp": 1, "tiktok": 4},
    "budget": ({4: 1, 5: 2, 7: 1, 8: 2}, {4: 1, 5: 2, 10: 1}),
}
UNFINISHED = {"respondents": 3, "communes": (2, 1), "role": {}, "medias": {"facebook": 2}, "budget": None}
TRUTH = dict.fromkeys(UNUSED, ALL_OF_THEM)
TRUTH |= {"limesurvey-anonymous.csv": ANONYMOUS, "limesurvey-unfinished.csv": UNFINISHED}


@pytest.fixture(scope="module", params=UNUSED)
def export(request):
    return request.param


@pytest.fixture(scope="module")
def data(export, tmp_path_factory):
    """Make a folder with the wave as it is proposed for an export."""
    data = tmp_path_factory.mktemp("data")
    shutil.copy(DATA / "questionnaire.yml", data)
    path = next(folder / export for folder in (TUTORIAL, EXPORTS) if (folder / export).exists())
    commands.new("2026", str(path), str(TUTORIAL / "communes.csv"), data=data)
    return data


@pytest.fixture(scope="module")
def text(data):
    return (data / "2026" / "vague.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def wave(data, text, export):
    """Load the wave, every mark settled: what no question is about is set aside, all else confirmed."""
    text = text.replace("organisateur: à compléter", "organisateur: Données fictives")
    text = re.sub(r"\n *#[^\n]*à compléter", "", text)
    text += "".join(f"    - {title!r}\n" for title in UNUSED[export])
    if export == "limesurvey-anonymous.csv":  # whose answers bear no date
        text = text.replace('"2026-01"', '"2026-11"')
    (data / "2026" / "vague.yml").write_text(text, encoding="utf-8")
    return waves.load("2026", data)


def counted(wave, question, active=ALL):
    return {answer: n for answer, n in wave.cells(question, active).items() if n}


def test_few_decisions_are_left(text, export):
    marked = [line for line in text.splitlines() if MARK.search(line)]
    assert 3 <= len(marked) <= MOST, marked
    if export == "export-limesurvey.csv":
        assert len(marked) == 11
        assert "Onze lignes portent" in (TUTORIAL / "limesurvey.md").read_text(encoding="utf-8")


def test_the_columns_that_no_question_is_about_are_all_that_is_left_open(text, export):
    left = re.findall(r"^ +# \"?(.*?)\"?: …  # à compléter$", text, re.MULTILINE)
    assert set(left) == set(UNUSED[export])


def test_the_counts_are_those_of_the_database(wave, export):
    truth = TRUTH[export]
    assert wave.about.repondants == truth["respondents"]
    assert (wave.size("actives"), wave.size("non_actives")) == truth["communes"]
    assert counted(wave, "role") == truth["role"]
    assert counted(wave, "medias", "oui") == truth["medias"]
    if truth["budget"]:
        for active, scores in zip(("oui", "non"), truth["budget"], strict=True):
            assert counted(wave, "obstacle_budget", active) == {str(score): n for score, n in scores.items()}
    else:
        assert "obstacle_budget" not in wave.codebook


def test_every_other_count_is_the_same_in_every_export_of_one_survey(wave, export):
    if TRUTH[export] is not ALL_OF_THEM:
        pytest.skip("another survey, or a part of it")
    # Counted in the codes, row by row.
    assert list(wave.cells("circonstances", "oui")) == [28, 28, 23, 24, 20, 13, 5, 0]
    demandes = [22, 22, 6, 13, 5, 9, 17, 9, 4, 6, 1, 3, 2, 6, 5, 3, 6, 3, 2]
    assert list(wave.cells("demandes", ALL)) == demandes
    assert counted(wave, "implication_citoyens", "oui") == {
        "oui_completement": 1,
        "oui_en_partie": 11,
        "non_mais_prevu": 6,
        "non_pas_du_tout": 6,
    }
    assert counted(wave, "communiquer_davantage", "oui") == {"oui": 19, "non": 1, "ne_sait_pas": 10}


def test_what_was_never_sent_is_asked_about(text, export):
    never = {"limesurvey-complete.xlsx": None, "limesurvey-anonymous.csv": 4, "limesurvey-unfinished.csv": 2}
    number = never.get(export, 13)
    assert ("inachevees: ecarter  # à confirmer" in text) == (number is not None)
    assert number is None or re.search(rf"\b{number}\sréponses n’ont jamais été envoyées", text)


def test_the_period_is_that_of_the_answers(text, export):
    month = "2026-01" if export == "limesurvey-anonymous.csv" else "2026-11"  # the wave's name, without a date
    assert f'  debut: "{month}"\n  fin: "{month}"\n' in text


def test_questions_without_a_column_are_proposed_as_not_asked(text, export):
    asked = export != "limesurvey-unfinished.csv"
    assert ("non_posees: []" in text) == asked
    assert ("\n  - obstacle_budget\n" in text) != asked


def test_rankings_are_no_answers_to_a_question_of_several_options(text, export):
    ranks = re.findall(r"^    - \"(?:.*\[Classement \d\]|classement\[\d\]|G02Q10\[\d\])\"$", text, re.MULTILINE)
    assert len(ranks) == (0 if export == "limesurvey-unfinished.csv" else 3)
