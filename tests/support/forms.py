"""The same answers as the form tools write them: what each downloads, to the byte, and the mapping that reads it."""

import csv
import io
from datetime import datetime
from types import MappingProxyType

import pandas as pd
from openpyxl import Workbook

from utils.paths import ROOT
from utils.reading.questionnaires import read_questionnaire
from utils.survey.about import ImportMapping

EXPORTS = ROOT / "tests" / "support" / "exports"  # that tools really wrote
CODEBOOK = read_questionnaire([])
RATED = [question.id for question in CODEBOOK.questions if question.type == "likert"]
OBSTACLES = [question for question in RATED if question.startswith("obstacle_")]


def _respondent(day, commune, ins, role, active, scores, **answers):
    rated = dict(zip(RATED, scores.split(), strict=False)) if active == "oui" else {}
    rated |= dict(zip(OBSTACLES, scores.split(), strict=False)) if active == "non" else {}
    given = {question: value for question, value in rated.items() if value != "-"}
    date = f"2026-03-{day:02d}T{8 + day % 12:02d}:{5 * day % 60:02d}:00"
    return MappingProxyType(
        {"date": date, "commune": commune, "ins": ins, "role": role, "active": active, **given, **answers}
    )


# Twelve respondents in the contract's form. A dash is a score not given.
RESPONDENTS = (
    _respondent(
        1, "Namur", "92094", "charge_communication", "oui", "7 8 10 9 9 10 2 8 5 6 1 3 2",
        medias="facebook;twitter;youtube;instagram", circonstances="evenements;informations_pratiques;crise",
        implication_citoyens="oui_en_partie", communicateurs="community_manager;service_communication",
        communiquer_davantage="oui", demandes="formation_medias_sociaux;temps_personnel_budget",
        demandes_texte="Une formation, si possible en ligne ; « courte » et gratuite.",
    ),
    _respondent(
        2, "Liège", "62063", "directeur_general", "oui", "1 2 3 4 5 6 7 8 9 10 1 2 3",
        medias="facebook", circonstances="informations_pratiques", implication_citoyens="oui_completement",
        communicateurs="autre", communiquer_davantage="ne_sait_pas", demandes="charte",
        demandes_texte='Il a dit "oui",\npuis plus rien.',
    ),
    _respondent(
        3, "Braine-l’Alleud", "25014", "administratif", "oui", "5 5 5 5 5 5 5 5 5 5 5 5 5",
        medias="facebook;application_mobile;whatsapp", circonstances="sujets_legers;opinions_politiques",
        implication_citoyens="non_mais_prevu", communicateurs="bourgmestre;echevins;employes",
        communiquer_davantage="non", demandes="retours_experience;guides;chatbots",
    ),
    _respondent(4, "Ohey", "92097", "gestionnaire_web", "non", "9 10 3 8 1", demandes="aide_benevole"),
    _respondent(
        5, "Mons", "53053", "informatique", "oui", "10 10 10 10 10 10 10 10 10 10 10 10 10",
        medias="facebook;twitter;youtube;linkedin;snapchat", implication_citoyens="non_pas_du_tout",
        circonstances="evenements;informations_pratiques;services;projets;crise;sujets_legers;politiques_participatives",
        communicateurs="service_communication;bourgmestre", communiquer_davantage="oui",
    ),
    _respondent(6, "Arlon", "81001", "echevin", "oui", "1 1 1 1 1 1 1 1 1 1 1 1 1", medias="facebook"),
    _respondent(7, "Bastogne", "82003", "echevin", "non", "10 9 1 10 4"),
    _respondent(
        8, "Verviers", "63079", "", "oui", "- - 8 7 6 5 4 3 2 1 - 10 -", medias="youtube",
        circonstances="services", communiquer_davantage="oui", demandes="plateforme_centralisee",
    ),
    _respondent(9, "Wavre", "25112", "administratif", "non", "- - - - -"),
    _respondent(
        10, "Rœulx", "55035", "charge_communication", "oui", "3 4 5 6 7 8 9 10 1 2 3 4 5",
        medias="facebook;instagram", circonstances="sujets_legers", communicateurs="employes;autre",
        implication_citoyens="oui_en_partie", communiquer_davantage="non",
        demandes="moins_obstacles;identification_initiatives", demandes_texte="N’importe quoi : 10 €, café, œuvre",
    ),
    _respondent(11, "Dinant", "91034", "directeur_general", "oui", "6 6 6 6 6 6 6 6 6 6 6 6 6", medias="facebook"),
    _respondent(12, "Namur", "92094", "informatique", "non", "2 3 4 5 6", demandes="modeles;barometre"),
)  # fmt: skip

COLUMNS = ("date", "commune", "ins", *(question.id for question in CODEBOOK.questions))


def expected():
    """Return the frame that every export gives, without `ligne` and `id`."""
    return pd.DataFrame([{column: row.get(column, "") for column in COLUMNS} for row in RESPONDENTS]).astype("str")


def label(question, option):
    """Write a label as a form shows it: with a capital."""
    text = CODEBOOK[question].options[option]
    text = {("active", "oui"): "Oui", ("active", "non"): "Non"}.get((question, option), text)
    return text[:1].upper() + text[1:]


def chosen(row, question):
    return [option for option in row.get(question, "").split(";") if option]


def _csv(rows, **how):
    text = io.StringIO()
    csv.writer(text, **how).writerows(rows)
    return text.getvalue()


def _score_label(value):
    ends = {"1": "1 (pas du tout d’accord)", "10": "10 (tout à fait d’accord)"}
    return ends.get(value, value)


SCORE_LABELS = {_score_label("1"): "1", _score_label("10"): "10"}
TEXTS = {"commune": "Le nom de votre commune :", "ins": "Code INS de la commune"}


def limesurvey(path, headings="code", answers="short", separator=","):
    """Write LimeSurvey's CSV: a mark, quotes everywhere, CRLF, an empty line at the end.

    Parameters
    ----------
    headings : {"code", "named", "full", "codetext"}
        Codes as LimeSurvey numbers them, codes that the author chose, texts, or code and text.
    answers : {"short", "long"}
        Codes (`Y`, `AO02`, `A7`) or texts (`Oui`, `Non`, `N/A`).
    """
    texts = {
        "id": "ID de la réponse", "submitdate": "Date de soumission", "lastpage": "Dernière page",
        "startlanguage": "Langue de départ", "seed": "Tête de série", "ipaddr": "Adresse IP",
    }  # fmt: skip

    def title(code, text):
        return {"full": text, "codetext": f"{code}. {text}"}.get(headings, code)

    header = [title(code, text) for code, text in texts.items()]
    columns = {header[0]: "id", header[1]: "date"}
    multiple, labels, makers = {}, {}, []
    for name, text in TEXTS.items():
        header.append(title(name, text))
        columns[header[-1]] = name
        makers.append(lambda row, name=name: row[name])
    for number, question in enumerate(CODEBOOK.questions, 1):
        code = question.id.replace("_", "") if headings == "named" else f"G{number // 10:02d}Q{number:02d}"
        if question.type == "choix_multiple":
            multiple[question.id] = {}
            for place, option in enumerate(question.options, 1):
                sub = f"SQ{place:03d}" if headings != "named" else option.replace("_", "")
                sub = "other" if option == "autre" else sub
                text = "Autre" if option == "autre" else label(question.id, option)
                header.append(title(f"{code}[{sub}]", f"{question.enonce} [{text}]"))
                multiple[question.id][option] = header[-1]
                if option == "autre":  # free text
                    makers.append(lambda row, q=question.id: "Le stagiaire" if "autre" in chosen(row, q) else "")
                    labels[question.id] = {"Le stagiaire": "autre"}
                else:
                    makers.append(lambda row, q=question, o=option: _ticked(row, q, o, answers))
            continue
        if question.id in OBSTACLES:  # lines of one table
            code = f"obstacles[{code}]" if headings == "named" else f"G27[SQ{number:03d}]"
            text = f"Êtes-vous d’accord ? [{question.enonce}]"
            labels[question.id] = SCORE_LABELS if answers == "long" else {f"A{n}": str(n) for n in range(1, 11)}
        else:
            text = question.enonce
        header.append(title(code, text))
        columns[header[-1]] = question.id
        makers.append(lambda row, q=question: _lime_answer(row, q, answers))
        if answers == "short" and question.type == "choix_unique":
            codes = {f"AO{place:02d}": option for place, option in enumerate(question.options, 1)}
            labels[question.id] = {"Y": "oui", "N": "non"} if question.id == "active" else codes
    lines = [header]
    for place, row in enumerate(RESPONDENTS, 1):
        system = [str(place), row["date"].replace("T", " "), "5", "fr", str(10**8 + place), "10.0.0.1"]
        lines.append([*system, *(make(row) for make in makers)])
    text = _csv(lines, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    path.write_bytes(("\ufeff" + text + "\r\n").encode())
    return ImportMapping(
        format="limesurvey", fichier=path.name, colonnes=columns, colonnes_multiples=multiple, modalites=labels,
        ignorees=tuple(header[2:6]),
    )  # fmt: skip


def _ticked(row, question, option, answers):
    if question.base == "actives" and row["active"] != "oui":
        return "N/A" if answers == "long" else ""
    if option in chosen(row, question.id):
        return "Oui" if answers == "long" else "Y"
    return "Non" if answers == "long" else ""


def _lime_answer(row, question, answers):
    value = row.get(question.id, "")
    if question.id in OBSTACLES and value:
        return _score_label(value) if answers == "long" else f"A{value}"
    if question.type != "choix_unique":
        return value
    if not value:
        return "N/A" if question.id == "active" and answers == "long" else ""
    if answers == "long":
        return label(question.id, value)
    return {"oui": "Y", "non": "N"}[value] if question.id == "active" else _code(question, value)


def _code(question, value):
    return f"AO{list(question.options).index(value) + 1:02d}"


def google_forms(path, sheet=False):
    """Write Google's CSV: the form's own download, or that of the spreadsheet behind it."""
    columns, header = {"Horodateur": "date"}, ["Horodateur", "Adresse e-mail"]
    for name, text in TEXTS.items():
        header.append(text)
        columns[text] = name
    for question in CODEBOOK.questions:
        title = f"Êtes-vous d’accord ? [{question.enonce}]" if question.id in OBSTACLES else question.enonce
        header.append(title)
        columns[title] = question.id
    lines = [header]
    for row in RESPONDENTS:
        when = datetime.fromisoformat(row["date"])
        hour = f"{(when.hour - 1) % 12 + 1}:{when:%M:%S} {'PM' if when.hour > 11 else 'AM'}"
        date = f"{when:%d/%m/%Y %H:%M:%S}" if sheet else f"{when:%Y/%m/%d} {hour} UTC+1"
        cells = [_answer(row, question, ", " if sheet else ";") for question in CODEBOOK.questions]
        lines.append([date, "a@commune.example", row["commune"], row["ins"], *cells])
    if sheet:
        text = _csv(lines, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n").removesuffix("\r\n")
    else:
        text = _csv(lines, quoting=csv.QUOTE_ALL, lineterminator="\n").removesuffix("\n")
    path.write_bytes(text.encode())
    return ImportMapping(
        format="google_forms", fichier=path.name, colonnes=columns, ignorees=("Adresse e-mail",),
        modalites={"communicateurs": {"Le stagiaire, parfois": "autre"}},
    )  # fmt: skip


def _answer(row, question, joint):
    """Write an answer by its label; several are joined, and « other » is free text."""
    if not question.type.startswith("choix"):
        return row.get(question.id, "")
    free = {"autre": "Le stagiaire, parfois"}
    return joint.join(free.get(o) or label(question.id, o) for o in chosen(row, question.id))


def ms_forms(path):
    """Write the workbook of Microsoft Forms: dates and scores as numbers, a semicolon behind each option."""
    header = [
        "ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom", "Heure de la dernière modification",
    ]  # fmt: skip
    columns = {"ID": "id", "Heure de fin": "date", **{text: name for name, text in TEXTS.items()}}
    columns |= {question.enonce: question.id for question in CODEBOOK.questions}
    book = Workbook()
    page = book.active
    page.title = "Sheet1"
    page.append([*header, *(f"{text}\xa0" for text in TEXTS.values()), *(q.enonce for q in CODEBOOK.questions)])
    for place, row in enumerate(RESPONDENTS, 1):
        end = datetime.fromisoformat(row["date"])
        cells = []
        for question in CODEBOOK.questions:
            text = _answer(row, question, ";")
            text += ";" if question.type == "choix_multiple" and text else ""
            cells.append(int(text) if question.type == "likert" and text else text or None)
        page.append([place, end, end, "anonymous", None, None, row["commune"], int(row["ins"]), *cells])
        for column in (2, 3):
            page.cell(place + 1, column).number_format = "m/d/yy h:mm:ss"
    book.save(path)
    return ImportMapping(
        format="ms_forms", fichier=path.name, colonnes=columns, ignorees=tuple(set(header) - {"ID", "Heure de fin"}),
        modalites={"communicateurs": {"Le stagiaire, parfois": "autre"}},
    )  # fmt: skip


def contract(path):
    """Write the contract's own form."""
    header = ["id", *COLUMNS]
    lines = [header, *([f"R{n}", *(row.get(c, "") for c in COLUMNS)] for n, row in enumerate(RESPONDENTS, 1))]
    path.write_bytes(_csv(lines, lineterminator="\n").encode())
    return ImportMapping(format="csv", fichier=path.name)


def excel(path, encoding="cp1252"):
    """Write what a French Excel saves: semicolons, its own dates, CRLF, an empty column left at the end."""
    lines = [["id", *COLUMNS, ""]]
    for n, row in enumerate(RESPONDENTS, 1):
        date = f"{datetime.fromisoformat(row['date']):%d/%m/%Y %H:%M}"
        cells = [row.get(c, "") + (";" if c == "medias" and row.get(c) else "") for c in COLUMNS[1:]]
        lines.append([f"R{n}", date, *cells, ""])
    path.write_bytes(_csv(lines, delimiter=";", lineterminator="\r\n").encode(encoding))
    return ImportMapping(format="csv", fichier=path.name)
