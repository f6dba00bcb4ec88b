"""What a sheet says to its commune, of places made by hand."""

import pandas as pd
import pytest
from support.respondents import CODEBOOK, small

from utils.reading.own import own_answers
from utils.survey.moves import moves
from utils.survey.own import Own, Respondent
from utils.survey.peers import ALL_PEERS, Place, Share, peers, places
from utils.telling import sheets, standing_out, suggestions

GROUPS = {"taille": None, "province": None, ALL_PEERS: None}


def rated(name, score, middle, share=None):
    question = CODEBOOK[name]
    groups = GROUPS | {ALL_PEERS: share and Share(share, 40)}
    agrees = score >= 7
    return Place(question, question.bases[0], "accord", agrees, True, (score,), groups, middle, 40)


def chosen(name, answer, own, **shares):
    groups = GROUPS | {by or ALL_PEERS: Share(share, 40) for by, share in shares.items()}
    return Place(CODEBOOK[name], CODEBOOK[name].bases[0], answer, own, own is not None, (), groups)


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    return peers(small().load(tmp_path_factory.mktemp("small")))


def message(known, found):
    own = Own((Respondent(True, {"active": ("oui",)}),))
    return plain(sheets.message(known, "92094", found, own))


def test_an_obstacle_that_weighs_less_is_better_and_a_practice_that_is_more_so():
    before = [rated("obstacle_budget", 3, (4, 5, 6)), rated("reponse_questions", 8, (5, 7, 8))]
    behind = [rated("obstacle_budget", 8, (4, 5, 6)), rated("reponse_questions", 2, (5, 7, 8))]
    neither = [rated("annonces_payantes", 9, (1, 2, 3)), rated("reponse_questions", 5, None)]
    assert standing_out.standing(before, CODEBOOK) == (2, 0, 0)
    assert standing_out.standing(behind, CODEBOOK) == (0, 0, 2)
    assert standing_out.standing(neither, CODEBOOK) == (0, 0, 0)
    assert standing_out.lagging(behind, CODEBOOK) == [behind[1], behind[0]]  # by five scores, by three


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ((8, 8, 2), "Namur devance la moitié des autres communes sur 2 sujets sur 3, et se trouve derrière sur 1."),
        ((8, 7, 7), "Namur devance la moitié des autres communes sur 1 sujet sur 3, et n’est derrière sur aucun."),
        ((2, 2, 7), "Namur est derrière la moitié des autres communes sur 2 sujets sur 3."),
        ((7, 7, 7), "Namur se situe au milieu des autres communes sur tout ce qu’elle a noté."),
    ],
)
def test_the_message_counts_where_the_commune_stands(known, scores, said):
    names = ("sujets_connus", "reponse_questions", "discussion_residents")
    found = [rated(name, score, (5, 7, 8)) for name, score in zip(names, scores, strict=True)]
    assert message(known, found) == said


def test_the_message_of_a_commune_that_is_not_active(known):
    found = [chosen("active", "oui", False, taille=0.6)]
    assert message(known, found) == (
        "Namur n’est pas active sur les médias sociaux, comme 40 % des autres communes de votre taille."
    )
    assert message(known, [chosen("active", "oui", False)]) == "Namur n’est pas active sur les médias sociaux."


def test_the_message_where_nothing_was_answered_or_nothing_can_be_compared(known):
    silent = Own((Respondent(True, {}),))
    assert "sans répondre à aucune question" in sheets.message(known, "92094", [], silent)
    assert message(known, [rated("reponse_questions", 5, None)]) == "Namur a répondu, mais rien n’en peut être comparé."
    option = chosen("medias", "facebook", True, taille=0.9)
    said = "Namur a répondu : voici ses réponses à côté de celles de 7 autres communes."
    assert message(known, [option]) == said


def test_what_most_do_and_what_few_do():
    found = [
        chosen("medias", "instagram", False, taille=0.62),
        chosen("medias", "facebook", False, taille=0.98),
        chosen("medias", "youtube", False, taille=0.4),
        chosen("medias", "snapchat", True, taille=0.1),
        chosen("medias", "tiktok", None, taille=0.9),
        chosen("demandes", "guides", False, taille=0.9),  # a wish is nothing that one does
        rated("reponse_questions", 5, (5, 7, 8), 0.8),  # neither agrees nor disagrees
        rated("discussion_residents", 2, (5, 7, 8), 0.7),
    ]
    lacks = standing_out.missing(found, CODEBOOK)
    assert [(p.question.id, p.answer) for p in lacks] == [
        ("medias", "facebook"),
        ("discussion_residents", "accord"),
        ("medias", "instagram"),
    ]
    assert [p.answer for p in standing_out.rare(found)] == ["snapchat"]


def test_the_first_group_that_is_told_stands_beside_the_answer():
    place = chosen("medias", "facebook", False, taille=0.4, province=0.9)
    assert place.nearest == ("taille", Share(0.4, 40))
    assert standing_out.missing([place], CODEBOOK) == []


def test_what_is_not_shown_is_told_with_its_reason(tmp_path):
    made = small()
    made.about |= {"seuil_diffusion": 5}
    known = peers(made.load(tmp_path))
    said = [plain(line) for line in sheets.unshown(known, "84010")]  # Bouillon: alone of its size
    assert said[0] == "Aucune autre commune de votre taille n’a pris part : rien n’en est montré."
    assert said[1] == "Seules 2 autres communes de votre province ont pris part : rien n’en est montré."
    assert any("moins de 5 autres communes" in line for line in said)


def test_two_respondents_who_disagree_are_told_so_and_not_who_said_what():
    rows = [Respondent(kept, {"obstacle_budget": (score,)}) for kept, score in ((False, "3"), (True, "8"))]
    said = plain(sheets.disagreeing(Own(tuple(rows)), CODEBOOK))
    assert said.startswith("Deux personnes ont répondu pour votre commune. Leurs réponses diffèrent pour 1 question.")
    assert sheets.disagreeing(Own((rows[0],)), CODEBOOK) is None


def test_what_changed_is_told_of_what_was_answered_twice():
    before = Own((Respondent(True, {"active": ("oui",), "reponse_questions": ("4",), "medias": ("facebook", "x")}),))
    after = {"active": ("oui",), "reponse_questions": ("7",), "medias": ("facebook", "tiktok"), "sujets_connus": ("3",)}
    found = moves((CODEBOOK, before), (CODEBOOK, Own((Respondent(True, after),))), {("medias", "tiktok")})
    told = {move.question.id: move for move in found}
    assert set(told) == {"active", "reponse_questions", "medias"}
    assert told["reponse_questions"].size == 3
    assert (told["medias"].gained, told["medias"].lost) == ((), ("x",))  # one option is not compared
    assert plain(sheets.moved(found, "2022")) == "Depuis l’édition 2022, 2 de vos 3 réponses ont changé."
    assert "n’a changé" in sheets.moved([told["active"]], "2022")


def test_chapters_are_those_of_what_lags_most():
    lagging = [rated("obstacle_budget", 9, (4, 5, 6)), rated("obstacle_dirigeants", 9, (4, 5, 6))]
    found = suggestions.chapters(lagging, [chosen("medias", "facebook", False, taille=0.9)])
    assert [slug for slug, _ in found] == ["27_obstacles", "22_presence"]


def test_a_course_shares_words_that_few_share():
    texts = [
        "bâtir une stratégie éditoriale",
        "stratégie de groupe",
        "montage",
        "son",
        "image",
        "lumière",
        "cadre",
        "web",
    ]
    catalogue = pd.DataFrame({"titre": texts, "themes": [""] * 8})
    assert suggestions.courses(catalogue, ["stratégie éditoriale de la commune"])["titre"].tolist() == texts[:1]
    assert suggestions.courses(catalogue, ["stratégie", "éditoriale"]).empty  # of one thing, not of two together
    assert suggestions.courses(catalogue, []).empty


def test_a_commune_of_a_small_wave_is_told_all_of_it(tmp_path):
    wave = small().load(tmp_path)
    known, own = peers(wave), own_answers(wave, tmp_path)
    for ins, of in own.items():
        found = places(known, ins, of)
        assert sheets.message(known, ins, found, of)
        assert sheets.compared(known, ins).startswith("7")
