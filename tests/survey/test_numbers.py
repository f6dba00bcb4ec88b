"""Numbers as results: counted by class, summed up where nobody is given away, compared by their order."""

import json
import math
import re
from dataclasses import replace

import pytest
from support.asking import asking

from utils import show
from utils.offering.bundle import offered
from utils.offering.explorer import explored
from utils.offering.tidy import as_csv, tidy
from utils.publishing import blocks
from utils.reading import waves
from utils.statistics.families import KINDS
from utils.survey.evolution import evolution
from utils.telling import options, paragraphs, phrases

STAFF = {"id": "etp", "type": "nombre", "unite": "équivalents temps plein", "minimum": 0, "maximum": 50}
STAFF |= {"classes": [0, 1, 2, 5], "base": "communes"}
FANS = {"id": "abonnes", "type": "nombre", "unite": "abonnés", "entier": True, "minimum": 0, "maximum": 10**6}
FANS |= {"classes": [0, 1000, 10_000]}
# Of 12 active communes and of 8 others, and what is known of them by hand.
ACTIVE = [0.5, 1, 1.5, 1.5, 2, 2, 2.5, 3, 3, 4, 5, 20]
OTHERS = [0, 0, 0.2, 0.5, 0.5, 1, 1.2, 3]


@pytest.fixture(scope="module")
def staffed(tmp_path_factory):
    data = tmp_path_factory.mktemp("numbers") / "data"
    return asking(data, [STAFF], [(str(value),) for value in ACTIVE + OTHERS], active=12)


def test_a_number_is_counted_by_class_and_summed_up_by_its_values(staffed):
    found = staffed.result("etp", "actives")
    assert found.counts.to_numpy().tolist() == [[1, 3, 6, 2]]
    # The 6th and 7th of 12 are 2 and 2.5; the 3rd and 4th are 1.5; the 9th and 10th are 3 and 4.
    told = found.summary.loc["actives"]
    assert (told["n"], told["median"], told["q1"], told["q3"]) == (12, 2.25, 1.5, 3.5)
    # Of 12 answers, from the 3rd to the 10th: 1 - 2 (1 + 12 + 66) / 4096 = 0.961.
    assert (told["median_low"], told["median_high"]) == (1.5, 4)
    assert found.middle == ("2_a_moins_5",)


def test_active_and_other_communes_are_compared_by_class(staffed):
    pair = staffed.contrast("etp")
    # Places 0..3 of 1, 3, 6, 2 and of 5, 2, 1, 0. U = sum over active answers of those below, ties one half:
    # 1 × 2.5 + 3 × (5 + 1) + 6 × (7 + 0.5) + 2 × 8 = 81.5, of 96 pairs. Of fewer than ten answers p is exact.
    assert pair.order.superiority == pytest.approx(81.5 / 96)
    told = pair.tests.iloc[0]
    assert told["statistic"] == 81.5
    assert told["corrected"] == pytest.approx(min(1, told["p"] * len(KINDS)))  # its book compares nothing else
    assert list(pair.claims) == [("etp", "order")]


def test_what_lies_within_a_class_changes_no_test(staffed, tmp_path):
    moved = [0.1, 1.9, 1.1, 1, 4.9, 2, 2, 2, 2, 2, 50, 50]
    other = asking(tmp_path / "data", [STAFF], [(str(value),) for value in moved + OTHERS], active=12)
    assert other.contrast("etp").tests.equals(staffed.contrast("etp").tests)
    assert other.result("etp").quartiles != staffed.result("etp").quartiles


def test_no_claim_is_made_of_the_fullest_class(staffed):
    assert "etp" not in set(staffed.levels()["question"])


def test_words_follow_the_numbers(staffed):
    active, pair = staffed.result("etp", "actives"), staffed.contrast("etp")
    assert phrases.headline(active) == "Etp\u00a0: médiane de 2,25 équivalents temps plein"
    said = "La moitié centrale va de 1,5 à 3,5. Intervalle à 95\u00a0% de la médiane\u00a0: 1,5 à 4,0."
    assert said in paragraphs.told(active)
    assert phrases.key_figure(active)[0] == "2,25"
    assert options.chosen(pair).startswith("Les communes actives donnent des nombres plus grands")
    assert "médiane de 0,5 (en équivalents temps plein)" in phrases.headline(staffed.result("etp", "non_actives"))
    assert show(active)._repr_html_().count("<svg") == 1
    assert "<table" in show(pair)._repr_html_()


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    data = tmp_path_factory.mktemp("guarded") / "data"
    fans = [1237 + 911 * i for i in range(30)]
    return fans, asking(data, [FANS], [(str(value),) for value in fans], seuil_diffusion=5)


def test_no_published_number_is_a_respondents_own(guarded):
    fans, wave = guarded
    published = [json.dumps(explored(wave), ensure_ascii=False), *map(as_csv, tidy(wave).values())]
    for part in blocks.block(wave, "abonnes"):
        if isinstance(part, blocks.Text):
            published.append("".join(text for _, text in part.pieces))
        else:
            drawn = f"{part.chart.alt} {part.said}" if isinstance(part, blocks.Result) else ""
            published.append(str(part.table.rows) + drawn)
    text = re.sub(r"(?<=\d)[\u202f\u00a0 ](?=\d{3})", "", "\n".join(published))
    assert not [value for value in fans if re.search(rf"(?<!\d){value}(?!\d)", text)]
    # The 15th and the 16th are 13 991 and 14 902: their mean, to two digits.
    assert "médiane est de 14000 abonnés" in text
    assert {file.name.rpartition("-")[2] for file in offered(wave)} >= {"nombres.csv"}


def test_a_median_of_a_few_is_not_told(tmp_path):
    wave = asking(tmp_path / "data", [FANS], [(str(1237 + 911 * i),) for i in range(8)], seuil_diffusion=5)
    found = wave.result("abonnes")
    assert math.isnan(found.quartiles.median)
    assert "médiane dans la classe « de 1 000 à 9 999 »" in phrases.headline(found).replace("\u00a0", " ").replace(
        "\u202f", " "
    )
    assert "trop peu de réponses se trouvent d’un côté" in paragraphs.told(found)
    row = tidy(wave)["nombres"].iloc[0]
    assert row["classe_mediane"] == "1000_a_9999"
    assert row[["mediane", "q1", "q3", "mediane_basse"]].isna().all()


def test_of_fewer_than_the_threshold_nothing_is_told(tmp_path):
    wave = asking(tmp_path / "data", [FANS], [("1237",)] * 4, seuil_diffusion=5)
    assert wave.result("abonnes").quartiles is None
    assert tidy(wave)["nombres"].iloc[0]["statut"] == "[c]"
    assert "non publiées" in paragraphs.told(wave.result("abonnes"))


def test_rounded_counts_give_no_median_to_the_unit(tmp_path):
    wave = asking(tmp_path / "data", [FANS], [(str(1237 + 911 * i),) for i in range(30)], arrondi=5)
    assert wave.result("abonnes").quartiles is None
    assert "les effectifs sont arrondis" in paragraphs.told(wave.result("abonnes"))


def test_an_aggregated_wave_counts_by_class(staffed):
    # The counts of the respondents, as a study would print them.
    printed = replace(
        staffed, answers=None, numbers=None, about=staffed.about.model_copy(update={"source": "effectifs"})
    )
    found = printed.result("etp", "actives")
    assert found.quartiles is None
    assert found.counts.equals(staffed.result("etp", "actives").counts)
    assert "que des effectifs par classe" in paragraphs.told(found)
    assert printed.contrast("etp").order == staffed.contrast("etp").order


def test_two_waves_are_compared_by_the_order_of_their_numbers(tmp_path):
    low, high = [(str(value),) for value in ACTIVE], [(str(min(50, value + 10)),) for value in ACTIVE]
    question = STAFF | {"base": "actives"}
    before = asking(tmp_path / "before", [question], low)
    now = asking(tmp_path / "now", [question], high)
    found = evolution(before, now, waves.mergers())
    (shift,) = found.shifts
    assert shift.test.delta > 0
    assert shift.significant
    assert "etp" not in {change.question.id for change in found.changes}
    # Corrected together with the shares: of `active` alone here, whose change cannot be tested.
    assert shift.corrected == pytest.approx(shift.test.p * len(KINDS))
