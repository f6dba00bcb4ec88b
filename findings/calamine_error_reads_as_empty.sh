#!/usr/bin/env bash
# python-calamine 0.9.1 (openpyxl 3.1.5 writes the workbook): three cells of a sheet come out as the same empty
# text: one that is empty, one that holds an error (#N/A), and a formula whose result was never stored.
#
# Answers of a survey pass through spreadsheets: a lookup that fails, or a column that a script has filled with
# formulas and nobody has opened since. Empty text is « no answer », so that such a column loses every answer of it
# without a word. One would expect an error value, or an exception, for what is not empty; openpyxl's own reader
# gives "#N/A" for the error, and the formula itself unless values are asked for.
# Seen: ['Mons', '', '', '', 'oui'] by calamine; ['Mons', None, '#N/A', '=1+1', 'oui'] by openpyxl. At the end of a row
# such a formula is left out altogether.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check python-calamine==0.9.1 openpyxl==3.1.5
"$folder/venv/bin/python" - "$folder/answers.xlsx" <<'PYTHON'
import sys
from importlib.metadata import version

from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

book = Workbook()
book.active.append(["Mons", None, "#N/A", "=1+1", "oui"])
book.save(sys.argv[1])
(read,) = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python(skip_empty_area=False)
kept = [cell.value for cell in load_workbook(sys.argv[1]).active[1]]
print("python-calamine", version("python-calamine"), read)
print("openpyxl", version("openpyxl"), kept)
assert read == ["Mons", "", "", "", "oui"], read
assert kept == ["Mons", None, "#N/A", "=1+1", "oui"], kept
PYTHON
