"""Rows as a database holds them, wherever it is asked."""

import os
import subprocess
import sys

from utils.paths import ROOT

AT_HAND = """
import pandas as pd
from utils.reading.relations import LINE, Relation
rows = Relation.of(pd.DataFrame({LINE: [2, 3], "role": ["echevin", ""]}))
print(rows.frame(["role"])["role"].tolist())
"""


def test_rows_at_hand_are_read_in_a_script(tmp_path):
    """Where nobody watches, the database shows no progress: asking whether it does leaves nothing unfinished."""
    script = tmp_path / "script.py"
    script.write_text(AT_HAND, encoding="utf-8")
    around = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, script], env=around, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("['echevin', '']\n", 0), done.stderr
