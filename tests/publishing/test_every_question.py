"""Every type of question on every base, in counts, rows and weighted rows, through all that a question goes through."""

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
SCALES = {
    # Two scores, no middle; through zero; from agreement to disagreement; 0 to 10 with promoters.
    "deux": (0, 1, ("desaccord", "accord")),
    "signee": (-3, 3, ("desaccord",) * 3 + ("neutre",) + ("accord",) * 3),
    "inverse": (1, 7, ("accord",) * 3 + ("neutre",) + ("desaccord",) * 3),
    "onze": (0, 10, ("desaccord",) * 7 + ("neutre",) * 2 + ("accord",) * 2),
}
OPTIONS = [{"id": name, "libelle": f"choix {name}"} for name in ("un", "deux", "trois")]
NSP, OBJET = {"id": "nsp", "libelle": "ne sait pas"}, {"id": "objet", "libelle": "sans objet"}
AUCUN = {"id": "aucun", "libelle": "aucun de ces choix", "exclusive": "true"}
TYPES = {
    "likert": {"type": "likert", "echelle": "accord_10", "constat": "essayer"},
    "unique": {"type": "choix_unique", "modalites": OPTIONS},
    "ordonnee": {"type": "choix_unique", "ordonnee": "true", "modalites": OPTIONS},
    "multiple": {"type": "choix_multiple", "modalites": OPTIONS},
    "nombre": {"type": "nombre", "unite": "équivalents temps plein", "minimum": "0", "maximum": "50"}
    | {"classes": ["0", "1", "5", "10"]},
    "classement": {"type": "classement", "modalites": OPTIONS},
    "texte": {"type": "texte"},
    "deux": {"type": "likert", "echelle": "deux", "constat": "essayer"},
    "signee": {"type": "likert", "echelle": "signee", "constat": "essayer"},
    "inverse": {"type": "likert", "echelle": "inverse", "constat": "essayer"},
    "nps": {"type": "likert", "echelle": "onze", "constat": "recommander"},
    "notesansavis": {"type": "likert", "echelle": "onze", "constat": "essayer", "modalites": [NSP, OBJET]},
    "uniquesansavis": {"type": "choix_unique", "modalites": [*OPTIONS, NSP], "sans_avis": ["nsp"]},
    "multiplesansavis": {"type": "choix_multiple", "modalites": [*OPTIONS, NSP], "sans_avis": ["nsp"]},
    "exclusive": {"type": "choix_multiple", "modalites": [*OPTIONS, AUCUN]},
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
    "deux": ["0", "1", "1", "", "1", "1", "0", "0"],
    "signee": ["-3", "3", "0", "-1", "2", "-3", "", "1"],
    "inverse": ["1", "7", "4", "2", "1", "3", "7", "6"],
    "nps": ["10", "0", "9", "7", "10", "8", "6", "9"],
    "notesansavis": ["10", "nsp", "nsp", "7", "objet", "8", "", "nsp"],
    "uniquesansavis": ["un", "nsp", "deux", "", "un", "nsp", "trois", "un"],
    "multiplesansavis": ["un;deux", "nsp", "un", "", "nsp", "deux", "trois", "nsp"],
    "exclusive": ["aucun", "un", "aucun", "un;deux", "", "deux", "aucun", "trois"],
}
WEIGHTS = (4, 1, 0.5, 2, 1, 2.5, 0.5, 1)
UNWEIGHTED = ("nombre", "classement")  # types that an edition of weighted answers cannot ask
CLASSES = {"0": "0_a_moins_1", "0.5": "0_a_moins_1", "1": "1_a_moins_5", "4,5": "1_a_moins_5", "3": "1_a_moins_5"}
CLASSES |= {"7": "5_a_moins_10", "12": "10_et_plus", "50": "10_et_plus"}
APART_IDS = {"notesansavis": ("nsp", "objet"), "uniquesansavis": ("nsp",), "multiplesansavis": ("nsp",)}
SLUG = "26_opinion"
COUNTED = [name for name, (kind, _) in QUESTIONS.items() if kind != "texte"]


def scale(name):
    least, most, sides = SCALES[name]
    groups = [
        {"id": f"g{i}", "libelle": str(least + i), "scores": [str(least + i)], "sens": side}
        for i, side in enumerate(sides)
    ]
    told = {"minimum": str(least), "maximum": str(most), "bas": "le bas", "haut": "le haut", "groupes": groups}
    return told | ({"indice": "nps"} if name == "onze" else {})


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
    content["echelles"] |= {name: scale(name) for name in SCALES}
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
def weighted(data):
    """Load the same answers with weights: of each kind of communes, some are heavy and some are light."""
    wave = folder()
    left = [name for name, (kind, _) in QUESTIONS.items() if kind in UNWEIGHTED]
    wave.about = {**wave.about, "poids": "calage", "non_posees": left}
    for name in left:
        wave.drop(name)
    for row, weight in zip(wave.rows, WEIGHTS, strict=True):
        row["calage"] = str(weight).replace(".", ",")
    made = data / "2028"
    made.mkdir()
    for name, text in wave.contents().items():
        (made / name).write_bytes(text)
    return waves.load("2028", data)


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


@pytest.fixture(params=["rows", "printed", "weighted"], scope="module")
def edition(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def explored(edition):
    return explorer.explored(edition)


def skip_unasked(name, edition):
    if name not in edition.codebook:
        pytest.skip("no weighted form")


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
    every = (*result.answers.counts.items(), *result.no_opinion.items())
    return {str(answer): int(n) for answer, n in every if n}


def blank(name, base):
    """Count who was asked and left the question blank, from the rows alone."""
    activity = {"actives": "oui", "non_actives": "non"}.get(base)
    return sum(not row[name] for row in folder().rows if activity in (None, row["active"]))


@pytest.mark.parametrize("name", COUNTED)
def test_a_result_counts_who_was_asked(name, edition):
    skip_unasked(name, edition)
    bases = APART.get(QUESTIONS[name][1], (QUESTIONS[name][1],))
    assert edition.codebook[name].bases == bases
    for base in bases:
        assert counted(edition.result(name, base)) == expected(name, base), base
    shown = [result.base for result in edition.results(SLUG) if result.question.id == name]
    assert shown == list(bases)


@pytest.mark.parametrize("name", [name for name in COUNTED if QUESTIONS[name][0] in APART_IDS])
def test_who_has_no_opinion_is_no_part_of_the_shares(name, edition):
    skip_unasked(name, edition)
    kind, base = QUESTIONS[name]
    for who in APART.get(base, (base,)):
        result, given = edition.result(name, who), expected(name, who)
        apart = {option: n for option, n in given.items() if option in APART_IDS[kind]}
        assert {option: n for option, n in result.no_opinion.items() if n} == apart
        assert not set(APART_IDS[kind]) & set(map(str, result.answers.counts.index))
        every = put_to(who) - blank(name, who)
        if edition.about.source == "reponses" or kind != "multiplesansavis":
            assert result.answers.n == every - sum(apart.values())
            assert result.answered == every
        if edition.about.source == "reponses":
            assert result.blank == blank(name, who)


def put_to(base):
    """Count the respondents of a base."""
    activity = {"actives": "oui", "non_actives": "non"}.get(base)
    return sum(activity in (None, row["active"]) for row in folder().rows)


def test_the_net_promoter_score_counts_promoters_less_detractors(edition):
    # Active communes: 10, 0, 7, 10, 6: two promoters, two detractors, one passive. Others: 9, 8, 9.
    active, other = (edition.likert("nps_communes", base) for base in ("actives", "non_actives"))
    if edition.weights is not None:  # 4 and 1 less 1 and 0.5, of 8.5; 0.5 and 1, of 4
        assert (active.net, other.net) == pytest.approx((3.5 / 8.5, 1.5 / 4))
        assert active.rated.net == pytest.approx(3.5 / 8.5)
        return
    assert tuple(active.rated) == (2, 1, 2)
    assert tuple(other.rated) == (2, 1, 0)
    summed = tidy(edition)["resumes"].set_index(["question", "base"])
    assert summed.loc[("nps_communes", "actives"), "nps"] == 0
    assert summed.loc[("nps_communes", "non_actives"), "nps"] == pytest.approx(200 / 3, abs=1e-6)
    assert summed.loc[("likert_communes", "actives"), ["nps", "nps_bas", "nps_haut"]].isna().all()


@pytest.fixture(params=["rows", "printed", "weighted"], scope="module")
def shown(request):
    """Tell every question in a chapter; return the edition, and what the chapter shows."""
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
    return edition, found


@pytest.mark.parametrize("name", COUNTED)
def test_a_chapter_tells_draws_and_tabulates_it(name, shown):
    edition, shown = shown
    skip_unasked(name, edition)
    base = QUESTIONS[name][1]
    address, whose = name.replace("_", "-"), [b.replace("_", "-") for b in APART.get(base, ())]
    drawn = [part["nom"] for part in shown if "etroit" in part and part["nom"].startswith(f"fig-{address}")]
    drawn = [found for found in drawn if found.removeprefix(f"fig-{address}").strip("-") in ("", *whose)]
    facing = TYPES[QUESTIONS[name][0]]["type"] == "likert"  # two groups of a rated item stand in one drawing
    assert sorted(drawn) == sorted([f"fig-{address}-{who}" for who in whose if not facing] or [f"fig-{address}"])
    tables = [part for part in shown if part.get("contenu", {}).get("source", {}).get("question") == name]
    bases = {part["contenu"]["source"]["base"] for part in tables}
    # What faces each other is of both; its breakdowns are of one group or the other.
    assert base in bases if facing else bases == set(APART.get(base, (base,)))
    texts = ["\n".join(part["texte"]) for part in shown if "texte" in part]
    assert sum(text == f"## {name.replace('_', ' ')}" for text in texts) == 1
    assert not any("nan" in text for text in texts)


def test_only_answers_that_weigh_alike_are_told_exactly(shown):
    """Weights of 4, 1 and 0.5: shares told exactly would tell who gave which answer."""
    edition, shown = shown
    told = [figure["valeur"] for part in shown for figure in part.get("chiffres", ()) if isinstance(figure, dict)]
    exact = [value for values in told for value in values if abs(value * 1000 - round(value * 1000)) > 1e-6]
    assert bool(exact) == (edition.weights is None)


def test_active_and_other_communes_are_compared(rows):
    pair = rows.contrast("unique_communes")
    assert {base: counted(result) for base, result in (("oui", pair.active), ("non", pair.other))} == {
        "oui": expected("unique_communes", "actives"),
        "non": expected("unique_communes", "non_actives"),
    }
    assert list(rows.contrast("multiple_communes").tests.index) == ["un", "deux", "trois"]
    rated = {f"{kind}_communes" for kind, asked in TYPES.items() if asked["type"] == "likert"}
    assert {pair.active.question.id for pair in rows.contrasts(SLUG).pairs} == rated


@pytest.mark.parametrize("name", COUNTED)
def test_the_explorer_shows_each_of_its_bases(name, edition, explored):
    skip_unasked(name, edition)
    (question,) = [q for q in explored["questions"] if q["id"] == name]
    kind, base = QUESTIONS[name]
    views = [view["id"] for view in question["views"]]
    if base == "communes":
        assert {"actives", "non_actives"} <= set(views)
        assert ("activite" in views) == (TYPES[kind]["type"] == "likert")
    else:
        assert views[0] == "ensemble"
    assert question["views"][-1]["groups"] or edition.about.source == "reponses"


def test_the_downloads_hold_each_of_its_bases(edition):
    results = tidy(edition)["resultats"]
    kinds = ["option", "classe", "rang", "score", "sans_avis"]
    whole = results[(results["ventilation"] == "ensemble") & results["sorte"].isin(kinds)]
    for name in (name for name in COUNTED if name in edition.codebook):
        for base in APART.get(QUESTIONS[name][1], (QUESTIONS[name][1],)):
            found = whole[(whole["question"] == name) & (whole["base"] == base)]
            told = {row.reponse: int(row.effectif) for row in found.itertuples() if row.effectif}
            assert told == expected(name, base, ranked=True), (name, base)
    assert {file.name.rpartition(".")[2] for file in offered(edition)} >= {"zip", "xlsx", "xml"}


def test_two_waves_are_compared_base_by_base(rows, printed, monkeypatch):
    for module in ("statistics.overlap", "statistics.promoters", "survey.evolution", "survey.shifts"):
        monkeypatch.setattr(f"utils.{module}.MIN_ANSWERS", 1)
    before = replace(rows, about=rows.about.model_copy(update={"periode": printed.about.periode}))
    compared = evolution(before, printed, waves.mergers())
    changes = compared.changes
    found = {(change.question.id, change.question.base) for change in changes}
    found |= {(shift.now.question.id, shift.now.base) for shift in compared.shifts}
    for name in COUNTED:
        for base in APART.get(QUESTIONS[name][1], (QUESTIONS[name][1],)):
            assert (name, base) in found
    told = {(change.question.id, change.question.base, change.option, change.index) for change in changes}
    assert ("nps_actives", "actives", "", True) in told
    assert ("likert_actives", "actives", "", True) not in told
    for name in ("notesansavis_actives", "uniquesansavis_actives", "multiplesansavis_actives"):
        assert (name, "actives", "nsp", False) in told
    assert all(change.gap == 0 for change in changes)
    assert all(shift.test.delta == 0 for shift in compared.shifts)
