"""A multiple choice left blank is an answer that is missing: the shares are of those who chose something."""

import csv
from collections import Counter
from itertools import product

import pytest
from support.respondents import CODEBOOK, small

from utils.french import typeset
from utils.offering import ddi, explorer
from utils.offering.publication import publication
from utils.offering.tidy import tidy
from utils.paths import DATA
from utils.reading import waves
from utils.showing import charts, tables
from utils.survey.evolution import evolution
from utils.telling import oddities, phrases

NAMES = "ABCDEFGHIJ"


def left_blank():
    """Return a wave of ten active communes, of which six tick Facebook and four leave the question blank."""
    wave = small()
    wave.frame = [
        {"ins": str(91001 + i), "commune": f"Commune{name}", "province": "Namur", "population": str(7000 + 4000 * i)}
        for i, name in enumerate(NAMES)
    ]
    wave.rows = [
        {"id": str(i), "commune": f"Commune{name}", "active": "oui", "medias": "facebook" if i < 6 else ""}
        for i, name in enumerate(NAMES)
    ]
    wave.about["non_posees"] = [q.id for q in CODEBOOK.questions if q.id not in ("active", "medias")]
    return wave


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    return left_blank().load(tmp_path_factory.mktemp("blank") / "data")


@pytest.fixture(scope="module")
def medias(edition):
    return edition.choice("medias")


def test_shares_are_of_those_who_answered(medias):
    assert (medias.answers.n, medias.expected, medias.blank) == (6, 10, 4)
    assert medias.answers.shares["facebook"] == 1
    assert medias.answers.shares["youtube"] == 0


def test_the_blanks_are_told(edition, medias):
    said = typeset("Communes actives : 6\u00a0réponses, 4 sans réponse")
    assert phrases.basis(medias) == said
    written = [text.get_text() for axes in charts.options(medias).draw(1200).axes for text in axes.texts]
    assert any(said in text for text in written)
    assert tables.options(medias).rows[0][:3] == ("Facebook", "6", "100\u00a0%")
    assert tables.options(medias).rows[-1] == ("Sans réponse", "4", "–", "–")
    assert oddities.told(edition) == [
        typeset("« Médias sociaux utilisés » : 4\u00a0réponses manquent sur 10 communes actives.")
    ]


def test_strata_count_answers(edition):
    # Populations 7 000, 11 000 … 43 000: communes A to D below 20 000 inhabitants, E to J above.
    found = edition.breakdown("medias", "taille")
    assert found.n.to_dict() == {"5000_20000": 4, "20000_50000": 2}
    assert edition.options_by_size("medias").results["20000_50000"].blank == 4


def test_the_explorer_and_the_files_follow(edition):
    (question,) = [q for q in explorer.explored(edition)["questions"] if q["id"] == "medias"]
    whole = question["views"][0]["groups"][0]
    assert (whole["n"], whole["cells"][0][:2]) == ("6", ["6", "100\u00a0%"])
    by_size = {group["id"]: group["n"] for group in question["views"][2]["groups"]}
    assert by_size["20000_50000"] == "2"
    found = tidy(edition)
    (row,) = found["bases"].query("question == 'medias'").itertuples(index=False)
    assert (row.attendues, row.n, row.sans_reponse) == (10, 6, 4)
    facebook = found["resultats"].query("question == 'medias' and reponse == 'facebook'").set_index("strate")
    assert facebook.loc[["toutes", "20000_50000"], ["effectif", "n", "part"]].to_numpy().tolist() == [
        [6, 6, 1],
        [2, 2, 1],
    ]
    codebook = ddi.ddi(edition, found, publication(edition))
    assert codebook.count('<sumStat type="invd">4</sumStat>') == len(edition.codebook["medias"].options)


def test_whoever_ticked_no_box_gave_no_answer(tmp_path):
    wave = left_blank()
    wave.drop("medias")
    for i, row in enumerate(wave.rows):
        row |= {"Facebook": "1" if i < 6 else "0", "YouTube": "0"}
    titles = dict.fromkeys((o for o in CODEBOOK["medias"].options), "") | {"facebook": "Facebook", "youtube": "YouTube"}
    wave.about["import"] = {"format": "csv", "fichier": "reponses.csv", "colonnes_multiples": {"medias": titles}}
    found = wave.load(tmp_path / "data").choice("medias")
    assert (found.answers.n, found.blank, found.answers.counts["facebook"]) == (6, 4, 6)


def test_a_printed_table_does_not_tell_who_left_it_blank(wave):
    medias = wave.choice("medias")
    assert (medias.answers.n, medias.blank) == (92, 0)
    assert phrases.basis(medias) == typeset("Communes actives, n = 92")
    found = tidy(wave)["bases"].query("question == 'medias'")
    assert found["sans_reponse"].isna().all()


def test_the_demonstration_counts_its_blanks(demo):
    """Each base, overall and in every stratum, counted from the rows as they stand."""
    with (DATA / "demo" / "reponses.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    given = Counter(name for row in rows for name in ("demandes",) if row[name])
    assert demo.choice("demandes").answers.n == given["demandes"]
    assert demo.choice("demandes").blank == len(rows) - given["demandes"]
    kept = demo.answers[demo.answers["active"] == "oui"]
    strata = kept.merge(demo.communes[["ins", "province", "taille"]], on="ins")
    for name in ("medias", "circonstances", "communicateurs"):
        told = strata[strata[name] != ""]
        assert demo.choice(name).answers.n == len(told)
        for province, taille in product(demo.codebook.strata("province"), demo.codebook.strata("taille")):
            there = told[(told["province"] == province) & (told["taille"] == taille)]
            assert demo.answering(name, "actives", province=province, taille=taille) == len(there)


def test_a_wave_of_rows_is_compared_with_a_printed_one_on_the_whole_base(wave, edition):
    """In 2017, 91 of 92; here 6 of 10, as nobody knows who of the 92 left the question blank."""
    (facebook,) = [
        c
        for c in evolution(wave, edition, waves.mergers()).changes
        if (c.question.id, c.option) == ("medias", "facebook")
    ]
    assert facebook.n == (92, 10)
    assert (facebook.before, facebook.now) == (91 / 92, 6 / 10)
    same = evolution(edition, edition, waves.mergers()).changes
    assert {change.question.id for change in same} == {"active"}  # six chose a medium: too few to compare
