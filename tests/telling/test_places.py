"""What is said of the place: of a commune that was asked, no more than the edition publishes."""

from dataclasses import replace

from utils.telling import places


def test_of_counts_alone_nobody_can_tell_who_answered(wave):
    told = places.asked(wave)
    assert "l’une des 262 communes interrogées" in told
    assert "ne nomme pas les 138 participantes" in told
    assert "l’étude" in told
    alone = replace(wave, about=wave.about.model_copy(update={"etude": None}))
    assert "étude" not in places.asked(alone)


def test_of_answers_a_map_tells_who_took_part_and_without_it_nothing_does(demo):
    assert "Une carte du livre montre si elle a répondu" in places.asked(demo)
    silent = replace(demo, about=demo.about.model_copy(update={"carte": None}))
    assert "Ni le fait qu’elle ait répondu" in places.asked(silent)
    assert "carte" not in places.asked(silent)


def test_inhabitants_are_of_a_day_that_the_edition_names_or_of_none(wave, demo):
    assert places.inhabitants(wave).startswith("Habitants\u00a0: Statbel, population par commune au 1")
    assert places.inhabitants(demo) == ""
