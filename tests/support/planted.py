"""A wave in whose every text something is typed that would mean something to HTML, Markdown, MyST or a spreadsheet.

Which texts those are is read from the models of the files: a field that is new is planted too.
"""

__all__ = ["MARK", "PLANTED", "plant"]

import csv
import types
import typing
from pathlib import Path

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from utils.survey.about import Comments, Metadata
from utils.survey.codebook import Codebook
from utils.survey.territory import Territory

MARK = "piege"  # a class, if it were one
PLANTED = (
    f'<b class="{MARK}">x</b> **g** $a$ {{cite:p}}`x` ![i](http://exemple.invalid/i.png) [l](http://exemple.invalid) '
    "_s_ &amp; {{ x }} # :::"
)
# What a file names, and no page shows: files, columns, codes, what is looked up; comments are checked apart.
NAMING = {
    *("fichier", "feuille", "colonnes", "modalites", "colonnes_multiples", "colonnes_rangs", "ignorees", "filtre"),
    *("somme", "ins", "forme", "fusions", "propriete", "non_posees", "noms", "poids", "chapitres"),
}
WORDS = {  # texts of tables, by file: columns that are shown
    "formations.csv": ("organisme", "titre", "public", "duree", "dates", "prix", "themes"),
    "contexte.csv": ("libelle", "public"),
}


def plant(data: Path, wave: str, previous: str) -> None:
    """Plant every text of two waves, of the questionnaire and the territory that they share, and of shared tables."""
    for path, model in (
        (data / "questionnaire.yml", Codebook),
        (data / "territoires" / "wallonie.yml", Territory),
        *((data / name / "vague.yml", Metadata) for name in (wave, previous)),
    ):
        content = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        path.write_text(yaml.safe_dump(_of(model, content), allow_unicode=True, sort_keys=False), encoding="utf-8")
    _comments(data / wave / "commentaires.yml")
    for name, columns in WORDS.items():
        _rows(data / name, columns, lambda _: True)
    _rows(data / wave / "reponses.csv", ["demandes_texte"], lambda row: row["demandes_texte"])
    _rows(data / wave / "cadre.csv", ["commune"], lambda row: row["commune"].startswith("W"))
    named = {row["ins"]: row["commune"] for row in _read(data / wave / "cadre.csv")}
    answers = _read(data / wave / "reponses.csv")
    _write(data / wave / "reponses.csv", [row | {"commune": named.get(row["ins"], row["commune"])} for row in answers])


def _typed(text: str) -> str:
    return f"=1+1 {text} {PLANTED}"


def _of(kind: object, content: object, constraints: list | None = None) -> object:
    """Return what a file says of one kind, planted; what must be of a form of its own stays as it is."""
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        return _of(parts[0], content, [*(constraints or []), *parts[1:]])
    if origin in (typing.Union, types.UnionType):
        return next((_of(part, content, constraints) for part in parts if _fits(part, content)), content)
    if origin in (tuple, list) and isinstance(content, list):
        return [_of(parts[0], one) for one in content]
    if origin is dict and isinstance(content, dict):
        return {key: _of(parts[1], one) for key, one in content.items()}
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _entry(kind, content)
    if kind is not str:
        return content
    held = typing.Annotated[str, *constraints] if constraints else str
    # A title that would be too long is what is planted alone.
    return next((text for text in (_typed(content), _typed("")) if _fits(held, text)), content)


def _entry(model: type[BaseModel], content: dict) -> dict:
    told = {
        name: content[name] if name in NAMING else _of(field.annotation, content[name], field.metadata)
        for name, field in model.model_fields.items()
        if name in content
    }
    for name, field in model.model_fields.items():
        typed = None if name in content or name in NAMING else _of(field.annotation, "Texte", field.metadata)
        if isinstance(typed, str) and typed != "Texte":  # what may be typed is
            try:
                model.model_validate(told | {name: typed})
            except ValidationError:
                continue
            told[name] = typed
    return told


def _fits(kind: object, content: object) -> bool:
    if kind is type(None):
        return False
    try:
        TypeAdapter(kind).validate_python(content)
    except ValidationError:
        return False
    return True


def _comments(path: Path) -> None:
    # Braces are what they have of their own.
    said = {
        "titre": _typed("Titre").replace("{{ x }}", "x"),
        "texte": "Du **texte** à 10 $ ou 5_000 R&D, [un lien](27_obstacles.ipynb).",
    }
    text = {"chapitres": {"22_presence": [said]}}
    Comments.model_validate(text)
    path.write_text(yaml.safe_dump(text, allow_unicode=True), encoding="utf-8")


def _rows(path: Path, columns, chosen) -> None:
    rows = _read(path)
    _write(path, [row | {name: _typed(row[name]) for name in columns if chosen(row)} for row in rows])


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
