"""What the demonstration's respondents wrote, which no page may repeat."""

import csv

from utils.paths import DATA


def planted():
    """Return strings that stand for people: every commune of the frame, every free text, every identifier."""
    with (DATA / "demo" / "cadre.csv").open(encoding="utf-8") as file:
        communes = [row["commune"] for row in csv.DictReader(file)]
    with (DATA / "demo" / "reponses.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    texts = [row["demandes_texte"] for row in rows if row["demandes_texte"]]
    assert communes
    assert texts
    return [*communes, *texts, *(row["commune"] for row in rows if row["commune"])]
