"""The files of one result: numbers as numbers, equal to the results; what is no number is said, not lost."""

import datetime
import io

import openpyxl
import pandas as pd
import pytest

from utils.french import MISSING, typeset
from utils.offering.columns import columns
from utils.offering.result_files import as_csv, as_xlsx
from utils.showing import by_stratum, evidence, tables
from utils.showing.tables import Table
from utils.survey.codebook import Source
from utils.survey.results import HIDDEN
from utils.telling.figures import number, p_value, percent, points, sentence, span

DAY = datetime.date(2026, 11, 30)


def shown(*rows, header=("Réponse", "Part")):
    return Table("Essai", header, rows, source=Source(), files=("f",), method="m")


def read(table):
    return pd.read_csv(io.StringIO(as_csv(table)))


def test_pandas_reads_the_numbers_of_the_results(wave):
    """Facebook: 91 of 92; R: prop.test(91, 92, correct = FALSE)$conf.int."""
    found = read(tables.options(wave.choice("medias"))).set_index("Réponse").loc["Facebook"]
    assert found.iloc[0] == 91
    assert found.iloc[1:].tolist() == pytest.approx([91 / 92, 0.940972, 0.998079], abs=1e-6)


def test_every_column_of_a_summary_is_a_number(wave):
    found = read(tables.sides([wave.likert("sujets_connus"), wave.likert("mentions_connues")]))
    assert all(found.dtypes[1:].map(pd.api.types.is_numeric_dtype))
    assert found["Accord (de 0 à 1)"].tolist() == pytest.approx([48 / 92, 34 / 92], abs=1e-6)
    assert found["Médiane"].tolist() == [7, 5]


def test_a_cell_of_several_numbers_becomes_as_many_columns(wave):
    made = columns(by_stratum.options_by_size(wave.options_by_size("communicateurs")))
    assert [column.title for column in made][1:5] == [
        typeset(f"Moins de 5 000 habitants (n = 20), {what}")
        for what in ("part (de 0 à 1)", "effectif", "borne basse (de 0 à 1)", "borne haute (de 0 à 1)")
    ]
    # R: prop.test(13, 20, correct = FALSE)$conf.int
    assert [column.cells[1] for column in made[1:5]] == pytest.approx([13 / 20, 13, 0.432854, 0.818808], abs=1e-6)


def test_ranks_keep_their_intervals(wave):
    made = columns(evidence.ranks(wave.contrasts("27_obstacles")))
    assert len(made) == 1 + 3 * 3
    assert all(column.numeric for column in made[1:])


@sentence
def both(n):
    return f"{percent(n / 7)} ({number(n)})"


@sentence
def noted(p):
    return f"{p_value(p)} (Fisher)"


def test_what_is_no_number_is_told_in_the_last_column():
    table = shown(
        ("a", both(2), noted(0.04), "–"),
        ("b", HIDDEN, MISSING, points(-0.131)),
        header=("Réponse", "Liège", "p", "Écart"),
    )
    assert as_csv(table).splitlines() == [
        'Réponse,"Liège, part (de 0 à 1)","Liège, effectif",p,Écart (de −1 à 1),Remarque',
        f'a,0.285714,2,0.04,,"p\u00a0: {noted(0.04)}"',
        f'b,,,,-0.131,"Liège\u00a0: [c], non publié\u202f; p\u00a0: {MISSING}"',
    ]


def test_a_column_that_is_not_published_at_all_is_empty_and_said():
    found = read(shown(("a", HIDDEN), ("b", HIDDEN)))
    assert found["Part"].isna().all()
    assert list(found["Remarque"]) == ["Part\u00a0: [c], non publié"] * 2


def test_sentences_with_numbers_stay_sentences():
    @sentence
    def told(n):
        return f"Il faudrait {number(n)} réponses."

    assert columns(shown(("a", told(3)), ("b", told(4))))[1].cells == [
        "Il faudrait 3 réponses.",
        "Il faudrait 4 réponses.",
    ]


def test_whole_numbers_have_no_decimals_and_small_ones_no_exponent():
    found = as_csv(shown(("a", number(1290)), ("b", p_value(0.00001)))).splitlines()
    assert found[1:] == ["a,1290", "b,0.00001"]


def test_no_cell_runs_as_a_formula():
    table = shown(("=1+1", "@SUM(A1)"), ("-2+3", "+1+1"))
    rows = as_csv(table).splitlines()[1:]
    assert rows == ["'=1+1,'@SUM(A1)", "'-2+3,'+1+1"]
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(table, "Source", DAY))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}


def test_the_workbook_holds_numbers_that_any_spreadsheet_shows_in_its_own_language(wave):
    book = as_xlsx(tables.options(wave.choice("medias")), "FuturoCité", DAY)
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert sheet["A2"].value == "FuturoCité"
    assert sheet.freeze_panes == "B4"
    facebook = next(row for row in sheet.iter_rows(min_row=4) if row[0].value == "Facebook")
    assert (facebook[1].value, facebook[2].value) == (91, pytest.approx(91 / 92, abs=1e-6))
    assert (facebook[1].number_format, facebook[2].number_format) == ("General", "0.0%")
    assert book == as_xlsx(tables.options(wave.choice("medias")), "FuturoCité", DAY)


def test_an_interval_keeps_both_ends():
    found = read(shown(("a", span(0.1234, 0.5678)), ("b", span(-0.2, 0.1, "points"))))
    assert found.iloc[0, 1:3].tolist() == [0.1234, 0.5678]
    assert found.iloc[1, 3:5].tolist() == [-0.2, 0.1]
