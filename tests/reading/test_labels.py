"""What text means: scores, labels; and what has no meaning or more than one."""

import pytest

from utils.reading.forms.labels import Labels, folded, near, score


@pytest.mark.parametrize(
    ("text", "meant"),
    [("7", "7"), ("07", "7"), ("7.0", "7"), ("7,00", "7"), (" 10 ", "10"), ("-1", "-1"), ("+3", "3"), ("0", "0")]
    + [(text, None) for text in ("7.5", "7,5", "sept", "7/10", "7 8", "", "A7", "7.", "٧", "²", "1e1", "--1")],
)
def test_a_score(text, meant):
    assert score(text) == meant


def test_folding():
    assert folded("  Élaboration, « participative »\u202f! ") == folded("elaboration PARTICIPATIVE")
    assert folded("cœur_à\u00a0cœur") == "coeur a coeur"
    assert folded("…") == folded("") == folded("|") == ""
    assert folded("Oui 👍") != folded("Oui")


# What typing changes folds alike, what changes the meaning does not.
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("> 1 000", "< 1 000"),
        ("≥ 5", "5"),
        ("≠ 5", "= 5"),
        ("± 5", "5"),
        ("+ 10 %", "- 10 %"),
        ("10 %", "-10 %"),
        ("10 %", "10 €"),
        ("10 %", "10 ‰"),
        ("C++", "C"),
        ("5*", "5"),
        ("n° ½", "n° 12"),
        ("10²", "102"),
    ],
)
def test_signs_that_bear_the_meaning(one, other):
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (">1\u202f000", "> 1\u00a0000"),
        ("−10 %", "-10%"),
        ("5 - 10", "5–10"),
        ("Covid-19", "covid 19"),
        ("1ᵉʳ choix", "1er choix"),
        ("＜ 5", "< 5"),
    ],
)
def test_what_typing_changes(one, other):
    assert folded(one) == folded(other)


def test_declared_labels_come_before_the_questionnaires():
    labels = Labels({"oui": "oui", "non": "non"}, {"Oui": "non", "Néant": ""})
    assert labels.find("Oui") == "non"
    assert labels.find("oui") == "oui"  # written exactly as the questionnaire has it
    assert labels.find("OUI !") is None  # either could be meant
    assert labels.find("NEANT") == ""
    assert labels.find("peut-être") is None


def test_what_differs_by_punctuation_alone_is_told_apart_by_it():
    labels = Labels({"google": "Google", "google_plus": "Google+"}, {})
    assert labels.find("Google") == "google"
    assert labels.find("Google+") == "google_plus"
    assert labels.find("GOOGLE +") == "google_plus"
    assert Labels({"full": "Oui.", "partly": "Oui…"}, {}).find("OUI") is None
    assert Labels({"plus": "+", "minus": "-"}, {}).find("+") == "plus"
    assert Labels({"plus": "+"}, {}).find("-") is None


def test_a_declared_label_takes_nothing_from_one_that_is_spelt_nearly_so():
    labels = Labels({"moins": "moins de 1\u00a0000", "plus": "plus"}, {"Moins de 1 000 !": "plus"})
    assert labels.find("moins de 1\u00a0000") == "moins"
    assert labels.find("Moins de 1 000 !") == "plus"
    assert labels.find("moins de 1 000") is None


def test_an_id_that_is_the_label_of_another_option_is_neither():
    labels = Labels({"1": "2", "2": "deux", "3": "trois"}, {})
    assert labels.find("2") is None
    assert labels.find("1") == "1"
    assert Labels({"1": "2", "2": "deux"}, {"2": "1"}).find("2") == "1"


OPTIONS = {"routes": "infos (routes, déchets…)", "crise": "crise", "oui": "oui, en partie", "non": "non; jamais"}


@pytest.mark.parametrize(
    ("text", "readings", "left"),
    [
        ("Infos (routes, déchets…), Crise", [["routes", "crise"]], []),
        ("Crise, Infos (routes, déchets…)", [["routes", "crise"]], []),
        ("crise;;;", [["crise"]], []),
        ("Crise, crise", [["crise"]], []),
        ("Non; jamais;Crise", [["crise", "non"]], []),
        ("Crise, le stagiaire, parfois, Oui, en partie", [], ["le stagiaire, parfois"]),
        ("ceci, crise, cela", [], ["ceci", "cela"]),
        ("Infos (routes), crise", [], ["Infos (routes)"]),
        ("crise, 😀", [], ["😀"]),
        ("crise, ?", [], ["?"]),
        ("? ; crise", [], ["?"]),
        ("un; deux, trois", [], ["un", "deux, trois"]),
        (";", [[]], []),
    ],
)
def test_several_answers_in_one_cell(text, readings, left):
    assert Labels(OPTIONS, {}).split(text, ",;") == (readings, left)


def test_a_label_may_end_in_dots_behind_a_comma():
    labels = Labels({"routes": "infos (routes, …)", "crise": "crise"}, {})
    assert labels.split("Infos (routes, …), crise", ",") == ([["routes", "crise"]], [])


def test_two_readings_are_both_told():
    labels = Labels({"a": "non", "b": "pas du tout", "c": "non, pas du tout"}, {})
    assert labels.split("Non, pas du tout", ",") == ([["a", "b"], ["c"]], [])
    labels = Labels({"a": "oui"}, {"rien": "", "rien, merci": "", "merci": ""})
    assert labels.split("Oui, rien, merci", ",") == ([["a"]], [])


def test_a_long_text_takes_no_long_time():
    labels = Labels({f"o{n}": f"réponse, numéro {n}" for n in range(20)}, {})
    assert labels.split("a, " * 20_000, ",")[0] == []
    assert labels.split("?," * 5_000 + "réponse, numéro 3", ",")[0] == []
    assert labels.split("😀," * 5_000 + "réponse, numéro 3", ",")[0] == []


def test_near_names():
    assert near("Médiass", ["medias", "role"]) == ["medias"]
    assert near("xyz", ["medias", "role"]) == []
