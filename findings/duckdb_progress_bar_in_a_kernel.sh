#!/usr/bin/env bash
# DuckDB 2.0.1 refuses, in a Jupyter kernel (ipykernel 7.4.0) that has no ipywidgets, the statement that turns its
# progress bar off, as the bar is off there already.
#
# Survey reports are notebooks, executed by nbclient or Papermill where nobody watches: a library that reads answers
# through DuckDB turns the bar off, so that no bar is written into what the notebook shows. One would expect « off »
# to be accepted whatever the state before. In a script it is; in a kernel with ipywidgets it is; in a kernel without,
# `SET enable_progress_bar = false` raises, and the notebook stops at its first cell.
# Seen: the script says nothing; in the kernel, current_setting says False, and the statement ends in an error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    duckdb==2.0.1 ipykernel==7.4.0 nbclient==0.11.0 nbformat==5.10.4
"$folder/venv/bin/python" - <<'PYTHON'
import duckdb
import nbformat
from nbclient import NotebookClient

QUIET = "SET enable_progress_bar = false"
CELL = f"""
import duckdb
database = duckdb.connect()
print(duckdb.__version__, database.execute("SELECT current_setting('enable_progress_bar')").fetchone()[0])
try:
    database.execute({QUIET!r})
    print("accepted")
except Exception as error:
    print(type(error).__name__, str(error).splitlines()[0])
"""
duckdb.connect().execute(QUIET)
print("script: accepted")
notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
NotebookClient(notebook, kernel_name="python3").execute()
said = "".join(output.text for output in notebook.cells[0].outputs if output.name == "stdout")
print("kernel:", said)
assert "False" in said and "accepted" not in said and "Exception" in said, said
PYTHON
