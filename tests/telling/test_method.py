"""What the book says of itself is true of each edition, not of the first one alone."""

import pytest
from support import running
from support.apart import TYPES, some
from support.random_waves import drawn

from utils.paths import CHAPTERS
from utils.reading import measured, waves
from utils.telling import method
from utils.telling.markup import Markup


def test_numbers_come_from_what_an_edition_has(wave, demo):
    assert method.origin(wave.about).startswith("des effectifs que l’étude publie")
    assert method.origin(demo.about) == "des réponses reçues"
    assert "tels que l’étude les publie" in method.counted(wave.about)
    assert "l’étude" not in method.counted(demo.about)


def test_what_an_edition_leaves_out_is_not_told(wave):
    assert method.subjects(wave.codebook) == (
        "si elles sont actives sur les médias sociaux, comment elles s’y prennent, ce qui leur fait obstacle et ce qui "
        "les aiderait"
    )
    without = wave.codebook.at("2017-02", [q.id for q in wave.codebook.questions if q.chapitre == "28_attentes"])
    assert method.subjects(without).endswith("comment elles s’y prennent et ce qui leur fait obstacle")


@pytest.mark.chapters
@pytest.mark.parametrize(("asked", "told"), [("agents", "Nombres"), ("freins", "Classements"), ("", "")])
def test_numbers_and_rankings_are_explained_where_they_are_asked(asked, told, tmp_path, monkeypatch):
    questionnaire = some(TYPES, "active", "communicateurs", asked)
    wave = drawn(6, tmp_path, threshold=7, questionnaire=questionnaire)
    monkeypatch.setattr(waves, "load", lambda _: wave)
    lines = {name.removeprefix("text|") for name in running.named(CHAPTERS / "90_methode.ipynb")}
    assert {line for line in lines if line in ("## Nombres", "## Classements")} == ({f"## {told}"} if told else set())
    withheld = {method.quartiles(wave): "Nombres", method.preferences(wave): "Classements"}
    assert all("7" in line for line in withheld)
    assert [title for line, title in withheld.items() if f"**Discrétion.** {line}" in lines] == ([told] if told else [])


def test_of_an_edition_that_hides_nothing_nothing_is_said_to_be_hidden(wave):
    assert wave.about.threshold == 1
    assert method.quartiles(wave) is None
    assert method.preferences(wave) is None


def test_only_what_an_edition_uses_is_told_to_have_been_tried(wave):
    every = measured.interval_coverage()
    alone = set(method.used(every, wave.codebook, compared=False)["intervalle"])
    assert set(every["intervalle"]) - alone == {
        *("ecart_evolution", "test_evolution", "nps", "ecart_nps", "test_nps"),
        *("rang_moyen", "test_friedman", "test_devant"),
    }
    assert set(method.used(every, wave.codebook, compared=True)["intervalle"]) - alone == {
        "ecart_evolution",
        "test_evolution",
    }


def test_rankings_and_recommendations_are_tried_where_they_are_asked(tmp_path):
    every, ranked = measured.interval_coverage(), some(TYPES, "active", "freins")
    found = method.used(every, drawn(6, tmp_path, questionnaire=ranked).codebook, compared=False)
    assert "test_friedman" in set(found["intervalle"])


def test_an_invented_edition_names_what_it_does_not_invent(wave, demo):
    pages = Markup("[le contexte](10_contexte.ipynb)")
    assert method.genuine(wave.about, pages) == []
    assert method.genuine(demo.about, None) == []
    (told,) = method.genuine(demo.about, pages)
    assert told.endswith(f"de sources réelles\u00a0: {pages}.")
