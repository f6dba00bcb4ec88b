"""Files as other tools write them: encodings, separators, workbooks; and what damage is told of them."""

import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font
from support.workbooks import DAY, MOMENT, write_workbook

from utils.reading.tabular import read_raw, read_table


def read(path, sheet=None):
    problems = []
    table = read_raw(path, problems, sheet)
    return table, "\n".join(map(str, problems))


def write(tmp_path, content, encoding="utf-8"):
    path = tmp_path / "export.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_usual_encoding_separator_and_line_end(tmp_path, encoding, separator, end):
    rows = [["commune", "réseau"], ["Liège", "déjà"], ["Rœulx", "Côté sud"]]
    text = end.join(separator.join(row) for row in rows) + end
    table, said = read(write(tmp_path, text, encoding))
    assert said == ""
    assert table.header == ("commune", "réseau")
    assert table.rows.to_numpy().tolist() == [["Liège", "déjà", 2], ["Rœulx", "Côté sud", 3]]


def test_quoted_cells_keep_their_separators_and_line_breaks(tmp_path):
    text = 'id;avis\n1;"oui; mais\npas ""tout"", non"\n2;"a\r\nb"\n3;fin\n'
    table, said = read(write(tmp_path, text))
    assert said == ""
    assert table.rows["avis"].tolist() == ['oui; mais\npas "tout", non', "a\r\nb", "fin"]
    assert table.rows["ligne"].tolist() == [2, 4, 6]


def test_labels_with_commas_do_not_make_a_comma_file(tmp_path):
    text = "Commune;Actifs, oui ou non ?;Lesquels, si oui ?\nAth;oui;Facebook\nHuy;non;\n"
    assert read(write(tmp_path, text))[0].header == ("Commune", "Actifs, oui ou non ?", "Lesquels, si oui ?")
    more = "Commune;Actifs, oui, non, ou autre ?\nAth;oui\nHuy;non\n"
    assert read(write(tmp_path, more))[0].header == ("Commune", "Actifs, oui, non, ou autre ?")
    quoted = '"Nom, prénom, rôle";"Commune"\n"a, b, c";"Ath"\n'
    assert read(write(tmp_path, quoted))[0].header == ("Nom, prénom, rôle", "Commune")


def test_answers_joined_by_semicolons_do_not_make_a_semicolon_file(tmp_path):
    table, _ = read(write(tmp_path, "id,medias\n1,facebook;twitter;youtube\n2,facebook;twitter\n"))
    assert table.rows["medias"].tolist() == ["facebook;twitter;youtube", "facebook;twitter"]


def test_a_line_separator_inside_a_cell_ends_no_row(tmp_path):
    table, said = read(write(tmp_path, "id;avis\n1;un\u2028deux\x0ctrois\n2;fin\n"))
    assert said == ""
    assert table.rows["ligne"].tolist() == [2, 3]


def test_excel_says_its_separator_on_a_line_of_its_own(tmp_path):
    table, said = read(write(tmp_path, "sep=;\r\na;b\r\n1;2,5\r\n"))
    assert said == ""
    assert (table.header, table.line, table.rows["ligne"].tolist()) == (("a", "b"), 2, [3])


def test_separators_at_the_end_and_empty_rows_are_normal(tmp_path):
    table, said = read(write(tmp_path, "a;b;;\n1;2;;\n;;;\n\n3;4\n5;6;\n"))
    assert said == ""
    assert table.rows.to_numpy().tolist() == [["1", "2", 2], ["3", "4", 5], ["5", "6", 6]]


def test_an_empty_column_without_title_is_left_out(tmp_path):
    table, said = read(write(tmp_path, "a;;b\n1;;2\n"))
    assert said == ""
    assert table.rows.to_numpy().tolist() == [["1", "2", 2]]


def test_a_single_column_and_outer_spaces(tmp_path):
    table, said = read(write(tmp_path, " commune \n\u00a0Ath \n"))
    assert said == ""
    assert table.rows.to_numpy().tolist() == [["Ath", 2]]


def test_a_header_alone_is_a_table_without_rows(tmp_path):
    table, said = read(write(tmp_path, "a;b\n"))
    assert (table.header, len(table.rows), said) == (("a", "b"), 0, "")


DAMAGED = {
    "empty": (b"", "un fichier qui n’est pas vide"),
    "blank": (b"\xef\xbb\xbf \n;;\n\n", "un fichier qui n’est pas vide"),
    "an image": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "ligne 2 ; attendu : un fichier de texte"),
    "a zero byte": (b"a;b\n1;\0\n", "ligne 2 ; attendu : un fichier de texte"),
    "text of Macintosh": ("a;b\n1;Liège\n".encode("mac_roman"), "ligne 2 ; attendu : un fichier de texte en UTF-8"),
    "text of Macintosh, é alone": ("a;b\n1;Theux-été\n".encode("mac_roman"), "« CSV UTF-8 »"),
    "text of DOS": ("a;b\n1;x\n2;Liège\n".encode("cp850"), "ligne 3 : trouvé « iŠ » ; attendu : un fichier"),
    "damaged UTF-8": ("a;b\n1;Liège\n".encode() + b"2;\xe8\n", "ligne 2 : trouvé « Ã¨ »"),
    "damaged UTF-8, no accent": (b"a;b\n1;l\xe2\x80\x99eau\n2;\xe8\n", "ligne 2 : trouvé « â€ »"),
    "half of UTF-16": ("a;b\n1;2\n".encode("utf-16")[:-1], "un fichier de texte en UTF-8"),
    "open quotes": (b'a;b\n1;2\n3;"4\n5;6\n', "ligne 3 ; attendu : des guillemets fermés, suivis d’un séparateur"),
    "text after quotes": (b'a;b\n1;"2"x\n', "ligne 2 ; attendu : des guillemets fermés"),
    "a cell too many": (
        b"a;b\n1;2\n3;4;5\n",
        "ligne 3 : trouvé « 3 cellules » ; attendu : 2 cellules, comme",
    ),
    "a title twice": (b"a;b;a\n1;2;3\n", "ligne 1, colonne « a » ; attendu : des titres de colonnes différents"),
    "no title": (b"a;;c\n1;;3\n1;2;3\n", "ligne 1 ; attendu : un titre à la colonne 2, remplie à la ligne 3"),
    "a title that we need": (b"a;ligne\n1;2\n", "colonne « ligne » ; attendu : aucune colonne de ce nom"),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_damaged_text(tmp_path, kind):
    content, expected = DAMAGED[kind]
    table, said = read(write(tmp_path, content))
    assert expected in said
    assert len(said.splitlines()) == 1
    assert "export.csv" in said
    assert not table.header or kind in ("open quotes", "text after quotes", "a cell too many")


def test_every_row_too_long_is_told_and_the_others_stay(tmp_path):
    table, said = read(write(tmp_path, "a;b\n1;2;3\n2;3\n4;5;6\n"))
    assert [line.split(" : ")[0][-7:] for line in said.splitlines()] == ["ligne 2", "ligne 4"]
    assert table.rows.to_numpy().tolist() == [["2", "3", 3]]


def test_what_a_short_row_lacks_is_empty(tmp_path):
    # As Excel saves a sheet whose last columns are empty in many rows.
    table, said = read(write(tmp_path, "a;b;c\n1;2;3\n4;5\n6\n"))
    assert not said
    assert table.rows.to_numpy().tolist() == [["1", "2", "3", 2], ["4", "5", "", 3], ["6", "", "", 4]]


def test_a_table_of_ours_has_whole_rows(tmp_path):
    problems = []
    read_table(write(tmp_path, "a;b\n1;2\n3\n"), ["a", "b"], problems)
    assert "ligne 3 : trouvé « 1 » ; attendu : 2 cellules" in str(problems[0])


def test_of_a_long_row_only_its_length_is_told(tmp_path):
    _, said = read(write(tmp_path, "a;b\n" + "x" * 500 + ";;1\n"))
    assert "« 3 cellules »" in said
    assert "xx" not in said


def test_no_file_and_a_folder(tmp_path):
    assert "un fichier à cet endroit (il n’existe pas)" in read(tmp_path / "absent.csv")[1]
    assert "un fichier, non un dossier" in read(tmp_path)[1]


def test_a_workbook_gives_what_the_reader_sees(tmp_path):
    rows = [
        ["ins", "date", "moment", "actif", "part", "avis"],
        [62063, (46082, DAY), (46082.5, MOMENT), True, 0.1, " deux\nlignes "],
        [],
        ["62063", None, None, False, 2.0, None],
    ]
    table, said = read(write_workbook(tmp_path / "export.xlsx", {"Réponses": rows}))
    assert said == ""
    assert table.header == ("ins", "date", "moment", "actif", "part", "avis")
    assert table.rows.to_numpy().tolist() == [
        ["62063", "2026-03-01", "2026-03-01T12:00:00", "VRAI", "0.1", "deux\nlignes", 2],
        ["62063", "", "", "FAUX", "2", "", 4],
    ]


def test_a_moment_is_told_to_the_second(tmp_path):
    # 8:05:07 is 29107 seconds of 86400: no binary fraction is exactly that.
    moments = [46082 + 29107 / 86400 - 1e-9, 46082 + 29107.4 / 86400]
    path = write_workbook(tmp_path / "e.xlsx", {"A": [["t"], *([(moment, MOMENT)] for moment in moments)]})
    assert read(path)[0].rows["t"].tolist() == ["2026-03-01T08:05:07"] * 2


def test_a_workbook_is_known_by_what_it_holds(tmp_path):
    path = write_workbook(tmp_path / "export.csv", {"A": [["a", "b"], [1, 2]]})
    assert read(path)[0].rows.to_numpy().tolist() == [["1", "2", 2]]


def test_a_table_that_starts_lower_in_its_sheet_keeps_its_lines(tmp_path):
    path = write_workbook(tmp_path / "e.xlsx", {"A": [[], [], ["a", "b"], [1, 2]]})
    table, _ = read(path)
    assert (table.line, table.rows["ligne"].tolist()) == (3, [4])


def test_the_sheet_is_asked_for_where_several_could_be_meant(tmp_path):
    sheets = {"2025": [["a"], [1]], "2026": [["a"], [2]], "Vide": []}
    path = write_workbook(tmp_path / "e.xlsx", sheets)
    assert "attendu : le nom de la feuille à lire (`feuille`), parmi 2025 et 2026" in read(path)[1]
    assert read(path, "2026")[0].rows["a"].tolist() == ["2"]
    _, said = read(path, "2027")
    assert "trouvé « 2027 » ; attendu : une feuille du classeur : 2025, 2026 et Vide" in said
    assert "un fichier qui n’est pas vide" in read(path, "Vide")[1]


def test_hidden_sheets_are_read_only_by_name(tmp_path):
    sheets = {"Listes": [["x"], [1]], "Données": [["a"], [2]]}
    path = write_workbook(tmp_path / "e.xlsx", sheets, hidden=("Listes",))
    assert read(path)[0].header == ("a",)
    assert read(path, "Listes")[0].header == ("x",)


def test_a_text_file_has_no_sheets(tmp_path):
    table, said = read(write(tmp_path, "a;b\n1;2\n"), "Feuil1")
    assert "trouvé « Feuil1 » ; attendu : aucune feuille" in said
    assert table.header == ()


def test_a_damaged_workbook_and_an_archive(tmp_path):
    path = write_workbook(tmp_path / "e.xlsx", {"A": [["a"], [1]]})
    path.write_bytes(path.read_bytes()[:600])
    assert "un classeur .xlsx qui s’ouvre" in read(path)[1]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("TF_SOC_POP_STRUCT_2025.txt", "CD_REFNIS|MS_POPULATION\n")
    assert "une archive .zip se décompresse d’abord" in read(path)[1]


def test_a_workbook_that_asks_for_a_password(tmp_path):
    path = tmp_path / "e.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    assert read(path)[1].endswith("e.xlsx ; attendu : un classeur sans mot de passe")


def test_a_workbook_cell_beyond_the_header(tmp_path):
    path = write_workbook(tmp_path / "e.xlsx", {"A": [["a", "b"], [1, 2], [3, 4, "note"]]})
    assert "ligne 3 : trouvé « 3 cellules » ; attendu : 2 cellules" in read(path)[1]


def spreadsheet(path, change):
    """Write a workbook of two respondents as openpyxl does, changed."""
    book = Workbook()
    page = book.active
    for row in (["Commune", "Score", "Avis"], ["Namur", 5, "oui"], ["Mons", 7, "non"]):
        page.append(row)
    change(page)
    book.save(path)
    return path


def hide(page):
    page.row_dimensions[3].hidden = True


def formula(page):
    page["B3"] = "=B2+2"  # openpyxl stores no result


def error(page):
    page["C2"] = "#N/A"


MISREAD = {
    "a hidden row": (hide, "ligne 3 ; attendu : des lignes affichées"),
    "a formula without a result": (formula, "ligne 3, colonne « Score » ; attendu : une valeur : le résultat"),
    "an error": (error, "ligne 2, colonne « Avis » : trouvé « #N/A » ; attendu : une valeur, au lieu d’une erreur"),
    "merged cells": (
        lambda page: page.merge_cells("A2:A3"),
        "ligne 2, colonne « A2:A3 » ; attendu : des cellules séparées",
    ),
    "a merged title": (lambda page: page.merge_cells("B1:C1"), "ligne 1, colonne « B1:C1 » ; attendu : des cellules"),
}


@pytest.mark.parametrize("case", MISREAD)
def test_what_a_sheet_holds_and_its_values_do_not_tell(tmp_path, case):
    change, expected = MISREAD[case]
    problems = []
    read_raw(spreadsheet(tmp_path / "reponses.xlsx", change), problems)
    assert expected in str(problems[0])
    assert "(feuille « Sheet »)" in str(problems[0])


def test_a_fault_of_many_cells_is_told_once(tmp_path):
    def change(page):
        for line in range(2, 12):
            page.append(["Ath", f"=B{line}", "oui"])

    problems = []
    read_raw(spreadsheet(tmp_path / "reponses.xlsx", change), problems)
    (problem,) = problems
    assert (problem.line, problem.count, problem.also) == (4, 10, (5, 6, 7, 8))


def test_an_empty_row_may_be_hidden(tmp_path):
    def change(page):
        page.row_dimensions[9].hidden = True
        page["B9"].font = Font(bold=True)  # the row is in the file, and holds nothing

    problems = []
    read_raw(spreadsheet(tmp_path / "reponses.xlsx", change), problems)
    assert not problems
