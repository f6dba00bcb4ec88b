"""Surveys that compare other kinds of communes than active and non-active ones, or nobody."""

__all__ = ["CHARTER", "charter", "silent"]

import csv

import yaml

# Whoever has no charter yet, or does not plan any, is of the second kind; whoever does not know is of neither.
CHARTER = {
    "question": "charte_ecrite",
    "groupes": [
        {
            "id": "avec_charte",
            "modalites": ["oui"],
            "singulier": "dotée d’une charte",
            "pluriel": "dotées d’une charte",
        },
        {"id": "sans_charte", "modalites": ["non", "prevu"], "singulier": "sans charte", "pluriel": "sans charte"},
    ],
}
QUESTION = {
    "id": "charte_ecrite",
    "chapitre": "26_opinion",
    "type": "choix_unique",
    "libelle": "Charte écrite",
    "enonce": "La commune a une charte d’utilisation écrite.",
    "base": "communes",
    "depuis": "2026",
    "modalites": [
        {"id": "oui", "libelle": "une charte écrite"},
        {"id": "prevu", "libelle": "une charte en préparation"},
        {"id": "non", "libelle": "pas de charte"},
        {"id": "nsp", "libelle": "ne sait pas"},
    ],
}
ANSWERS = ("oui", "non", "oui", "prevu", "non", "oui", "nsp", "oui", "non", "")  # by turns, row by row


def charter(data):
    """Have the demonstration, in a folder of data, compare communes with and without a charter.

    Returns
    -------
    list of dict
        Its rows, each with its answer.
    """
    path = data / "questionnaire.yml"
    asked = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    asked["questions"].append(QUESTION)
    path.write_text(yaml.safe_dump(asked | {"comparer": CHARTER}, allow_unicode=True), encoding="utf-8")
    rows = [row | {"charte_ecrite": ANSWERS[i % len(ANSWERS)]} for i, row in enumerate(_rows(data))]
    _write(data, rows)
    return rows


def silent(data):
    """Have the demonstration, in a folder of data, not ask who is active, nor what is put to active communes alone.

    Returns
    -------
    list of dict
        Its rows.
    """
    asked = yaml.load((data / "questionnaire.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["questions"]
    gone = ["active", *(question["id"] for question in asked if question["base"] == "actives")]
    rows = [{name: cell for name, cell in row.items() if name not in gone} for row in _rows(data)]
    _write(data, rows)
    about = data / "demo" / "vague.yml"
    about.write_text(f"{about.read_text(encoding='utf-8')}\nnon_posees: [{', '.join(gone)}]\n", encoding="utf-8")
    return rows


def _rows(data):
    with (data / "demo" / "reponses.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(data, rows):
    with (data / "demo" / "reponses.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
