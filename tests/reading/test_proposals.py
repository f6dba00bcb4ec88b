"""The `import` section guessed for an export: what is sure, what is to be confirmed, what is left open."""

import pandas as pd
import pytest
import yaml
from pydantic import BaseModel, Field
from support import forms

from utils.reading.files import LINE, read_document
from utils.reading.forms.exports import read_export
from utils.reading.forms.guesses import guess_label
from utils.reading.forms.proposals import propose
from utils.reading.tabular import read_raw
from utils.survey.about import ImportMapping
from utils.survey.codebook import Codebook


class Document(BaseModel):
    """`vague.yml`, as far as its `import` goes."""

    importation: ImportMapping = Field(alias="import")


def proposed(path):
    raw = read_raw(path, [])
    return propose(raw.header, raw.rows, forms.CODEBOOK, path.name)


def loaded(tmp_path, proposal):
    path, problems = tmp_path / "vague.yml", []
    path.write_text(proposal.to_yaml(), encoding="utf-8")
    document = read_document(path, Document, problems)
    assert not problems
    return document.importation


def guess(columns, rows=()):
    rows = pd.DataFrame([*rows], columns=[*columns], dtype="str") if rows else pd.DataFrame(columns=[*columns])
    return propose([*columns], rows.assign(**{LINE: range(len(rows))}), forms.CODEBOOK, "export.csv")


# What reads its own proposal without a correction; and what still has to be completed: coded answers.
READY = {
    "limesurvey": lambda path: forms.limesurvey(path, "named", "long"),
    "limesurvey in full": lambda path: forms.limesurvey(path, "full", "long"),
    "limesurvey by code and text": lambda path: forms.limesurvey(path, "codetext", "long", ";"),
    "google_forms": forms.google_forms,
    "google_forms, spreadsheet": lambda path: forms.google_forms(path, sheet=True),
    "ms_forms": forms.ms_forms,
    "csv": forms.contract,
    "csv, excel": forms.excel,
}


@pytest.mark.parametrize("tool", READY)
def test_a_proposal_reads_the_export_that_it_was_made_from(tmp_path, tool):
    path = tmp_path / "export"
    written = READY[tool](path)
    proposal, problems = proposed(path), []
    mapping = loaded(tmp_path, proposal)
    assert mapping.format == written.format == tool.split(",")[0].split()[0]
    assert not set(mapping.colonnes.items()) - set(written.colonnes.items()) or tool.startswith("csv")
    assert mapping.colonnes_multiples == written.colonnes_multiples
    rows = read_export(path, mapping, forms.CODEBOOK, problems).rows
    assert not problems
    assert rows.drop(columns=[LINE, "id"]).to_dict("records") == forms.expected().to_dict("records")


@pytest.mark.parametrize("tool", READY)
def test_what_is_sure(tmp_path, tool):
    path = tmp_path / "export"
    READY[tool](path)
    proposal = proposed(path)
    # A free text among the options is never sure.
    assert proposal.sure == tool.startswith("csv")
    assert ("à confirmer" in proposal.to_yaml()) != proposal.sure
    assert "à compléter" not in proposal.to_yaml()
    assert proposal.to_yaml() == proposed(path).to_yaml()


def test_a_sure_proposal_of_a_tool():
    proposal = guess(
        ["Horodateur", "Votre commune", "Présence sur les médias sociaux", "Adresse e-mail"],
        [("2026/03/01 9:00:00 AM UTC+1", "Namur", "Non", "a@b.example")],
    )
    assert proposal.sure
    assert proposal.to_yaml() == (
        "import:\n  format: google_forms\n"
        '  fichier: "export.csv"\n  colonnes:\n    "Horodateur": date\n    "Votre commune": commune\n'
        '    "Présence sur les médias sociaux": active\n'
        '  ignorees:\n    # qui disent qui a répondu\n    - "Adresse e-mail"\n'
    )


def test_codes_of_answers_follow_the_questionnaire(tmp_path):
    path = tmp_path / "export"
    forms.limesurvey(path, "full", "short")
    text = proposed(path).to_yaml()
    assert (
        '    active:\n      "N": non\n      "Y": oui\n' in text
        or '    active:\n      "Y": oui\n      "N": non\n' in text
    )
    assert "# à confirmer pour role, implication_citoyens, communiquer_davantage : codes, dans l’ordre du" in text
    assert '    role:\n      "AO01": charge_communication\n      "AO02": directeur_general\n' in text
    assert '      "A10": 10\n' in text


def test_titles_by_number_alone_are_read_in_the_order_of_the_questionnaire(tmp_path):
    path, problems = tmp_path / "export", []
    forms.limesurvey(path, "code", "short")
    proposal = proposed(path)
    assert not proposal.sure
    assert proposal.to_yaml().count("d’après l’ordre du questionnaire et la forme des réponses") == 1
    rows = read_export(path, loaded(tmp_path, proposal), forms.CODEBOOK, problems).rows
    assert not problems
    assert rows.drop(columns=[LINE, "id"]).to_dict("records") == forms.expected().to_dict("records")


def test_titles_by_number_in_another_order_say_nothing(tmp_path):
    path = tmp_path / "export"
    forms.limesurvey(path, "code", "short")
    raw = read_raw(path, [])
    header = [*raw.header[:6], *reversed(raw.header[6:])]
    proposal = propose(header, raw.rows, forms.CODEBOOK, "export.csv")
    assert {guess.value for guess in proposal.columns} <= {None, "id", "date", "commune", "ins", "demandes_texte"}
    assert not proposal.options


def test_options_by_number_follow_the_questionnaire_if_all_are_there():
    options = list(forms.CODEBOOK["circonstances"].options)
    titles = [f"circonstances[SQ{n:03d}]" for n in range(1, len(options) + 1)]
    text = guess(["submitdate", "lastpage", *titles]).to_yaml()
    assert "# à confirmer pour circonstances : d’après l’ordre du questionnaire\n" in text
    assert f'      {options[1]}: "circonstances[SQ002]"\n' in text
    text = guess(["submitdate", "lastpage", *titles[:-1]]).to_yaml()
    assert f'# "{titles[1]}": …  # à compléter' in text
    assert "circonstances:" not in text


def test_an_option_without_column():
    titles = [f"Les réseaux [{label}]" for label in ("Facebook", "Twitter", "YouTube")]
    text = guess(titles).to_yaml()
    assert 'facebook: "Les réseaux [Facebook]"\n' in text
    assert "# à confirmer pour medias : aucune colonne trouvée" in text
    assert 'instagram: ""\n' in text


def test_options_with_a_free_text_among_them():
    titles = ["Qui ? [Bourgmestre]", "Qui ? [Échevins]", "Qui ? [other]"]
    text = guess(titles, [("Oui", "", "le pigeon")]).to_yaml()
    assert 'autre: "Qui ? [other]"\n' in text
    assert '"le pigeon": autre  # à confirmer : texte dans la colonne de cette modalité' in text
    assert 'bourgmestre: "Qui ? [Bourgmestre]"\n' in text


def test_options_of_two_questions_are_left_to_the_analyst():
    medias = forms.CODEBOOK["medias"]
    other = medias.model_copy(update={"id": "reseaux", "libelle": "Réseaux", "enonce": "Les réseaux."})
    codebook = Codebook(**(dict(forms.CODEBOOK) | {"questions": (medias, other), "message": None}))
    titles = [f"Où ? [{label}]" for label in medias.options.values()]
    proposal = propose(titles, pd.DataFrame(columns=titles, dtype="str"), codebook, "export.csv")
    assert not proposal.options
    assert {guess.value for guess in proposal.columns} == {None}


LIKENESS = {
    "a wording nearly the same": (
        ["Les réponses aux questions des gens", "Réponse à la question"],
        [("rien", "7")],
        '"Réponse à la question": reponse_questions  # à confirmer : ressemble à « Réponse aux questions »',
    ),
    "the nearer of two wordings": (
        ["Réponse aux questionnements", "Réponses aux questions"],
        [("7", "7")],
        '"Réponses aux questions": reponse_questions  # à confirmer',
    ),
    "answers that only one question has": (
        ["Qui êtes-vous ?"],
        [("Échevin",), ("Gestionnaire du site web",)],
        '"Qui êtes-vous ?": role  # à confirmer : ressemble à « Fonction du répondant »',
    ),
    "a question for the commune": (
        ["Quelle est votre commune ?"],
        [("Namur",)],
        '"Quelle est votre commune ?": commune  # à confirmer : ressemble à « commune »',
    ),
    "answers that speak against it": (
        ["Réponse aux question"],
        [("souvent",), ("parfois",)],
        '# "Réponse aux question": …  # à compléter',
    ),
    "nothing alike": (["Température"], [("12",)], '# "Température": …  # à compléter'),
    "a misspelt label": (["Fonction du répondant"], [("Echevinn",)], '"Echevinn": echevin  # à confirmer : ressemble'),
    "a free text": (["communicateurs"], [("le pigeon",)], '"le pigeon": autre  # à confirmer : texte libre ?'),
    "an end of the scale": (
        ["Absence de budget"],
        [("Tout à fait d’accord",)],
        '"Tout à fait d’accord": 10  # à confirmer : l’un des bouts de l’échelle',
    ),
    "a score with its wording": (["Absence de budget"], [("1 (pas d’accord)",)], '      "1 (pas d’accord)": 1\n'),
    "a score of another scale": (["Absence de budget"], [("100 %",)], '# "100 %": …  # à compléter'),
    "a province": (["Province"], [("Province de Namur",)], '"Province de Namur": namur  # à confirmer : ressemble à'),
    "no tool": (["Température"], [("12",)], "format: csv  # à confirmer : aucun outil ne se reconnaît aux titres"),
    "quotes and line breaks": (['Un "mot"\n# ici: oui'], [("x",)], '# "Un \\"mot\\"\\n# ici: oui": …  # à compléter'),
}


@pytest.mark.parametrize("kind", LIKENESS)
def test_likeness(tmp_path, kind):
    columns, rows, line = LIKENESS[kind]
    proposal = guess(columns, rows)
    assert line in proposal.to_yaml()
    loaded(tmp_path, proposal)


def test_two_titles_for_one_question_are_not_both_proposed():
    text = guess(["Absence de budget", "obstacle_budget"], [("1", "2")]).to_yaml()
    assert '    "Absence de budget": obstacle_budget\n' in text
    assert "    # obstacle_budget: …  # à compléter\n" in text


def test_one_title_of_a_tool_does_not_make_it():
    assert guess(["Heure de fin", "role"]).tool.value == "csv"
    assert guess(["Heure de fin", "Heure de début", "role"]).tool.value == "ms_forms"


def test_a_code_of_limesurvey_holds_no_underscores():
    assert guess(["submitdate", "lastpage", "sujetsconnus"]).sure


def test_an_open_column_leaves_nothing_sure():
    assert guess(["role", "active"]).sure
    assert not guess(["role", "active", "Température"]).sure


def test_a_title_that_names_two_questions_is_not_sure():
    assert guess(["medias. Absence de budget"]).columns[0].doubt


@pytest.mark.parametrize(
    ("title", "doubtful"),
    [("Le nom de votre commune :", False), ("La commune", False), ("Dans quelle commune ?", True)],
)
def test_the_commune(title, doubtful):
    (column,) = guess([title]).columns
    assert (column.value, bool(column.doubt)) == ("commune", doubtful)


def test_not_every_mention_of_the_commune_asks_for_it():
    title = "Combien de personnes la commune emploie-t-elle, et depuis quand le fait-elle ainsi ?"
    assert guess([title]).columns[0].value is None


def test_a_label_as_near_to_two_options_is_left_open():
    assert guess_label("photos c", {"a": "photos a", "b": "photos b"}).value is None
    assert guess_label("photo rouge", {"a": "photos rouges", "b": "photos bleues"}).value == "a"


PERSONAL = (
    "Adresse e-mail", "Adresse de messagerie", "Votre nom", "Nom et prénom", "ipaddr. Adresse IP",
    "Numéro de téléphone", "E-mail de contact", "Heure de la dernière modification", "Total points",
    "interviewtime", "Nom",
)  # fmt: skip


@pytest.mark.parametrize("title", PERSONAL)
def test_who_answered_is_ignored(title):
    assert [*guess([title, "Nom de la commune"]).ignored] == [title]


@pytest.mark.parametrize("title", ["Nom de la commune", "Nombre d’habitants", "Nommez un obstacle", "Langues parlées"])
def test_who_answered_is_not_seen_everywhere(title):
    assert not guess([title]).ignored


def test_a_very_long_title_is_still_yaml(tmp_path):
    title = "Absence de budget [" + "x" * 1500 + "]"
    mapping = loaded(tmp_path, guess([title, "communicateurs"], [("1", "y" * 1500)]))
    assert mapping.modalites["communicateurs"] == {"y" * 1500: "autre"}


def test_an_export_without_rows_or_titles(tmp_path):
    assert loaded(tmp_path, guess([])).colonnes == {}
    assert yaml.safe_load(guess(["role"]).to_yaml())["import"]["colonnes"] == {"role": "role"}


WEIGHTED = (
    "Poids", "weight", "Pondération", "Poids de sondage", "poids_final", "Coefficient de pondération", "wgt",
    "poids. Poids de calage", "Variable de pondération", "Sampling weight", "POIDS_REDRESSES",
)  # fmt: skip


@pytest.mark.parametrize("title", WEIGHTED)
def test_a_column_of_weights_is_proposed_as_such(tmp_path, title):
    proposal = guess(["active", title], [("oui", "0,8"), ("non", "1.25"), ("oui", "")])
    assert proposal.to_yaml().startswith(f'poids: "{title}"  # à confirmer : le titre le dit ; sans cette ligne,')
    assert not proposal.sure
    mapping = loaded(tmp_path, proposal)
    assert title not in {*mapping.colonnes, *mapping.ignorees, *(column.key for column in proposal.columns)}


@pytest.mark.parametrize(
    ("title", "cells"),
    [
        ("Poids (kg)", ["12", "3"]),
        ("Le poids des contraintes", ["1", "2"]),
        ("Poids", ["lourd", "2"]),
        ("Poids", ["-1", "2"]),
        ("Poids", ["", ""]),
        ("Coefficient", ["1", "2"]),
    ],
)
def test_not_every_mention_of_a_weight_is_one(title, cells):
    assert "poids:" not in guess(["active", title], [("oui", cell) for cell in cells]).to_yaml()


def test_two_columns_of_weights_are_left_to_the_analyst():
    proposal = guess(["active", "Poids brut", "Poids final"], [("oui", "1", "0.8"), ("non", "1", "1.2")])
    told = "# poids: …  # à compléter : laquelle de ces colonnes, s’il en est une, pondère : Poids brut, Poids final\n"
    assert proposal.to_yaml().startswith(told)
    assert {column.key for column in proposal.columns if column.value is None} == {"Poids brut", "Poids final"}


def test_a_question_called_weight_is_a_question():
    asked = forms.CODEBOOK["obstacle_budget"].model_copy(update={"id": "poids", "libelle": "Poids"})
    codebook = Codebook(**(dict(forms.CODEBOOK) | {"questions": (*forms.CODEBOOK.questions, asked)}))
    rows = pd.DataFrame({"Poids": ["3", "4"], LINE: [2, 3]}, dtype="str")
    proposal = propose(["Poids"], rows, codebook, "export.csv")
    assert ([guess.value for guess in proposal.columns], proposal.weight) == (["poids"], None)
