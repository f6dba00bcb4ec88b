"""Waves that nobody wants: damaged, degenerate, hostile; each is the demonstration with one thing changed."""

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from utils.paths import CITATION

PRIVATE = "phrase-que-seul-un-repondant-connait"  # in the free text of every wave
MARKUP = '<i class="piege">x</i> **gras** ![image](http://exemple.invalid/i.png)'

ANSWERS, FRAME, WAVE, MAP = "reponses.csv", "cadre.csv", "vague.yml", "communes.geojson"

Change = Callable[[Path], None]


@dataclass(frozen=True)
class Trial:
    """One wave: what is wrong with it in French, what changes, and what its refusal must say; empty: it is accepted."""

    kind: str
    told: str
    change: Change
    says: str = ""


def rows(name: str, change: Callable[[list[dict[str, str]]], object]) -> Change:
    """Change the rows of a CSV file as a list of dicts, in place or by returning another."""

    def changed(folder: Path) -> None:
        path = folder / name
        table = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
        columns = list(table[0])
        table = change(table) or table
        written = io.StringIO(newline="")
        writer = csv.DictWriter(written, [*columns, *(key for key in (table or [{}])[0] if key not in columns)])
        writer.writeheader()
        writer.writerows(table)
        path.write_bytes(written.getvalue().encode("utf-8"))

    return changed


def cell(column: str, value: str, name: str = ANSWERS) -> Change:
    """Put a value into a cell of the first row."""
    return rows(name, lambda table: table[0].update({column: value}))


def answered(column: str, value: str) -> Change:
    """Put a value into the first row that answers a question, in the place of its answer."""
    return rows(ANSWERS, lambda table: next(row for row in table if row[column]).update({column: value}))


def everywhere(**values: str) -> Change:
    """Put values into every row of the answers."""
    return rows(ANSWERS, lambda table: [row | values for row in table])


def text(name: str, change: Callable[[str], str]) -> Change:
    """Change a file as text."""

    def changed(folder: Path) -> None:
        path = folder / name
        path.write_bytes(change(path.read_bytes().decode("utf-8")).encode("utf-8"))

    return changed


def raw(name: str, change: Callable[[bytes], bytes]) -> Change:
    """Change a file as bytes."""
    return lambda folder: (folder / name).write_bytes(change((folder / name).read_bytes()))


def said(name: str, line: str) -> Change:
    """Add a line to a YAML file."""
    return text(name, lambda told: f"{told.rstrip()}\n{line}\n")


def titled(value: str) -> Change:
    """Give the wave another title."""
    return text("vague.yml", lambda told: re.sub(r"(?m)^titre: .*$", f"titre: {json.dumps(value)}", told))


def asked(old: str, new: str) -> Change:
    """Replace a text in the questionnaire, where it stands first."""
    return text("../questionnaire.yml", lambda told: told.replace(old, new, 1))


def gone(name: str) -> Change:
    """Take a file away."""
    return lambda folder: (folder / name).unlink()


def inactive(row: dict[str, str]) -> bool:
    """Tell whether a row is of a commune that is on no medium."""
    return row["active"] == "non"


FREE = ("demandes_texte",)
KEPT = ("id", "date", "commune", "ins", "active")

TRIALS = (
    Trial("abîmée", "le fichier des réponses manque", gone(ANSWERS), r"reponses\.csv"),
    Trial("abîmée", "le fichier des réponses est vide", raw(ANSWERS, lambda _: b""), r"reponses\.csv"),
    Trial(
        "abîmée",
        "une colonne du contrat manque",
        rows(ANSWERS, lambda t: [{name: value for name, value in row.items() if name != "active"} for row in t]),
        "active",
    ),
    Trial("abîmée", "un titre de trop", rows(ANSWERS, lambda t: [row | {"inconnue": "1"} for row in t]), "inconnue"),
    Trial("abîmée", "un titre deux fois", text(ANSWERS, lambda t: t.replace(",role,", ",active,", 1)), "active"),
    Trial("abîmée", "une ligne trop courte", text(ANSWERS, lambda t: f"{t.rstrip()}\nr999,2026-03-01\n"), "ligne"),
    Trial("abîmée", "une ligne trop longue", text(ANSWERS, lambda t: f"{t.rstrip()}{',x' * 40}\n"), "ligne"),
    Trial(
        "abîmée", "un guillemet jamais fermé", text(ANSWERS, lambda t: t.replace("\nr002,", '\nr002,"', 1)), "guillemet"
    ),
    Trial(
        "abîmée",
        "des lettres perdues par un autre codage (Latin-1)",
        raw(ANSWERS, lambda b: b.decode().encode("latin-1", "replace")),
        "commune",
    ),
    Trial(
        "abîmée",
        "le fichier coupé au milieu d’une lettre",
        raw(ANSWERS, lambda b: b[:2000] + b"\xc3"),
        r"reponses\.csv",
    ),
    Trial(
        "abîmée",
        "un score hors de l’échelle",
        answered("obstacle_budget", "11"),
        "obstacle_budget",
    ),
    Trial(
        "abîmée",
        "un score en lettres",
        answered("obstacle_budget", "sept"),
        "obstacle_budget",
    ),
    Trial(
        "abîmée",
        "un score à virgule",
        answered("obstacle_budget", "5.5"),
        "obstacle_budget",
    ),
    Trial(
        "abîmée",
        "une réponse que la question n’offre pas",
        answered("role", "inventé"),
        "role",
    ),
    Trial(
        "abîmée",
        "un choix de plusieurs que la question n’offre pas",
        answered("medias", "facebook;minitel"),
        "medias",
    ),
    Trial(
        "abîmée",
        "une commune que la liste n’a pas",
        rows(ANSWERS, lambda t: t[0].update(commune="Nulle-Part", ins="")),
        "commune",
    ),
    Trial("abîmée", "un code que la liste n’a pas", cell("ins", "11111"), "code INS"),
    Trial(
        "abîmée",
        "un nom et un code qui se contredisent",
        rows(ANSWERS, lambda t: t[0].update(commune="Lurmondes", ins="95019")),
        "95019|Lurmondes",
    ),
    Trial("abîmée", "une date qui n’existe pas", cell("date", "2026-02-31"), "date"),
    Trial("abîmée", "une date en lettres", cell("date", "hier"), "date"),
    Trial("abîmée", "un identifiant deux fois", rows(ANSWERS, lambda t: t[1].update(id=t[0]["id"])), "id"),
    Trial("abîmée", "la question filtre sans réponse", cell("active", ""), "active"),
    Trial(
        "abîmée",
        "une commune non active qui répond aux actives",
        rows(ANSWERS, lambda t: next(r for r in t if inactive(r)).update(discussion_residents="5")),
        "discussion_residents",
    ),
    Trial("abîmée", "la description de la vague manque", gone(WAVE), "demo|vague"),
    Trial("abîmée", "la description n’est pas du YAML", said(WAVE, "titre: ["), r"vague\.yml"),
    Trial("abîmée", "une clé inconnue", said(WAVE, "couleur: bleu"), "couleur"),
    Trial("abîmée", "une clé deux fois", said(WAVE, "source: effectifs"), "source"),
    Trial(
        "abîmée",
        "une période à l’envers",
        text(WAVE, lambda t: t.replace("debut: 2026-02", "debut: 2026-12")),
        "periode|période",
    ),
    Trial(
        "abîmée",
        "un mois qui n’existe pas",
        text(WAVE, lambda t: t.replace("debut: 2026-02", "debut: 2026-13")),
        "periode|debut",
    ),
    Trial(
        "abîmée",
        "une source inconnue",
        text(WAVE, lambda t: t.replace("source: reponses", "source: rumeurs")),
        "source",
    ),
    Trial("abîmée", "la liste des communes manque", gone(FRAME), r"cadre\.csv"),
    Trial("abîmée", "un code deux fois dans la liste", rows(FRAME, lambda t: t[1].update(ins=t[0]["ins"])), "ins"),
    Trial("abîmée", "une province inconnue", cell("province", "atlantide", name=FRAME), "province"),
    Trial("abîmée", "un nombre d’habitants négatif", cell("population", "-5", name=FRAME), "population"),
    Trial("abîmée", "un nombre d’habitants en lettres", cell("population", "beaucoup", name=FRAME), "population"),
    Trial("abîmée", "une carte coupée", raw(MAP, lambda b: b[:5000]), r"communes\.geojson"),
    Trial(
        "abîmée",
        "une carte sans une des communes",
        text(MAP, lambda t: re.sub(r'\{"type":"Feature","properties":\{"ins":"95001"\}.*\n', "", t, count=1)),
        "95001|commune",
    ),
    Trial("abîmée", "un questionnaire coupé", text("../questionnaire.yml", lambda t: t[:3000]), r"questionnaire\.yml"),
    Trial(
        "abîmée",
        "une échelle sans milieu d’un seul point",
        asked("polarite: defavorable", "polarite: amère"),
        "polarite",
    ),
    Trial("intacte", "rien n’est changé", lambda _: None),
    Trial("intacte", "une marque d’ordre des octets", raw(ANSWERS, lambda b: b"\xef\xbb\xbf" + b)),
    Trial(
        "intacte",
        "des fins de ligne de Windows",
        raw(ANSWERS, lambda b: b.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")),
    ),
    Trial(
        "intacte",
        "des lettres accentuées en deux signes",
        rows(ANSWERS, lambda t: [r | {"commune": r["commune"].replace("é", "e\u0301")} for r in t]),
    ),
    Trial(
        "intacte", "des noms en capitales", rows(ANSWERS, lambda t: [r | {"commune": r["commune"].upper()} for r in t])
    ),
    Trial("intacte", "l’ordre des lignes retourné", rows(ANSWERS, lambda t: t[::-1])),
    Trial("dégénérée", "aucune réponse", text(ANSWERS, lambda t: f"{t.splitlines()[0]}\n"), "réponse|ligne"),
    Trial("dégénérée", "une seule réponse", rows(ANSWERS, lambda t: t[:1])),
    Trial("dégénérée", "deux réponses", rows(ANSWERS, lambda t: t[:2])),
    Trial(
        "dégénérée",
        "neuf réponses, seuil de diffusion dix",
        lambda f: (rows(ANSWERS, lambda t: t[:9])(f), said(WAVE, "seuil_diffusion: 10")(f)),
    ),
    Trial("dégénérée", "toutes les communes actives", rows(ANSWERS, lambda t: [r for r in t if not inactive(r)])),
    Trial("dégénérée", "aucune commune active", rows(ANSWERS, lambda t: [r for r in t if inactive(r)])),
    Trial("dégénérée", "tous du même avis", rows(ANSWERS, lambda t: [r | {"obstacle_budget": "5"} for r in t])),
    Trial(
        "dégénérée",
        "aucun avis",
        rows(ANSWERS, lambda t: [{n: v if n in KEPT else "" for n, v in r.items()} for r in t]),
    ),
    Trial(
        "dégénérée",
        "une seule province a répondu",
        rows(ANSWERS, lambda t: [r for r in t if r["ins"].startswith("95")]),
    ),
    Trial("dégénérée", "un seuil au-dessus du nombre de réponses", said(WAVE, "seuil_diffusion: 1000")),
    Trial("dégénérée", "tout arrondi à cent", said(WAVE, "arrondi: 100")),
    Trial(
        "dégénérée",
        "la liste n’a qu’une commune",
        lambda f: (
            rows(FRAME, lambda t: t[:1])(f),
            rows(ANSWERS, lambda t: [r for r in t if r["ins"] == "95001"] or t[:1])(f),
        ),
        "carte|commune",
    ),
    Trial("hostile", "un titre qui contient du balisage", titled(MARKUP)),
    Trial("hostile", "un titre de dix mille lettres", titled("a" * 10_000), "titre"),
    Trial(
        "hostile",
        "un libellé qui contient du balisage",
        asked("Manque de place pour innover", "Manque de **place** <b>x</b>"),
    ),
    Trial(
        "hostile",
        "une commune qui se nomme comme une formule",
        lambda f: (
            rows(FRAME, lambda t: t[0].update(commune="=1+1"))(f),
            rows(ANSWERS, lambda t: [r | ({"commune": ""} if r["ins"] == "95001" else {}) for r in t])(f),
        ),
    ),
    Trial(
        "hostile",
        "une formule dans un texte libre",
        rows(ANSWERS, lambda t: [r | {"demandes_texte": f"=1+1 {PRIVATE}"} for r in t]),
    ),
    Trial(
        "hostile",
        "des signes de contrôle dans un texte libre",
        rows(ANSWERS, lambda t: [r | {"demandes_texte": f"\x1b[31m {PRIVATE}"} for r in t]),
    ),
    Trial("hostile", "un chemin qui sort du dossier", said(WAVE, "fichier: ../../CITATION.cff"), "fichier|dossier"),
    Trial("hostile", "un chemin absolu", said(WAVE, "fichier: /etc/hostname"), "fichier|dossier"),
    Trial(
        "hostile",
        "un lien vers un autre dossier",
        lambda f: ((f / ANSWERS).unlink(), (f / ANSWERS).symlink_to(CITATION)),
        "lien|dossier|reponses",
    ),
    Trial(
        "hostile",
        "un dossier à la place d’un fichier",
        lambda f: ((f / ANSWERS).unlink(), (f / ANSWERS).mkdir()),
        r"reponses\.csv",
    ),
    Trial("hostile", "un nombre infini", cell("population", "1e999", name=FRAME), "population"),
    Trial("hostile", "un nombre qui n’en est pas un", cell("population", "nan", name=FRAME), "population"),
    Trial(
        "hostile",
        "une cellule d’un million de lettres",
        cell("demandes_texte", "a" * 1_000_000),
        "cellule|demandes_texte|caractères",
    ),
    Trial(
        "hostile",
        "un nombre de cinq mille chiffres",
        text(MAP, lambda t: t.replace("50.64", "5" * 5000, 1)),
        r"communes\.geojson",
    ),
    Trial("hostile", "cent listes l’une dans l’autre", said(WAVE, f"notes: {'[' * 100}{']' * 100}"), r"vague\.yml"),
    Trial("hostile", "une étiquette qui est un nombre", said(WAVE, "etude: {etiquette: 7}"), "etude|étude|etiquette"),
)
