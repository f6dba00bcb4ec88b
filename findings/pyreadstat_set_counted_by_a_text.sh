#!/usr/bin/env bash
# pyreadstat 1.3.7: a multiple response set says which value of its variables is a tick. Where that value is a text
# (« Oui », as form tools write it), or the number -1, the metadata gives None for it, as if the set had none.
#
# A question of which several answers can be chosen then cannot be counted from what the file declares: "Oui" and
# "Non" are both just values. One would expect the text itself, which stands in the file, or an error.
# Seen: counted_value is None for the set counted by "Oui" and for the one counted by -1, and 1 for the one by 1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pyreadstat==1.3.7 pandas 2>/dev/null
"$folder/venv/bin/python" - "$folder/answers.sav" <<'PYTHON'
import struct
import sys
from importlib.metadata import version
from pathlib import Path

import pandas as pd
import pyreadstat

path = Path(sys.argv[1])
answers = {"t1": ["Oui", "Non"], "t2": ["Non", "Oui"], "n1": [1.0, 0], "n2": [0.0, 1], "m1": [-1.0, 0], "m2": [0.0, -1]}
pyreadstat.write_sav(pd.DataFrame(answers), str(path))
# What pyreadstat reads and does not write: the record of the sets, before the end of the dictionary.
sets = b"$text=D3 Oui 5 Texts t1 t2\n$one=D1 1 4 Ones n1 n2\n$minus=D2 -1 5 Minus m1 m2\n"
content = path.read_bytes()
end = content.rindex(struct.pack("<2i", 999, 0))
path.write_bytes(content[:end] + struct.pack("<4i", 7, 7, 1, len(sets)) + sets + content[end:])
_, about = pyreadstat.read_sav(str(path))
seen = {name: (found["variable_list"], found["counted_value"]) for name, found in about.mr_sets.items()}
print("pyreadstat", version("pyreadstat"), seen)
assert seen == {"text": (["t1", "t2"], None), "one": (["n1", "n2"], 1), "minus": (["m1", "m2"], None)}
PYTHON
