"""How sure numbers are is told by one of the edition's own; of one that publishes none, nothing."""

from dataclasses import replace

from utils.french import typeset
from utils.telling import trust


def test_the_example_is_who_is_active_with_its_interval(wave):
    # 92 of 138, of 262 asked: the exact interval of a finite population.
    assert trust.uncertain(wave) == typeset(
        "Chaque part a son intervalle à 95 %. Par exemple, 67 % des communes participantes disent être actives sur au "
        "moins un média social ; l’intervalle va de 61 à 72 %."
    )


def test_an_edition_that_asks_nothing_told_by_a_share_has_no_example(wave):
    free = [question for question in wave.codebook.questions if question.type == "texte"]
    assert trust.uncertain(replace(wave, codebook=wave.codebook.model_copy(update={"questions": tuple(free)}))) is None
