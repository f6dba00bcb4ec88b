"""Words follow the numbers: each test changes the numbers and reads the sentence."""

from dataclasses import replace

import pandas as pd
import pytest

from utils.french import typeset
from utils.reading import waves
from utils.statistics.choices import choices
from utils.statistics.likert import distribution
from utils.survey.codebook import Scale
from utils.telling import method, phrases


def rated(wave, counts):
    result = wave.likert("discussion_residents")
    return replace(result, answers=distribution(counts, range(1, 11)), expected=sum(counts.values()))


def chosen(wave, n=10, **counts):
    result = wave.choice("medias")
    return replace(result, answers=choices(pd.Series(counts), n), expected=n)


@pytest.mark.parametrize(
    ("agree", "of", "words"),
    [
        (0, 100, "Parmi les communes actives, aucune réponse ne dit"),
        (9, 100, "Très peu de communes actives (9 %) disent"),
        (10, 100, "Une minorité des communes actives (10 %) disent"),
        (34, 100, "Moins de la moitié des communes actives (34 %) disent"),
        (50, 100, "La moitié des communes actives (50 %) disent"),
        (51, 100, "Un peu plus de la moitié des communes actives (51 %) disent"),
        (55, 100, "Une majorité des communes actives (55 %) disent"),
        (70, 100, "Une large majorité des communes actives (70 %) disent"),
        (90, 100, "Presque toutes les communes actives (90 %) disent"),
        (100, 100, "L’ensemble des communes actives (100 %) disent"),
    ],
)
def test_the_quantity_fits_the_share(wave, agree, of, words):
    assert phrases.headline(rated(wave, {10: agree, 1: of - agree})).startswith(typeset(words))


def test_a_masculine_base_agrees(wave):
    result = replace(rated(wave, {10: 95, 1: 5}), base="repondants")
    assert "Presque tous les répondants" in phrases.headline(result)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({"facebook": 9, "twitter": 7}, "loin devant Twitter"),
        ({"facebook": 9, "twitter": 8}, ", devant Twitter"),
        ({"facebook": 9, "twitter": 9}, "à égalité avec Twitter"),
        ({"facebook": 1, "twitter": 9}, "En tête : Twitter (90 %)"),
    ],
)
def test_the_leader_and_its_lead(wave, counts, words):
    assert typeset(words) in phrases.headline(chosen(wave, **counts))


def test_nobody_answered(wave):
    assert phrases.headline(rated(wave, {})) == "Aucune réponse à cette question"
    assert phrases.agreement(rated(wave, {})) == "Personne n’a répondu à cette question."


def test_nobody_chose_anything(wave):
    silent = chosen(wave, n=10, facebook=0, twitter=0)
    assert phrases.headline(silent) == "Aucune des réponses proposées n’a été choisie"
    assert phrases.leaders(silent) == "Aucune des réponses proposées n’a été choisie."
    assert "Twitter" not in phrases.leaders(chosen(wave, n=10, facebook=3, twitter=0))


def test_certainty_tells_the_intervals(wave):
    # R: prop.test(38, 92, correct = FALSE): 0.3179 0.5152; order statistics 5 and 7
    said = phrases.certainty(wave.likert("utilisation_optimale"))
    assert said.startswith(typeset("Intervalles à 95 % : 32 à 52 % pour la part d’accord, 5 à 7 pour la médiane"))
    assert phrases.certainty(wave.choice("medias")) == typeset("Intervalle à 95 % pour « Facebook » : 94 à 100 %.")
    assert phrases.certainty(rated(wave, {})) == ""
    assert "moyenne, non calculé" in phrases.certainty(rated(wave, {5: 3}))


def test_items_that_all_tie_have_no_first(wave):
    tied = [rated(wave, {10: 1, 1: 1}), rated(wave, {9: 1, 2: 1})]
    assert phrases.sides_headline(tied).startswith("Autant d’accord")


def test_level_centre_and_spread(wave):
    said = phrases.agreement(rated(wave, {1: 25, 5: 25, 7: 25, 10: 25}))
    assert typeset("50 % des réponses vont dans le sens de l’accord, 25 % dans celui du désaccord") in said
    assert typeset("La médiane vaut 6 sur une échelle de 1 (pas du tout d’accord)") in said
    assert "dispersées" in said
    assert "resserrées" in phrases.agreement(rated(wave, {8: 50, 9: 50}))


def test_a_base_that_is_not_reached_is_told(wave):
    assert phrases.basis(wave.likert("sujets_connus")) == typeset("Communes actives, n = 92")
    assert "n\u00a0=\u00a094 (les effectifs ne donnent pas 92" in phrases.basis(wave.likert("communication_adaptee"))


def test_ordinary_missing_answers_are_no_contradiction(demo):
    # 89 active communes, of which 84 answered this item; « 92 » above is what the source contradicts.
    assert phrases.basis(demo.likert("sujets_connus")) == typeset("Communes actives : 84\u00a0réponses, 5 sans réponse")
    assert phrases.basis(demo.choice("active")) == typeset("Communes participantes, n = 142")


def test_few_and_none(wave):
    said = phrases.fewest(chosen(wave, n=100, facebook=90, twitter=50, youtube=40, linkedin=9, snapchat=0))
    assert typeset("Sous les 10 % : LinkedIn (9 %).") in said
    assert typeset("Jamais cité : Snapchat.") in said


def test_many_small_options_are_counted(wave):
    assert "15\u00a0autres" not in phrases.fewest(wave.choice("medias"))
    assert phrases.fewest(wave.choice("demandes")) == typeset("16 autres réponses restent sous les 10 %.")


def test_equal_shares_are_said_to_be_equal(wave):
    ranked = phrases.ranked([rated(wave, {10: 3, 1: 1}), rated(wave, {9: 3, 2: 1})])
    assert "à égalité" in ranked
    assert "à égalité" not in phrases.ranked([rated(wave, {10: 3, 1: 1}), rated(wave, {10: 1, 1: 1})])


def test_balance(wave):
    assert phrases.balance(rated(wave, {10: 3, 1: 1})) == typeset(
        "L’accord l’emporte sur le désaccord de 50\u00a0points."
    )
    assert phrases.balance(rated(wave, {10: 1, 1: 3})).startswith("Le désaccord l’emporte")
    assert phrases.balance(rated(wave, {10: 1, 1: 1})) == "Accord et désaccord s’équilibrent."


def test_other_data_bring_other_sentences(wave, data):
    path = data / "2017" / "effectifs.csv"
    text = path.read_text(encoding="utf-8")
    text = text.replace("medias,facebook,oui,toutes,toutes,91", "medias,facebook,oui,toutes,toutes,9")
    path.write_text(text, encoding="utf-8")
    assert "Facebook" in phrases.headline(wave.choice("medias"))
    assert "Facebook" not in phrases.headline(waves.load("2017", data).choice("medias"))


def test_a_scale_is_told_whichever_way_it_runs_and_without_a_middle(wave):
    groups = [{"id": s, "libelle": s, "scores": k, "sens": s} for s, k in (("accord", [1]), ("desaccord", [2, 3]))]
    scale = Scale(minimum=1, maximum=3, bas="oui", haut="non", groupes=groups)
    assert method.scales(wave.codebook.model_copy(update={"echelles": {"e": scale}})) == typeset(
        "L’échelle va de 1 (oui) à 3 (non) ; les scores de 2 à 3 forment le désaccord, le score 1 l’accord."
    )


def test_the_vocabulary_tells_every_bound():
    said = " ".join(method.vocabulary())
    for words in ("très peu de", "une minorité des", "presque tous les", "loin devant", "négligeable"):
        assert words in said
