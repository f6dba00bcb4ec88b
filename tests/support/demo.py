"""What the demonstration's respondents wrote, which no page may repeat."""

import csv

from utils.paths import DATA


def asked():
    """Return the names of all communes of the frame."""
    with (DATA / "demo" / "cadre.csv").open(encoding="utf-8") as file:
        communes = [row["commune"] for row in csv.DictReader(file)]
    assert communes
    return communes


def planted():
    """Return strings that stand for people: every commune of the frame, every free text, every identifier."""
    with (DATA / "demo" / "reponses.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    texts = [row["demandes_texte"] for row in rows if row["demandes_texte"]]
    assert texts
    return [*asked(), *texts, *(row["commune"] for row in rows if row["commune"])]
