"""Two waves compared: only what can be, and never a change that chance explains."""

import math
from dataclasses import replace

import pandas as pd
import pytest

from utils.french import typeset
from utils.showing import evidence
from utils.survey import evolution
from utils.survey.codebook import Change as Changed
from utils.survey.evolution import Panel
from utils.telling import trends


@pytest.fixture(scope="module")
def later(wave):
    """Return 2017 once more as if it were 2026, with more active communes and 40 fewer on Facebook."""
    about = wave.about.model_copy(
        update={"periode": wave.about.periode.model_copy(update={"debut": "2026-02", "fin": "2026-04"})}
    )
    counts = wave.counts.copy()
    facebook = (counts["question"] == "medias") & (counts["modalite"] == "facebook")
    counts.loc[facebook, "effectif"] = 51
    return replace(wave, id="2026", about=about, counts=counts)


def test_what_moved_is_found_and_what_did_not_is_not(wave, later):
    found = {(c.question.id, c.option): c for c in evolution.changes(wave, later)}
    facebook = found["medias", "facebook"]
    assert (facebook.before, facebook.now) == (91 / 92, 51 / 92)
    # R: prop.test(c(91, 51), c(92, 92), correct = FALSE)$p.value, that of z for p <- 142/184
    p = 142 / 184
    error = math.sqrt(p * (1 - p) * 2 / 92)
    assert facebook.p == pytest.approx(math.erfc(40 / 92 / error / math.sqrt(2)), rel=1e-9)
    assert facebook.significant
    assert facebook.interval.low < -40 / 92 < facebook.interval.high
    assert [key for key, change in found.items() if change.significant] == [("medias", "facebook")]


def test_each_base_is_compared_with_itself(wave, later):
    bases = {c.question.base for c in evolution.changes(wave, later) if c.question.id == "obstacle_budget"}
    assert bases == {"actives", "non_actives"}


def test_a_question_that_one_wave_lacks_or_that_changed_is_not_compared(wave, later):
    shorter = replace(later, codebook=later.codebook.at("2026-02", ["role"]))
    changed = tuple(
        q.model_copy(update={"changements": (Changed(depuis="2020", quoi="énoncé plus précis"),)})
        if q.id == "sujets_connus"
        else q
        for q in shorter.codebook.questions
    )
    shorter = replace(shorter, codebook=type(shorter.codebook)(**dict(shorter.codebook) | {"questions": changed}))
    apart = evolution.incomparable(wave, shorter)
    reasons = {item.question.id: item.reason for item in apart if not item.option}
    assert reasons == {
        "role": "posée dans l’édition précédente seulement",
        "sujets_connus": "a changé : énoncé plus précis",
    }
    assert not {"role", "sujets_connus"} & {c.question.id for c in evolution.changes(wave, shorter)}
    assert evolution.incomparable(wave, later) == []


def test_options_that_only_one_wave_knows_are_not_compared(wave, demo):
    options = {c.option for c in evolution.changes(wave, demo) if c.question.id == "medias"}
    assert "facebook" in options
    assert not {"tiktok", "google_plus"} & options


def panel_wave(wave, rows):
    return replace(wave, answers=pd.DataFrame(rows, columns=["ins", "active"]))


NO_MERGERS = pd.DataFrame(columns=["ins_ancien", "ins_nouveau", "date"], dtype="str")


def test_the_same_communes_are_followed(wave, later):
    before = panel_wave(wave, [(str(i), "oui" if i < 5 else "non") for i in range(20)])
    now = panel_wave(later, [(str(i), "oui" if i < 14 else "non") for i in range(1, 25)])
    found = evolution.panel(before, now, NO_MERGERS)
    # 19 communes answered twice; 9 became active, none ceased. R: binom.test(9, 9)$p.value is 0.00390625
    assert (found.communes, found.gained, found.lost, found.before, found.now) == (19, 9, 0, 4, 13)
    assert found.p == pytest.approx(0.00390625)
    assert "19\u00a0communes ont répondu aux deux éditions" in trends.followed(found)


def followed(cells, threshold=5, others=()):
    """Tell a panel from its table: active twice, gained, lost, never active."""
    both, gained, lost, *_ = cells
    return trends.followed(Panel(sum(cells), gained, lost, both + lost, both + gained, 0.5, others, threshold))


def test_what_became_of_a_few_communes_is_not_told():
    every = followed((30, 9, 6, 20))
    assert "36 étaient actives, 39 le sont : 9 le sont devenues, 6 ne le sont plus".replace(" :", "\u00a0:") in every
    # 3 gained; by the margins alone, 33 and 36 of 59, they could be 0 to 23.
    some = followed((30, 3, 6, 20))
    assert "36 étaient actives, 33 le sont." in some
    assert "n’est pas publié" in some
    assert "McNemar" not in some
    # 40 and 43 of 46 leave 3 to 6 that gained.
    for cells in ((39, 4, 1, 2), (0, 3, 0, 20), (2, 0, 0, 20)):
        few = followed(cells)
        assert "étaient" not in few
        assert not {str(cell) for cell in cells[1:3]} & set(few.replace("\u00a0", " ").split())
    # Those that answered once: 92 active communes in all, 2 of them not followed.
    assert "étaient" not in followed((30, 9, 6, 20), others=(2, 50, 40, 40))
    assert "0 le sont devenues" in followed((30, 0, 0, 20))


def test_merged_communes_have_no_single_past(wave, later):
    mergers = pd.DataFrame({"ins_ancien": ["1", "2", "3"], "ins_nouveau": ["9", "9", "8"], "date": ["2024-12-02"] * 3})
    before = panel_wave(wave, [("1", "oui"), ("2", "non"), ("3", "non")])
    now = panel_wave(later, [("9", "oui"), ("8", "oui")])
    assert evolution.panel(before, now, mergers).communes == 1


def test_counts_alone_cannot_be_followed(wave, later):
    assert evolution.panel(wave, later, NO_MERGERS) is None
    assert "que des effectifs" in trends.followed(None)


def test_the_sentences_say_how_sure_a_change_is(wave, later):
    found = evolution.changes(wave, later)
    assert "1 bougent" not in trends.headline(found)
    assert typeset("Médias sociaux utilisés : Facebook") in trends.comparable(found)[0]
    quiet = [change for change in found if not change.significant]
    assert "ce qui ne prouve pas que rien n’ait changé" in trends.headline(quiet)
    assert trends.headline([]) == "Rien ne se compare avec une édition précédente."
    assert len(evidence.changes(found).rows) == len(found)
