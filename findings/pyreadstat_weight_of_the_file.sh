#!/usr/bin/env bash
# pyreadstat 1.3.7: an SPSS file may name the variable by which its cases are weighted, four bytes of its header that
# SPSS heeds in every table it makes. Nothing of it reaches Python: no attribute of the metadata names a weight, the
# file with one and the file without read the same, and a file that is read and written again has lost it.
#
# Whoever reports a survey from such a file counts people where its makers count weights, and nothing says so. One
# would expect a name in the metadata, as there is one for labels, missing values and multiple response sets.
# Seen: the two files differ by their header alone (weight index 0, then 2), every attribute of the metadata is the
# same but the times of writing, and the index is 0 again after a round trip. 60 % of the cases, 90 % of the weight.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pyreadstat==1.3.7 pandas 2>/dev/null
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import struct
import sys
from importlib.metadata import version
from pathlib import Path

import pandas as pd
import pyreadstat

folder = Path(sys.argv[1])
plain, weighted, again = (str(folder / name) for name in ("plain.sav", "weighted.sav", "again.sav"))
pyreadstat.write_sav(pd.DataFrame({"yes": [1.0, 1, 1, 0, 0], "weight": [3.0, 3, 3, 0.5, 0.5]}), plain)
header = Path(plain).read_bytes()
Path(weighted).write_bytes(header[:76] + struct.pack("<i", 2) + header[80:])  # the second variable weights
index = lambda path: struct.unpack("<i", Path(path).read_bytes()[76:80])[0]

table, about = pyreadstat.read_sav(weighted)
_, without = pyreadstat.read_sav(plain)
told = {name: value for name, value in vars(about).items() if value != vars(without)[name]}
pyreadstat.write_sav(table, again)
shares = table["yes"].mean(), (table["yes"] * table["weight"]).sum() / table["weight"].sum()
print("pyreadstat", version("pyreadstat"), "| weight index:", index(plain), index(weighted), "| again:", index(again))
print("metadata that differs:", told, "| attributes that name a weight:", [a for a in vars(about) if "weight" in a])
print(f"cases {shares[0]:.0%}, weights {shares[1]:.0%}")
assert (index(plain), index(weighted), index(again)) == (0, 2, 0)
assert not told and not [name for name in vars(about) if "weight" in name]
PYTHON
