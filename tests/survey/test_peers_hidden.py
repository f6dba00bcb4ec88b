"""A reader who knows her own row, the book and her sheet learns of no few others: attacked, and the attack attacked."""

import random

import pytest
from support.apart import TYPES, some
from support.random_waves import drawn
from support.sheet_reader import printed, sheets_of, unpublished, worked_out
from support.twins import Reader, twin

from utils.reading.own import own_answers
from utils.statistics.others import Counted
from utils.survey import peers as module
from utils.survey.parts import Part
from utils.survey.peers import peers

ASKED = some(TYPES, "active", "communicateurs", "agents", "abonnes", "priorites", "freins")
WAVES = ((6, None), (7, ASKED))  # seeds: some strata are closed; other kinds of questions
SOME = 6  # sheets of a wave that are attacked by numbers


@pytest.fixture(scope="module", params=WAVES, ids=lambda param: f"wave{param[0]}")
def attacked(request, tmp_path_factory):
    seed, questionnaire = request.param
    data = tmp_path_factory.mktemp(f"wave{seed}")
    wave = drawn(seed, data, questionnaire=questionnaire)
    return seed, wave, data


def sheets(wave, data, seed):
    return list(sheets_of(wave, peers(wave), data, chosen(wave, seed)))


def chosen(wave, seed):
    codes = sorted(wave.answers["ins"])
    return random.Random(seed).sample(codes, min(SOME, len(codes)))


def leaks(wave, data, seed, look):
    known = peers(wave)
    return [leak for ins, own, shown in sheets(wave, data, seed) for leak in look(wave, known, ins, own, shown)]


def test_something_is_shown_and_something_hidden(attacked):
    seed, wave, data = attacked
    shares = [share for *_, shown in sheets(wave, data, seed) for place in shown for share in place.groups.values()]
    assert any(shares)
    assert not all(shares)


def test_every_share_is_one_that_the_book_gives_less_the_reader(attacked):
    seed, wave, data = attacked
    assert not leaks(wave, data, seed, unpublished)


def test_no_count_of_a_few_others_is_worked_out_of_a_sheet(attacked):
    seed, wave, data = attacked
    assert not leaks(wave, data, seed, worked_out)


def test_what_is_hidden_changes_no_letter_of_a_sheet(attacked):
    seed, wave, data = attacked
    other, own = peers(twin(Reader(wave), seed)), own_answers(wave, data)
    known = peers(wave)
    for ins in chosen(wave, seed):
        assert printed(known, own, ins) == printed(other, own, ins), ins


def unguarded(_wave, question, _base, by, answers):
    """Stand for a guard that lets every true count through."""
    for stratum in _wave.codebook.strata(by):
        result = _wave.true.cells(question.id, module_activity(_base), **{by: stratum})
        n = _wave.true.with_opinion(question.id, _base, **{by: stratum})
        sides = {a: result[a] if a in result.index else None for a in answers}
        if question.type == "likert":
            scores = [str(score) for score in _wave.codebook.scale(question.id).side("accord")]
            sides = {"accord": result[scores].sum()}
        design = _wave.design(_base)
        yield stratum, {a: Part.of(k, n, design) if k is not None and n else None for a, k in sides.items()}


def module_activity(base):
    return {"actives": "oui", "non_actives": "non"}.get(base, "toutes")


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    data = tmp_path_factory.mktemp("broken")
    return drawn(6, data), data


def test_counts_that_the_book_hides_would_be_seen(broken, monkeypatch):
    wave, data = broken
    monkeypatch.setattr(module, "_strata", unguarded)
    assert leaks(wave, data, 6, unpublished)
    other, own = peers(twin(Reader(wave), 6)), own_answers(wave, data)
    assert any(printed(peers(wave), own, ins) != printed(other, own, ins) for ins in chosen(wave, 6))


@pytest.mark.parametrize("guard", ["told", "crossed"])
def test_each_guard_is_needed(broken, monkeypatch, guard):
    wave, data = broken
    monkeypatch.setattr(module, guard, lambda *_: True)
    known = peers(wave)
    every = sheets_of(wave, known, data, chosen(wave, 6))
    assert any(worked_out(wave, known, *sheet) for sheet in every)


def test_the_reader_is_taken_off(broken, monkeypatch):
    wave, data = broken
    monkeypatch.setattr(module, "_less", lambda part, _: Counted(part.count, part.n))
    assert leaks(wave, data, 6, unpublished)
