"""What is hidden is told nowhere: small attacks of those that `tests/disclosure.py` makes on hundreds of waves."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from disclosure import activity, attacked, files, shown, splits, told
from support import running
from support.apart import QUESTIONNAIRE, TYPES, some
from support.random_waves import drawn
from support.twins import Reader, twin
from support.unpublished import other_orders

from utils.auditing import statements
from utils.paths import CHAPTERS
from utils.reading import waves
from utils.statistics.compare import association
from utils.statistics.quantiles import quartiles
from utils.statistics.ranks import shift
from utils.survey.counted import Counted
from utils.survey.strata import Strata
from utils.survey.wave import Wave

NOTEBOOKS = sorted(CHAPTERS.glob("*.ipynb"))
APART = some(QUESTIONNAIRE, "active", "communicateurs", "medias", "communiquer_davantage")
ASKED = some(TYPES, "active", "communicateurs", "agents", "abonnes", "priorites", "freins")
FEW, CLOSED = 29, 6  # seeds: fifteen communes answered; who is active is hidden of some provinces and sizes


def again(wave):
    """Return the same wave as if nothing had been asked of it, but with the same counts hidden."""
    other = replace(wave)
    other.__dict__["_kept"] = {key: kept for key, kept in wave.__dict__["_kept"].items() if key[0] == "_protected"}
    return other


def differing(pair, *parts):
    here, there = (shown(again(wave), *([parts] if parts else [])) for wave in pair)
    return {name for name, content in here.items() if content != there[name]}


@pytest.fixture(scope="module")
def pairs(tmp_path_factory):
    """Return two waves of which something is hidden, each with its twin."""
    found = {}
    for seed in (FEW, CLOSED):
        wave = drawn(seed, tmp_path_factory.mktemp(f"wave{seed}"))
        reader = Reader(wave)
        found[seed] = (wave, twin(reader, seed))
    return found


def test_the_waves_have_something_to_hide(pairs):
    few, closed = pairs[FEW][0], pairs[CLOSED][0]
    assert few.withheld("medias")
    assert closed.activity("province").hidden
    assert closed.activity("taille").hidden
    for wave, other in pairs.values():
        assert (wave.counts["effectif"].to_numpy() != other.counts["effectif"].to_numpy()).sum() > 500


@pytest.mark.chapters
def test_no_hidden_count_of_a_random_wave_can_be_worked_out(pairs):
    found = attacked(pairs[FEW][0], FEW)
    assert found.hidden > 100
    assert not found.told
    assert not found.betrayed


@pytest.mark.chapters
@pytest.mark.parametrize(("seed", "asked"), [(FEW, APART), (CLOSED, ASKED)])
def test_nor_can_one_of_answers_that_stand_apart_of_numbers_or_of_rankings(seed, asked, tmp_path):
    found = attacked(drawn(seed, tmp_path, questionnaire=asked), seed)
    assert found.hidden > 100
    assert found.moved > 100
    assert not found.told
    assert not found.betrayed


@pytest.mark.parametrize("seed", [FEW, CLOSED])
def test_twins_are_told_alike(pairs, seed):
    assert not differing(pairs[seed])


# Each leak, put back.


def test_a_base_of_a_few_would_be_betrayed(pairs, monkeypatch):
    monkeypatch.setattr(Counted, "withheld", lambda *_, **__: False)
    found = differing(pairs[FEW], files, told)
    assert {"explorer", "medias 1"} <= found
    assert any(name.endswith(".xml") for name in found)
    assert any(name.endswith(".xlsx") for name in found)


def _sides(split):
    return (split.counts[side].reset_index(drop=True) for side in split.counts)


def test_a_test_over_hidden_counts_would_be_betrayed(pairs, monkeypatch):
    monkeypatch.setattr(Strata, "test", property(lambda split: association(split.counts)))
    monkeypatch.setattr(Strata, "order", property(lambda split: shift(*_sides(split))))
    assert {"active province", "active taille"} <= differing(pairs[CLOSED], activity)


def test_a_bar_for_a_hidden_group_would_be_betrayed(pairs, monkeypatch):
    monkeypatch.setattr(Strata, "shares", property(lambda split: split.counts.iloc[:, 0] / split.counts.sum(axis=1)))
    assert "active taille" in differing(pairs[CLOSED], activity)


def test_the_size_of_a_closed_group_would_be_betrayed(pairs, monkeypatch):
    breakdown = Wave.breakdown

    def open_(wave, question, by, base=None):
        found = breakdown(wave, question, by, base)
        if found is None:
            return None
        n = {s: wave.answering(question, found.whole.base, **{by: s}) for s in found.labels}
        return replace(found, n=pd.Series(n, dtype="Int64"))

    monkeypatch.setattr(Wave, "breakdown", open_)
    assert "medias actives taille" in differing(pairs[CLOSED], splits)


# Numbers and orders that respondents gave, and no page tells.


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    wave = drawn(FEW, tmp_path_factory.mktemp("given"), questionnaire=ASKED)
    return wave, twin(Reader(wave), FEW)


def given_by(wave, what):
    return {tuple(row) for row in getattr(wave, what).itertuples(index=False)}


def test_other_numbers_are_told_alike(given):
    wave, other = given
    assert len(given_by(wave, "numbers") ^ given_by(other, "numbers")) > 10
    hidden = [wave.result("agents", base).quartiles.hidden for base in ("actives", "non_actives")]
    assert ["median" in names for names in hidden] == [True, False]
    assert not differing(given, files, told)


def test_twins_have_other_orders(tmp_path):
    wave = drawn(CLOSED, tmp_path, questionnaire=ASKED)
    other = replace(wave, orders=other_orders(wave, np.random.default_rng(CLOSED)))
    assert len(given_by(wave, "orders") ^ given_by(other, "orders")) > 20
    assert shown(wave, [told]) == shown(other, [told])


def test_a_quartile_of_a_few_would_be_betrayed(given, monkeypatch):
    monkeypatch.setattr("utils.survey.numbers.quartiles", lambda values, _: quartiles(values))
    assert any(name.endswith("nombres.csv") for name in differing(given, files))


# Whole chapters, as they are drawn.


def everything(wave, monkeypatch):
    running.sketched(monkeypatch, shapes=True)
    monkeypatch.setattr(waves, "load", lambda _: wave)
    monkeypatch.setattr(statements, "statements", lambda _: ())
    return {path.stem: [str(data) for data in running.outputs(path)] for path in NOTEBOOKS}


@pytest.mark.chapters
def test_chapters_tell_the_demonstration_and_its_twin_alike(demo, monkeypatch):
    strict = replace(demo, about=demo.about.model_copy(update={"seuil_diffusion": 9}))
    other = twin(Reader(strict), 1)
    assert (strict.counts["effectif"].sum(), len(other.counts)) == (other.counts["effectif"].sum(), len(strict.counts))
    here, there = everything(strict, monkeypatch), everything(other, monkeypatch)
    for chapter, content in here.items():
        assert content == there[chapter], chapter
