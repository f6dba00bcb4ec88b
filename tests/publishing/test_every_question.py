"""Every type of question on every base, in both kinds of wave, through all that a question goes through."""

from collections import Counter
from dataclasses import replace

import pytest
import yaml
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from support import running
from support.respondents import small, table

from utils.offering import explorer
from utils.offering.bundle import offered
from utils.offering.tidy import tidy
from utils.publishing.chapter import Chapter
from utils.publishing.outputs import DRAWING, TABLE, TEXT
from utils.reading import waves
from utils.survey.codebook import CELL
from utils.survey.evolution import evolution

BASES = ("repondants", "communes", "actives", "non_actives")
APART = {"communes": ("actives", "non_actives")}
OPTIONS = [{"id": name, "libelle": f"choix {name}"} for name in ("un", "deux", "trois")]
TYPES = {
    "likert": {"type": "likert", "echelle": "accord_10", "constat": "essayer"},
    "unique": {"type": "choix_unique", "modalites": OPTIONS},
    "ordonnee": {"type": "choix_unique", "ordonnee": "true", "modalites": OPTIONS},
    "multiple": {"type": "choix_multiple", "modalites": OPTIONS},
    "nombre": {"type": "nombre", "unite": "équivalents temps plein", "minimum": "0", "maximum": "50"}
    | {"classes": ["0", "1", "5", "10"]},
    "classement": {"type": "classement", "modalites": OPTIONS},
    "texte": {"type": "texte"},
}
QUESTIONS = {f"{kind}_{base}": (kind, base) for kind in TYPES for base in BASES}
ANSWERS = {
    "likert": ["1", "5", "10", "10", "7", "3", "9", "2"],
    "unique": ["un", "deux", "un", "trois", "un", "deux", "deux", "un"],
    "ordonnee": ["trois", "trois", "un", "deux", "un", "deux", "un", "trois"],
    "multiple": ["un;deux", "deux", "un", "un;deux;trois", "", "trois", "un;trois", "deux"],
    "nombre": ["0", "0.5", "12", "1", "4,5", "3", "50", "7"],
    "classement": ["un;deux;trois", "deux;un", "un", "trois;deux;un", "", "un;trois;deux", "deux", "un;deux;trois"],
    "texte": [f"libre {i}" for i in range(8)],
}
CLASSES = {"0": "0_a_moins_1", "0.5": "0_a_moins_1", "1": "1_a_moins_5", "4,5": "1_a_moins_5", "3": "1_a_moins_5"}
CLASSES |= {"7": "5_a_moins_10", "12": "10_et_plus", "50": "10_et_plus"}
SLUG = "26_opinion"
COUNTED = [name for name, (kind, _) in QUESTIONS.items() if kind != "texte"]


def asked(name, row):
    """Whether a respondent was put a question."""
    wanted = {"actives": "oui", "non_actives": "non"}.get(QUESTIONS[name][1], row["active"])
    return row["active"] == wanted


def folder():
    wave = small()
    for place, row in enumerate(wave.rows):
        for name, (kind, _) in QUESTIONS.items():
            row[name] = ANSWERS[kind][place] if asked(name, row) else ""
    return wave


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    data = tmp_path_factory.mktemp("bases") / "data"
    folder().write(data)
    path = data / "questionnaire.yml"
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for name, (kind, base) in QUESTIONS.items():
        told = {
            "id": name,
            "chapitre": SLUG,
            "base": base,
            "libelle": name.replace("_", " "),
            "enonce": f"Énoncé {name}.",
        }
        content["questions"].append(told | TYPES[kind])
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return data


@pytest.fixture(scope="module")
def rows(data):
    return waves.load("2026", data)


@pytest.fixture(scope="module")
def printed(data, rows):
    """Print the same answers, as a study would."""
    made = data / "2027"
    made.mkdir()
    about = {"titre": "Imprimée", "organisateur": "Personne", "periode": {"debut": "2027-03", "fin": "2027-05"}}
    about |= {"fictif": True, "source": "effectifs", "invites": 10, "repondants": 8, "communes": 8}
    (made / "vague.yml").write_text(yaml.safe_dump(about, allow_unicode=True), encoding="utf-8")
    margins = rows.frame.astype(str).to_numpy().tolist()
    (made / "cadre.csv").write_text(table([["province", "taille", "communes"], *margins]), encoding="utf-8")
    (made / "publie.csv").write_text(table([[*CELL, "mesure", "valeur"]]), encoding="utf-8")
    counts, told = rows.counts, {q.id for q in rows.codebook.questions if q.base == "repondants"}
    whole = (counts["province"] == "toutes") & (counts["taille"] == "toutes")
    split = ((counts["province"] == "toutes") | (counts["taille"] == "toutes")) & ~counts["question"].isin(told)
    counts = counts[whole | split]
    counts = counts.astype(str).to_numpy().tolist()
    (made / "effectifs.csv").write_text(table([[*CELL, "effectif"], *counts]), encoding="utf-8")
    return waves.load("2027", data)


@pytest.fixture(params=["rows", "printed"], scope="module")
def edition(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def explored(edition):
    return explorer.explored(edition)


def expected(name, base, *, ranked=False):
    """Count the answers that one base gave, from the rows alone: of a ranking, first places, or every rank."""
    told = Counter()
    for row in folder().rows:
        if base in ("repondants", "communes") or row["active"] == {"actives": "oui", "non_actives": "non"}[base]:
            told.update(given(name, row[name], ranked))
    return dict(told)


def given(name, cell, ranked):
    """Return the answers that a cell is counted as: a number by its class."""
    answers = cell.split(";") if cell else []
    if QUESTIONS[name][0] == "classement":
        return [f"{answer}_{rank}" for rank, answer in enumerate(answers, 1)] if ranked else answers[:1]
    return [CLASSES[answer] for answer in answers] if QUESTIONS[name][0] == "nombre" else answers


def counted(result):
    return {str(answer): int(n) for answer, n in result.answers.counts.items() if n}


@pytest.mark.parametrize("name", COUNTED)
def test_a_result_counts_who_was_asked(name, edition):
    bases = APART.get(QUESTIONS[name][1], (QUESTIONS[name][1],))
    assert edition.codebook[name].bases == bases
    for base in bases:
        assert counted(edition.result(name, base)) == expected(name, base), base
    shown = [result.base for result in edition.results(SLUG) if result.question.id == name]
    assert shown == list(bases)


@pytest.fixture(params=["rows", "printed"], scope="module")
def shown(request):
    """Tell every question in a chapter, and return what it shows."""
    edition, found = request.getfixturevalue(request.param), []
    InteractiveShell.clear_instance()
    InteractiveShell.instance(history_manager=None)
    with pytest.MonkeyPatch.context() as patch, capture_output() as caught:
        patch.setattr(waves, "load", lambda _: edition)
        running.undrawn(patch)
        Chapter(SLUG, edition.id).blocks()
    InteractiveShell.clear_instance()
    for output in caught.outputs:
        found += [output.data[kind] for kind in (TEXT, DRAWING, TABLE) if kind in output.data]
    return found


@pytest.mark.parametrize("name", COUNTED)
def test_a_chapter_tells_draws_and_tabulates_it(name, shown):
    base = QUESTIONS[name][1]
    address, whose = name.replace("_", "-"), [b.replace("_", "-") for b in APART.get(base, ())]
    drawn = [part["nom"] for part in shown if "etroit" in part and part["nom"].startswith(f"fig-{address}")]
    drawn = [found for found in drawn if found.removeprefix(f"fig-{address}").strip("-") in ("", *whose)]
    assert sorted(drawn) == sorted([f"fig-{address}-{who}" for who in whose] or [f"fig-{address}"])
    tables = [part for part in shown if part.get("contenu", {}).get("source", {}).get("question") == name]
    assert {part["contenu"]["source"]["base"] for part in tables} == set(APART.get(base, (base,)))
    texts = ["\n".join(part["texte"]) for part in shown if "texte" in part]
    assert sum(text.startswith(f"## {name.replace('_', ' ')}\n") for text in texts) == 1
    assert not any("nan" in text for text in texts)


def test_active_and_other_communes_are_compared(rows):
    pair = rows.contrast("unique_communes")
    assert {base: counted(result) for base, result in (("oui", pair.active), ("non", pair.other))} == {
        "oui": expected("unique_communes", "actives"),
        "non": expected("unique_communes", "non_actives"),
    }
    assert list(rows.contrast("multiple_communes").tests.index) == ["un", "deux", "trois"]
    assert [pair.active.question.id for pair in rows.contrasts(SLUG).pairs] == ["likert_communes"]


@pytest.mark.parametrize("name", COUNTED)
def test_the_explorer_shows_each_of_its_bases(name, edition, explored):
    (question,) = [q for q in explored["questions"] if q["id"] == name]
    kind, base = QUESTIONS[name]
    views = [view["id"] for view in question["views"]]
    if base == "communes":
        assert {"actives", "non_actives"} <= set(views)
        assert ("activite" in views) == (kind == "likert")
    else:
        assert views[0] == "ensemble"
    assert question["views"][-1]["groups"] or edition.about.source == "reponses"


def test_the_downloads_hold_each_of_its_bases(edition):
    results = tidy(edition)["resultats"]
    whole = results[
        (results["ventilation"] == "ensemble") & results["sorte"].isin(["option", "classe", "rang", "score"])
    ]
    for name in COUNTED:
        for base in APART.get(QUESTIONS[name][1], (QUESTIONS[name][1],)):
            found = whole[(whole["question"] == name) & (whole["base"] == base)]
            told = {row.reponse: int(row.effectif) for row in found.itertuples() if row.effectif}
            assert told == expected(name, base, ranked=True), (name, base)
    assert {file.name.rpartition(".")[2] for file in offered(edition)} >= {"zip", "xlsx", "xml"}


def test_two_waves_are_compared_base_by_base(rows, printed, monkeypatch):
    for module in ("statistics.overlap", "survey.evolution", "survey.shifts"):
        monkeypatch.setattr(f"utils.{module}.MIN_ANSWERS", 1)
    before = replace(rows, about=rows.about.model_copy(update={"periode": printed.about.periode}))
    compared = evolution(before, printed, waves.mergers())
    changes = compared.changes
    found = {(change.question.id, change.question.base) for change in changes}
    found |= {(shift.now.question.id, shift.now.base) for shift in compared.shifts}
    for name in COUNTED:
        for base in APART.get(QUESTIONS[name][1], (QUESTIONS[name][1],)):
            assert (name, base) in found
    assert all(change.gap == 0 for change in changes)
    assert all(shift.test.delta == 0 for shift in compared.shifts)
