"""Answers that stand apart: no opinion is no part of the scale, an exclusive option stands alone."""

import pytest
import yaml
from pydantic import ValidationError
from support.respondents import ABOUT, table
from support.scales import SCALES

from utils.paths import DATA
from utils.reading import waves
from utils.reading.problems import DataError
from utils.survey.codebook import Question
from utils.survey.results import HIDDEN
from utils.survey.scales import Scale
from utils.telling import comments, leads, no_opinion, paragraphs, phrases

NSP, AUCUN = {"id": "nsp", "libelle": "ne sait pas"}, {"id": "aucun", "libelle": "aucun de ces médias"}
ITEM = {"id": "q", "chapitre": "26_opinion", "libelle": "Satisfaction", "enonce": "Content.", "base": "actives"}
RATED = ITEM | {"type": "likert", "echelle": "cinq", "constat": "être contents"}
OPTIONS = [{"id": name, "libelle": name.capitalize()} for name in ("facebook", "youtube")]
MEDIAS = ITEM | {"type": "choix_multiple", "modalites": [*OPTIONS, AUCUN | {"exclusive": True}]}


def loaded(data, question, answers, about=(), communes=None):
    """Load a wave of active communes, one a given answer, in Namur unless `communes` tells their provinces."""
    asked = yaml.safe_load((DATA / "questionnaire.yml").read_text(encoding="utf-8"))
    active = [known for known in asked["questions"] if known["id"] == "active"]
    asked.pop("message", None)  # it stands on questions that are gone
    asked |= {"echelles": {"cinq": SCALES["cinq"]}, "questions": [*active, question]}
    folder = data / "2026"
    folder.mkdir(parents=True)
    names = [f"Commune{i}" for i in range(len(answers))]
    where = communes or ["namur"] * len(answers)
    frame = [(91001 + i, name, where[i], 7000) for i, name in enumerate(names)]
    rows = [(i, name, "oui", answers[i]) for i, name in enumerate(names)]
    files = {
        data / "questionnaire.yml": yaml.safe_dump(asked, allow_unicode=True),
        folder / "vague.yml": yaml.safe_dump(ABOUT | dict(about), allow_unicode=True),
        folder / "cadre.csv": table([("ins", "commune", "province", "population"), *frame]),
        folder / "reponses.csv": table([("id", "commune", "active", "q"), *rows]),
    }
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    return waves.load("2026", data)


def test_the_scale_is_of_those_who_gave_a_score(tmp_path):
    # 4, 5, 2 and twice no opinion, one blank: agreement 2 of 3, median 4, mean 11 / 3; 2 of 5 do not know.
    found = loaded(tmp_path, RATED | {"modalites": [NSP]}, ["4", "nsp", "5", "nsp", "2", ""]).likert("q")
    assert (found.answers.n, found.answered, found.blank, found.expected) == (3, 5, 1, 6)
    assert found.no_opinion.to_dict() == {"nsp": 2}
    assert found.agree == pytest.approx(2 / 3)
    assert (found.answers.median, found.answers.mean) == (4, pytest.approx(11 / 3))
    said = no_opinion.no_opinion(found).replace("\u00a0", " ").replace("\u202f", " ")
    assert said.startswith("2 communes actives sur 5 (40 %, intervalle à 95 % : 12 à 77 %) répondent « ne sait pas »")
    assert "3 réponses, 2 sans avis, 1 sans réponse" in phrases.basis(found).replace("\u00a0", " ")


def test_nobody_without_opinion_and_nobody_with_one_are_told(tmp_path):
    none = loaded(tmp_path / "none", RATED | {"modalites": [NSP]}, ["4", "5"]).likert("q")
    assert no_opinion.no_opinion(none).replace("\u00a0", " ") == (
        "Aucune des 2 communes actives ne répond « ne sait pas »."
    )
    every = loaded(tmp_path / "every", RATED | {"modalites": [NSP]}, ["nsp", "nsp"]).likert("q")
    assert phrases.headline(every) == "Aucun avis donné"
    assert paragraphs.told(every).startswith("Personne n’a donné d’avis. 2\u00a0communes actives sur 2")


def test_a_choice_keeps_its_base_unless_the_codebook_says_no_opinion(tmp_path):
    options = {"type": "choix_unique", "modalites": [*OPTIONS, NSP]}
    answers = ["facebook", "facebook", "youtube", "nsp", "nsp"]
    inside = loaded(tmp_path / "inside", ITEM | options, answers).choice("q")
    assert inside.answers.shares.to_dict() == pytest.approx({"facebook": 2 / 5, "youtube": 1 / 5, "nsp": 2 / 5})
    outside = loaded(tmp_path / "outside", ITEM | options | {"sans_avis": ["nsp"]}, answers).choice("q")
    assert outside.answers.shares.to_dict() == pytest.approx({"facebook": 2 / 3, "youtube": 1 / 3})
    around = outside.no_opinion_part("nsp").interval
    assert around.low < 2 / 5 < around.high


def test_the_study_keeps_who_does_not_know_in_its_base(wave):
    found = wave.choice("communiquer_davantage")
    assert found.no_opinion.empty
    assert "ne_sait_pas" in found.answers.counts.index


def test_comments_may_tell_who_has_no_opinion(tmp_path):
    wave = loaded(tmp_path, RATED | {"modalites": [NSP]}, ["4", "nsp", "5", "nsp", "2"])
    assert comments.WORDS["part"].write(wave, "q", "nsp") == "40\u00a0%"
    assert comments.WORDS["effectif"].write(wave, "q", "nsp") == "2"


def test_a_few_without_opinion_are_hidden_of_a_province_and_so_is_of_whom_its_shares_are(tmp_path):
    # Namur: 8 of 4, 8 of 2, 2 of no opinion; Liège: 8 of 4, 8 of 2, 6 of no opinion. 2 is a few: both are hidden,
    # as their sum is told; so are one more count of each province, whose answers in all are told.
    answers = (["4"] * 8 + ["2"] * 8 + ["nsp"] * 2) + (["4"] * 8 + ["2"] * 8 + ["nsp"] * 6)
    provinces = ["namur"] * 18 + ["liege"] * 22
    wave = loaded(tmp_path, RATED | {"modalites": [NSP]}, answers, {"seuil_diffusion": 5}, provinces)
    found = wave.breakdown("q", "province")
    assert found.no_opinion.loc["nsp", ["namur", "liege"]].isna().all()
    assert found.n[["namur", "liege"]].isna().all()
    for province in ("namur", "liege"):
        assert found.counts[province].isna().any()
    assert found.test is None
    open_ = loaded(tmp_path / "open", RATED | {"modalites": [NSP]}, answers, {}, provinces).breakdown("q", "province")
    assert open_.no_opinion.loc["nsp"].to_dict() | {"namur": 2, "liege": 6} == open_.no_opinion.loc["nsp"].to_dict()
    assert (open_.n["namur"], open_.answered["namur"]) == (16, 18)


def test_scores_of_fewer_than_may_be_told_are_not_told_however_many_do_not_know(tmp_path):
    answers = ["4"] * 3 + ["nsp"] * 20
    found = loaded(tmp_path, RATED | {"modalites": [NSP]}, answers, {"seuil_diffusion": 5}).likert("q")
    assert found.withheld
    assert found.no_opinion.sum() == 0
    assert HIDDEN not in paragraphs.told(found)


def test_an_exclusive_option_beside_another_is_a_fault(tmp_path):
    with pytest.raises(DataError) as error:
        loaded(tmp_path, MEDIAS, ["aucun", "aucun;facebook", "facebook;youtube"])
    (problem,) = error.value.problems
    assert (problem.line, problem.column, problem.value) == (3, "q", "aucun;facebook")
    assert "« aucun » seul" in problem.expected
    assert "`exclusive`" in problem.expected
    assert "--ecarter" in problem.expected


def test_an_exclusive_option_is_told_apart_and_last(tmp_path):
    few = loaded(tmp_path / "few", MEDIAS, ["aucun", "facebook", "facebook;youtube", "facebook"]).choice("q")
    assert few.order == ["facebook", "youtube", "aucun"]
    said = leads.lead(few).replace("\u00a0", " ").replace("\u202f", " ")
    assert said.startswith("Facebook est la réponse la plus fréquente (75 %)")
    assert said.endswith("aucun de ces médias : 1 sur 4")
    most = loaded(tmp_path / "most", MEDIAS, ["aucun", "aucun", "aucun", "facebook"]).choice("q")
    said = leads.lead(most).replace("\u00a0", " ").replace("\u202f", " ")
    assert said.startswith("Aucun de ces médias : 3 sur 4 ; parmi les autres réponses, ")
    assert "cette réponse exclut toutes les autres" in leads.excluding(most)
    only = loaded(tmp_path / "only", MEDIAS, ["aucun", "aucun"]).choice("q")
    assert leads.lead(only).replace("\u00a0", " ") == "Aucun de ces médias : 2 sur 2"
    assert paragraphs.told(only)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (MEDIAS | {"sans_avis": ["autre"]}, "des modalités de la question, non autre"),
        (RATED | {"modalites": [NSP, AUCUN], "sans_avis": ["nsp"]}, "toutes les modalités d’une question notée"),
        (RATED | {"modalites": [{"id": "3", "libelle": "trois"}]}, "pour 3, un autre identifiant"),
        (RATED | {"modalites": [{"id": "neutre", "libelle": "neutre"}]}, "pour neutre, un autre identifiant"),
        (ITEM | {"type": "texte", "modalites": [NSP], "sans_avis": ["nsp"]}, "notée ou à choix seulement"),
        (MEDIAS | {"type": "choix_unique"}, "choix_multiple seulement, non pour aucun"),
        (MEDIAS | {"sans_avis": ["aucun"]}, "non les deux, pour aucun"),
        (MEDIAS | {"modalites": [AUCUN | {"exclusive": True}]}, "au moins une modalité qui ne soit ni"),
    ],
)
def test_what_cannot_stand_apart_is_refused(question, expected):
    with pytest.raises(ValidationError, match=expected):
        Question(**question)


GROUPS = [{"id": f"g{i}", "libelle": str(i), "scores": (i,), "sens": "desaccord"} for i in range(11)]


@pytest.mark.parametrize(
    ("scale", "expected"),
    [
        ({"minimum": 0, "maximum": 100, "groupes": []}, "une échelle de 2 à 11 scores, non de 101 .*`nombre`"),
        ({"minimum": 0, "maximum": 10, "groupes": GROUPS}, "au moins un groupe de sens `desaccord` et un de sens"),
        (SCALES["cinq"] | {"indice": "nps"}, "`indice: nps` pour une échelle de 0 à 10 seulement"),
        (SCALES["dix"] | {"indice": "nps"}, "`indice: nps` pour une échelle de 0 à 10 seulement"),
    ],
)
def test_what_is_no_scale_or_makes_no_such_score_is_refused(scale, expected):
    with pytest.raises(ValidationError, match=expected):
        Scale(**{"bas": "a", "haut": "b"} | scale)


def test_an_export_is_read_by_the_label_of_no_opinion(tmp_path):
    about = {"import": {"format": "csv", "fichier": "reponses.csv"}}
    found = loaded(tmp_path, RATED | {"modalites": [NSP]}, ["5", "Ne sait pas", "ne sait pas "], about).likert("q")
    assert (found.answers.n, found.no_opinion.to_dict()) == (1, {"nsp": 2})
