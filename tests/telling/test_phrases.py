"""Words follow the numbers: each test changes the numbers and reads the sentence."""

from dataclasses import replace

import pandas as pd
import pytest

from utils.french import typeset
from utils.reading import waves
from utils.statistics.choices import choices
from utils.statistics.design import Design
from utils.statistics.likert import distribution
from utils.survey.proof import NOTHING, Proof
from utils.survey.scales import Scale
from utils.telling import method, paragraphs, phrases


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
        # twice P(X ≤ 31) of 100 throws is 1.8e-4, twice P(X ≤ 32) is 4.1e-4, twice P(X ≤ 33) is 8.7e-4
        (31, 100, "Une minorité des communes actives (31 %) disent"),
        (33, 100, "33 % des 100 communes actives disent"),
        (50, 100, "50 % des 100 communes actives disent"),
        (55, 100, "55 % des 100 communes actives disent"),
        (67, 100, "67 % des 100 communes actives disent"),
        (69, 100, "Une majorité des communes actives (69 %) disent"),
        (6, 8, "75 % des 8 communes actives disent"),
        (8, 8, "Toutes les communes actives (8 sur 8) disent"),
    ],
)
def test_the_quantity_is_that_of_all_communes_only_where_it_is_sure(wave, agree, of, words):
    # 2017's book makes claims up to p = 4.2e-4.
    assert phrases.headline(rated(wave, {10: agree, 1: of - agree})).startswith(typeset(words))


def test_those_who_answered_are_named_so_only_where_others_did_not(wave):
    # 24 of 40: p = .27
    known = rated(wave, {10: 24, 1: 16})
    blank = replace(known, expected=43)
    assert phrases.headline(blank).startswith(typeset("60 % des 40 communes actives ayant répondu disent"))
    every = replace(rated(wave, {10: 40}), expected=43)
    assert phrases.headline(every).startswith(typeset("Toutes les communes actives ayant répondu (40 sur 40)"))
    opinion = replace(known, expected=43, no_opinion=pd.Series({"ne_sait_pas": 3}))
    assert phrases.headline(opinion).startswith(typeset("60 % des 40 communes actives ayant donné un avis disent"))
    # More answers than communes: the source contradicts itself, and nobody is counted twice.
    assert phrases.headline(replace(known, expected=38)).startswith(typeset("60 % des communes actives ayant répondu"))


def test_a_masculine_base_agrees(wave):
    result = replace(rated(wave, {10: 100}), base="repondants")
    assert phrases.headline(result).startswith(typeset("Tous les répondants (100 sur 100) disent"))


def test_a_share_that_is_known_needs_no_proof(wave):
    """Of nine communes, all or all but two answered, five of them yes: the others cannot change it."""
    split = wave.choice("active")
    for no, nine in ((4, Design(9)), (2, Design(9))):
        known = replace(split, answers=choices(pd.Series({"oui": 5, "non": no})), design=nine, proof=NOTHING)
        assert phrases.headline(known).startswith("Une majorité des communes participantes")
    more = replace(split, answers=choices(pd.Series({"oui": 5, "non": 4})), design=Design(10), proof=NOTHING)
    assert "Une majorité" not in phrases.headline(more)


@pytest.mark.parametrize(
    ("n", "counts", "words"),
    [
        # at least 70 and 50 alone, twice P(X ≥ 70) of 120 throws is .08; 68 and 26 of 94: 1.8e-5
        (
            200,
            {"facebook": 70, "twitter": 50},
            "Facebook est la réponse la plus fréquente (35 %), puis Twitter",
        ),
        (200, {"facebook": 68, "twitter": 26}, "Facebook vient en tête (34 %), devant Twitter (13 %)"),
        (100, {"facebook": 26, "twitter": 68}, "Twitter vient en tête (68 %), devant Facebook (26 %)"),
        (
            10,
            {"facebook": 9, "twitter": 9},
            "Les réponses les plus fréquentes, à égalité, sont Facebook et Twitter (90 %)",
        ),
        (
            10,
            {"facebook": 1, "twitter": 9},
            "Twitter est la réponse la plus fréquente (90 %), puis Facebook",
        ),
        (
            10,
            {"facebook": 5, "twitter": 3, "youtube": 3},
            "puis Twitter et YouTube (30 %)",
        ),
        (10, {"facebook": 9}, "La seule réponse proposée est Facebook (90 %)"),
        (9, dict.fromkeys(("facebook", "twitter", "youtube", "linkedin"), 3), "4 sont à égalité (33 %)"),
    ],
)
def test_the_leader_and_its_lead(wave, n, counts, words):
    assert typeset(words) in phrases.headline(chosen(wave, n, **counts))


def test_shares_that_differ_are_not_printed_as_equal(wave):
    # 434 and 426 of 1 000: by counts not sure (p = .8), by rows 8 gave the one alone and none the other
    close = chosen(wave, 1000, facebook=434, twitter=426)
    assert typeset(
        "Les réponses les plus fréquentes, presque à égalité, sont Facebook et Twitter (43 %)"
    ) in phrases.headline(close)
    many = chosen(wave, 1000, facebook=104, twitter=103, youtube=102, linkedin=101)
    assert phrases.headline(many) == typeset("Aucune réponse ne se détache : 4 sont presque à égalité (10 %)")
    cells = ["facebook;twitter"] * 426 + ["facebook"] * 8 + ["youtube"] * 566
    rows = pd.DataFrame({"active": "oui", "medias": cells})
    sure = Proof(lambda: pd.DataFrame({"p": [0.1], "made": [True]}), rows)
    told = phrases.headline(replace(close, proof=sure))
    assert told == typeset("Facebook vient en tête (43,4 %), devant Twitter (42,6 %)")


def test_a_card_says_that_its_lead_is_not_sure(wave):
    assert "réponse la plus fréquente des communes actives" in phrases.key_figure(wave.choice("medias"))[1]
    unsure = phrases.key_figure(wave.choice("circonstances"))[1]
    assert "réponse la plus fréquente des communes actives" in unsure
    assert unsure.endswith(", une avance à confirmer")


def test_shares_that_do_not_count_the_same_say_what_they_count(wave, demo):
    shown = [wave.result(name) for name in wave.codebook.shown]
    assert phrases.counted_as(shown) == typeset(
        "Annonces d’événements : réponse cochée. Les autres : score de 7 à 10, sur une échelle de 1 à 10."
    )
    assert phrases.counted_as([shown[1], shown[0]]).endswith(typeset("L’autre : réponse cochée."))
    assert phrases.counted_as(shown[1:]) == ""
    assert "réponse choisie" in phrases.counted_as([wave.choice("implication_citoyens"), shown[1]])
    assert typeset("part des communes actives") in phrases.shown(demo)


def test_nobody_answered(wave):
    assert phrases.headline(rated(wave, {})) == "Aucune réponse à cette question"
    assert paragraphs.told(rated(wave, {})) == ""


def test_nobody_chose_anything(wave):
    silent = chosen(wave, n=10, facebook=0, twitter=0)
    assert phrases.headline(silent) == "Aucune des réponses proposées n’a été choisie"
    assert paragraphs.plain(silent) == ""


def test_certainty_tells_the_intervals(wave):
    # R: prop.test(38, 92, correct = FALSE): 0.3179 0.5152; order statistics 5 and 7
    said = paragraphs.certainty(wave.likert("utilisation_optimale"))
    assert said.startswith(typeset("Intervalles à 95 % : 32 à 52 % pour la part d’accord, 5 à 7 pour la médiane"))
    assert paragraphs.certainty(wave.choice("medias")) == typeset("Intervalle à 95 % pour « Facebook » : 94 à 100 %.")
    assert paragraphs.certainty(rated(wave, {})) == ""
    assert "moyenne, non calculé" in paragraphs.certainty(rated(wave, {5: 3}))


@pytest.mark.parametrize(
    ("agree", "said"),
    [
        ({"a": 38, "b": 8}, "Une majorité des communes actives (95 %) disent a ; 20 % disent b"),
        ({"a": 24, "b": 20}, "60 % des 40 communes actives disent a ; 50 % disent b"),
        ({"a": 8, "b": 38, "c": 9}, "Une majorité des communes actives (95 %) disent b ; 20 % disent a"),
        ({"a": 24}, "60 % des 40 communes actives disent a"),
    ],
)
def test_the_most_and_the_least_shared_are_told_without_a_claim_on_their_order(wave, agree, said):
    items = []
    for name, k in agree.items():
        result = rated(wave, {10: k, 1: 40 - k})
        items.append(replace(result, question=result.question.model_copy(update={"id": name, "constat": name})))
    assert phrases.sides_headline(items) == typeset(said)


@pytest.mark.parametrize(
    ("agree", "of", "words"),
    [
        (669, 1000, "Deux communes actives sur trois (67 %) disent"),
        (260, 1000, "Un quart des communes actives (26 %) disent"),
        (890, 1000, "Neuf communes actives sur dix (89 %) disent"),
        (420, 1000, "Une minorité des communes actives (42 %) disent"),
    ],
)
def test_a_share_near_a_simple_fraction_is_told_by_it(wave, agree, of, words):
    assert phrases.headline(rated(wave, {10: agree, 1: of - agree})).startswith(typeset(words))


def test_a_headline_leaves_the_other_sides_and_the_ends_to_say(wave):
    said = paragraphs.plain(rated(wave, {1: 27, 2: 22, 5: 25, 9: 26}))
    assert said == typeset(
        "49 % donnent un score de désaccord, 25 % un score du milieu. 27 % donnent le score le plus bas, 1 (pas du "
        "tout d’accord)."
    )
    assert paragraphs.plain(rated(wave, {10: 8})) == ""


def test_an_answer_in_quotation_marks_does_not_begin_a_title(wave):
    users = wave.choice("communicateurs")
    assert phrases.headline(users) == typeset(
        "En tête vient « service de communication » (71 %), devant « employés à titre individuel » (34 %)"
    )
    assert phrases.headline(wave.choice("demandes")).startswith(
        typeset("La réponse la plus fréquente est « formation aux médias sociaux » (38 %), puis")
    )


def test_what_stands_at_the_bars_is_not_told_again(wave):
    result = chosen(wave, n=100, facebook=90, twitter=50, youtube=40, linkedin=9, snapchat=0)
    assert "Facebook" in phrases.headline(result)
    assert paragraphs.plain(result) == typeset("Aucune commune active n’a cité Snapchat.")


def test_level_centre_and_spread(wave):
    said = paragraphs.agreement(rated(wave, {1: 25, 5: 25, 7: 25, 10: 25}))
    assert typeset("La médiane vaut 6 sur une échelle de 1 (pas du tout d’accord)") in said
    assert "dispersées" in said
    assert paragraphs.agreement(rated(wave, {8: 50, 9: 50})).endswith("la moitié centrale s’étend de 8 à 9.")
    assert paragraphs.agreement(rated(wave, {8: 90, 9: 10})).endswith("la moitié centrale tient tout entière à 8.")


def test_a_base_that_is_not_reached_is_told(wave):
    assert phrases.basis(wave.likert("sujets_connus")) == typeset("Communes actives, n = 92")
    assert "n\u00a0=\u00a094 (le tableau ne totalise pas sa base, 92" in phrases.basis(
        wave.likert("communication_adaptee")
    )


def test_ordinary_missing_answers_are_no_contradiction(demo):
    # 89 active communes, of which 84 answered this item; « 92 » above is what the source contradicts.
    assert phrases.basis(demo.likert("sujets_connus")) == typeset("Communes actives : 84\u00a0réponses, 5 sans réponse")
    assert phrases.basis(demo.choice("active")) == typeset("Communes participantes, n = 142")


def test_what_nobody_chose_has_no_bar_and_is_told(wave):
    said = paragraphs.unchosen(chosen(wave, n=100, facebook=90, twitter=50, linkedin=9, snapchat=0, whatsapp=0))
    assert said == "Aucune commune active n’a cité Snapchat ni WhatsApp."
    second = paragraphs.unchosen(chosen(wave, n=100, facebook=90, twitter=0, youtube=0, linkedin=0))
    assert second == ""  # the headline names all three, as those that come next
    assert paragraphs.unchosen(chosen(wave, n=100, facebook=0, twitter=0)) == ""
    assert paragraphs.unchosen(wave.choice("communicateurs")) == ""


def test_many_that_nobody_chose_are_counted(wave):
    named = ("youtube", "linkedin", "snapchat", "whatsapp", "instagram", "google_plus")
    result = chosen(wave, n=100, facebook=90, twitter=50, **dict.fromkeys(named, 0))
    assert paragraphs.unchosen(result) == typeset("6 réponses ne sont citées par aucune commune active.")


def test_equal_shares_are_said_to_be_equal(wave):
    ranked = phrases.ranked([rated(wave, {10: 3, 1: 1}), rated(wave, {9: 3, 2: 1})])
    assert "à égalité" in ranked
    assert "à égalité" not in phrases.ranked([rated(wave, {10: 3, 1: 1}), rated(wave, {10: 1, 1: 1})])


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
    for words in ("une majorité", "une minorité", "en tête", "à confirmer", "négligeable"):
        assert words in said
