"""What is known of a territory, and what may be said of a survey in it."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from utils.paths import DATA
from utils.reading.questionnaires import read_questionnaire, read_territory
from utils.survey.territory import Code, Division, Members, Territory
from utils.telling import places

WALLONIA = read_territory("wallonie", DATA, [])
DEPARTMENT = Division(singulier="département", pluriel="départements", genre="masculin")


def test_wallonia_lost_a_commune_when_two_merged():
    # Bastogne and Bertogne became one on 2 December 2024 (fusions.csv).
    assert [WALLONIA.members(moment) for moment in ("2017-02", "2024-11", "2024-12-01", "2024-12-02", "2026")] == [
        *(262, 262, 262),
        *(261, 261),
    ]


@pytest.mark.parametrize(
    ("code", "fits"),
    [("92094", True), ("20001", False), ("21000", False), ("2A004", False), ("9209", False), ("92094 ", False)],
)
def test_belgian_codes(code, fits):
    assert WALLONIA.code.fits(code) is fits


@pytest.mark.parametrize(("code", "fits"), [("2A004", True), ("2B033", True), ("01004", True), ("2C004", False)])
def test_french_codes_hold_letters_and_zeros(code, fits):
    assert Code(forme="(?:[0-9]{2}|2[AB])[0-9]{3}").fits(code) is fits


def test_articles_agree_with_the_noun():
    assert (DEPARTMENT.le, DEPARTMENT.un, DEPARTMENT.d_un) == ("le département", "un département", "d’un département")
    island = Division(singulier="île", pluriel="îles", genre="feminin")
    assert (island.le, island.un) == ("l’île", "une île")


def test_a_form_that_is_no_pattern_is_refused():
    with pytest.raises(ValidationError, match="une expression régulière"):
        Code(forme="[0-9")


def asking(wave, communes, begun="2017-02", fictif=False):
    about = wave.about.model_copy(
        update={
            "invites": communes,
            "fictif": fictif,
            "periode": wave.about.periode.model_copy(update={"debut": begun}),
        }
    )
    return replace(wave, about=about)


def test_all_communes_are_named_only_where_all_were_asked(wave):
    assert places.addressed(wave) == "aux communes de Wallonie"
    assert places.addressed(asking(wave, 261)) == "à des communes de Wallonie"
    assert places.addressed(asking(wave, 261, "2025-01")) == "aux communes de Wallonie"
    assert places.addressed(asking(wave, 262, "2025-01")) == "à des communes de Wallonie"
    assert places.addressed(asking(wave, 262, "2026-02", fictif=True)) == "aux communes de Wallonie"


def test_a_frame_with_more_communes_than_there_are_is_noted(wave):
    assert places.notes(wave) == []
    (note,) = places.notes(asking(wave, 300))
    assert note == "Le cadre compte 300\u00a0communes\u202f; celles de Wallonie ne sont que 262 à cette date."


def without(wave, *names):
    kept = [name for name in wave.codebook.strata("province") if name not in names]
    return replace(wave, codebook=wave.codebook.asked_in(kept, wave.codebook.strata("taille")))


def test_provinces_left_out_are_named(wave):
    assert places.unasked(wave) is None
    one = places.unasked(without(wave, "luxembourg"))
    assert one == (
        "Elle ne porte pas sur toute la Wallonie\u00a0: dans une province (Luxembourg), aucune commune n’a été "
        "interrogée, et rien de ce qui suit ne vaut pour elle."
    )
    two = places.unasked(without(wave, "luxembourg", "namur"))
    assert "dans 2 provinces (Luxembourg et Namur)" in two
    assert two.endswith("pour elles.")
    assert places.addressed(without(wave, "luxembourg")) == "à des communes de Wallonie"


def test_a_hypothesis_on_a_size_that_is_not_there_is_left_out():
    asked = read_questionnaire([])
    assert asked["communicateurs"].selon_taille.des == "20000_50000"
    small = asked.asked_in(asked.strata("province"), ["moins_5000", "5000_20000"])
    assert small["communicateurs"].selon_taille is None
    # Without smaller communes there is nothing to oppose.
    large = asked.asked_in(asked.strata("province"), ["20000_50000", "plus_50000"])
    assert large["communicateurs"].selon_taille is None
    assert asked.asked_in(asked.strata("province"), asked.strata("taille")) is asked


def test_a_territory_has_each_province_once():
    told = {"nom": "X", "de": "de X", "entier": "tout X"}
    with pytest.raises(ValidationError, match="un identifiant unique par province"):
        Territory(**told, provinces=[{"id": "a", "libelle": "A"}] * 2)
    assert Territory(**told, communes=[Members(nombre=4)]).members("1999") == 4
    assert Territory(**told).place == "X"
    assert Territory(**told).its == "de X"
