"""What a chapter shows, as text that a person and a diff can read: the second set of expected outputs.

The chapters are committed executed on one wave; what they show of another, respondents'
rows beside an earlier edition, is kept in this form.
"""

__all__ = ["transcript"]

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from utils.publishing.outputs import DRAWING, TABLE, TEXT


def transcript(notebook: Path) -> str:
    """Return what an executed chapter shows, output by output.

    Parameters
    ----------
    notebook : Path
        With outputs.

    Returns
    -------
    str
        Texts with the figures that they tell, tables cell by cell, drawings as SVG for screens.
    """
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    shown = [output["data"] for cell in cells for output in cell.get("outputs", ()) if "data" in output]
    return "\n\n".join("\n".join(_lines(data)) for data in shown) + "\n"


def _lines(data: dict[str, Any]) -> Iterator[str]:
    if TEXT in data:
        yield from data[TEXT]["texte"]
        for figure in data[TEXT]["chiffres"]:
            yield "  " + json.dumps(figure, ensure_ascii=False, sort_keys=True)
    elif TABLE in data:
        told = data[TABLE]
        content = told["contenu"]
        yield f"[{told['nom']}] {content['caption']}"
        facts = {"source": content["source"], "method": content["method"], "note": told["note"]}
        yield json.dumps(facts, ensure_ascii=False)
        yield from (" | ".join(row) for row in [content["header"], *content["rows"]])
    elif DRAWING in data:
        yield f"[{data[DRAWING]['nom']}] {data[DRAWING]['legende']}"
        yield from "".join(data["image/svg+xml"]).split("\n")
    else:
        yield "".join(data.get("text/html", data.get("text/plain", "")))
