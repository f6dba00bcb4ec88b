"""The codebook as archives of surveys exchange it: DDI-Codebook 2.5, each answer with its overall frequency.

A question of which several answers can be chosen is as many variables (chosen or not) in
one group; a rated item that two bases answer apart is two. Breakdowns stay in the CSV.
"""

__all__ = ["ddi"]

import math
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pandas as pd

from utils.french import capitalise, typeset
from utils.offering.datapackage import file_name
from utils.offering.fields import TABLES
from utils.offering.publication import LICENCE, Publication
from utils.offering.tidy import APART
from utils.survey.codebook import BASES, Question
from utils.survey.places import at_rank, ranks_of
from utils.survey.wave import Wave
from utils.telling import method, oddities
from utils.telling.figures import count, percent

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_UNFIT = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # no XML may hold it
_DOMAINS = {"likert": "numeric", "choix_unique": "category", "choix_multiple": "multiple"}
_DOMAINS |= {"nombre": "numeric", "classement": "multiple", "texte": "text"}
_PARAPHRASED = "Les énoncés sont des paraphrases, non le texte soumis aux communes."


def ddi(wave: Wave, tables: dict[str, pd.DataFrame], about: Publication) -> str:
    """Return the codebook of an edition as DDI-Codebook XML.

    Parameters
    ----------
    tables : dict of DataFrame
        As `tidy.tidy` gives them: every number comes from there.
    """
    root = ET.Element("codeBook", {"xmlns": "ddi:codebook:2_5", "version": "2.5", _LANGUAGE: "fr"})
    _document(root, about)
    _study(root, wave, about)
    for name, table in tables.items():
        _file(root, name, table, about)
    variables = _add(root, "dataDscr")
    for question in wave.codebook.questions:
        if question.type == "choix_multiple":
            _group(variables, question)
    for order, question in enumerate(wave.codebook.questions, 1):
        for variable in _variables(wave, question, tables):
            _asked(variable, question, order)
            variables.append(variable)
    _add(variables, "notes", _PARAPHRASED)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, tag, {name: _UNFIT.sub("", value) for name, value in attributes.items()})
    if text:
        child.text = _UNFIT.sub("", typeset(text))
    return child


def _document(root: ET.Element, about: Publication) -> None:
    citation = _add(_add(root, "docDscr"), "citation")
    _title(citation, f"Dictionnaire des données : {about.title}", f"{about.name}-codebook", about)
    _produced(citation, about)
    _version(citation, about)


def _study(root: ET.Element, wave: Wave, about: Publication) -> None:
    study, metadata = _add(root, "stdyDscr"), wave.about
    citation = _add(study, "citation")
    _title(citation, metadata.titre, about.name, about)
    _add(_add(citation, "rspStmt"), "AuthEnty", about.asked_by)
    _produced(citation, about)
    _version(citation, about)
    _add(citation, "biblCit", about.citation)
    scope = _add(study, "stdyInfo")
    subject = _add(scope, "subject")
    for word in ("communes", "médias sociaux", "communication publique"):
        _add(subject, "keyword", word)
    _add(scope, "abstract", f"{about.warning} Enquête sur l’usage des médias sociaux par les communes.".strip())
    summary = _add(scope, "sumDscr")
    for event, moment in (("start", metadata.periode.debut), ("end", metadata.periode.fin)):
        _add(summary, "collDate", moment, event=event, date=moment)
    if not metadata.fictif:
        if country := about.territory.pays:
            _add(summary, "nation", country.nom, abbr=country.code)
        _add(summary, "geogCover", about.territory.nom)
    _add(summary, "geogUnit", "Commune")
    _add(summary, "anlyUnit", "Commune ; répondant pour les questions qui le concernent")
    asked, took_part = count(wave.asked(), "commune", "communes"), count(wave.about.communes, *BASES["communes"])
    _add(summary, "universe", f"{asked} à qui l’enquête a été adressée", clusion="I")
    _add(summary, "dataKind", "Données agrégées d’enquête")
    for note in (*metadata.notes, *oddities.told(wave)):
        _add(scope, "notes", note)
    rate = f"{took_part}, soit {percent(wave.about.communes / wave.asked())}" if wave.asked() else took_part
    made = _add(study, "method")
    if weighting := method.weighting(wave):
        _add(_add(made, "dataColl"), "weight", weighting)
    _add(_add(made, "anlyInfo"), "respRate", rate)
    use = _add(_add(study, "dataAccs"), "useStmt")
    _add(use, "citReq", about.citation)
    _add(use, "conditions", f"{LICENCE[1]} ({LICENCE[0]}), {LICENCE[2]}")


def _title(citation: ET.Element, title: str, identifier: str, about: Publication) -> None:
    statement = _add(citation, "titlStmt")
    _add(statement, "titl", title)
    if about.warning:
        _add(statement, "subTitl", about.warning)
    _add(statement, "IDNo", identifier)


def _produced(citation: ET.Element, about: Publication) -> None:
    statement = _add(citation, "prodStmt")
    _add(statement, "producer", about.authors)
    _add(statement, "copyright", LICENCE[0])
    _add(statement, "prodDate", about.date.isoformat(), date=about.date.isoformat())


def _version(citation: ET.Element, about: Publication) -> None:
    _add(_add(citation, "verStmt"), "version", about.version, date=about.date.isoformat())


def _file(root: ET.Element, name: str, table: pd.DataFrame, about: Publication) -> None:
    text = _add(_add(root, "fileDscr", ID=f"F_{name}", URI=file_name(name, about)), "fileTxt")
    _add(text, "fileName", file_name(name, about))
    _add(text, "fileCont", f"{TABLES[name].title} : {TABLES[name].says}. {about.warning}".strip())
    size = _add(text, "dimensns")
    _add(size, "caseQnty", str(len(table)))
    _add(size, "varQnty", str(len(table.columns)))
    _add(text, "fileType", "Texte délimité par des virgules", charset="UTF-8")
    if "statut" in table:
        _add(
            text, "dataMsng", "Un nombre non publié est vide, et « statut » vaut [c] ; un nombre non calculé est vide."
        )


def _group(variables: ET.Element, question: Question) -> None:
    names = (_among(question, base)[0] for base in question.bases)
    members = " ".join(f"V_{name}_{option}" for name in names for option in question.options)
    group = _add(variables, "varGrp", ID=f"G_{question.id}", type="multipleResp", var=members, name=question.id)
    _add(group, "labl", question.libelle)
    _add(group, "txt", question.enonce)


def _variables(wave: Wave, question: Question, tables: dict[str, pd.DataFrame]) -> Iterator[ET.Element]:
    results = tables["resultats"]
    rows = results[(results["question"] == question.id) & (results["ventilation"] == "ensemble")]
    labels = tables["modalites"].query("question == @question.id").set_index("reponse")["libelle"]
    if question.type == "texte":
        variable = _variable(question.id, question.libelle, question)
        _add(variable, "security", "Les réponses ne sont jamais publiées.")
        yield variable
    elif question.type == "choix_multiple":
        for row in rows.itertuples(index=False):
            name, who = _among(question, row.base)
            variable = _variable(f"{name}_{row.reponse}", f"{question.libelle} : {labels[row.reponse]}{who}", question)
            _told(variable, question, row.base, row.n)
            _blank(variable, question, row.base, tables)
            weighted = wave.result(question.id, row.base).weighted
            part = _part(row, weighted)
            _category(variable, "1", "Choisie", row.effectif, part, weighted)
            _category(variable, "0", "Non choisie", row.n - row.effectif, 1 - part, weighted)
            yield variable
    elif question.type == "choix_unique":
        for base, among in rows.groupby("base", sort=False):
            name, who = _among(question, base)
            variable = _variable(name, question.libelle + who, question)
            _told(variable, question, base, among["n"].iloc[0])
            _blank(variable, question, base, tables)
            weighted = wave.result(question.id, base).weighted
            for row in among.itertuples(index=False):
                apart = row.sorte == APART
                part = _part(row, weighted)
                _category(variable, row.reponse, labels[row.reponse], row.effectif, part, weighted, missing=apart)
            yield variable
    elif question.type == "classement":
        yield from _ranked(wave, question, rows, tables)
    elif question.type == "nombre":
        yield from _numbers(wave, question, rows, labels, tables)
    else:
        summaries = tables["resumes"].query("question == @question.id")
        for summary in summaries.itertuples(index=False):
            name, who = _among(question, summary.base)
            variable = _variable(name, question.libelle + who, question)
            scale, weighted = wave.codebook.scale(question.id), wave.likert(question.id, summary.base).weighted
            _add(_add(variable, "valrng"), "range", min=str(scale.minimum), max=str(scale.maximum))
            _told(variable, question, summary.base, summary.n)
            for kind, value in (("mean", summary.moyenne), ("medn", summary.mediane), ("stdev", summary.ecart_type)):
                if not pd.isna(value):
                    _add(variable, "sumStat", _decimal(value), type=kind)
            if not pd.isna(summary.nps):
                _add(variable, "sumStat", _decimal(summary.nps), type="other", otherType="nps")
            if not pd.isna(summary.n):
                _add(variable, "sumStat", str(summary.n), type="vald")
            _blank(variable, question, summary.base, tables)
            ends = {str(scale.minimum): scale.bas, str(scale.maximum): scale.haut}
            told = (rows["base"] == summary.base) & rows["sorte"].isin(["score", APART])
            for row in rows[told].itertuples(index=False):
                apart = row.sorte == APART
                label = labels[row.reponse] if apart else ends.get(row.reponse, row.reponse)
                _category(variable, row.reponse, label, row.effectif, _part(row, weighted), weighted, missing=apart)
            yield variable


def _ranked(wave: Wave, question: Question, rows: pd.DataFrame, tables: dict) -> Iterator[ET.Element]:
    """Yield each option of a ranking as the rank that it was given."""
    summaries = tables["classements"].query("question == @question.id")
    counts = rows.set_index(["base", "reponse"])
    for summary in summaries.itertuples(index=False):
        name, who = _among(question, summary.base)
        label = f"{question.libelle} : {question.options[summary.reponse]}, rang{who}"
        variable = _variable(f"{name}_{summary.reponse}", label, question)
        variable.set("nature", "ordinal")
        _told(variable, question, summary.base, summary.n)
        if not pd.isna(summary.rang_moyen):
            _add(variable, "sumStat", _decimal(summary.rang_moyen), type="mean")
        _blank(variable, question, summary.base, tables)
        weighted = wave.result(question.id, summary.base).weighted
        for rank in ranks_of(question):
            row = counts.loc[(summary.base, at_rank(summary.reponse, rank))]
            _category(variable, str(rank), f"Rang {rank}", row["effectif"], _part(row, weighted), weighted)
        yield variable


def _numbers(
    wave: Wave, question: Question, rows: pd.DataFrame, labels: pd.Series, tables: dict
) -> Iterator[ET.Element]:
    """Yield a number as its classes, with its bounds, its unit and its median."""
    for summary in tables["nombres"].query("question == @question.id").itertuples(index=False):
        name, who = _among(question, summary.base)
        variable = _variable(name, question.libelle + who, question)
        variable.set("measUnit", typeset(question.unite))
        variable.set("intrvl", "discrete" if question.entier else "contin")
        ends = (f"{end:.15g}" for end in (question.minimum, question.maximum))
        _add(_add(variable, "valrng"), "range", **dict(zip(("min", "max"), ends, strict=True)))
        _told(variable, question, summary.base, summary.n)
        if not pd.isna(summary.mediane):
            _add(variable, "sumStat", _decimal(summary.mediane), type="medn")
        if not pd.isna(summary.n):
            _add(variable, "sumStat", str(summary.n), type="vald")
        _blank(variable, question, summary.base, tables)
        weighted = wave.result(question.id, summary.base).weighted
        for row in rows[rows["base"] == summary.base].itertuples(index=False):
            _category(variable, row.reponse, labels[row.reponse], row.effectif, _part(row, weighted), weighted)
        yield variable


def _among(question: Question, base: str) -> tuple[str, str]:
    """Return a variable's name, and what its label says of whom it is, where the bases of a question are told apart."""
    if len(question.bases) == 1:
        return question.id, ""
    return f"{question.id}_{base}", f" ({question.noun(base).plural})"


def _variable(name: str, label: str, question: Question) -> ET.Element:
    nature = "ordinal" if question.type == "likert" or question.ordonnee else "nominal"
    nature = "interval" if question.type == "nombre" else nature
    attributes = {"ID": f"V_{name}", "name": name, "files": "F_resultats", "intrvl": "discrete", "nature": nature}
    variable = ET.Element("var", attributes)
    _add(variable, "labl", label)
    return variable


def _told(variable: ET.Element, question: Question, base: str, n: int) -> None:
    _add(variable, "universe", capitalise(question.noun(base).plural), clusion="I")
    if not pd.isna(n):  # too few answered: nothing of it is published
        _add(variable, "TotlResp", str(n))


def _blank(variable: ET.Element, question: Question, base: str, tables: dict[str, pd.DataFrame]) -> None:
    """Say how many gave no valid answer, where that is known: none at all, or one that is no opinion."""
    of = tables["bases"].set_index(["question", "base"]).loc[(question.id, base)]
    if not pd.isna(of["sans_reponse"]):
        apart = 0 if pd.isna(of["sans_avis"]) else of["sans_avis"]
        _add(variable, "sumStat", str(of["sans_reponse"] + apart), type="invd")


def _category(
    variable: ET.Element, value: str, label: str, frequency: int, part: float, weighted: bool, *, missing: bool = False
) -> None:
    """Describe one answer: how many gave it, never weighted, and its share, marked where it is."""
    category = _add(variable, "catgry", **({"missing": "Y"} if missing else {}))
    _add(category, "catValu", value)
    _add(category, "labl", label)
    if not pd.isna(frequency):
        _add(category, "catStat", str(frequency), type="freq")
    if not pd.isna(part):
        _add(category, "catStat", _decimal(100 * part), type="percent", **({"wgtd": "wgtd"} if weighted else {}))


def _part(row: tuple, weighted: bool) -> float:
    """Return a share (0..1): exactly, or as it is published where it is weighted; NaN if there is none."""
    if pd.isna(row.part):
        return math.nan
    return row.part if weighted else row.effectif / row.n


def _decimal(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _asked(variable: ET.Element, question: Question, order: int) -> None:
    """Put the question where its place is, after labels and access; each variable has its own copy of it."""
    asked = ET.Element("qstn", {"seqNo": str(order), "responseDomainType": _DOMAINS[question.type]})
    _add(asked, "qstnLit", question.enonce)
    before = [child.tag for child in variable if child.tag in ("labl", "security")]
    variable.insert(len(before), asked)
