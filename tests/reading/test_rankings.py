"""What is proposed for the columns of a ranking: its question, its ranks or its options; never ticks."""

import re
import shutil

import pandas as pd
import pytest
import yaml
from support import forms

from utils.paths import DATA, ROOT
from utils.publishing import commands
from utils.reading import waves
from utils.reading.files import LINE
from utils.reading.forms.exports import read_export
from utils.reading.forms.proposals import propose
from utils.reading.forms.tools import PLAIN, TOOLS
from utils.survey.about import ImportMapping
from utils.survey.codebook import Codebook

OPTIONS = {"budget": "Le budget", "temps": "Le temps, surtout", "idees": "Les idées"}
ORDERS = ["temps;budget;idees", "budget", "idees;temps", ""]
ASKED = "Classez ces freins"


def codebook(*questions):
    """Return a questionnaire with `active` and some rankings."""
    parts = {name: getattr(forms.CODEBOOK, name) for name in Codebook.model_fields} | {
        "comparer": None,
        "message": None,
    }
    asked = {"chapitre": "26_opinion", "type": "classement", "base": "communes"}
    asked |= {"modalites": [{"id": name, "libelle": label} for name, label in OPTIONS.items()]}
    ranked = [asked | question for question in questions]
    return Codebook.model_validate(
        parts | {"questions": [forms.CODEBOOK["active"], *(type(forms.CODEBOOK["active"])(**one) for one in ranked)]}
    )


FREINS = {"id": "freins", "libelle": "Freins", "enonce": ASKED}
BOOK = codebook(FREINS)
BY_RANK = [[OPTIONS[option] for option in order.split(";") if option] for order in ORDERS]
BY_RANK = [[*row, *[""] * (3 - len(row))] for row in BY_RANK]
BY_OPTION = [["2", "1", "3"], ["1", "", ""], ["", "2", "1"], ["", "", ""]]
CODES = [["A2", "A1", "A3"], ["A1", "", ""], ["A3", "A2", ""], ["", "", ""]]
NAMES = [[*order.split(";"), "", ""][:3] for order in ORDERS]
ONE_CELL = [["; ".join(filter(None, row))] for row in BY_RANK]


def proposed(titles, rows, book=BOOK, tool=PLAIN):
    header = ["Votre commune", *titles]
    cells = [[f"C{place}", *row] for place, row in enumerate(rows)]
    frame = pd.DataFrame(cells, columns=header, dtype="str").assign(**{LINE: range(2, len(rows) + 2)})
    return propose(header, frame, book, "export.csv", tool), frame


def read(tmp_path, proposal, frame, book=BOOK):
    """Return the orders that the export holds, as the proposal has it read, once what it marks is confirmed."""
    told = yaml.safe_load(proposal.to_yaml())["import"]
    frame.drop(columns=LINE).to_csv(tmp_path / "export.csv", index=False)
    problems = []
    rows = read_export(tmp_path / "export.csv", ImportMapping(**told), book, problems).rows
    assert not problems
    return rows


def ranks(pattern):
    return [pattern.format(n) for n in (1, 2, 3)]


LABELLED = [f"{ASKED} [{label}]" for label in OPTIONS.values()]
SURE = {
    "LimeSurvey, in full": ("limesurvey", ranks(f"{ASKED} [Classement {{}}]"), BY_RANK),
    "LimeSurvey, by code and text": ("limesurvey", ranks(f"freins[{{0}}]. {ASKED} [Rank {{0}}]"), BY_RANK),
    "LimeSurvey, codes of questions": ("limesurvey", ranks("freins[{}]"), BY_RANK),
    "LimeSurvey, last rank first": ("limesurvey", ranks("freins[{}]")[::-1], [row[::-1] for row in BY_RANK]),
    "Google's grid, a line an option": (
        "google_forms", LABELLED, [[cell and f"{cell}e choix" for cell in row] for row in BY_OPTION],
    ),
    "Google's grid, a line a rank": ("google_forms", ranks(f"{ASKED} [{{}}e choix]"), BY_RANK),
    "Microsoft Forms": ("ms_forms", [ASKED], [[row[0] + ";" if row[0] else ""] for row in ONE_CELL]),
    "Qualtrics, codes over texts": ("qualtrics", [f"Q4_{n}. {t}" for n, t in enumerate(LABELLED, 1)], BY_OPTION),
    "SurveyMonkey": ("surveymonkey", LABELLED, BY_OPTION),
    "Kobo": ("kobo", [f"g/freins/_{n}_choice" for n in ("1st", "2nd", "3rd")], NAMES),
    "ODK, one cell of names": ("odk", ["g-freins"], [[order.replace(";", " ")] for order in ORDERS]),
    "decimals of SPSS": ("spss", LABELLED, [[cell and f"{cell}.0" for cell in row] for row in BY_OPTION]),
    "ids for titles": ("csv", [f"freins_{option}" for option in OPTIONS], BY_OPTION),
    "ids of the contract": ("csv", ["freins"], [[order] for order in ORDERS]),
}  # fmt: skip


@pytest.mark.parametrize("shape", SURE)
def test_a_ranking_that_is_called_as_the_questionnaire_does_is_proposed_as_it_is(shape, tmp_path):
    tool, titles, rows = SURE[shape]
    proposal, frame = proposed(titles, rows, tool=TOOLS[tool])
    assert not re.search(r"freins.*à confirmer|à compléter", proposal.to_yaml())
    assert proposal.omitted().startswith("non_posees: []")
    assert not proposal.ignored
    assert read(tmp_path, proposal, frame)["freins"].tolist() == ORDERS


MARKED = {
    "by its options alone": (
        "limesurvey",
        ranks("Dans quel ordre ? [Classement {}]"),
        BY_RANK,
        "d’après ses modalités",
    ),
    "by its options alone, a column each": (
        "ms_forms",
        [f"Ordre : {label}" for label in OPTIONS.values()],
        BY_OPTION,
        "d’après ses modalités",
    ),
    "Kobo without its groups": ("kobo", ["1er choix", "2e choix", "3e choix"], BY_RANK, "d’après ses modalités"),
    "by its options alone, in one cell": ("ms_forms", ["Dans quel ordre ?"], ONE_CELL, "ressemble à « Freins »"),
    "numbers in place of options": (
        "qualtrics",
        [f"freins_{n}" for n in (1, 2, 3)],
        BY_OPTION,
        "d’après l’ordre du questionnaire",
    ),
    "codes in place of options": ("limesurvey", ranks("freins[{}]"), CODES, "codes, dans l’ordre du questionnaire"),
}


@pytest.mark.parametrize("shape", MARKED)
def test_what_merely_looks_like_a_ranking_is_to_be_confirmed(shape, tmp_path):
    tool, titles, rows, doubt = MARKED[shape]
    proposal, frame = proposed(titles, rows, tool=TOOLS[tool])
    assert re.search(f"à confirmer.*: {doubt}", proposal.to_yaml())
    assert not proposal.sure
    assert read(tmp_path, proposal, frame)["freins"].tolist() == ORDERS


def test_titles_by_number_alone_are_read_in_the_order_of_the_questionnaire(tmp_path):
    titles = ["G01Q02", *(f"G01Q03[{n}]" for n in (1, 2, 3))]
    rows = [["Y", *row] for row in CODES]
    proposal, frame = proposed(titles, rows, tool=TOOLS["limesurvey"])
    assert "à confirmer pour freins : d’après l’ordre du questionnaire et la forme" in proposal.to_yaml()
    assert read(tmp_path, proposal, frame)["freins"].tolist() == ORDERS


def test_what_holds_no_rank_is_declared_and_to_be_confirmed(tmp_path):
    rows = [[cell or "Non classé" for cell in row] for row in BY_OPTION]
    proposal, frame = proposed(LABELLED, rows)
    assert '"Non classé": ""  # à confirmer : pas de rang ?' in proposal.to_yaml()
    assert read(tmp_path, proposal, frame)["freins"].tolist() == ORDERS


def test_an_option_that_the_form_did_not_offer(tmp_path):
    proposal, frame = proposed(LABELLED[:2], [["2", "1"], ["1", "2"]])
    assert 'idees: ""  # à confirmer : aucune colonne trouvée' in proposal.to_yaml()
    assert read(tmp_path, proposal, frame)["freins"].tolist() == ["temps;budget", "budget;temps"]


def test_a_misspelt_option_is_to_be_confirmed_by_itself():
    proposal, _ = proposed([ASKED], [["Les idées;Le bugdet"], ["Les idées"]], tool=TOOLS["ms_forms"])
    assert '"Le bugdet": budget  # à confirmer : ressemble à « Le budget »' in proposal.to_yaml()


def test_lines_that_are_called_like_rated_items_are_ranked_all_the_same(tmp_path):
    """« Classez [Manque de budget] » is no answer to the item « Manque de budget »."""
    rated = forms.CODEBOOK["obstacle_budget"]
    named = [{"id": "budget", "libelle": rated.libelle}, {"id": "idees", "libelle": "Les idées"}]
    book = codebook(FREINS | {"modalites": named})
    book = Codebook.model_validate(
        {name: getattr(book, name) for name in Codebook.model_fields} | {"questions": [*book.questions, rated]}
    )
    titles = [f"{ASKED} [{rated.libelle}]", f"{ASKED} [Les idées]", rated.libelle]
    proposal, frame = proposed(titles, [["1", "2", "7"], ["2", "1", "3"]], book)
    rows = read(tmp_path, proposal, frame, book)
    assert rows["freins"].tolist() == ["budget;idees", "idees;budget"]
    assert rows["obstacle_budget"].tolist() == ["7", "3"]


def test_a_ranking_of_things_that_nobody_asked_about_is_set_aside_and_told():
    proposal, _ = proposed(ranks("Vos couleurs [Classement {}]"), [["Rouge", "Vert", "Bleu"], ["Bleu", "Rouge", ""]])
    assert set(proposal.ignored.values()) == {"classements"}
    assert "# à confirmer : un classement sous `ignorees` y répond peut-être\n  - freins" in proposal.omitted()


def test_a_ranking_that_could_be_two_questions_is_neither():
    book = codebook(FREINS, {"id": "besoins", "libelle": "Besoins", "enonce": "Ordonnez ces besoins"})
    proposal, _ = proposed(ranks("Dans quel ordre ? [Classement {}]"), BY_RANK, book)
    assert not proposal.ranks
    assert not proposal.options
    proposal, _ = proposed(ranks("Ordonnez ces besoins [Classement {}]"), BY_RANK, book)
    assert [*proposal.ranks] == ["besoins"]


def test_two_rankings_of_one_set_of_options_go_by_their_names(tmp_path):
    book = codebook(FREINS, {"id": "besoins", "libelle": "Besoins", "enonce": "Ordonnez ces besoins"})
    titles = [*ranks("Ordonnez ces besoins [Classement {}]"), *LABELLED]
    rows = [[*one, *other] for one, other in zip(BY_RANK, BY_OPTION[::-1], strict=True)]
    proposal, frame = proposed(titles, rows, book)
    found = read(tmp_path, proposal, frame, book)
    assert (found["besoins"].tolist(), found["freins"].tolist()) == (ORDERS, ORDERS[::-1])


def test_without_a_row_a_ranking_goes_by_its_titles():
    assert [*proposed(ranks(f"{ASKED} [Rang {{}}]"), [])[0].ranks] == ["freins"]
    assert [*proposed(LABELLED, [])[0].options] == ["freins"]


REAL = {
    "export-limesurvey.csv": ROOT / "docs" / "tutoriel",
    "limesurvey-codes.csv": forms.EXPORTS,
    "limesurvey-numbers.csv": forms.EXPORTS,
}


# A row an option, a column a rank. Counted in `export-limesurvey.csv` alone.
TRUTH = [[8, 2, 5], [5, 3, 7], [2, 10, 3]]


@pytest.mark.parametrize("export", REAL)
def test_a_real_ranking_of_limesurvey(export, tmp_path):
    """Of 30 active communes' last answers, 15 ranked all three: as the full labels say, whatever the codes."""
    data = tmp_path / "data"
    data.mkdir()
    told = yaml.safe_load((DATA / "questionnaire.yml").read_text(encoding="utf-8"))
    place = [question["id"] for question in told["questions"]].index("communiquer_davantage") + 1
    told["questions"].insert(
        place,
        {"id": "classement", "chapitre": "26_opinion", "type": "classement", "libelle": "Utilité des médias"}
        | {"enonce": "Classez ces médias du plus au moins utile", "base": "actives"}
        | {"modalites": [{"id": name.lower(), "libelle": name} for name in ("Facebook", "YouTube", "Instagram")]},
    )
    (data / "questionnaire.yml").write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    shutil.copy(ROOT / "docs" / "tutoriel" / "communes.csv", data)
    commands.new("2026", str(REAL[export] / export), str(data / "communes.csv"), data=data)
    about = data / "2026" / "vague.yml"
    text = about.read_text(encoding="utf-8")
    assert "colonnes_rangs:" in text
    left = re.findall(r"^ +# (\"?.*?\"?): …  # à compléter$", text, re.MULTILINE)
    text = re.sub(r"\n *#[^\n]*à compléter", "", text.replace("organisateur: à compléter", "organisateur: Fictif"))
    about.write_text(text + "".join(f"    - {title}\n" for title in left), encoding="utf-8")
    ranked = waves.load("2026", data).result("classement").ranks
    assert ranked.to_numpy().tolist() == TRUTH
