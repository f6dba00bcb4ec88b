#!/usr/bin/env bash
# gptables 2.0.2, the writer of accessible spreadsheets by the authors of official statistics'
# own guidance, takes a cell that holds one accented letter, or a word without any letter of
# A to Z, for "special characters only" and refuses the whole workbook.
#
# One would expect a letter to be a letter in any language: « é » and « 学校 » are data, as
# "e" and "school" are. Who publishes survey results in French or Greek, or codes answers by a
# letter (« À », « Ω »), gets a ValueError for a table that is in order, and « Été » passes
# only because it holds a plain "t".
#
# Seen: "a" and "Été" are written; "é", "À", "Ω" and "学校" raise ValueError.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check gptables==2.0.2 pandas==2.3.3 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
import io
import sys
import warnings
from importlib.metadata import version

import gptables
import pandas as pd

warnings.simplefilter("ignore")
print("gptables", version("gptables"))
expected = {"a": "written", "Été": "written", "é": "ValueError", "À": "ValueError", "Ω": "ValueError", "学校": "ValueError"}
seen = {}
for cell in expected:
    table = pd.DataFrame({"Answer": ["yes", cell], "Count": [12, 30]})
    try:
        sheet = gptables.GPTable(table, "answers", "Answers to one question", index_columns={})
        gptables.write_workbook(io.BytesIO(), {"Answers": sheet})
        seen[cell] = "written"
    except Exception as error:
        seen[cell] = type(error).__name__
        print(f"{cell!r}: {type(error).__name__}: {' '.join(str(error).split())[:90]}")
print(seen)
sys.exit(seen != expected)
PYTHON
echo "as described"
