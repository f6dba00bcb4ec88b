"""Six answers to one small form, as each form tool writes them: its columns, its titles, its ticks, its blanks.

The shapes are those that `utils.reading.forms.tools` declares; the answers are invented.
"""

__all__ = ["FRAME", "MOMENTS", "QUESTIONNAIRE", "TOOLS", "TRUTH", "WEIGHABLE", "declare"]

import csv
import gzip
import io
import json
import struct
from datetime import datetime

import pandas as pd
import pyreadstat
import yaml
from openpyxl import Workbook

from utils.paths import DATA

TEXTS = {
    "commune": "Nom de votre commune",
    "role": "Quelle est votre fonction ?",
    "active": "Votre commune est-elle active sur les médias sociaux ?",
    "medias": "Sur quels médias sociaux ?",
    "avis": "Nous répondons aux questions",
    "remarque": "Que voulez-vous ajouter ?",
    "etp": "Combien de personnes y travaillent ?",
    "freins": "Classez ces freins",
}
LABELS = {
    "role": {"communication": "Chargée de communication", "echevin": "Échevin"},
    "active": {"oui": "Oui", "non": "Non"},
    "medias": {
        "facebook": "Facebook",
        "youtube": "YouTube",
        "application_mobile": "Application mobile",
        "presse": "Presse, radio",
    },
    "freins": {"budget": "Le budget", "temps": "Le temps", "savoir": "Le savoir-faire"},
}
# One row a respondent: commune, role, active, medias, avis, remarque. What is empty was passed over.
ANSWERS = (
    ("CommuneA", "communication", "oui", ("facebook", "application_mobile"), "4", "Une réponse ; avec, des signes"),
    ("CommuneB", "echevin", "oui", (), "", ""),
    ("CommuneC", "communication", "non", (), "2", ""),
    ("CommuneD", "", "oui", ("presse",), "5", "Deux mots à ajouter"),
    ("CommuneE", "communication", "oui", ("facebook", "youtube", "application_mobile", "presse"), "1", ""),
    ("CommuneF", "echevin", "non", (), "5", ""),
)
# Of the same six: what they count, what they rank. Last in every form, for a ranking that is passed over may move rows.
NUMBERS = ("2,5", "", "0", "1,5", "12", "3")
ORDERS = (
    ("budget", "temps", "savoir"),
    (),
    ("temps", "budget"),
    ("savoir",),
    ("budget",),
    ("temps", "savoir", "budget"),
)
MOMENTS = tuple(datetime(2026, 3, day, 9 + day, 2 * day, 33) for day in range(1, 7))
# Counted by hand in `ANSWERS`: by question, how many gave each answer.
TRUTH = {
    "choix_unique": ("role", {"communication": 3, "echevin": 2}),
    "choix_multiple": ("medias", {"facebook": 2, "youtube": 1, "application_mobile": 2, "presse": 2}),
    "likert": ("avis", {"1": 1, "2": 1, "3": 0, "4": 1, "5": 2}),
    "nombre": ("etp", {"0_a_moins_1": 1, "1_a_moins_5": 3, "5_et_plus": 1}),
    "classement": (
        "freins",
        {"budget_1": 2, "temps_1": 2, "savoir_1": 1, "budget_2": 1, "temps_2": 1, "savoir_2": 1}
        | {"budget_3": 1, "temps_3": 0, "savoir_3": 1},
    ),
    "texte": ("remarque", ["Une réponse ; avec, des signes", "Deux mots à ajouter"]),
}


def _questionnaire(*, numbers=True):
    asked = yaml.safe_load((DATA / "questionnaire.yml").read_text(encoding="utf-8"))
    sides = (("desaccord", [1, 2]), ("neutre", [3]), ("accord", [4, 5]))
    groups = [{"id": side, "libelle": side, "scores": scores, "sens": side} for side, scores in sides]
    asked["echelles"] = {"cinq": {"minimum": 1, "maximum": 5, "bas": "jamais", "haut": "toujours", "groupes": groups}}

    def question(name, kind, base, **more):
        options = (
            {"modalites": [{"id": i, "libelle": text} for i, text in LABELS[name].items()]} if name in LABELS else {}
        )
        told = {"id": name, "chapitre": "22_presence", "type": kind, "libelle": f"Sujet {name}", "base": base}
        return told | {"enonce": TEXTS[name]} | options | more

    asked.pop("message", None)  # it stands on questions that are gone
    asked["questions"] = [
        question("role", "choix_unique", "repondants"),
        question("active", "choix_unique", "communes"),
        question("medias", "choix_multiple", "actives"),
        question("avis", "likert", "repondants", echelle="cinq", constat="répondre", polarite="favorable"),
        question("remarque", "texte", "repondants"),
    ]
    if numbers:
        asked["questions"] += [
            question("etp", "nombre", "repondants", unite="ETP", minimum=0, maximum=50, classes=[0, 1, 5]),
            question("freins", "classement", "repondants"),
        ]
    return yaml.safe_dump(asked, allow_unicode=True, sort_keys=False)


QUESTIONNAIRE = _questionnaire()
WEIGHABLE = _questionnaire(numbers=False)  # beside weights, no number and no ranking
FRAME = "ins,commune,province,population\n" + "".join(
    f"9200{place},Commune{letter},namur,{4000 * place + 3000}\n" for place, letter in enumerate("ABCDEFGH", 1)
)


def _csv(path, rows, *, mark="", **how):
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n", **how).writerows(rows)
    path.write_bytes((mark + text.getvalue()).encode())
    return path


def _book(path, rows, hidden=()):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for line in hidden:
        book.active.row_dimensions[line].hidden = True
    book.save(path)
    return path


def _label(question, answer):
    return LABELS[question].get(answer, "")


def _joined(chosen, joint):
    return joint.join(LABELS["medias"][option] for option in chosen)


def _ticked(chosen, yes, no="", blank=None):
    """Write the column of each option; `blank` where nothing was chosen."""
    if not chosen and blank is not None:
        return [blank] * len(LABELS["medias"])
    return [(yes[option] if isinstance(yes, dict) else yes) if option in chosen else no for option in LABELS["medias"]]


def _ranks(place, called=str):
    """Write the rank of each option, in the order of the questionnaire."""
    order = ORDERS[place - 1]
    return [called(order.index(option) + 1) if option in order else "" for option in LABELS["freins"]]


def _in_order(place, *, named=False):
    """Write the options in their order, a cell a rank; by their names, or as they read."""
    order = [option if named else LABELS["freins"][option] for option in ORDERS[place - 1]]
    return [*order, *[""] * (len(LABELS["freins"]) - len(order))]


def _one_order(place, joint, *, named=False):
    return joint.join(filter(None, _in_order(place, named=named)))


def _ranked(pattern):
    """Title the columns of a ranking's options."""
    return [pattern.format(TEXTS["freins"], text) for text in LABELS["freins"].values()]


def limesurvey(folder):
    options = [f"{TEXTS['medias']} [{text}]" for text in LABELS["medias"].values()]
    asked = [TEXTS["commune"], TEXTS["role"], TEXTS["active"], *options, TEXTS["avis"], TEXTS["remarque"]]
    asked += [TEXTS["etp"], *(f"{TEXTS['freins']} [Classement {rank}]" for rank in (1, 2, 3))]
    rows = [["ID de la réponse", "Date de soumission", "Dernière page", "Langue de départ", *asked]]
    for place, (when, answer) in enumerate(zip(MOMENTS, ANSWERS, strict=True), 1):
        commune, role, active, chosen, score, remark = answer
        ticks = _ticked(chosen, "Oui", "Non") if active == "oui" else ["N/A"] * 4
        given = [commune, _label("role", role), _label("active", active), *ticks, score, remark]
        given += [NUMBERS[place - 1], *_in_order(place)]
        rows.append([place, f"{when:%Y-%m-%d %H:%M:%S}", 2, "fr", *given])
    return _csv(folder / "export.csv", rows, mark="\ufeff", quoting=csv.QUOTE_ALL)


def _one_cell(answer, joint):
    commune, role, active, chosen, score, remark = answer
    return [commune, _label("role", role), _label("active", active), _joined(chosen, joint), score, remark]


def google_forms(folder):
    rows = [["Horodateur", *list(TEXTS.values())[:-1], *_ranked("{} [{}]")]]
    for place, (when, answer) in enumerate(zip(MOMENTS, ANSWERS, strict=True), 1):
        moment = f"{when:%Y/%m/%d} {when:%I:%M:%S} {'PM' if when.hour > 11 else 'AM'} UTC+1"
        ranks = _ranks(place, lambda rank: f"{rank}{'er' if rank == 1 else 'e'} choix")
        rows.append([moment, *_one_cell(answer, ";"), NUMBERS[place - 1], *ranks])
    return _csv(folder / "export.csv", rows, quoting=csv.QUOTE_ALL)


def ms_forms(folder):
    rows = [["ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom", *TEXTS.values()]]
    for place, (when, answer) in enumerate(zip(MOMENTS, ANSWERS, strict=True), 1):
        cells = _one_cell(answer, ";")
        cells[3] += ";" if cells[3] else ""
        order = _one_order(place, ";")
        cells += [NUMBERS[place - 1], order and f"{order};"]
        rows.append([place, when, when, "anonymous", None, *(cell or None for cell in cells)])
    return _book(folder / "export.xlsx", rows)


def kobo(folder, *, named=True):
    """Write XML values and names, groups before them; or labels, in one column only."""
    options = [f"identite/medias/{option}" for option in LABELS["medias"]] if named else []
    group = "identite/" if named else ""
    titles = {name: f"{group}{name}" if named else text for name, text in TEXTS.items()}
    asked = [
        titles["commune"],
        titles["role"],
        titles["active"],
        titles["medias"],
        *options,
        titles["avis"],
        titles["remarque"],
        titles["etp"],
        *(f"{titles['freins']}/{rank}" for rank in ("_1st_choice", "_2nd_choice", "_3rd_choice")),
    ]
    service = [
        "_id",
        "_uuid",
        "_submission_time",
        "_validation_status",
        "_notes",
        "_status",
        "_submitted_by",
        "__version__",
    ]
    rows = [["start", "end", *asked, *service, "_tags", "_index"]]
    for place, (when, answer) in enumerate(zip(MOMENTS, ANSWERS, strict=True), 1):
        commune, role, active, chosen, score, remark = answer
        if named:
            given = [commune, role, active, " ".join(chosen), *_ticked(chosen, "1", "0", blank=""), score, remark]
        else:
            given = _one_cell(answer, " ")
        given += [NUMBERS[place - 1].replace(",", "."), *_in_order(place, named=named)]
        moment = f"{when:%Y-%m-%dT%H:%M:%S}"
        status = "Approved" if place % 2 else ""
        own = [1000 + place, f"8f7a-{place}", moment, status, "", "submitted_via_web", "", "vQ7"]
        rows.append([f"{moment}.123+01:00", f"{moment}.456+01:00", *given, *own, "", place])
    return _csv(folder / "export.csv", rows, delimiter=";", quoting=csv.QUOTE_ALL)


def kobo_labels(folder):
    return kobo(folder, named=False)


def odk(folder):
    options = [f"identite-medias/{option}" for option in LABELS["medias"]]
    asked = ["identite-commune", "identite-role", "identite-active", "identite-medias", *options, "avis", "remarque"]
    asked += ["etp", "freins"]
    service = [
        "meta-instanceID",
        "KEY",
        "SubmitterID",
        "SubmitterName",
        "AttachmentsPresent",
        "AttachmentsExpected",
        "Status",
    ]
    rows = [["SubmissionDate", "start", "end", *asked, *service, "ReviewState", "DeviceID", "Edits", "FormVersion"]]
    for place, (when, answer) in enumerate(zip(MOMENTS, ANSWERS, strict=True), 1):
        commune, role, active, chosen, score, remark = answer
        given = [commune, role, active, " ".join(chosen), *_ticked(chosen, "1", "0"), score, remark]
        given += [NUMBERS[place - 1].replace(",", "."), _one_order(place, " ", named=True)]
        moment, key = f"{when:%Y-%m-%dT%H:%M:%S}.123Z", f"uuid:8f7a-{place}"
        own = [key, key, "", "", 0, 0, "", "", "ee.kobo:1", 0, "1"]
        rows.append([moment, moment, moment, *given, *own])
    return _csv(folder / "export.csv", rows)


def _eusurvey(folder, split, *, compact=False):
    options = list(LABELS["medias"].values()) if split else []
    asked = [*list(TEXTS.values())[:4], *options, *list(TEXTS.values())[4:]]
    head = [["Alias", "EnqueteCommunes"], ["Export Date", datetime(2026, 4, 1, 10, 0)], []]
    rows = [*head, [*asked, "Contribution Id", "Creation Date", "Last Update", "Languages"]]
    for place, (when, answer) in enumerate(zip(MOMENTS, ANSWERS, strict=True), 1):
        commune, role, active, chosen, score, remark = answer
        given = [commune, _label("role", role), _label("active", active), "" if split else _joined(chosen, "; ")]
        ticks = [] if not split or (compact and not chosen) else _ticked(chosen, "Yes", "No")
        more = [NUMBERS[place - 1], _one_order(place, "; ")]
        rows.append([*given, *ticks, score, remark, *more, f"c-{place}", when, when, "FR"])
    width = max(map(len, rows))
    return _book(
        folder / "export.xlsx", [[cell or None for cell in [*row, *[""] * (width - len(row))]] for row in rows]
    )


def eusurvey(folder):
    return _eusurvey(folder, split=False)


def eusurvey_split(folder):
    return _eusurvey(folder, split=True)


def framaforms(folder):
    options = list(LABELS["medias"].values())
    own = ["Serial", "SID", "Time", "Draft", "IP Address", "UID", "Username"]
    ranked = list(LABELS["freins"].values())
    third = [*own, *list(TEXTS.values())[:3], *options, TEXTS["avis"], TEXTS["remarque"], TEXTS["etp"], *ranked]
    first = ["Enquête", *[""] * (len(third) - 1)]
    second = ["Submission Details", *[""] * (len(own) + 2), TEXTS["medias"], *[""] * (len(options) + 2)]
    second += [TEXTS["freins"], *[""] * (len(ranked) - 1)]
    rows = [first, second, third]
    for place, (when, answer) in enumerate(zip(MOMENTS, ANSWERS, strict=True), 1):
        commune, role, active, chosen, score, remark = answer
        given = [commune, _label("role", role), _label("active", active), *_ticked(chosen, "X"), score, remark]
        given += [NUMBERS[place - 1], *_ranks(place)]
        rows.append([place, 40 + place, f"{when:%d/%m/%Y - %H:%M}", 0, "10.0.0.1", 0, "", *given])
    draft = [["7", "47", "07/03/2026 - 10:00", "1", "10.0.0.1", "0", "", "CommuneG", "", "", *[""] * 10]]
    return _csv(folder / "export.csv", rows + draft, quoting=csv.QUOTE_ALL)


def _nextcloud(folder, lines, *, identified=True):
    grid = [f"Où en êtes-vous ? ({line})" for line in lines]
    asked = [*list(TEXTS.values())[:4], *grid, TEXTS["avis"], TEXTS["remarque"], TEXTS["etp"], *_ranked("{} ({})")]
    rows = [["Submission ID", "User ID", "User display name", "Timestamp", *asked]]
    ids = [
        "submission_id",
        "user_id",
        "user_display_name",
        "timestamp",
        *(f"question-id-{n}" for n in range(len(asked))),
    ]
    rows += [ids] if identified else []
    for place, (when, answer) in enumerate(zip(MOMENTS, ANSWERS, strict=True), 1):
        cells = [f"'{cell}" if cell[:1] in ("-", "+", "=", "@") else cell for cell in _one_cell(answer, "; ")]
        skipped = place % 3 == 0
        within = [""] * bool(lines) if skipped else ["Bien"] * len(lines)
        given = [*cells[:4], *within, *cells[4:], NUMBERS[place - 1], *(_ranks(place) if ORDERS[place - 1] else [""])]
        moment = f"{when:%Y-%m-%dT%H:%M:%S}+01:00"
        row = [place, "", "Utilisateur anonyme", moment, *given]
        rows.append([*row, *[""] * (len(rows[0]) - len(row))])
    return _csv(folder / "export.csv", rows, mark="\ufeff", quoting=csv.QUOTE_ALL)


def nextcloud(folder):
    return _nextcloud(folder, ())


def nextcloud_before(folder):
    """Write what versions write that know no row of identifiers."""
    return _nextcloud(folder, (), identified=False)


def surveymonkey(folder):
    own = [
        "Respondent ID",
        "Collector ID",
        "Start Date",
        "End Date",
        "IP Address",
        "Email Address",
        "First Name",
        "Last Name",
    ]
    options = list(LABELS["medias"].values())
    first = [*own, *list(TEXTS.values())[:4], *[""] * 3, *list(TEXTS.values())[4:], "", ""]
    second = [
        *[""] * len(own),
        "Open-Ended Response",
        "Response",
        "Response",
        *options,
        "Response",
        "Open-Ended Response",
        "Open-Ended Response",
        *LABELS["freins"].values(),
    ]
    rows = [first, second]
    for place, (when, answer) in enumerate(zip(MOMENTS, ANSWERS, strict=True), 1):
        commune, role, active, chosen, score, remark = answer
        given = [
            commune,
            _label("role", role),
            _label("active", active),
            *_ticked(chosen, LABELS["medias"]),
            score,
            remark,
            NUMBERS[place - 1],
            *_ranks(place),
        ]
        moment = f"{when:%m/%d/%Y %H:%M:%S}"
        rows.append([11800 + place, 446, moment, moment, "10.0.0.1", "", "", "", *given])
    return _csv(folder / "export.csv", rows)


def _qualtrics(folder, split):
    own = [
        "StartDate",
        "EndDate",
        "Status",
        "Progress",
        "Duration (in seconds)",
        "Finished",
        "RecordedDate",
        "ResponseId",
    ]
    said = [
        "Start Date",
        "End Date",
        "Response Type",
        "Progress",
        "Duration (in seconds)",
        "Finished",
        "Recorded Date",
        "Response ID",
    ]
    codes, texts = ["Q1", "Q2", "Q3"], list(TEXTS.values())[:3]
    if split:
        codes += [f"Q4_{place}" for place in range(1, 5)]
        texts += [f"{TEXTS['medias']} - Selected Choice - {text}" for text in LABELS["medias"].values()]
    else:
        codes, texts = [*codes, "Q4"], [*texts, f"{TEXTS['medias']} - Selected Choice"]
    codes, texts = [*codes, "Q5", "Q6", "Q7"], [*texts, TEXTS["avis"], TEXTS["remarque"], TEXTS["etp"]]
    codes, texts = [*codes, *(f"Q8_{place}" for place in (1, 2, 3))], [*texts, *_ranked("{} - {}")]
    rows = [
        [*own, "DistributionChannel", "UserLanguage", *codes],
        [*said, "Distribution Channel", "User Language", *texts],
    ]
    rows.append([json.dumps({"ImportId": name, "timeZone": "Europe/Brussels"}) for name in rows[0]])
    test = ("CommuneG", "echevin", "oui", ("facebook",), "3", "Un essai")
    for place, answer in enumerate((*ANSWERS, test), 1):
        commune, role, active, chosen, score, remark = answer
        several = _ticked(chosen, LABELS["medias"]) if split else [_joined(chosen, ",")]
        when = MOMENTS[min(place, 6) - 1]
        given = [commune, _label("role", role), _label("active", active), *several, score, remark]
        given += ["7", "1", "2", "3"] if answer is test else [NUMBERS[place - 1].replace(",", "."), *_ranks(place)]
        status = "Survey Preview" if answer is test else "IP Address"
        about = [f"{when}", f"{when}", status, 100, 34, "True", f"{when}", f"R_{place}", "anonymous", "FR"]
        rows.append([*about, *given])
    begun = [f"{MOMENTS[0]}", f"{MOMENTS[0]}", "IP Address", 20, 34, "False", f"{MOMENTS[0]}", "R_9", "anonymous", "FR"]
    rows.append([*begun, "CommuneH", *[""] * (len(rows[0]) - len(begun) - 1)])
    return _csv(folder / "export.csv", rows)


def qualtrics(folder):
    return _qualtrics(folder, split=False)


def qualtrics_split(folder):
    return _qualtrics(folder, split=True)


def _coded():
    """Return numbers and their labels, as a statistical file has them."""
    places = {name: {option: float(n) for n, option in enumerate(LABELS[name], 1)} for name in ("role", "active")}
    frame = pd.DataFrame(
        {
            "commune": [answer[0] for answer in ANSWERS],
            "envoi": [datetime(when.year, when.month, when.day, when.hour, when.minute) for when in MOMENTS],
            "fonction": [places["role"].get(answer[1]) for answer in ANSWERS],
            "presence": [places["active"][answer[2]] for answer in ANSWERS],
            **{
                f"m{n}": [float(option in answer[3]) if answer[3] else None for answer in ANSWERS]
                for n, option in enumerate(LABELS["medias"], 1)
            },
            "note": [float(answer[4]) if answer[4] else 9.0 for answer in ANSWERS],
            "mots": [answer[5] for answer in ANSWERS],
            "agents": [float(number.replace(",", ".")) if number else None for number in NUMBERS],
            **{
                f"f{n}": [float(_ranks(place)[n - 1] or "nan") for place in range(1, 7)]
                for n, _ in enumerate(LABELS["freins"], 1)
            },
        }
    )
    labels = {"commune": TEXTS["commune"], "envoi": "Date", "fonction": TEXTS["role"], "presence": TEXTS["active"]}
    labels |= {f"m{n}": text for n, text in enumerate(LABELS["medias"].values(), 1)}
    labels |= {"note": TEXTS["avis"], "mots": TEXTS["remarque"], "agents": TEXTS["etp"]}
    labels |= {f"f{n}": title for n, title in enumerate(_ranked("{} - {}"), 1)}
    values = {"fonction": places["role"], "presence": places["active"]}
    named = {
        column: {number: LABELS[name][option] for option, number in values[column].items()}
        for column, name in (("fonction", "role"), ("presence", "active"))
    }
    named["note"] = {9.0: "Sans réponse"}
    return frame, labels, named


def spss(folder, *, weighed=False):
    """Write a file; one that weighs its observations asks for no number and no ranking."""
    frame, labels, named = _coded()
    if weighed:
        frame = frame.drop(columns=["agents", "f1", "f2", "f3"]).assign(poids=[1.0, 1.5, 0.5, 1.0, 1.0, 1.0])
    path = folder / "export.sav"
    labels = {name: label for name, label in labels.items() if name in frame}
    pyreadstat.write_sav(frame, path, column_labels=labels, variable_value_labels=named, missing_ranges={"note": [9]})
    sets = f"$medias=D1 1 {len(TEXTS['medias'].encode())} {TEXTS['medias']} m1 m2 m3 m4\n"
    declare(path, sets, weight="POIDS" if weighed else "")
    return path


def declare(path, sets, weight):
    """Add what pyreadstat reads and does not write: multiple response sets, the place of the weight."""
    content = path.read_bytes()
    end = content.rindex(struct.pack("<2i", 999, 0))
    record = struct.pack("<4i", 7, 7, 1, len(sets.encode())) + sets.encode()
    content = content[:end] + record + content[end:]
    at, place = 176, 0
    while content[at : at + 4] == struct.pack("<i", 2):
        place += 1
        if content[at + 24 : at + 32].decode().strip() == weight:
            content = content[:76] + struct.pack("<i", place) + content[80:]
        labelled, missing = struct.unpack("<2i", content[at + 8 : at + 16])
        length = struct.unpack("<i", content[at + 32 : at + 36])[0] if labelled else 0
        at += 32 + (4 + (length + 3) // 4 * 4 if labelled else 0) + 8 * abs(missing)
    path.write_bytes(content)


def stata(folder):
    frame, labels, named = _coded()
    path = folder / "export.dta"
    frame = frame.assign(note=[float(answer[4]) if answer[4] else None for answer in ANSWERS])
    named = {name: told for name, told in named.items() if name != "note"}
    titled = labels | {f"m{n}": f"{TEXTS['medias']} [{text}]" for n, text in enumerate(LABELS["medias"].values(), 1)}
    pyreadstat.write_dta(frame, path, column_labels=titled, variable_value_labels=named)
    return path


def nextcloud_shifted(folder):
    """Write a form with a table of three lines that two respondents skipped: their answers move left."""
    return _nextcloud(folder, ("prix", "délais", "accueil"))


def eusurvey_shifted(folder):
    """Write columns of options that are left out where the question was skipped."""
    return _eusurvey(folder, split=True, compact=True)


def r(folder):
    path = folder / "export.rds"
    path.write_bytes(gzip.compress(b"X\n\x00\x00\x00\x03"))
    return path


# What `docs/tutoriel/outils.md` calls each of them.
TOOLS = {
    "LimeSurvey, réponses complètes": limesurvey,
    "Google Forms": google_forms,
    "Microsoft Forms": ms_forms,
    "KoboToolbox, valeurs et noms XML": kobo,
    "KoboToolbox, libellés": kobo_labels,
    "ODK Central, une colonne par choix": odk,
    "Nextcloud Forms": nextcloud,
    "Nextcloud Forms, sans ligne d’identifiants": nextcloud_before,
    "Nextcloud Forms, un tableau passé": nextcloud_shifted,
    "EUSurvey, une cellule par question": eusurvey,
    "EUSurvey, une colonne par choix": eusurvey_split,
    "EUSurvey, une colonne par choix, question passée": eusurvey_shifted,
    "Framaforms": framaforms,
    "SurveyMonkey": surveymonkey,
    "Qualtrics, une colonne par question": qualtrics,
    "Qualtrics, une colonne par choix": qualtrics_split,
    "SPSS (.sav)": spss,
    "Stata (.dta)": stata,
    "R (.rds, .RData)": r,
}
