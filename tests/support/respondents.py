"""A small wave of respondents that a test may damage: ten communes asked, eight of them answering."""

__all__ = ["Folder", "small"]

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copy

import yaml

from utils.paths import DATA
from utils.reading import waves
from utils.reading.questionnaires import read_questionnaire
from utils.survey.wave import Wave

CODEBOOK = read_questionnaire([]).at("2026-03")
WAVE = "2026"
FRAME = (
    ("92094", "Namur", "Namur", "110939"),
    ("62063", "Liège", "Liège", "197355"),
    ("53053", "Mons", "Hainaut", "95299"),
    ("81001", "Arlon", "Luxembourg", "30089"),
    ("25112", "Wavre", "Brabant wallon", "35070"),
    ("92097", "Ohey", "Namur", "5000"),
    ("82003", "Bastogne", "Luxembourg", "16265"),
    ("84010", "Bouillon", "Luxembourg", "4999"),
    ("55035", "Le Rœulx", "Hainaut", "8800"),
    ("64074", "Waremme", "Liège", "15500"),
)
ABOUT = {
    "titre": "Une vague inventée",
    "organisateur": "Personne",
    "periode": {"debut": "2026-03", "fin": "2026-05"},
    "fictif": True,
    "source": "reponses",
    "seuil_diffusion": 1,
}
ACTIVE = ("oui", "oui", "non", "oui", "oui", "non", "oui", "non")  # of the first eight communes


@dataclass
class Folder:
    """What a wave's folder is to hold: tables as lists of rows, files as bytes where a test needs them odd."""

    rows: list[dict[str, str]]
    frame: list[dict[str, str]]
    about: dict
    files: dict[str, bytes | None] = field(default_factory=dict)  # None: the file is left out

    @property
    def header(self) -> list[str]:
        return list(dict.fromkeys(name for row in self.rows for name in row))

    def csv(self, delimiter: str = ",", **how) -> str:
        """Return the respondents as text."""
        return table([self.header, *([row.get(n, "") for n in self.header] for row in self.rows)], delimiter, **how)

    def drop(self, column: str) -> None:
        for row in self.rows:
            del row[column]

    def write(self, data: Path) -> Path:
        """Write `data/`; return the wave's folder."""
        folder = data / WAVE
        folder.mkdir(parents=True)
        copy(DATA / "questionnaire.yml", data)
        for name, content in self.contents().items():
            (folder / name).write_bytes(content)
        return folder

    def contents(self) -> dict[str, bytes]:
        """Return what each file of the wave's folder holds."""
        frame = table([list(self.frame[0]), *(row.values() for row in self.frame)])
        about = yaml.safe_dump(self.about, allow_unicode=True, sort_keys=False)
        files = {"vague.yml": about.encode(), "cadre.csv": frame.encode(), "reponses.csv": self.csv().encode()}
        return {name: content for name, content in (files | self.files).items() if content is not None}

    def load(self, data: Path) -> Wave:
        """Write `data/` and load the wave."""
        self.write(data)
        return waves.load(WAVE, data)


def table(rows, delimiter: str = ",", **how) -> str:
    """Write rows as separated text."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, **({"lineterminator": "\n"} | how)).writerows(rows)
    return text.getvalue()


def small() -> Folder:
    """Return a wave without fault, whose respondents answer everything that they are asked."""
    frame = [dict(zip(("ins", "commune", "province", "population"), row, strict=True)) for row in FRAME]
    rows = [_respondent(number, frame[number - 1], active) for number, active in enumerate(ACTIVE, 1)]
    return Folder(rows, frame, dict(ABOUT))


def _respondent(number: int, commune: dict[str, str], active: str) -> dict[str, str]:
    row = {"id": f"R{number}", "date": f"2026-03-{number:02}", "commune": commune["commune"], "ins": commune["ins"]}
    for place, question in enumerate(CODEBOOK.questions):
        answers = CODEBOOK.answers(question.id)
        some = [answer for k, answer in enumerate(answers) if (number + place + k) % 3 == 0]
        if question.id == "active":
            row[question.id] = active
        elif active == "non" and question.base == "actives":
            row[question.id] = ""
        elif question.type == "texte":
            row[question.id] = f"Un guide, une charte ; « {number} »"
        elif question.type == "choix_multiple":
            row[question.id] = ";".join(some)
        else:
            row[question.id] = answers[(3 * number + place) % len(answers)]
    return row
